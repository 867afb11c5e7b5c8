// SPDX-License-Identifier: Apache-2.0
// What independent programs think of our files: the Open XML SDK's validator and LibreOffice. Both are installed by
// `script/bootstrap test`; without the validator these cases are not built.
#include "documents/csv.hpp"
#include "documents/docx_writer.hpp"
#include "documents/page_text.hpp"
#include "documents/xlsx_reader.hpp"
#include "documents/xlsx_writer.hpp"
#include "support/office_suite.hpp"
#include "support/sample_documents.hpp"

#include <doctest/doctest.h>

using namespace phoihop;
using namespace phoihop::documents;
using support::check_valid;
using support::converted;
using support::found_good;
using support::judgement;
using support::ScratchFolder;
using support::squeezed;
using support::words_of;

namespace {

std::vector<std::pair<std::string, OfficialDocument>> samples()
{
    return {{"report", sample::province_report()},
            {"letter", sample::front_letter()},
            {"joint", sample::joint_programme()},
            {"party", sample::party_guide()}};
}

StyledSheet sample_sheet()
{
    StyledSheet sheet;
    sheet.name = "Biểu 1";
    sheet.columns = {{30, {{"Hà Nội", "Lào Cai"}, {}, {}, 0}}, {12, {{}, 0, 1000, 0}}, {14, {}}};
    for (int i = 0; i < 60; ++i) sheet.columns[2].rule.choices.push_back("Lựa chọn thứ " + std::to_string(i));
    sheet.rows.push_back({{{text_cell("BIỂU SỐ LIỆU"), CellRole::title, 0, {}}, {}, {}}, 0});
    sheet.merged = {{0, 0, 1, 3}};
    sheet.rows.push_back({{{text_cell("Đơn vị"), CellRole::header, 0, {}},
                           {text_cell("B1"), CellRole::header, 0, "Buổi"},
                           {text_cell("Ngày"), CellRole::header, 0, {}}},
                          0});
    sheet.rows.push_back({{{text_cell("00004"), CellRole::input, 0, {}},
                           {number_cell("1234.5"), CellRole::wrong, 1, "Phải là số nguyên."},
                           {date_cell(day(2025, 3, 31)), CellRole::input, 0, {}}},
                          0});
    sheet.frozen_rows = 2;
    sheet.repeat_from = 1;
    sheet.repeated_rows = 1;
    sheet.locked = true;
    sheet.mark = simulated_mark;
    return sheet;
}

}  // namespace

TEST_CASE("office: the validator finds nothing wrong with our documents and workbooks")
{
    const ScratchFolder folder;
    for (const auto& [name, document] : samples()) check_valid(folder.write(name + ".docx", write_docx(document)));
    check_valid(folder.write("sheet.xlsx", write_xlsx({sample_sheet()}, {"Biểu", "Ban Chỉ đạo", day(2015, 7, 1)})));
}

TEST_CASE("office: the validator does find what is wrong")
{
    const ScratchFolder folder;
    CHECK(judgement(folder.write("a.docx", "no document")).find(found_good) == std::string::npos);
    std::string xlsx = write_xlsx({sample_sheet()}, {});
    xlsx.resize(xlsx.size() / 2);
    CHECK(judgement(folder.write("half.xlsx", xlsx)).find(found_good) == std::string::npos);
}

TEST_CASE("office: LibreOffice shows every word of a DOCX on its pages, and keeps it when it saves")
{
    const ScratchFolder folder;
    const OfficialDocument document = sample::province_report();
    const std::string path = folder.write("report.docx", write_docx(document));
    const std::string pdf = converted(folder, path, "pdf");
    const std::string shown = squeezed(support::output_of({"pdftotext", "-layout", pdf, "-"}));
    const std::string kept = converted(folder, path, "txt:Text (encoded):UTF8");
    const std::string saved = squeezed(support::read_file(kept));
    for (const std::string& word : words_of(plain_text(compose_page(document)))) {
        if (word == "|") continue;
        CHECK_MESSAGE(shown.find(word) != std::string::npos, word);
        if (word != "MÔ" && word != "PHỎNG" && word != "LIỆU" && word != "DỮ")  // the header is no part of the text
            CHECK_MESSAGE(saved.find(word) != std::string::npos, word);
    }
    const std::string said = support::output_of({"pdfinfo", "-f", "1", "-l", "9", pdf});
    CHECK(said.find("Pages:           5") != std::string::npos);
    CHECK(said.find("Page    4 size:  841.8") != std::string::npos);
}

TEST_CASE("office: a workbook saved again by LibreOffice reads as the one that we wrote")
{
    const ScratchFolder folder;
    const std::string ours = write_xlsx({sample_sheet()}, {"Biểu", "Ban Chỉ đạo", day(2015, 7, 1)});
    const std::string theirs = support::read_file(converted(folder, folder.write("sheet.xlsx", ours), "xlsx"));
    const auto expected = read_xlsx(ours).value();
    const auto found = read_xlsx(theirs).value();
    REQUIRE(found.size() == expected.size());
    for (std::size_t i = 0; i < expected.size(); ++i) CHECK(write_csv(found[i]) == write_csv(expected[i]));
    CHECK(found[1].hidden);
}
