// SPDX-License-Identifier: Apache-2.0
#include "rollup/unit_scan.hpp"

#include "support/random_territory.hpp"
#include "support/rollup_test.hpp"

#include <random>

namespace {

std::shared_ptr<const units::Territory> two_provinces()
{
    return draw("Việt Nam\n  Hà Giang\n    Xã Phó Bảng\n    Xã Phố Là\n    Xã Pả Vi\n  Tuyên Quang\n    Xã Đà Vị\n");
}

rollup::ScanQuery below(const Trial& trial, std::string_view unit, std::string_view period)
{
    return {trial.programme(), trial.programme().forms[0], period_named(period),
            trial.unit(unit),  day(2026, 9, 30),           Measure::received};
}

Lines told(const Trial& trial, const std::vector<rollup::UnitFigure>& figures)
{
    Lines lines;
    for (const auto& each : figures)
        lines.push_back(trial.land()->state_near(each.unit, day(2026, 9, 30)).name + " " + std::to_string(each.value) +
                        (each.carried > 0 ? " carried " + std::to_string(each.carried) : ""));
    return lines;
}

std::vector<rollup::UnitFigure> figures(Trial& trial, std::string_view unit, std::string_view period, int carry = 0)
{
    return rollup::unit_figures(*trial.cube().snapshot(), *trial.land(), below(trial, unit, period), "C2", carry)
        .value();
}

}  // namespace

TEST_CASE("rollup: who is missing is named, in the order of the map, and who was not asked is not")
{
    Trial trial(two_provinces());
    trial.owe("2026-Q1", Lines{"Xã Phó Bảng", "Xã Phố Là", "Xã Đà Vị"});
    trial.report("Xã Phố Là", "2026-Q1", {});
    trial.report("Xã Pả Vi", "2026-Q1", {{"C2", 1}});
    trial.report("Xã Đà Vị", "2026-Q1", {{"C2", 1}});
    trial.set_state("Xã Đà Vị", "2026-Q1", FactState::returned);
    const auto all = rollup::completeness(*trial.cube().snapshot(), *trial.land(), below(trial, "Việt Nam", "2026-Q1"));
    REQUIRE(all);
    CHECK(all->reported == 2);
    CHECK(all->expected == 3);
    CHECK(all->missing == std::vector{trial.unit("Xã Phó Bảng"), trial.unit("Xã Đà Vị")});
    CHECK(rollup::completeness(*trial.cube().snapshot(), *trial.land(), below(trial, "Tuyên Quang", "2026-Q1"))
              ->missing == std::vector{trial.unit("Xã Đà Vị")});
    CHECK(
        rollup::completeness(*trial.cube().snapshot(), *trial.land(), below(trial, "Việt Nam", "2027-Q1"))->expected ==
        0);
}

TEST_CASE("rollup: on random territories the counts by level are each unit's own, and who is missing stays the same")
{
    for (std::uint64_t seed = 31; seed <= 34; ++seed) {
        std::mt19937_64 random(seed);
        Trial trial(random_territory(seed));
        const auto below = [&](std::size_t limit) { return static_cast<std::size_t>(random() % limit); };
        std::vector<UnitId> owing;
        for (std::size_t unit = 1; unit <= trial.land()->units().size(); ++unit) {
            const UnitId id{static_cast<std::int64_t>(unit)};
            if (below(3) != 0) owing.push_back(id);
            if (below(3) == 0) continue;
            trial.report(id, "2026-Q1", {{"B1", 1}});
            if (below(3) == 0) trial.set_state(id, "2026-Q1", FactState::verified);
        }
        trial.owe("2026-Q1", owing);
        const auto& form = trial.programme().forms[0];
        const auto snapshot = trial.cube().snapshot();
        for (const auto on : {day(2013, 1, 1), day(2025, 7, 1)})
            for (const auto measure : {Measure::received, Measure::verified})
                for (const auto level : {units::Level::nation, units::Level::province, units::Level::commune}) {
                    const auto ask = [&](UnitId unit, std::optional<units::Level> by) {
                        return rollup::completeness(
                                   *snapshot, *trial.land(),
                                   {trial.programme(), form, period_named("2026-Q1"), unit, on, measure, by})
                            .value();
                    };
                    const auto all = ask(trial.land()->nation(), std::nullopt);
                    const auto by = ask(trial.land()->nation(), level);
                    CHECK(all.rows.empty());
                    CHECK(by.reported == all.reported);
                    CHECK(by.expected == all.expected);
                    CHECK(by.missing == all.missing);
                    // Every report has B1, so the figures of the same rows count the same.
                    const auto figures =
                        trial.ask("B1", "2026-Q1", {rollup::UnitSelection::Kind::level, {}, level}, on, measure);
                    REQUIRE(by.rows.size() == figures.size());
                    for (std::size_t i = 0; i < figures.size(); ++i) {
                        CHECK(by.rows[i].unit == figures[i].unit);
                        CHECK(by.rows[i].reported == figures[i].reported);
                        CHECK(by.rows[i].expected == figures[i].expected);
                        if (figures[i].note != rollup::Note::no_value) CHECK(by.rows[i].note == figures[i].note);
                        if (by.rows[i].note == rollup::Note::none)
                            CHECK(by.rows[i].reported == ask(by.rows[i].unit, std::nullopt).reported);
                    }
                }
    }
}

