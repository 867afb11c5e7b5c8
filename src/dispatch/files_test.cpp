// SPDX-License-Identifier: Apache-2.0
#include "dispatch/files.hpp"
#include "support/reported_world.hpp"
#include "support/run_program.hpp"

#include <doctest/doctest.h>

#include <fstream>

using namespace phoihop;
using namespace phoihop::dispatch;
using phoihop::test::named;
using phoihop::test::period;

namespace {

std::vector<Files> report_and_letters()
{
    test::Reported world;
    const auto now = world.snapshot();
    auto files = nudge_files(world.office.books, *world.office.land, *world.office.programme,
                             {day(2015, 7, 20), units::Level::commune, {"report"}})
                     .value();
    files.resize(1);
    files.push_back(report_files({*now, *world.office.land, *world.office.programme, world.office.books},
                                 {named(world.office.land, "Tỉnh Hà Giang"), period("2015-H1"), day(2015, 7, 20)})
                        .value());
    return files;
}

}  // namespace

TEST_CASE("dispatch: a letter's file is named after its unit and day, and has no workbook")
{
    const auto files = report_and_letters();
    CHECK(files.front().stem == "don-doc-drawn-00003-2015-07-20");
    CHECK(files.front().xlsx.empty());
    CHECK(files.front().pdf.starts_with("%PDF"));
}

#ifdef PHOIHOP_OOXML_VALIDATOR
TEST_CASE("dispatch: reports and letters are valid for the Open XML SDK")
{
    const support::ScratchFolder folder;
    for (const Files& files : report_and_letters()) {
        const std::string path = folder.file(files.stem + ".docx");
        std::ofstream(path, std::ios::binary) << files.docx;
        // Its exit status says nothing: only its JSON does.
        const std::string said = support::output_of({PHOIHOP_OOXML_VALIDATOR, path});
        CHECK_MESSAGE(said.find("\"ok\": true") != std::string::npos, said);
    }
}
#endif
