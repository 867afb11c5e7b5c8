// SPDX-License-Identifier: Apache-2.0
#include "documents/csv.hpp"
#include "documents/xlsx_writer.hpp"
#include "reporting/import_reports.hpp"
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

/// The content of a CSV or of a workbook.
Read read(const std::string& content, ImportDefaults defaults = {})
{
    const auto territory = land();
    const ImportFile file{"f.csv", content, defaults};
    ImportReader reader(test::SmallProgramme::make(), territory, file.name, std::move(defaults));
    const auto open = rows_of(file);
    REQUIRE(open);
    Read out;
    const auto done = reader.read(
        *open,
        [&](Submission&& report) {
            std::string line = territory->state_near(report.unit, day(2025, 1, 1)).name + " " + report.period.text() +
                               " " + report.form;
            if (report.nil) line += " nil";
            if (report.withdraw) line += " withdraw";
            for (const CellInput& cell : report.cells)
                line += " " + cell.indicator + "=" + cell.text + "@" + cell.where +
                        (cell.comment.empty() ? "" : " (" + cell.comment + ")");
            if (report.received_on) line += " on " + format_date(*report.received_on);
            if (!report.reason.empty()) line += " because " + report.reason;
            out.reports.push_back(line);
        },
        [&](const Submission&, Finding&& finding) {
            out.refused.push_back(finding.where + " " + std::string(word(finding.problem)));
        });
    if (!done) out.problem = done.error();
    return out;
}

using Lines = std::vector<std::string>;
using documents::Cell;
using documents::date_cell;
using documents::number_cell;
using documents::text_cell;

std::string csv_of(const std::vector<std::vector<Cell>>& rows)
{
    std::string csv;
    for (const auto& row : rows) documents::append_csv_row(csv, row);
    return csv;
}

std::string workbook_of(const std::vector<std::vector<Cell>>& rows)
{
    documents::StyledSheet sheet;
    sheet.name = "Biểu";
    for (const auto& row : rows) {
        documents::StyledRow& styled = sheet.rows.emplace_back();
        for (const Cell& cell : row) styled.cells.push_back({cell, documents::CellRole::body, 0, {}});
    }
    sheet.columns.resize(rows.front().size(), {12, {}});
    return documents::write_xlsx({sheet}, {"Biểu", "Ban Chỉ đạo", day(2025, 4, 1)});
}

/// A table read as a CSV and as a workbook, which must say the same.
Read read_both(const std::vector<std::vector<Cell>>& rows, const ImportDefaults& defaults = {})
{
    Read from_csv = read(csv_of(rows), defaults);
    const Read from_workbook = read(workbook_of(rows), defaults);
    CHECK(from_csv.reports == from_workbook.reports);
    CHECK(from_csv.refused == from_workbook.refused);
    return from_csv;
}

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

TEST_CASE("import: a workbook says all that a CSV says, figure by figure")
{
    const Read got = read_both({{text_cell("Kỳ"), text_cell("Mã đơn vị"), text_cell("Chỉ tiêu"), text_cell("Giá trị"),
                                 text_cell("Ngày nhận"), text_cell("Lý do"), text_cell("Giải trình")},
                                {text_cell("2025-Q1"), text_cell("drawn:00003"), text_cell("S"), number_cell("1"),
                                 date_cell(day(2025, 4, 2)), text_cell("gửi bản giấy"), text_cell("họp gộp")},
                                {text_cell("2025-Q1"), text_cell("drawn:00003"), text_cell("T"), number_cell("2"),
                                 date_cell(day(2025, 4, 2)), text_cell("gửi bản giấy"), Cell{}},
                                {text_cell("2025-Q1"), text_cell("drawn:00004"), text_cell("activity"),
                                 text_cell("Không phát sinh"), text_cell("5/4/2025"), Cell{}, Cell{}},
                                {text_cell("2025-Q1"), text_cell("drawn:00003"), text_cell("activity"),
                                 text_cell("Rút"), Cell{}, text_cell("lập lại"), Cell{}}});
    CHECK(got.reports ==
          Lines{"Xã Phó Bảng 2025-Q1 activity S=1@D2 (họp gộp) T=2@D3 on 2025-04-02 because gửi bản giấy",
                "Xã Phố Là 2025-Q1 activity nil on 2025-04-05",
                "Xã Phó Bảng 2025-Q1 activity withdraw because lập lại"});
}

TEST_CASE("import: a workbook says all that a CSV says, report by report")
{
    ImportDefaults defaults;
    defaults.period = programme::PeriodName{2025, programme::Frequency::quarter, 1};
    const Read got = read_both(
        {{text_cell("Mã đơn vị"), text_cell("Tên đơn vị"), text_cell("activity"), text_cell("S"), text_cell("T"),
          text_cell("S giải trình"), text_cell("comment"), text_cell("reason"), text_cell("received_on")},
         {text_cell("drawn:00003"), text_cell("Xã Phó Bảng"), Cell{}, number_cell("1"), number_cell("2"),
          text_cell("họp gộp"), text_cell("đã rà soát"), Cell{}, date_cell(day(2025, 4, 2))},
         {text_cell("drawn:00004"), text_cell("Xã Phố Là"), text_cell("nil"), Cell{}, Cell{}, Cell{}, Cell{}, Cell{},
          Cell{}},
         {text_cell("drawn:00003"), text_cell("Xã Phó Bảng"), text_cell("withdraw"), Cell{}, Cell{}, Cell{}, Cell{},
          text_cell("lập lại"), Cell{}},
         {text_cell("drawn:00004"), text_cell("Xã Phố Là"), text_cell("xong"), number_cell("1"), Cell{}, Cell{}, Cell{},
          Cell{}, text_cell("hôm qua")}},
        defaults);
    CHECK(got.reports == Lines{"Xã Phó Bảng 2025-Q1 activity S=1@D2 (họp gộp) T=2@E2 (đã rà soát) on 2025-04-02",
                               "Xã Phố Là 2025-Q1 activity nil",
                               "Xã Phó Bảng 2025-Q1 activity withdraw because lập lại"});
    CHECK(got.refused == Lines{"I5 malformed"});
}

TEST_CASE("import: a refused report is given back with its day, reason and comments")
{
    Submission report;
    report.form = "activity";
    report.period = programme::PeriodName{2025, programme::Frequency::quarter, 1};
    report.cells = {{"S", "-1", "D2", "họp gộp"}};
    report.received_on = day(2025, 4, 2);
    report.reason = "gửi bản giấy";
    std::string csv = reject_head();
    append_rejected(csv, report, "drawn:00003", {});
    CHECK(read(csv).reports ==
          Lines{"Xã Phó Bảng 2025-Q1 activity S=-1@D2 (họp gộp) on 2025-04-02 because gửi bản giấy"});
}
