// SPDX-License-Identifier: Apache-2.0
#include "documents/annex_sheet.hpp"

#include "base/decimal.hpp"
#include "documents/xlsx_reader.hpp"
#include "support/sample_documents.hpp"

#include <doctest/doctest.h>

using namespace phoihop;
using namespace phoihop::documents;

TEST_CASE("documents: the annex as a workbook has the figures of the pages, as numbers")
{
    const OfficialDocument document = sample::province_report();
    const auto& table = std::get<Table>(document.annexes[0].blocks[0]);
    const auto sheets = read_xlsx(write_annexes_xlsx(document).value()).value();
    REQUIRE(sheets.size() == 1);
    const auto& rows = sheets[0].rows;
    CHECK(rows[0].at(0).text == "Phụ lục");
    CHECK(rows[1].at(0).text == "SỐ LIỆU KẾT QUẢ THỰC HIỆN CHƯƠNG TRÌNH PHỐI HỢP 6 THÁNG ĐẦU NĂM 2015");
    CHECK(rows[4].at(0).text == "STT");
    CHECK(rows[4].at(3).text == "6 tháng đầu năm 2015");
    CHECK(rows[5].at(3).text == "Kỳ này");
    constexpr std::size_t above = 7;
    REQUIRE(rows.size() == above + table.rows.size());
    for (std::size_t i = 0; i < table.rows.size(); ++i)
        for (std::size_t column = 0; column < table.rows[i].cells.size(); ++column) {
            const Cell& expected = table.rows[i].cells[column];
            const Cell& found = rows[above + i].at(column);
            if (expected.kind == CellKind::number)
                CHECK(parse_decimal(found.text, 6).value() == parse_decimal(expected.text, 6).value());
            else
                CHECK(found.text == expected.text);
        }
}

TEST_CASE("documents: a document whose annexes hold no table gives no workbook")
{
    CHECK(!write_annexes_xlsx(sample::joint_programme()));
    CHECK(!write_annexes_xlsx(sample::front_letter()));
}
