// SPDX-License-Identifier: Apache-2.0
// One quarter's file of a thousand reports, through the program as its users have it.
#include "documents/csv.hpp"
#include "documents/xlsx_writer.hpp"
#include "support/run_program.hpp"

#include <doctest/doctest.h>

#include <array>
#include <functional>
#include <map>

using namespace phoihop;
using support::Ended;
using support::read_file;
using support::run;
using support::says;
using support::ScratchFolder;

namespace {

const std::string sources = PHOIHOP_SOURCE_DIR;
constexpr std::size_t reports = 1000;

/// A figure of one row: period, unit, indicator, value.
using Line = std::array<std::string, 4>;

struct Report {
    std::vector<Line> lines;
    std::vector<std::string> places;  ///< what the program must say of it: "D17 vn63:00004 H2", "" for a good report
    std::map<Line, Line> mends;       ///< wrong → right, as the file of rejects has them
};

/// The commune codes of the map of 2015, in the order of the data.
std::vector<std::string> commune_codes()
{
    std::vector<std::string> codes;
    const std::string content = read_file(sources + "/data/vn-units/old_communes.csv");
    auto reader = documents::CsvReader::open(content).value();
    documents::Row row;
    while (reader.next(row).value())
        if (row.number > 1) codes.push_back("vn63:" + row.at(0).text);
    return codes;
}

/// What one commune's Front committee sends for the quarter (form bm03), without a mistake.
Report good(const std::string& unit, std::size_t number)
{
    const std::size_t heard = 20 + number % 50;
    Report report;
    const auto add = [&](const char* indicator, std::size_t value) {
        report.lines.push_back({"2015-Q1", unit, indicator, std::to_string(value)});
    };
    add("H1", 1 + number % 3);
    add("H2", heard);
    add("H3", heard - 5);
    add("H4", heard - 6);
    add("H5", heard - 9);
    add("H7t", 12 * (heard - 9));
    add("H8", number % 4);
    return report;
}

/// One planted mistake: the report, spoilt, and what must be said of it.
struct Mistake {
    const char* name;
    std::function<void(Report&, std::size_t row)> plant;  ///< `row` = that of the report's first line
};

/// Writes another text into a field (0 period … 3 value) of a line, to be found at that cell.
void spoil(Report& report, std::size_t line, std::size_t field, const std::string& text, std::size_t row)
{
    const Line right = report.lines[line];
    report.lines[line][field] = text;
    report.mends[report.lines[line]] = right;
    report.places.push_back(std::string(1, static_cast<char>('A' + field)) + std::to_string(row + line) + " " +
                            right[1] + " " + report.lines[line][2] + ": ");
}

/// Writes another text into a field of all lines, to be found at the first.
void spoil_all(Report& report, std::size_t field, const std::string& text, std::size_t row)
{
    for (Line& line : report.lines) {
        const Line right = line;
        line[field] = text;
        report.mends[line] = right;
    }
    report.places.push_back(std::string(1, static_cast<char>('A' + field)) + std::to_string(row) + ": ");
}

/// The whole report is refused: nothing in it can be mended, the sender must not send it.
void owe_nothing(Report& report, std::size_t field, const std::string& text, std::size_t row)
{
    const std::string unit = field == 1 ? text : report.lines.front()[1];
    for (Line& line : report.lines) {
        const Line right = line;
        line[field] = text;
        report.mends[line] = right;
    }
    report.places.push_back("row " + std::to_string(row) + " " + unit + ": ");
}

const std::vector<Mistake>& mistakes()
{
    static const std::vector<Mistake> all = {
        {"a word", [](Report& r, std::size_t row) { spoil(r, 1, 3, "nhiều", row); }},
        {"a thousands separator", [](Report& r, std::size_t row) { spoil(r, 1, 3, "1 204", row); }},
        {"a comma", [](Report& r, std::size_t row) { spoil(r, 5, 3, "240,5", row); }},
        {"not whole", [](Report& r, std::size_t row) { spoil(r, 0, 3, "2.5", row); }},
        {"below zero", [](Report& r, std::size_t row) { spoil(r, 6, 3, "-1", row); }},
        {"past belief", [](Report& r, std::size_t row) { spoil(r, 1, 3, "50001", row); }},
        {"too many digits", [](Report& r, std::size_t row) { spoil(r, 5, 3, "99999999999999999999", row); }},
        {"empty", [](Report& r, std::size_t row) { spoil(r, 4, 3, "", row); }},
        {"a part above its whole", [](Report& r, std::size_t row) { spoil(r, 2, 3, "400", row); }},
        {"answered above forwarded", [](Report& r, std::size_t row) { spoil(r, 4, 3, "300", row); }},
        {"days without answers",
         [](Report& r, std::size_t row) {
             const Line right = r.lines[4];
             r.lines[4][3] = "0";
             r.mends[r.lines[4]] = right;
             r.places.push_back("D" + std::to_string(row + 5) + " " + right[1] + " H7t: ");
         }},
        {"an absent cell",
         [](Report& r, std::size_t row) {
             const Line right = r.lines[6];
             r.lines.pop_back();
             r.mends[{right[0], right[1], right[2], ""}] = right;
             r.places.push_back("row " + std::to_string(row) + " " + right[1] + " H8: ");
         }},
        {"nobody's indicator", [](Report& r, std::size_t row) { spoil(r, 3, 2, "H44", row); }},
        {"a computed indicator", [](Report& r, std::size_t row) { spoil(r, 4, 2, "H6", row); }},
        {"the register's indicator", [](Report& r, std::size_t row) { spoil(r, 4, 2, "H9", row); }},
        {"a cell twice",
         [](Report& r, std::size_t row) {
             r.lines.insert(r.lines.begin() + 3, r.lines[2]);
             r.places.push_back("D" + std::to_string(row + 3) + " " + r.lines[2][1] + " H3: ");
         }},
        {"nobody's code", [](Report& r, std::size_t row) { spoil_all(r, 1, "vn63:99999", row); }},
        {"no code", [](Report& r, std::size_t row) { spoil_all(r, 1, "", row); }},
        {"a code of the other map", [](Report& r, std::size_t row) { spoil_all(r, 1, "vn35:00004", row); }},
        {"a quarter too many", [](Report& r, std::size_t row) { spoil_all(r, 0, "2015-Q5", row); }},
        {"a period in words", [](Report& r, std::size_t row) { spoil_all(r, 0, "quý 1/2015", row); }},
        {"a period that nobody opened", [](Report& r, std::size_t row) { owe_nothing(r, 0, "2015-Q2", row); }},
        {"a period of another length", [](Report& r, std::size_t row) { owe_nothing(r, 0, "2015", row); }},
        {"who owes no such report", [](Report& r, std::size_t row) { owe_nothing(r, 1, "vn63:001", row); }},
    };
    return all;
}

/// A thousand reports, 37 of them with a mistake: every kind once, and the first kinds once more.
std::vector<Report> thousand_reports()
{
    const auto codes = commune_codes();
    std::vector<Report> all;
    std::size_t row = 2;
    std::size_t planted = 0;
    for (std::size_t i = 0; i < reports; ++i) {
        all.push_back(good(codes.at(i), i));
        if (i % 27 == 3) {
            mistakes()[planted % mistakes().size()].plant(all.back(), row);
            ++planted;
        }
        row += all.back().lines.size();
    }
    REQUIRE(planted == 37);
    return all;
}

std::string csv_of(const std::vector<Report>& all)
{
    std::string csv = "period,unit,indicator,value\n";
    for (const Report& report : all)
        for (const Line& line : report.lines) {
            std::vector<documents::Cell> cells;
            for (const std::string& field : line) cells.push_back(documents::text_cell(field));
            documents::append_csv_row(csv, cells);
        }
    return csv;
}

/// The same reports as a workbook with a column for each indicator.
std::string workbook_of(const std::vector<Report>& all)
{
    using documents::StyledCell;
    documents::StyledSheet sheet;
    sheet.name = "Biểu số 03";
    const char* const head[] = {"period", "unit", "name", "H1", "H2", "H3", "H4", "H5", "H7t", "H8"};
    documents::StyledRow top;
    for (const char* name : head) top.cells.push_back(StyledCell{documents::text_cell(name)});
    sheet.rows.push_back(top);
    for (const Report& report : all) {
        documents::StyledRow row;
        row.cells = {StyledCell{documents::text_cell(report.lines[0][0])},
                     StyledCell{documents::text_cell(report.lines[0][1])}, StyledCell{documents::text_cell("Xã")}};
        for (const Line& line : report.lines) row.cells.push_back(StyledCell{documents::text_cell(line[3])});
        sheet.rows.push_back(row);
    }
    return documents::write_xlsx({sheet}, {});
}

/// A database with every unit, programme 09 and the first quarter of 2015, open; copied for each test.
class Office {
public:
    Office()
    {
        static const std::string made = make();
        std::filesystem::copy_file(made, m_folder.file("d.db"));
    }

