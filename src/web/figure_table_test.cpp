// SPDX-License-Identifier: Apache-2.0
#include "web/figure_table.hpp"

#include "http/json.hpp"
#include "support/draw.hpp"

#include <doctest/doctest.h>

#include <limits>

using namespace phoihop;
using rollup::CellKind;
using rollup::Note;
using rollup::Table;

namespace {

programme::Indicator indicator(std::string code, int scale)
{
    programme::Indicator made;
    made.code = std::move(code);
    made.scale = scale;
    return made;
}

/// Two indicators, two quarters and three rows, with every kind of cell.
struct World {
    std::shared_ptr<const units::Territory> land = test::draw("Việt Nam\n  Hà Giang\n  \"Tuyên\" & <Quang>\n");
    programme::Indicator count = indicator("B1", 0);
    programme::Indicator money = indicator("A8", 2);
    web::Reading reading{*land, day(2025, 1, 1)};
    Table table;

    World()
    {
        table.as_of = 42;
        table.indicators = {&count, &money};
        table.periods = {programme::parse_period("2025-Q1").value(), programme::parse_period("2025-Q2").value()};
        table.rows = {UnitId{2}, UnitId{3}, UnitId{1}};
        table.cells = {{7, 1, 2, CellKind::units, Note::none},
                       {0, 0, 3, CellKind::none, Note::no_value},
                       {0, 0, 0, CellKind::absent, Note::undivided},
                       {std::numeric_limits<std::int64_t>::min(), 1, 2, CellKind::units, Note::none},
                       {std::numeric_limits<std::int64_t>::max(), 123456, 2, CellKind::units, Note::none},
                       {10'203'040, 99, 100, CellKind::units, Note::own},
                       {-5, 1, 2, CellKind::units, Note::none},
                       {100, 1, 3, CellKind::units, Note::none},
                       {0, 10, 1, CellKind::other, Note::undivided},
                       {0, 0, 0, CellKind::none, Note::finer},
                       {std::numeric_limits<std::int64_t>::min(), 1, 2, CellKind::units, Note::none},
                       {-123'456, 1000, 2, CellKind::units, Note::undivided}};
        rollup::Figure wide;
        wide.indicator = "A8";
        wide.period = table.periods[0];
        wide.unit = UnitId{1};
        wide.value = programme::Rational{-(Int128{1} << 110), 3};
        wide.scale = 2;
        wide.reported = 10;
        wide.expected = 1;
        wide.note = Note::undivided;
        table.others.push_back(wide);
    }
};

}  // namespace

TEST_CASE("web: a table is written as the same bytes as its figures one by one")
{
    const World world;
    http::JsonWriter json;
    json.object().member("as_of", std::int64_t{42}).member("on", "2025-01-01").member("simulated", true);
    json.key("figures").array();
    for (const auto& figure : world.table.figures()) write(json, figure, world.reading);
    json.end().end();
    CHECK(figures_json(world.table, {day(2025, 1, 1), true}, world.reading) == json.take());
    CHECK(world.table.size() == 11);
}

TEST_CASE("web: a table without figures is a list without items")
{
    World world;
    for (std::size_t period = 0; period < 2; ++period)
        for (std::size_t i = 0; i < 2; ++i)
            rollup::Table::leave_out(world.table.column(i, period), std::vector<bool>(world.table.rows.size(), false));
    CHECK(figures_json(world.table, {day(2025, 1, 1), false}, world.reading) ==
          R"({"as_of":42,"on":"2025-01-01","simulated":false,"figures":[]})");
}

TEST_CASE("web: a table in columns says the same, and null where no figure is answered")
{
    const World world;
    const auto text = columns_json(world.table, {day(2025, 1, 1), false}, world.reading);
    const auto json = http::Json::parse(text);
    REQUIRE_MESSAGE(json.has_value(), text);
    CHECK(text.ends_with(
        R"("columns":[{"indicator":"B1","period":"2025-Q1","values":["7","",null],"reported":[1,0,null],)"
        R"("expected":[2,3,null],"notes":["","no_value",null]},{"indicator":"B1","period":"2025-Q2","values":)"
        R"(["-9223372036854775808","9223372036854775807","10203040"],"reported":[1,123456,99],"expected":[2,2,100],)"
        R"("notes":["","","own"]},{"indicator":"A8","period":"2025-Q1","values":["-0.05","1.00",)"
        R"("-432691404877902302377541360768341.33"],"reported":[1,1,10],"expected":[2,3,1],"notes":["","","undivided"]},)"
        R"({"indicator":"A8","period":"2025-Q2","values":["","-92233720368547758.08","-1234.56"],)"
        R"("reported":[0,1,1000],"expected":[0,2,2],"notes":["finer","","undivided"]}]})"));
}
