// SPDX-License-Identifier: Apache-2.0
#include "documents/csv.hpp"

#include <doctest/doctest.h>

using namespace phoihop;
using namespace phoihop::documents;

namespace {

/// The texts of all cells, rows apart by "/", cells by "|".
std::string joined(const Sheet& sheet)
{
    std::string all;
    for (const Row& row : sheet.rows) {
        all += all.empty() ? "" : "/";
        for (std::size_t i = 0; i < row.cells.size(); ++i) all += (i > 0 ? "|" : "") + row.cells[i].text;
    }
    return all;
}

Problem refusal(std::string_view csv, const CsvOptions& options = {})
{
    const auto sheet = read_csv(csv, options);
    REQUIRE(!sheet);
    return sheet.error();
}

}  // namespace

TEST_CASE("documents: a CSV is read with commas, semicolons or tabs, whichever its first line shows")
{
    CHECK(joined(read_csv("a,b\n1,2\n").value()) == "a|b/1|2");
    CHECK(joined(read_csv("a;b\r\n1,5;2\r\n").value()) == "a|b/1,5|2");
    CHECK(joined(read_csv("a\tb\r1\t2\r").value()) == "a|b/1|2");
    CHECK(joined(read_csv("\"x,y,z\";b\n1;2\n").value()) == "x,y,z|b/1|2");
    CHECK(joined(read_csv("sep=;\na;b,c,d\n").value()) == "a|b,c,d");
    CHECK(joined(read_csv("a;b,c\n", {.limits = {}, .separator = ','}).value()) == "a;b|c");
}

TEST_CASE("documents: a first cell that looks like a declared separator is read back as it was written")
{
    const auto sheet = read_csv("sep=p").value();
    CHECK(joined(sheet) == "sep=p");
    CHECK(joined(read_csv(write_csv(sheet)).value()) == "sep=p");
}

TEST_CASE("documents: a first cell that looks like a byte order mark is read back as it was written")
{
    const auto sheet = read_csv("\n\xEF\xBB\xBF\nT");
    REQUIRE(sheet->rows.size() == 2);
    const auto again = read_csv(write_csv(*sheet));
    REQUIRE(again->rows.size() == 2);
    CHECK(again->rows[0].cells[0].text == sheet->rows[0].cells[0].text);
}

TEST_CASE("documents: a byte order mark, quotes and line breaks in quotes are understood")
{
    CHECK(joined(read_csv("\xEF\xBB\xBF\"xã \"\"mới\"\"\",\"hai\ndòng\"\n").value()) == "xã \"mới\"|hai\ndòng");
    CHECK(joined(read_csv("a,b,").value()) == "a|b|");
    CHECK(joined(read_csv("a,5\" x\n").value()) == "a|5\" x");
    CHECK(joined(read_csv("").value()).empty());
}

TEST_CASE("documents: decomposed text comes out composed")
{
    CHECK(joined(read_csv("Vie\xCC\xA3\xCC\x82t\n").value()) == "Việt");
}

TEST_CASE("documents: empty lines are left out but counted, so that rows keep the numbers people see")
{
    const Sheet sheet = read_csv("a,b\n\n,\n1,2\n").value();
    REQUIRE(sheet.rows.size() == 2);
    CHECK(sheet.rows[1].number == 4);
    CHECK(sheet.rows[1].at(9).kind == CellKind::empty);
}

TEST_CASE("documents: what is wrong with a CSV is said at its cell")
{
    CHECK(refusal("a,b\n1,\"x\"y\n").where == "B2");
    CHECK(refusal("a,b\n1,\"x\n").where == "B2");
    CHECK(refusal("a,b\n1,x\x01\n").where == "B2");
    CHECK(refusal("a,b\n1,\xE9t\xE9\n").where == "row 2");
    CHECK(fact(refusal("a,\xC0\x80"), "expected") == "UTF-8");
    CHECK(refusal("PK\x03\x04....").code == ProblemCode::wrong_type);
}

TEST_CASE("documents: a CSV past a limit is refused where it passes it")
{
    const TableLimits few{.bytes = 40, .rows = 2, .columns = 3, .cell_characters = 5};
    CHECK(refusal(std::string(41, 'x'), {few, {}}).code == ProblemCode::too_large);
    CHECK(refusal("a\nb\nc\n", {few, {}}).where == "row 3");
    CHECK(refusal("a,b,c,d\n", {few, {}}).where == "D1");
    CHECK(refusal("a,Phường Ba\n", {few, {}}).where == "B1");
    CHECK(joined(read_csv("đđđđđ\n", {few, {}}).value()) == "đđđđđ");
}

TEST_CASE("documents: a written CSV is read back as it was")
{
    Sheet sheet;
    sheet.rows.push_back({1, {text_cell("a\"b"), text_cell("c,d;e\tf"), text_cell("hai\ndòng"), text_cell(" cách ")}});
    sheet.rows.push_back({2, {text_cell("00004"), number_cell("1.50"), Cell{}, date_cell(day(2025, 3, 31))}});
    CHECK(write_csv(sheet) == "\"a\"\"b\",\"c,d;e\tf\",\"hai\ndòng\",\" cách \"\n00004,1.50,,2025-03-31\n");
    CHECK(joined(read_csv(write_csv(sheet)).value()) == joined(sheet));
}

TEST_CASE("documents: a CSV for spreadsheets uses the marks of the Vietnamese locale and runs no formula")
{
    Sheet sheet;
    sheet.rows.push_back({1, {text_cell("=1+1"), number_cell("-1.5"), date_cell(day(2025, 3, 31))}});
    CHECK(write_csv(sheet, CsvStyle::spreadsheet) == "\xEF\xBB\xBF\"'=1+1\";\"-1,5\";31/03/2025\r\n");
}