    [[nodiscard]] const ScratchFolder& folder() const { return m_folder; }

    Ended import(const std::string& file, std::vector<std::string> more = {}) const
    {
        std::vector<std::string> call = {
            PHOIHOP_PROGRAM, "import",     "--db", m_folder.file("d.db"), "--programme", "ctr-09",
            "--today",       "2015-04-03", file};
        call.insert(call.end(), more.begin(), more.end());
        return run(call);
    }

    [[nodiscard]] std::string national_total() const
    {
        return support::output_of({PHOIHOP_PROGRAM, "rollup", "--db", m_folder.file("d.db"), "--programme", "ctr-09",
                                   "--indicator", "all", "--period", "2015-Q1", "--units", "nation", "--format", "csv",
                                   "--on", "2015-04-03"});
    }

    [[nodiscard]] std::string verify() const
    {
        return run({PHOIHOP_PROGRAM, "verify", "--db", m_folder.file("d.db")}).output;
    }

private:
    static std::string make()
    {
        static const ScratchFolder kept;
        const std::string path = kept.file("office.db");
        const auto call = [&](std::vector<std::string> words) {
            words.insert(words.begin(), PHOIHOP_PROGRAM);
            words.insert(words.end(), {"--db", path});
            support::output_of(words);
        };
        call({"init"});
        call({"units", "import", sources + "/data/vn-units"});
        call({"programme", "load", "--simulated", sources + "/programmes/ctr-09"});
        call({"period", "open", "--programme", "ctr-09", "--period", "2015-Q1"});
        return path;
    }

