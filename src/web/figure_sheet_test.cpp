// SPDX-License-Identifier: Apache-2.0
#include "web/figure_sheet.hpp"

#include "documents/xlsx_reader.hpp"
#include "support/draw.hpp"

#include <doctest/doctest.h>

using namespace phoihop;
using rollup::CellKind;
using rollup::Note;

namespace {

struct World {
    std::shared_ptr<const units::Territory> land = test::draw("Việt Nam\n  Hà Giang\n  Lào Cai\n");
    programme::Programme programme;
    programme::Indicator count;
    rollup::Table table;

    World()
    {
        programme.symbol = "07/CTrPH";
        programme.title = {"Chương trình", "Programme"};
        count.code = "B1";
        count.name = {"Buổi tuyên truyền", "Sessions"};
        count.unit = {"buổi", "sessions"};
        count.scale = 1;
        table.as_of = 1204;
        table.indicators = {&count};
        table.periods = {programme::parse_period("2025-Q1").value(), programme::parse_period("2025-Q2").value()};
        table.rows = {UnitId{2}, UnitId{3}, UnitId{1}};
        table.cells = {{75, 96, 102, CellKind::units, Note::none},    {0, 0, 3, CellKind::none, Note::no_value},
                       {10, 1, 1, CellKind::units, Note::own},        {0, 0, 0, CellKind::none, Note::no_value},
                       {0, 5, 5, CellKind::none, Note::not_additive}, {0, 0, 0, CellKind::absent, Note::own}};
    }

    std::vector<documents::Sheet> sheets()
    {
        return documents::read_xlsx(web::figure_workbook(table, {programme, rollup::Measure::verified, day(2025, 9, 1)},
                                                         {*land, day(2025, 7, 1)}))
            .value();
    }
};

}  // namespace

TEST_CASE("web: a workbook's figures are numbers, and what is no figure says why")
{
    World world;
    const auto sheets = world.sheets();
    REQUIRE(sheets.size() == 3);
    const auto& rows = sheets[0].rows;
    REQUIRE(rows.size() == 7);
    CHECK(rows[3].at(2).text == "B1 Buổi tuyên truyền (buổi)\nquý I năm 2025");
    CHECK(rows[4].at(1).text == "Hà Giang");
    CHECK(rows[4].at(2).kind == documents::CellKind::number);
    CHECK(rows[4].at(2).text == "7.5");
    CHECK(rows[5].at(2).text == "chưa có");
    CHECK(rows[4].at(3).text == "–");
    CHECK(rows[5].at(3).text == "không cộng được");
    CHECK(rows[6].at(1).text == "Do chính Việt Nam thực hiện");
    CHECK(rows[6].at(3).kind == documents::CellKind::empty);
    CHECK(sheets[1].rows[4].at(2).text == "96 trên 102");
}

TEST_CASE("web: a workbook says programme, periods, map, record and measure, and that data are simulated")
{
    World world;
    world.programme.simulated = true;
    const auto sheets = world.sheets();
    for (const auto& sheet : sheets) CHECK(sheet.rows[1].at(0).text == "DỮ LIỆU MÔ PHỎNG");
    CHECK(sheets[0].rows[2].at(0).text == "07/CTrPH · quý I năm 2025 đến quý II năm 2025 · Bản đồ ngày 01/07/2025");
    CHECK(sheets[0].rows[3].at(0).text == "Số liệu đến ngày 01/09/2025, bản ghi số 1.204 · Chỉ tính báo cáo đã duyệt");
}
