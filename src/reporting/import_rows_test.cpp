// SPDX-License-Identifier: Apache-2.0
#include "reporting/import_rows.hpp"
#include "documents/csv.hpp"
#include "support/draw.hpp"
#include "support/small_programme.hpp"

#include <doctest/doctest.h>

using namespace phoihop;
using namespace phoihop::reporting;

namespace {

std::shared_ptr<const units::Territory> land()
{
    return test::draw(R"(
        Việt Nam
          Hà Giang
            Xã Phó Bảng
            Xã Phố Là
    )");
}

struct Read {
    std::vector<std::string> reports;  ///< "unit period form S=1 T=2"
    std::vector<std::string> refused;  ///< "cell code"
    std::optional<Problem> problem;
};

Read read(const std::string& csv, ImportDefaults defaults = {})
{
    const auto territory = land();
    ImportReader reader(test::SmallProgramme::make(), territory, "f.csv", std::move(defaults));
    const OpenRows open = [&]() -> Result<RowSource> {
        PHOIHOP_TRY(opened, documents::CsvReader::open(csv));
        auto shared = std::make_shared<documents::CsvReader>(std::move(opened));
        return RowSource([shared](documents::Row& row) { return shared->next(row); });
    };
    Read out;
    const auto done = reader.read(
        open,
        [&](Submission&& report) {
            std::string line = territory->state_near(report.unit, day(2025, 1, 1)).name + " " + report.period.text() +
                               " " + report.form;
            if (report.nil) line += " nil";
            if (report.withdraw) line += " withdraw";
            for (const CellInput& cell : report.cells)
                line += " " + cell.indicator + "=" + cell.text + "@" + cell.where;
            out.reports.push_back(line);
        },
        [&](const Submission&, Finding&& finding) {
            out.refused.push_back(finding.where + " " + std::string(word(finding.problem)));
        });
    if (!done) out.problem = done.error();
    return out;
}

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("import: narrow rows of one unit, period and form are one report")
{
    const Read got = read(
        "period,unit,indicator,value\n2025-Q1,drawn:00003,S,1\n2025-Q1,drawn:00003,T,2\n"
        "2025-Q1,drawn:00003,H,9\n2025-Q1,drawn:00004,S,3\n");
    CHECK(got.reports == Lines{"Xã Phó Bảng 2025-Q1 activity S=1@D2 T=2@D3", "Xã Phó Bảng 2025-Q1 opinions H=9@D4",
                               "Xã Phố Là 2025-Q1 activity S=3@D5"});
}

TEST_CASE("import: an indicator that comes again begins a later report of the same unit")
{
    const Read got = read(
        "period,unit,indicator,value\n2025-Q1,drawn:00003,S,1\n2025-Q1,drawn:00003,T,2\n"
        "2025-Q1,drawn:00003,S,5\n2025-Q1,drawn:00003,T,6\n");
    CHECK(got.reports ==
          Lines{"Xã Phó Bảng 2025-Q1 activity S=1@D2 T=2@D3", "Xã Phó Bảng 2025-Q1 activity S=5@D4 T=6@D5"});
}

TEST_CASE("import: another indicator that comes again is a cell given twice, in the same report")
{
    const Read got = read(
        "period,unit,indicator,value\n2025-Q1,drawn:00003,S,1\n2025-Q1,drawn:00003,S,1\n2025-Q1,drawn:00003,T,2\n"
        "2025-Q1,drawn:00003,T,3\n2025-Q1,drawn:00004,H,3\n2025-Q1,drawn:00004,H,4\n");
    CHECK(got.reports == Lines{"Xã Phó Bảng 2025-Q1 activity S=1@D2 S=1@D3 T=2@D4 T=3@D5",
                               "Xã Phố Là 2025-Q1 opinions H=3@D6", "Xã Phố Là 2025-Q1 opinions H=4@D7"});
}

TEST_CASE("import: an indicator that nobody is called stays with the report that it stands in")
{
    const Read got = read(
        "period,unit,indicator,value\n2025-Q1,drawn:00003,S,1\n2025-Q1,drawn:00003,Q,5\n2025-Q1,drawn:00003,T,2\n"
        "2025-Q1,drawn:00003,H1,9\n2025-Q1,drawn:00004,S2,3\n2025-Q1,drawn:00004,T,4\n");
    CHECK(got.reports == Lines{"Xã Phó Bảng 2025-Q1 activity S=1@D2 Q=5@C3 T=2@D4",
                               "Xã Phó Bảng 2025-Q1 opinions H1=9@C5", "Xã Phố Là 2025-Q1 activity S2=3@C6 T=4@D7"});
    CHECK(got.refused.empty());
}

TEST_CASE("import: a file sorted by indicator gives the same reports as one sorted by unit")
{
    const Read got = read(
        "period,unit,indicator,value\n2025-Q1,drawn:00003,S,1\n2025-Q1,drawn:00004,S,3\n"
        "2025-Q1,drawn:00003,T,2\n2025-Q1,drawn:00004,T,4\n");
    CHECK(got.reports ==
          Lines{"Xã Phó Bảng 2025-Q1 activity S=1@D2 T=2@D4", "Xã Phố Là 2025-Q1 activity S=3@D3 T=4@D5"});
}

TEST_CASE("import: a row may say that nothing happened, or take a report back")
{
    const Read got = read(
        "period,unit,indicator,value\n2025-Q1,drawn:00003,activity,nil\n2025-Q1,drawn:00003,S,1\n"
        "2025-Q1,drawn:00003,activity,withdraw\n");
    CHECK(got.reports == Lines{"Xã Phó Bảng 2025-Q1 activity nil", "Xã Phó Bảng 2025-Q1 activity S=1@D3",
                               "Xã Phó Bảng 2025-Q1 activity withdraw"});
}

TEST_CASE("import: a wide file has one report a row, named columns apart")
{
    ImportDefaults defaults;
    defaults.period = programme::PeriodName{2025, programme::Frequency::quarter, 1};
    const Read got = read("unit,name,S,T,#note\ndrawn:00003,Xã Phó Bảng,1,2,x\ndrawn:00004,Xã Phố Là,3,,\n", defaults);
    CHECK(got.reports ==
          Lines{"Xã Phó Bảng 2025-Q1 activity S=1@C2 T=2@D2", "Xã Phố Là 2025-Q1 activity S=3@C3 T=@D3"});
}

TEST_CASE("import: what cannot be understood refuses its own report and says the cell")
{
    const Read got = read(
        "period,unit,indicator,value\n2025-Q1,drawn:99999,S,1\n2025-Q9,drawn:00003,S,1\n"
        "2025-Q1,drawn:00003,ZZ,1\n2025-Q1,drawn:00004,S,1\n");
    CHECK(got.refused == Lines{"B2 unknown_name", "A3 out_of_range", "C4 unknown_name"});
    CHECK(got.reports == Lines{"Xã Phố Là 2025-Q1 activity S=1@D5"});
}

TEST_CASE("import: a head row that cannot be understood refuses the file")
{
    CHECK(read("period,unit,indicator,figure\n").problem->where == "f.csv D1");
    CHECK(read("period,indicator,value\n").problem->code == ProblemCode::missing);
    CHECK(read("unit,indicator,value\n").problem->code == ProblemCode::missing);
    CHECK(read("unit,unit,S\n").problem->code == ProblemCode::duplicate);
    CHECK(read("").problem->code == ProblemCode::missing);
}