    ScratchFolder m_folder;
};

}  // namespace

TEST_CASE("scenario: of a thousand reports with 37 mistakes, 963 are accepted and 37 refused at exact cells")
{
    Office office;
    const auto all = thousand_reports();
    const std::string file = office.folder().write("quy1.csv", csv_of(all));
    const std::string rejects = office.folder().file("rejects.csv");
    const std::string accepted = office.folder().file("accepted.csv");
    const Ended first = office.import(file, {"--rejects", rejects, "--accepted", accepted});
    CHECK(first.status == 1);
    CHECK(says(first.output, "accepted: 963\ncorrected: 0\nwithdrawn: 0\nunchanged: 0\nrefused: 37\n"));
    for (const Report& report : all)
        for (const std::string& place : report.places)
            CHECK_MESSAGE(says(first.output, "quy1.csv " + place), place, " in ", first.output);
    const std::string kept = read_file(accepted);
    CHECK(std::count(kept.begin(), kept.end(), '\n') == 963);
    CHECK(says(first.output, ": Không có đơn vị nào tên là “vn63:99999”.\n"));
    CHECK(kept.starts_with("vn63:00001,2015-Q1,bm03,1,accepted\n"));
    const std::string total = office.national_total();

    SUBCASE("the same file again changes nothing")
    {
        const Ended second = office.import(file);
        CHECK(second.status == 1);
        CHECK(says(second.output, "accepted: 0\ncorrected: 0\nwithdrawn: 0\nunchanged: 963\nrefused: 37\n"));
        CHECK(office.national_total() == total);
    }
    SUBCASE("the rejects are wanted as a workbook, and that one is refused again at its cells")
    {
        const std::string sheet = office.folder().file("rejects.xlsx");
        office.import(file, {"--rejects", sheet});
        CHECK(read_file(sheet).starts_with("PK"));
        const Ended again = office.import(sheet);
        INFO(again.output);
        CHECK(again.status == 1);
        CHECK(says(again.output, "accepted: 0\ncorrected: 0\nwithdrawn: 0\nunchanged: 0\nrefused: 37\n"));
        CHECK(says(again.output, "rejects.xlsx D"));
    }
    SUBCASE("the rejects as they are are refused again, and mended they are accepted")
    {
        const Ended again = office.import(rejects);
        CHECK(says(again.output, "accepted: 0\ncorrected: 0\nwithdrawn: 0\nunchanged: 0\nrefused: 37\n"));
        std::map<Line, Line> mends;
        for (const Report& report : all) mends.insert(report.mends.begin(), report.mends.end());
        const std::string wrong = read_file(rejects);
        auto reader = documents::CsvReader::open(wrong).value();
        std::string mended = "period,unit,indicator,value\n";
        documents::Row row;
        Line before;
        while (reader.next(row).value()) {
            if (row.number == 1) continue;
            Line line = {row.at(0).text, row.at(1).text, row.at(2).text, row.at(3).text};
            if (const auto found = mends.find(line); found != mends.end()) line = found->second;
            if (line == before) continue;  // the cell that was given twice
            before = line;
            mended += line[0] + "," + line[1] + "," + line[2] + "," + line[3] + "\n";
        }
        const Ended third = office.import(office.folder().write("mended.csv", mended));
        INFO(third.output);
        CHECK(third.status == 0);
        CHECK(says(third.output, "accepted: 37\n"));
        CHECK(says(third.output, "refused: 0\n"));
        const Ended whole = office.import(file);
        CHECK(says(whole.output, "unchanged: 963\n"));
    }
    CHECK(says(office.verify(), "differences: 0\n"));
}

