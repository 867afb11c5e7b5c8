// SPDX-License-Identifier: Apache-2.0
#include "units/territory.hpp"

#include "support/draw.hpp"
#include "support/random_territory.hpp"

#include <doctest/doctest.h>

using namespace phoihop;
using namespace phoihop::units;
using phoihop::test::draw;
using phoihop::test::named;

namespace {

constexpr Date before = day(2025, 6, 30);
constexpr Date after = day(2025, 7, 1);

/// "Tuyên Quang" or "Tuyên Quang, undivided" or "nowhere".
std::string place(const std::shared_ptr<const Territory>& land, std::string_view name, Date on)
{
    const auto map = land->map(on);
    const Place place = map->place_of(named(land, name));
    if (place.node < 0) return "nowhere";
    const UnitId unit = map->nodes()[static_cast<std::size_t>(place.node)].unit;
    return land->state_near(unit, on).name + (place.undivided ? ", undivided" : "");
}

const auto reform = [] {
    return draw(R"(
        Việt Nam
          Hà Giang
            Huyện Đồng Văn
              Xã Phó Bảng
              Xã Phố Là
              Xã Lũng Cú
          Tuyên Quang
            Huyện Na Hang
              Xã Năng Khả
              Xã Thanh Tương
            Huyện Lâm Bình
          Cao Bằng
          Tuyên Quang mới (province)
            Xã Phố Bảng
            Xã Na Hang
            Xã Hồng Thái
            Xã Thượng Lâm
        [2025-07-01] Hà Giang + Tuyên Quang -> Tuyên Quang mới
        [2025-07-01] Xã Phó Bảng + Xã Phố Là -> Xã Phố Bảng
        [2025-07-01] Xã Năng Khả -> Xã Na Hang default + Xã Hồng Thái
        [2025-07-01] Xã Thanh Tương -> Xã Thượng Lâm part + Xã Hồng Thái part
        [2025-07-01] district ends
    )");
};

}  // namespace

TEST_CASE("units: a map lists a unit before what stands in it, siblings in the order of their codes")
{
    const auto land = reform();
    const auto map = land->map(before);
    REQUIRE(map->nodes().size() == 12);
    std::string order;
    for (const auto& node : map->nodes()) order += land->state_near(node.unit, before).name + "|";
    CHECK(order ==
          "Việt Nam|Hà Giang|Huyện Đồng Văn|Xã Phó Bảng|Xã Phố Là|Xã Lũng Cú|Tuyên Quang|Huyện Na Hang|Xã Năng Khả|"
          "Xã Thanh Tương|Huyện Lâm Bình|Cao Bằng|");
    CHECK(map->nodes()[0].subtree_end == 12);
    CHECK(map->nodes()[1].subtree_end == 6);
    CHECK(map->children(0) == std::vector<std::int32_t>{1, 6, 11});
    CHECK(map->under(6, Level::commune) == std::vector<std::int32_t>{8, 9});
    CHECK(map->node_of(named(land, "Xã Phố Bảng")) == -1);
}

TEST_CASE("units: siblings stand by level, then by the code of the day, in whatever order they were made")
{
    test::Drawing drawing;
    const UnitId nation = drawing.add(UnitId{}, Level::nation, "Việt Nam");
    const UnitId commune = drawing.add(nation, Level::commune, "Đặc khu");
    const UnitId late = drawing.add(nation, Level::province, "Cao Bằng");
    const UnitId early = drawing.add(nation, Level::province, "Hà Giang");
    auto units = drawing.units();
    units[1].states[0].code = {"vn63", "01"};
    units[2].states[0].code = {"vn63", "04"};
    units[3].states[0].code = {"vn63", "02"};
    // From the reform on, the other one comes first.
    for (const auto& [unit, digits] : {std::pair{2, "08"}, std::pair{3, "16"}}) {
        auto& states = units[static_cast<std::size_t>(unit)].states;
        states.push_back(states.front());
        states[0].validity.to = states[1].validity.from = after;
        states[1].code = {"vn34", digits};
    }
    const auto land = Territory::make(units, {}).value();
    const auto order = [&](Date on) {
        std::vector<UnitId> found;
        for (const auto& node : land->map(on)->nodes()) found.push_back(node.unit);
        return found;
    };
    CHECK(order(before) == std::vector{nation, early, late, commune});
    CHECK(order(after) == std::vector{nation, late, early, commune});
    CHECK(order(Date::min()).empty());
}

