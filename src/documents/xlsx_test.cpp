// SPDX-License-Identifier: Apache-2.0
#include "base/decimal.hpp"
#include "documents/xlsx_number.hpp"
#include "documents/xlsx_reader.hpp"
#include "documents/xlsx_writer.hpp"
#include "documents/zip_archive.hpp"

#include <doctest/doctest.h>

using namespace phoihop;
using namespace phoihop::documents;

namespace {

/// A workbook around the given <sheetData> content, as other programs write it.
std::string workbook(std::string_view rows, std::string_view shared = "", std::string_view properties = "",
                     std::string_view prologue = "")
{
    const std::string office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const std::string main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const std::string relations =
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">";
    return write_zip({
        {"_rels/.rels", relations + "<Relationship Id=\"rId1\" Type=\"" + office +
                            "/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"},
        {"xl/workbook.xml",
         "<x:workbook xmlns:x=\"" + main + "\" xmlns:r=\"" + office + "\">" + std::string(properties) +
             "<x:sheets><x:sheet name=\"Biểu 1\" sheetId=\"1\" r:id=\"rId7\"/></x:sheets></x:workbook>"},
        {"xl/_rels/workbook.xml.rels",
         relations + "<Relationship Id=\"rId7\" Type=\"" + office + "/worksheet\" Target=\"worksheets/a.xml\"/>" +
             "<Relationship Id=\"rId8\" Type=\"" + office + "/sharedStrings\" Target=\"/xl/strings.xml\"/>" +
             "<Relationship Id=\"rId9\" Type=\"" + office + "/styles\" Target=\"styles.xml\"/></Relationships>"},
        {"xl/strings.xml", "<sst xmlns=\"" + main + "\">" + std::string(shared) + "</sst>"},
        {"xl/styles.xml",
         "<styleSheet xmlns=\"" + main +
             "\"><numFmts><numFmt numFmtId=\"170\" formatCode=\"[$-42A]dd/mm/yyyy;@\"/></numFmts><cellXfs>"
             "<xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"170\"/><xf numFmtId=\"10\"/>"
             "</cellXfs></styleSheet>"},
        {"xl/worksheets/a.xml", std::string(prologue) + "<worksheet xmlns=\"" + main + "\"><sheetData>" +
                                    std::string(rows) + "</sheetData></worksheet>"},
    });
}

Row first_row(std::string_view rows, std::string_view shared = "", std::string_view properties = "")
{
    const auto sheets = read_xlsx(workbook(rows, shared, properties));
    REQUIRE_MESSAGE(sheets, (sheets ? "" : std::string(word(sheets.error().code)) + " " + sheets.error().where));
    REQUIRE(!sheets->front().rows.empty());
    return sheets->front().rows.front();
}

}  // namespace

TEST_CASE("documents: shared, inline and rich text of a workbook are read alike")
{
    const Row row = first_row(
        "<row r=\"3\"><c r=\"A3\" t=\"s\"><v>0</v></c><c r=\"B3\" t=\"inlineStr\"><is><t>x&amp;y</t></is></c>"
        "<c t=\"s\"><v>1</v></c><c r=\"F3\" t=\"str\"><f>A3</f><v>tổng_x000A_</v></c></row>",
        "<si><t xml:space=\"preserve\"> Hà Nội </t></si>"
        "<si><r><t>Vie\xCC\xA3\xCC\x82</t></r><rPh><t>ĐỌC</t></rPh><r><t xml:space=\"preserve\">t </t></r></si>");
    CHECK(row.number == 3);
    CHECK(row.at(0).text == " Hà Nội ");
    CHECK(row.at(1).text == "x&y");
    CHECK(row.at(2).text == "Việt ");
    CHECK(row.at(3).kind == CellKind::empty);
    CHECK(row.at(5).text == "tổng\n");
}

TEST_CASE("documents: numbers of a workbook come out as people see them, whole ones exactly")
{
    const Row row = first_row(
        "<row><c><v>12.300000000000001</v></c><c><v>1.2E-2</v></c><c><v>123456789012345</v></"
        "c><c><v>0.30000000000000004</v></c>"
        "<c><v>-1E3</v></c><c s=\"3\"><v>0.985</v></c><c "
        "t=\"n\"><v>0</v></c><c><v>1.5E+300</v></c><c><v>x</v></c></row>");
    CHECK(row.at(0) == number_cell("12.3"));
    CHECK(row.at(1) == number_cell("0.012"));
    CHECK(row.at(2) == number_cell("123456789012345"));
    CHECK(row.at(3) == number_cell("0.3"));
    CHECK(row.at(4) == number_cell("-1000"));
    CHECK(row.at(5) == Cell{CellKind::number, "0.985", true});
    CHECK(row.at(6) == number_cell("0"));
    CHECK(row.at(7).text.size() == 301);
    CHECK(row.at(8) == Cell{CellKind::error, "x", false});
}