TEST_CASE("scenario: a workbook is taken like a file of lines, and its mistakes are found at its cells")
{
    Office office;
    std::vector<Report> all;
    const auto codes = commune_codes();
    for (std::size_t i = 0; i < 50; ++i) all.push_back(good(codes[i], i));
    const std::string right = csv_of(all);
    all[7].lines[1][3] = "nhiều";
    all[20].lines[6][3] = "";
    for (Line& line : all[33].lines) line[1] = "vn63:99999";
    const Ended first = office.import(office.folder().write("bieu03.xlsx", workbook_of(all)));
    CHECK(first.status == 1);
    CHECK(says(first.output, "accepted: 47\n"));
    CHECK(says(first.output, "refused: 3\n"));
    CHECK(says(first.output, "bieu03.xlsx E9 " + codes[7] + " H2: "));
    CHECK(says(first.output, "bieu03.xlsx J22 " + codes[20] + " H8: "));
    CHECK(says(first.output, "bieu03.xlsx B35: "));
    const Ended lines = office.import(office.folder().write("bieu03.csv", right));
    CHECK(says(lines.output, "accepted: 3\ncorrected: 0\nwithdrawn: 0\nunchanged: 47\n"));
}

TEST_CASE("scenario: where the list of accepted reports cannot be written, nothing is taken in")
{
    Office office;
    const std::string file = office.folder().write("quy1.csv", csv_of({good("vn63:00001", 1)}));
    const Ended ended = office.import(file, {"--accepted", office.folder().file("no-folder/accepted.csv")});
    CHECK(ended.status == 1);
    CHECK(says(ended.output, "accepted.csv: Không tìm thấy nơi ghi tệp.\n"));
    CHECK(says(office.import(file).output, "accepted: 1\n"));
}