TEST_CASE("units: a merged unit stands at its heir on later maps")
{
    const auto land = reform();
    CHECK(place(land, "Xã Phó Bảng", before) == "Xã Phó Bảng");
    CHECK(place(land, "Xã Phó Bảng", after) == "Xã Phố Bảng");
    CHECK(place(land, "Xã Phố Là", after) == "Xã Phố Bảng");
    CHECK(place(land, "Hà Giang", after) == "Tuyên Quang mới");
}

TEST_CASE("units: a split unit stands at its default heir, or undivided above all its heirs")
{
    const auto land = reform();
    CHECK(place(land, "Xã Năng Khả", after) == "Xã Na Hang");
    CHECK(place(land, "Xã Thanh Tương", after) == "Tuyên Quang mới, undivided");
}

TEST_CASE("units: the own figure of a former district stands undivided at the province of the later map")
{
    const auto land = reform();
    CHECK(place(land, "Huyện Đồng Văn", after) == "Tuyên Quang mới, undivided");
    CHECK(place(land, "Huyện Lâm Bình", after) == "Tuyên Quang mới, undivided");
}

TEST_CASE("units: a unit that goes on keeps its id under its new parent")
{
    const auto land = reform();
    CHECK(place(land, "Xã Lũng Cú", after) == "Xã Lũng Cú");
    CHECK(land->path(named(land, "Xã Lũng Cú"), before) == "Xã Lũng Cú, Huyện Đồng Văn, Hà Giang");
    CHECK(land->path(named(land, "Xã Lũng Cú"), after) == "Xã Lũng Cú, Tuyên Quang mới");
}

TEST_CASE("units: a new unit stands on an older map inside what it was made from")
{
    const auto land = reform();
    CHECK(place(land, "Xã Phố Bảng", before) == "Huyện Đồng Văn, undivided");
    CHECK(place(land, "Xã Na Hang", before) == "Xã Năng Khả");
    CHECK(place(land, "Xã Thượng Lâm", before) == "Xã Thanh Tương");
    CHECK(place(land, "Xã Hồng Thái", before) == "Huyện Na Hang, undivided");
    CHECK(place(land, "Tuyên Quang mới", before) == "Việt Nam, undivided");
}

TEST_CASE("units: successions are followed over several reforms, both ways")
{
    const auto land = draw(R"(
        Việt Nam
          A
            a1
            a2
            b
            c
            d
            e
            f
          Z
        [2015-01-01] a1 -> b part + c part
        [2020-01-01] b + c -> d
        [2025-07-01] d + a2 -> e
        [2026-01-01] e -> f
    )");
    CHECK(place(land, "a1", day(2015, 1, 1)) == "A, undivided");
    CHECK(place(land, "a1", day(2020, 1, 1)) == "d");
    CHECK(place(land, "a1", day(2025, 7, 1)) == "e");
    CHECK(place(land, "a1", day(2026, 1, 1)) == "f");
    CHECK(place(land, "f", day(2025, 7, 1)) == "e");
    CHECK(place(land, "f", day(2020, 1, 1)) == "A, undivided");
    CHECK(place(land, "d", day(2014, 1, 1)) == "a1");
}

TEST_CASE("units: what a unit gives away while it goes on does not take its figures along")
{
    const auto land = draw(R"(
        Việt Nam
          A
            a
            b
        [2020-01-01] a + b -> a
    )");
    CHECK(place(land, "b", after) == "a");
    CHECK(place(land, "a", day(2019, 1, 1)) == "a");
}

