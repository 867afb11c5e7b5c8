// SPDX-License-Identifier: Apache-2.0
#include "obligations/draw_register.hpp"

#include "programme/period_id.hpp"
#include "support/draw.hpp"
#include "support/owing_programme.hpp"
#include "support/random_territory.hpp"

#include <doctest/doctest.h>

#include <set>

using namespace phoihop;
using namespace phoihop::obligations;
using phoihop::test::draw;
using phoihop::test::named;
using Land = std::shared_ptr<const units::Territory>;

namespace {

programme::PeriodName period(std::string_view text)
{
    return programme::parse_period(text).value();
}

const programme::Programme& owing()
{
    static const auto programme = test::owing_programme();
    return *programme;
}

/// "Xã A, Xã B < Xã C + Xã D": who owes `subject`, in order, each with its predecessors.
std::string owed(const Land& land, std::string_view in, std::string_view subject)
{
    std::string text;
    const auto rows = draw_register(owing(), *land, period(in)).value();
    for (const Obligation& row : rows) {
        if (row.subject != subject) continue;
        if (!text.empty()) text += ", ";
        text += land->state_near(row.unit, row.opens).name;
        for (std::size_t i = 0; i < row.predecessors.size(); ++i)
            text += (i == 0 ? " < " : " + ") + land->state_near(row.predecessors[i], row.opens).name;
    }
    return text;
}

Land two_provinces()
{
    return draw(R"(
        Việt Nam
          Hà Giang
            Huyện Đồng Văn
              Xã Phó Bảng
              Xã Phố Là
              Xã Phố Bảng
            Huyện Na Hang
              Xã Năng Khả
          Quảng Ngãi
            Huyện Lý Sơn
        [2015-05-20] Xã Phó Bảng + Xã Phố Là -> Xã Phố Bảng
    )");
}

}  // namespace

TEST_CASE("obligations: every commune owes the quarterly form, and so does a district without communes")
{
    CHECK(owed(two_provinces(), "2015-Q1", "activity") == "Xã Phó Bảng, Xã Phố Là, Xã Năng Khả, Huyện Lý Sơn");
}

TEST_CASE("obligations: opening, due day and closing come from the calendar")
{
    const auto rows = draw_register(owing(), *two_provinces(), period("2015-Q1")).value();
    REQUIRE_FALSE(rows.empty());
    CHECK(rows[0].kind == "report");
    CHECK(rows[0].party == "police");
    CHECK(rows[0].period == programme::id_of(period("2015-Q1")));
    CHECK(rows[0].opens == day(2015, 4, 1));
    CHECK(rows[0].due == day(2015, 4, 10));
    CHECK(rows[0].closes == day(2015, 6, 9));
    CHECK_FALSE(rows[0].id);
}

TEST_CASE("obligations: a unit that ended inside the window owes nothing, and its heir's row names it")
{
    CHECK(owed(two_provinces(), "2015-Q2", "activity") ==
          "Xã Phố Bảng < Xã Phó Bảng + Xã Phố Là, Xã Năng Khả, Huyện Lý Sơn");
    CHECK(owed(two_provinces(), "2015-Q3", "activity") == "Xã Phố Bảng, Xã Năng Khả, Huyện Lý Sơn");
}

TEST_CASE("obligations: a change on the first day of a window belongs to the window before")
{
    const auto land = draw(R"(
        Việt Nam
          Hà Giang
            Xã A
            Xã B
            Xã C
        [2015-07-01] Xã A + Xã B -> Xã C
    )");
    CHECK(owed(land, "2015-Q2", "activity") == "Xã A, Xã B");
    CHECK(owed(land, "2015-Q3", "activity") == "Xã C");
}

TEST_CASE("obligations: two changes inside one window are followed to the end, and a gift of land names nobody")
{
    const auto land = draw(R"(
        Việt Nam
          Hà Giang
            Xã A
            Xã B
            Xã C
            Xã D
            Xã E
        [2015-07-10] Xã A -> Xã B default + Xã C
        [2015-08-20] Xã B + Xã C -> Xã D
        [2015-09-01] Xã E -> Xã E default + Xã D part
    )");
    CHECK(owed(land, "2015-Q3", "activity") == "Xã D < Xã A + Xã B + Xã C, Xã E");
}

TEST_CASE("obligations: standing obligations fall in their own periods and last as long as the programme")
{
    const Land land = two_provinces();
    CHECK(owed(land, "2015", "plan") == "Hà Giang, Quảng Ngãi");
    CHECK(owed(land, "2015", "review_mid_term").empty());
    CHECK(owed(land, "2016", "review_mid_term") == "Hà Giang, Quảng Ngãi");
    CHECK(owed(land, "2015-H1", "council_6_months") == "Hà Giang, Quảng Ngãi");
    CHECK(owed(land, "2015-Q1", "plan").empty());
    CHECK(owed(land, "once", "committee") == "Hà Giang, Xã Phó Bảng, Xã Phố Là, Xã Năng Khả, Quảng Ngãi");
    const auto once = draw_register(owing(), *land, period("once")).value();
    CHECK(once.at(0).opens == day(2014, 1, 1));
    CHECK(once.at(0).due == day(2014, 3, 31));
    CHECK(once.at(0).closes == day(2029, 12, 31));
}

TEST_CASE("obligations: a period outside the programme's validity is refused")
{
    const Land land = two_provinces();
    CHECK(draw_register(owing(), *land, period("2013-Q4")).error().code == ProblemCode::out_of_range);
    CHECK(draw_register(owing(), *land, period("2030-Q1")).error().code == ProblemCode::out_of_range);
    CHECK(draw_register(owing(), *land, period("2029-Q4")).has_value());
}

TEST_CASE("obligations: the periods that open in a stretch of days come in the order of their opening")
{
    std::string names;
    for (const auto& name : periods_opening(owing(), day(2014, 1, 1), day(2015, 1, 31))) names += name.text() + " ";
    CHECK(names == "once 2014-Q1 2014-Q2 2014-H1 2014-Q3 2014-Q4 2014-H2 2014 ");
    CHECK(periods_opening(owing(), day(2014, 4, 2), day(2014, 6, 30)).empty());
    CHECK_FALSE(asks_anything(owing(), period("2015-M01")));
}

TEST_CASE("obligations: in any territory each unit of the last day owes each subject once and no other unit owes it")
{
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
        const Land land = test::random_territory(seed);
        for (const char* name : {"2016-Q2", "2016-Q3", "2020-Q1", "2025-Q2", "2025-Q3", "2026-Q2"}) {
            const auto rows = draw_register(owing(), *land, period(name)).value();
            const Date last = owing().calendar.dates(period(name)).cut_off();
            const auto map = land->map(last);
            std::set<std::pair<std::string, UnitId>> seen;
            for (const Obligation& row : rows) {
                CHECK(seen.emplace(row.subject, row.unit).second);
                CHECK(land->unit(row.unit).on(last) != nullptr);
                for (const UnitId predecessor : row.predecessors) CHECK(land->unit(predecessor).on(last) == nullptr);
            }
            for (const auto& node : map->nodes())
                if (node.level == units::Level::commune) CHECK(seen.contains({"activity", node.unit}));
        }
    }
}