TEST_CASE("documents: every decimal of up to fifteen digits survives the way through a spreadsheet's number")
{
    for (std::int64_t units = 1; units < 2'000'000'000'000'000; units = units * 3 + 7)
        for (int scale = 0; scale <= 6; ++scale) {
            std::string plain = format_decimal(units % 1'000'000'000'000'000, scale);
            const std::string seen = plain_number(plain).value();
            if (scale > 0) {
                while (plain.back() == '0') plain.pop_back();
                if (plain.back() == '.') plain.pop_back();
            }
            CHECK(seen == plain);
        }
}

TEST_CASE("documents: dates are known by their format, in both date systems")
{
    const std::string_view cells =
        "<row><c s=\"1\"><v>45747</v></c><c s=\"2\"><v>45747.75</v></c><c><v>45747</v></c></row>";
    const Row row = first_row(cells);
    CHECK(row.at(0) == date_cell(day(2025, 3, 31)));
    CHECK(row.at(1) == date_cell(day(2025, 3, 31)));
    CHECK(row.at(2) == number_cell("45747"));
    CHECK(first_row(cells, "", "<workbookPr date1904=\"1\"/>").at(0) == date_cell(day(2029, 4, 1)));
    CHECK(serial_day("1", DateSystem::from_1900).value() == day(1900, 1, 1));
    CHECK(serial_day("59", DateSystem::from_1900).value() == day(1900, 2, 28));
    CHECK(!serial_day("60", DateSystem::from_1900));
    CHECK(serial_day("61", DateSystem::from_1900).value() == day(1900, 3, 1));
    CHECK(!serial_day("2958466", DateSystem::from_1900));
    CHECK(number_look("#,##0.00") == NumberLook::number);
    CHECK(number_look("\"ngày\" 0") == NumberLook::number);
    CHECK(number_look("0.0%") == NumberLook::percent);
    CHECK(number_look("[h]:mm") == NumberLook::number);
    CHECK(number_look("General") == NumberLook::number);
    CHECK(number_look("\\d0") == NumberLook::number);
    CHECK(number_look("mmm-yy") == NumberLook::date);
}

TEST_CASE("documents: an error or a formula without a value is a cell of its own kind")
{
    const Row row = first_row("<row><c t=\"e\"><v>#REF!</v></c><c><f>A1+1</f></c><c t=\"b\"><v>1</v></c><c/></row>");
    CHECK(row.at(0) == Cell{CellKind::error, "#REF!", false});
    CHECK(row.at(1) == Cell{CellKind::error, "=A1+1", false});
    CHECK(row.at(2) == text_cell("TRUE"));
    CHECK(row.at(3).kind == CellKind::empty);
}

TEST_CASE("documents: what is no workbook is refused by what it is")
{
    const auto found = [](std::string_view bytes) {
        const auto sheets = read_xlsx(bytes);
        REQUIRE(!sheets);
        CHECK(sheets.error().code == ProblemCode::wrong_type);
        return std::string(fact(sheets.error(), "found"));
    };
    CHECK(found("a;b;c") == "another kind of file");
    CHECK(found("\xD0\xCF\x11\xE0\xA1\xB1") == "XLS, or a file with a password");
    CHECK(found(write_zip({{"content.xml", "<a/>"}})) == "OpenDocument");
    CHECK(found(write_zip({{"a.txt", "a"}})) == "zip");
    CHECK(read_xlsx("PK\x03\x04 and no more").error().code == ProblemCode::malformed);
}

TEST_CASE("documents: a damaged or hostile workbook is refused at its cell or part")
{
    const auto refusal = [](std::string_view bytes, const TableLimits& limits = {}) {
        const auto sheets = read_xlsx(bytes, limits);
        REQUIRE(!sheets);
        return sheets.error();
    };
    CHECK(refusal(workbook("<row r=\"2\"><c r=\"B2\" t=\"s\"><v>5</v></c></row>")).where == "Biểu 1!B2");
    CHECK(refusal(workbook("<row r=\"2\"><c r=\"B3\"><v>5</v></c></row>")).where == "Biểu 1!A2");
    CHECK(refusal(workbook("<row r=\"2\"/><row r=\"2\"/>")).where == "Biểu 1!2");
    CHECK(fact(refusal(workbook("", "", "", "<!DOCTYPE x [<!ENTITY a \"b\">]>")), "found") == "document type");
    CHECK(refusal(workbook("<row><c>")).code == ProblemCode::malformed);
    CHECK(refusal(workbook("<row><c r=\"ZZZ1\"><v>1</v></c></row>")).where == "Biểu 1!ZZZ1");
    CHECK(refusal(workbook("<row><c/><c><v>1</v></c></row>"), {.columns = 1}).where == "Biểu 1!B1");
    CHECK(refusal(workbook("<row><c><v>1</v></c></row><row><c><v>1</v></c></row>"), {.rows = 1}).code ==
          ProblemCode::too_large);
    CHECK(refusal(workbook("<row><c t=\"str\"><v>abcdef</v></c></row>"), {.cell_characters = 5}).where == "Biểu 1!A1");
}

TEST_CASE("documents: a file that would unpack into too much is refused before it is unpacked")
{
    const std::string bomb = write_zip({{"a", std::string(8U << 20, '0')}});
    CHECK(bomb.size() < 20'000);
    CHECK(fact(ZipReader::open(bomb).error(), "limit") == "packed 250 to 1");
    CHECK(ZipReader::open(bomb, {.entry_bytes = 1U << 20}).error().code == ProblemCode::too_large);
    const std::string two = write_zip({{"a", "12345"}, {"b", "12345"}});
    CHECK(ZipReader::open(two, {.total_bytes = 9}).error().code == ProblemCode::too_large);
    CHECK(ZipReader::open(two, {.entries = 1}).error().code == ProblemCode::too_large);
    CHECK(ZipReader::open(two).value().read("b").value() == "12345");
    CHECK(ZipReader::open(two).value().read("c").error().code == ProblemCode::missing);
}

TEST_CASE("documents: a truncated or altered workbook never reads as a good one")
{
    const std::string good = workbook("<row><c><v>1234567</v></c></row>");
    for (std::size_t length = 0; length < good.size(); length += 7) CHECK(!read_xlsx(good.substr(0, length)));
    for (std::size_t at = 0; at < good.size(); at += 5) {
        std::string altered = good;
        altered[at] = static_cast<char>(altered[at] ^ 0x55);
        const auto sheets = read_xlsx(altered);
        // Where it still opens, the figure is either right or gone: a checksum guards every part.
        if (sheets && !sheets->front().rows.empty())
            CHECK(sheets->front().rows.front().at(0) == number_cell("1234567"));
    }
}

TEST_CASE("documents: a written workbook is read back with its kinds, and equal input gives equal bytes")
{
    StyledSheet sheet;
    sheet.name = "Phụ lục: số liệu";
    sheet.columns = {{30, {{"Hà Nội", "Lào Cai"}, {}, {}, 0}}, {12, {{}, 0, 1000, 0}}, {14, {}}};
    sheet.rows.push_back({{{text_cell("Đơn vị"), CellRole::header, 0, {}},
                           {text_cell("B1"), CellRole::header, 0, "Buổi tuyên truyền"},
                           {text_cell("Ngày"), CellRole::header, 0, {}}},
                          0});
    sheet.rows.push_back({{{text_cell("00004"), CellRole::input, 0, {}},
                           {number_cell("1234.5"), CellRole::wrong, 1, "Phải là số nguyên."},
                           {date_cell(day(2025, 3, 31)), CellRole::body, 0, {}}},
                          0});
    sheet.rows.push_back({{{text_cell("=1+1"), CellRole::body, 0, {}},
                           {number_cell("12345678901234567"), CellRole::total, 0, {}},
                           {Cell{}, CellRole::input, 0, {}}},
                          0});
    sheet.frozen_rows = 1;
    sheet.repeated_rows = 1;
    sheet.locked = true;
    sheet.mark = "DỮ LIỆU MÔ PHỎNG";
    const WorkbookInfo info{"Phụ lục", "Ban Chỉ đạo", day(2015, 7, 1)};
    const std::string bytes = write_xlsx({sheet}, info);
    CHECK(bytes == write_xlsx({sheet}, info));

    const auto sheets = read_xlsx(bytes).value();
    CHECK(sheets.front().name == "Phụ lục- số liệu");
    const auto& rows = sheets.front().rows;
    REQUIRE(rows.size() == 3);
    CHECK(rows[0].at(0) == text_cell("Đơn vị"));
    CHECK(rows[1].at(0) == text_cell("00004"));
    CHECK(rows[1].at(1) == number_cell("1234.5"));
    CHECK(rows[1].at(2) == date_cell(day(2025, 3, 31)));
    CHECK(rows[2].at(0) == text_cell("=1+1"));
    CHECK(rows[2].at(1) == text_cell("12345678901234567"));
    CHECK(rows[2].at(2).kind == CellKind::empty);
}

TEST_CASE("documents: choices too long for a rule stand in a hidden sheet")
{
    StyledSheet sheet;
    sheet.name = "Nhập";
    ColumnPlan plan;
    for (int i = 0; i < 63; ++i) plan.rule.choices.push_back("Tỉnh số " + std::to_string(i));
    sheet.columns = {plan};
    sheet.rows.push_back({{{Cell{}, CellRole::input, 0, {}}}, 0});
    const auto sheets = read_xlsx(write_xlsx({sheet}, {})).value();
    REQUIRE(sheets.size() == 2);
    CHECK(sheets[1].hidden);
    CHECK(sheets[1].rows.size() == 63);
}

TEST_CASE("documents: columns are named as spreadsheets name them")
{
    CHECK(column_name(0) == "A");
    CHECK(column_name(25) == "Z");
    CHECK(column_name(26) == "AA");
    CHECK(column_name(16383) == "XFD");
    CHECK(cell_name(7, 3) == "D7");
}