TEST_CASE("units: a new unit without origin stands undivided where its parent stands")
{
    const auto land = draw(R"(
        Việt Nam
          A
            a
              Thôn Một (residential_area) [from 2024-01-01]
    )");
    CHECK(place(land, "Thôn Một", day(2020, 1, 1)) == "a, undivided");
}

TEST_CASE("units: days between two changes of the tree share one shape, a new name alone changes none")
{
    const auto land = draw(R"(
        Việt Nam
          A
          B
        [2026-04-30] A becomes A thành phố
        [2027-01-01] B recodes 00001b
    )");
    CHECK(land->map(day(2014, 1, 1))->shape() == land->map(day(2026, 5, 1))->shape());
    CHECK(land->map(day(2026, 5, 1))->shape() != land->map(day(2027, 1, 1))->shape());
    CHECK(land->map(day(2014, 1, 1))->nodes().data() == land->map(day(2026, 5, 1))->nodes().data());
    CHECK(land->map(day(2026, 5, 1))->date() == day(2026, 5, 1));
    CHECK(land->map(day(1800, 1, 1))->nodes().empty());
    CHECK(place(land, "B", day(1800, 1, 1)) == "nowhere");
    CHECK(land->state_near(named(land, "A thành phố"), day(2020, 1, 1)).name == "A");
}

TEST_CASE("units: a code is read on its day, and with its scheme on any day")
{
    test::Drawing drawing;
    const UnitId nation = drawing.add(UnitId{}, Level::nation, "Việt Nam");
    const UnitId old_unit = drawing.add(nation, Level::province, "Lào Cai", {test::long_ago, after});
    const UnitId new_unit = drawing.add(nation, Level::province, "Lào Cai mới", {after, forever});
    auto units = drawing.units();
    units[1].states[0].code = {"vn63", "10"};
    units[2].states[0].code = {"vn34", "10"};
    const auto land = Territory::make(units, {{old_unit, new_unit, after, Part::full, Part::full, true, ""}}).value();
    CHECK(land->by_code("10", before).value() == old_unit);
    CHECK(land->by_code("10", after).value() == new_unit);
    CHECK(land->by_code("vn63:10", after).value() == old_unit);
    CHECK(land->by_code("vn34:10", before).value() == new_unit);
    CHECK(land->code_text(old_unit, after) == "vn63:10");
    const auto unknown = land->by_code("1", after);
    REQUIRE_FALSE(unknown);
    CHECK(unknown.error().code == ProblemCode::unknown_name);
    CHECK(fact(unknown.error(), "found") == "1");
    CHECK(land->by_code("drawn:10", after).error().code == ProblemCode::unknown_name);
}

TEST_CASE("units: a territory is refused for a parent that dies first, a level turned round, a code borne twice")
{
    const auto refusal = [](auto spoil) {
        test::Drawing drawing;
        const UnitId nation = drawing.add(UnitId{}, Level::nation, "n");
        const UnitId province = drawing.add(nation, Level::province, "p");
        const UnitId commune = drawing.add(province, Level::commune, "c");
        drawing.add(province, Level::commune, "d", {test::long_ago, after});
        auto units = drawing.units();
        std::vector<Succession> successions{{UnitId{4}, commune, after, Part::full, Part::full, true, ""}};
        REQUIRE(Territory::make(units, successions));
        spoil(units, successions);
        const auto made = Territory::make(units, successions);
        if (made) return std::string("taken");
        return std::string(word(made.error().code)) + ": " + std::string(fact(made.error(), "rule"));
    };
    using Units = std::vector<Unit>&;
    using Successions = std::vector<Succession>&;
    CHECK(refusal([](Units units, Successions) { units[1].states[0].validity.to = after; }) ==
          "inconsistent: a parent lives as long as the state that stands under it");
    CHECK(refusal([](Units units, Successions) { units[2].states[0].level = Level::province; }) ==
          "inconsistent: a parent is of a higher level");
    CHECK(refusal([](Units units, Successions) { units[3].states[0].code = units[2].states[0].code; }) ==
          "duplicate: ");
    CHECK(refusal([](Units units, Successions) { units[2].states[0].parent = UnitId{9}; }) == "unknown_name: ");
    CHECK(refusal([](Units, Successions successions) { successions[0].to = UnitId{9}; }) == "unknown_name: ");
    CHECK(refusal([](Units, Successions successions) { successions[0].on = after + std::chrono::days{1}; }) ==
          "inconsistent: a unit gives away while it lives or when it ends");
    CHECK(refusal([](Units units, Successions) { units[2].states[0].validity.from = after + std::chrono::days{1}; }) ==
          "inconsistent: an heir lives on the day of the succession");
    CHECK(refusal([](Units units, Successions) {
              units[2].states.push_back(units[2].states[0]);
              units[2].states[1].validity.from = after;
          }) == "inconsistent: states follow each other without gap or overlap");
    CHECK(refusal([](Units, Successions successions) {
              successions.push_back(successions[0]);
              successions[1].to = UnitId{2};
          }) == "inconsistent: one default heir");
}