TEST_CASE("rollup: the last known figure is carried forward as far as asked, and says how far it came")
{
    Trial trial(two_provinces());
    trial.report("Xã Phó Bảng", "2025-Q3", {{"C2", 5}});
    trial.report("Xã Phố Là", "2025-Q4", {{"C2", 7}});
    trial.report("Xã Phố Là", "2026-Q1", {{"B1", 1}});
    trial.report("Xã Đà Vị", "2026-Q1", {{"C2", 9}});
    CHECK(told(trial, figures(trial, "Việt Nam", "2026-Q1")) == Lines{"Xã Đà Vị 9"});
    CHECK(told(trial, figures(trial, "Việt Nam", "2026-Q1", 1)) == Lines{"Xã Phố Là 7 carried 1", "Xã Đà Vị 9"});
    const auto carried = figures(trial, "Việt Nam", "2026-Q1", 4);
    CHECK(told(trial, carried) == Lines{"Xã Phó Bảng 5 carried 2", "Xã Phố Là 7 carried 1", "Xã Đà Vị 9"});
    CHECK(rollup::total(carried) == rollup::Sum{21, 3});
    // A cube that was read anew has the reports packed, and says the same.
    trial.add(small_programme());
    CHECK(told(trial, figures(trial, "Việt Nam", "2026-Q1", 4)) == told(trial, carried));
}

TEST_CASE("rollup: quantiles are figures that somebody reported, and the largest come first")
{
    std::vector<rollup::UnitFigure> all;
    for (const std::int64_t value : {4, 1, 3, 3})
        all.push_back({UnitId{static_cast<std::int64_t>(all.size()) + 1}, value});
    CHECK(rollup::quantile(all, 0, 4) == 1);
    CHECK(rollup::quantile(all, 1, 4) == 1);
    CHECK(rollup::quantile(all, 1, 2) == 3);
    CHECK(rollup::quantile(all, 3, 4) == 3);
    CHECK(rollup::quantile(all, 1, 1) == 4);
    CHECK(rollup::quantile({}, 1, 2) == std::nullopt);
    const auto spread = rollup::distribution(all, 1);
    CHECK(spread.total == rollup::Sum{11, 4});
    CHECK(spread.quartiles == decltype(spread.quartiles){1, 1, 3, 3, 4});
    REQUIRE(spread.top.size() == 1);
    CHECK(spread.top.front().unit == UnitId{1});
    CHECK(rollup::distribution({}, 1).quartiles == decltype(spread.quartiles){});
    const auto top = rollup::largest(all, 3);
    REQUIRE(top.size() == 3);
    CHECK(top[0].unit == UnitId{1});
    CHECK(top[1].unit == UnitId{3});
    CHECK(top[2].unit == UnitId{4});
}

TEST_CASE("rollup: a scan refuses an indicator that the form does not have and a unit that is not on the map")
{
    Trial trial(two_provinces());
    const auto snapshot = trial.cube().snapshot();
    const auto query = below(trial, "Việt Nam", "2026-Q1");
    CHECK(rollup::unit_figures(*snapshot, *trial.land(), query, "D1", 0).error().code == ProblemCode::unknown_name);
    auto nowhere = below(trial, "Việt Nam", "2026-Q1");
    nowhere.on = day(1800, 1, 1);
    CHECK(rollup::completeness(*snapshot, *trial.land(), nowhere).error().code == ProblemCode::not_found);
}
