// SPDX-License-Identifier: Apache-2.0
#include "support/random_territory.hpp"
#include "support/rollup_test.hpp"

#include <random>

using rollup::Figure;
using rollup::Note;
using rollup::UnitSelection;

namespace {

constexpr std::array quarters{"2015-Q3", "2019-Q4", "2025-Q2", "2026-Q2"};
const std::vector<std::string> additive{"B1", "C2", "C7", "A8"};

/// Days before, between and after the reforms; the trial keeps some of their maps and makes the others.
std::vector<Date> map_days()
{
    std::vector<Date> days{day(2013, 1, 1)};
    for (const auto on : reform_days) {
        days.push_back(on - std::chrono::days{1});
        days.push_back(on);
    }
    days.push_back(day(2030, 1, 1));
    return days;
}

/// What should count, kept by the test itself: the current figures of each unit and period.
struct Expected {
    Figures figures;
    FactState state = FactState::submitted;
};
using World = std::map<std::pair<UnitId, std::string>, Expected>;

/// Reports, corrections, returns, withdrawals and verifications of random units in random order.
World live(Trial& trial, std::mt19937_64& random)
{
    const auto below = [&](std::size_t limit) { return static_cast<std::size_t>(random() % limit); };
    const auto units = trial.land()->units().size();
    for (const auto* quarter : quarters) {
        std::vector<UnitId> owing;
        for (std::size_t unit = 1; unit <= units; ++unit)
            if (below(3) != 0) owing.push_back(UnitId{static_cast<std::int64_t>(unit)});
        trial.owe(quarter, owing);
    }
    World world;
    for (std::size_t step = 0; step < units * 4; ++step) {
        const UnitId unit{static_cast<std::int64_t>(below(units)) + 1};
        const std::string quarter = quarters[below(quarters.size())];
        const auto held = world.find({unit, quarter});
        if (held != world.end() && below(3) == 0) {
            constexpr std::array states{FactState::returned, FactState::verified, FactState::locked,
                                        FactState::withdrawn, FactState::submitted};
            held->second.state = states[below(states.size())];
            trial.set_state(unit, quarter, held->second.state);
            continue;
        }
        Figures figures;
        for (const auto* code : {"B1", "C2", "C7", "C1"})
            if (below(5) != 0) figures[code] = static_cast<std::int64_t>(below(1000)) - 100;
        if (below(4) == 0) figures["A8"] = static_cast<std::int64_t>(random()) >> below(40);
        trial.report(unit, quarter, figures);
        world[{unit, quarter}] = {figures, FactState::submitted};
    }
    return world;
}

struct Plain {
    Int128 value = 0;
    std::int64_t count = 0;
};

/// The sum over all units, whatever the map.
Plain national(const World& world, const std::string& indicator, const std::string& quarter, Measure measure)
{
    Plain plain;
    for (const auto& [key, expected] : world) {
        const auto found = expected.figures.find(indicator);
        if (key.second != quarter || !rollup::counts(expected.state, measure) || found == expected.figures.end())
            continue;
        plain.value += found->second;
        ++plain.count;
    }
    return plain;
}

Int128 units_of(const Figure& figure, int scale)
{
    return figure.value ? figure.value->numerator * (power_of_ten(scale) / figure.value->denominator) : 0;
}

/// At every node: children + own + undivided = node, in value, n and m.
void check_tree(Trial& trial, const std::string& indicator, const std::string& quarter, Date on, Measure measure)
{
    const auto map = trial.land()->map(on);
    UnitSelection everything;
    for (const auto& node : map->nodes()) everything.units.push_back(node.unit);
    const int scale = trial.programme().indicator(indicator)->scale;
    const auto totals = trial.ask(indicator, quarter, everything, on, measure);
    REQUIRE(totals.size() == map->nodes().size());
    for (std::size_t node = 0; node < totals.size(); ++node) {
        Plain rows;
        std::int64_t owed = 0;
        const UnitSelection children{UnitSelection::Kind::children, {map->nodes()[node].unit}, {}};
        for (const auto& row : trial.ask(indicator, quarter, children, on, measure)) {
            rows.value += units_of(row, scale);
            rows.count += row.reported;
            owed += row.expected;
        }
        CHECK(rows.value == units_of(totals[node], scale));
        CHECK(rows.count == totals[node].reported);
        CHECK(owed == totals[node].expected);
    }
}

}  // namespace

TEST_CASE("rollup: on random territories the national total is the same on every map, and equals the plain sum")
{
    for (std::uint64_t seed = 1; seed <= 12; ++seed) {
        std::mt19937_64 random(seed);
        Trial trial(random_territory(seed));
        const auto world = live(trial, random);
        const UnitSelection nation{UnitSelection::Kind::list, {trial.land()->nation()}, {}};
        for (const auto on : map_days())
            for (const auto measure : {Measure::received, Measure::verified})
                for (const auto& indicator : additive)
                    for (const std::string quarter : quarters) {
                        const auto plain = national(world, indicator, quarter, measure);
                        const auto figure = trial.ask(indicator, quarter, nation, on, measure).front();
                        const int scale = trial.programme().indicator(indicator)->scale;
                        CHECK(units_of(figure, scale) == plain.value);
                        CHECK(figure.reported == plain.count);
                        CHECK(figure.value.has_value() == (plain.count > 0));
                    }
    }
}

TEST_CASE("rollup: on random territories children, own and undivided rows add up to their parent at every node")
{
    for (std::uint64_t seed = 21; seed <= 24; ++seed) {
        std::mt19937_64 random(seed);
        Trial trial(random_territory(seed));
        live(trial, random);
        for (const auto on : map_days()) {
            check_tree(trial, "B1", "2025-Q2", on, Measure::received);
            check_tree(trial, "A8", "2026-Q2", on, Measure::verified);
        }
    }
}

TEST_CASE("rollup: on random territories the kept sums equal those recomputed from the database bit for bit")
{
    for (std::uint64_t seed = 41; seed <= 52; ++seed) {
        std::mt19937_64 random(seed);
        Trial trial(random_territory(seed));
        live(trial, random);
        CHECK(trial.differences() == Lines{});
        // A cube that starts from the database holds what the one that followed holds.
        rollup::Cube again(trial.store().database(), trial.owed_reader());
        again.reload(trial.land(), {std::make_shared<const programme::Programme>(trial.programme())},
                     {day(2026, 9, 30), {}});
        CHECK(again.differences(20) == Lines{});
        CHECK(again.snapshot()->as_of() == trial.cube().snapshot()->as_of());
    }
}

TEST_CASE("rollup: on random territories the figures listed by explain add up to the figure that they explain")
{
    for (std::uint64_t seed = 61; seed <= 63; ++seed) {
        std::mt19937_64 random(seed);
        Trial trial(random_territory(seed));
        live(trial, random);
        const auto snapshot = trial.cube().snapshot();
        for (const auto on : {day(2015, 12, 31), day(2026, 9, 30)})
            for (const auto& node : trial.land()->map(on)->nodes()) {
                const auto answer = rollup::explain(*snapshot, *trial.land(), trial.programme(), "B1",
                                                    period_named("2025-Q2"), node.unit, on, Measure::received)
                                        .value();
                Int128 sum = 0;
                for (const auto& report : answer.reports) sum += report.value;
                CHECK(sum == units_of(answer.figure, 0));
                CHECK(static_cast<std::int64_t>(answer.reports.size()) == answer.figure.reported);
                Int128 parts = 0;
                for (const auto& part : answer.parts) parts += units_of(part, 0);
                CHECK(parts == sum);
            }
    }
}