TEST_CASE("units: on every map of a random territory every unit has one place, and it is where its sole heir stands")
{
    std::size_t undivided = 0;
    std::size_t moved = 0;
    for (std::uint64_t seed = 0; seed < 300; ++seed) {
        CAPTURE(seed);
        const auto land = test::random_territory(seed);
        std::vector<Date> days{day(2010, 1, 1)};
        for (const Date reform_day : test::reform_days) {
            days.push_back(reform_day - std::chrono::days{1});
            days.push_back(reform_day);
        }
        for (const Date on : days) {
            const auto map = land->map(on);
            // Each unit's own figure is counted once, so the nation's sum is the same on every map.
            std::vector<std::int64_t> at(map->nodes().size(), 0);
            std::int64_t sum = 0;
            for (const Unit& unit : land->units()) {
                const Place place = map->place_of(unit.id);
                REQUIRE(place.node >= 0);
                at[static_cast<std::size_t>(place.node)] += unit.id.value;
                sum += unit.id.value;
                undivided += place.undivided ? 1 : 0;
                if (const UnitState* state = unit.on(on)) {
                    REQUIRE(place == Place{map->node_of(unit.id), false});
                    REQUIRE(map->nodes()[static_cast<std::size_t>(place.node)].level == state->level);
                    continue;
                }
                ++moved;
                for (const Succession* heir : land->heirs_of(unit.id)) {
                    if (heir->on == unit.ends() && unit.ends() <= on && heir->default_heir) {
                        REQUIRE(map->place_of(heir->to) == place);
                    }
                }
                const auto origins = land->origins_of(unit.id);
                if (unit.begins() > on && origins.size() == 1 && origins[0]->on == unit.begins()) {
                    REQUIRE(map->place_of(origins[0]->from) == place);
                }
            }
            for (std::size_t node = at.size(); node-- > 1;)
                at[static_cast<std::size_t>(map->nodes()[node].parent)] += at[node];
            REQUIRE(at[0] == sum);
        }
    }
    // The property would be empty if the random territories never changed.
    CHECK(undivided > 1000);
    CHECK(moved > 5000);
}

TEST_CASE("units: nodes of a random map are in pre-order with contiguous subtrees")
{
    for (std::uint64_t seed = 0; seed < 100; ++seed) {
        CAPTURE(seed);
        const auto land = test::random_territory(seed);
        const auto map = land->map(day(2025, 12, 31));
        const auto nodes = map->nodes();
        for (std::size_t i = 1; i < nodes.size(); ++i) {
            const auto parent = static_cast<std::size_t>(nodes[i].parent);
            REQUIRE(parent < i);
            REQUIRE(nodes[i].subtree_end <= nodes[parent].subtree_end);
            REQUIRE(nodes[i].unit != nodes[parent].unit);
            REQUIRE(land->unit(nodes[i].unit).on(map->date())->parent == nodes[parent].unit);
        }
    }
}
