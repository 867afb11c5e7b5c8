// SPDX-License-Identifier: Apache-2.0
#include "rollup/table.hpp"

#include "rollup/scrub.hpp"
#include "support/random_territory.hpp"
#include "support/rollup_test.hpp"

#include <random>

using rollup::Figure;
using rollup::UnitSelection;

namespace {

/// The small programme, in which B2 goes on from B1 and W is summed in 128 bits.
programme::Programme with_continued_code()
{
    auto made = small_programme();
    auto continued = indicator("B2", programme::OverUnits::sum, programme::OverTime::sum);
    continued.continues = "B1";
    made.indicators.push_back(continued);
    auto wide = indicator("W", programme::OverUnits::sum, programme::OverTime::sum);
    wide.wide_sums = true;
    made.indicators.push_back(wide);
    made.forms[0] = form_of("quarter", 1, programme::Frequency::quarter, {"B1", "C2", "C7", "C1", "A8", "B2", "W"});
    return made;
}

void live(Trial& trial, std::mt19937_64& random)
{
    const auto below = [&](std::size_t limit) { return static_cast<std::size_t>(random() % limit); };
    const auto units = trial.land()->units().size();
    constexpr std::array quarters{"2025-Q1", "2025-Q2", "2026-Q1"};
    for (const auto* quarter : {"2025-Q1", "2025-Q2"}) {
        std::vector<UnitId> owing;
        for (std::size_t unit = 1; unit <= units; ++unit)
            if (below(3) != 0) owing.push_back(UnitId{static_cast<std::int64_t>(unit)});
        trial.owe(quarter, owing);
    }
    for (std::size_t step = 0; step < units * 3; ++step) {
        const UnitId unit{static_cast<std::int64_t>(below(units)) + 1};
        const auto* quarter = quarters[below(quarters.size())];
        Figures figures;
        for (const auto* code : {"B1", "C2", "C7", "C1"})
            if (below(5) != 0) figures[code] = static_cast<std::int64_t>(below(1000)) - 100;
        if (below(9) == 0) figures["B2"] = static_cast<std::int64_t>(below(1000));
        if (below(4) == 0) figures["W"] = static_cast<std::int64_t>(random() >> 1);
        if (below(4) == 0) figures["A8"] = static_cast<std::int64_t>(random()) >> below(40);
        trial.report(unit, quarter, figures);
        constexpr std::array states{FactState::returned, FactState::verified, FactState::withdrawn};
        if (below(3) == 0) trial.set_state(unit, quarter, states[below(states.size())]);
    }
    for (std::size_t unit = 1; unit <= units; unit += 2)
        trial.report(UnitId{static_cast<std::int64_t>(unit)}, "2025",
                     {{"D1", 5}, {"D4", static_cast<std::int64_t>(unit)}});
}

std::string all_of(const Figure& figure)
{
    return figure.indicator + ' ' + figure.period.text() + ' ' + std::to_string(figure.unit.value) + ' ' +
           Trial::told(figure);
}

Lines lines(const std::vector<Figure>& figures)
{
    Lines made;
    for (const auto& figure : figures) made.push_back(all_of(figure));
    return made;
}

/// The same question of `tabulate` and of `query`, on maps that are kept and maps that are not.
void check_tables(const rollup::Snapshot& snapshot, const Trial& trial, const std::vector<std::string>& codes)
{
    for (const auto on : {day(2013, 1, 1), day(2025, 6, 30), day(2025, 7, 1), day(2026, 4, 29), day(2030, 1, 1)}) {
        UnitSelection everything;
        for (const auto& node : trial.land()->map(on)->nodes()) everything.units.push_back(node.unit);
        auto mixed = everything;
        std::ranges::reverse(mixed.units);
        const std::vector selections{everything, mixed,
                                     UnitSelection{UnitSelection::Kind::level, {}, units::Level::commune},
                                     UnitSelection{UnitSelection::Kind::level, {}, units::Level::province},
                                     UnitSelection{UnitSelection::Kind::children, everything.units, {}}};
        for (const auto measure : {Measure::received, Measure::verified})
            for (const auto& selection : selections)
                for (const auto* periods : {"2025-Q1..2026-Q1", "2025-H1..2025-H2", "2025", "2025-M01"}) {
                    const rollup::Query query{codes, programme::parse_period_range(periods).value(), selection, on,
                                              measure};
                    const auto table = rollup::tabulate(snapshot, *trial.land(), trial.programme(), query).value();
                    const auto answer = rollup::query(snapshot, *trial.land(), trial.programme(), query).value();
                    CHECK(table.as_of == answer.as_of);
                    CHECK(table.size() == answer.figures.size());
                    CHECK(lines(table.figures()) == lines(answer.figures));
                }
    }
}

}  // namespace

TEST_CASE("rollup: on random territories a table answers what the query answers, whatever the rows and periods")
{
    for (std::uint64_t seed = 81; seed <= 86; ++seed) {
        std::mt19937_64 random(seed);
        Trial trial(random_territory(seed), with_continued_code());
        live(trial, random);
        std::vector<std::string> codes;
        for (const auto& each : trial.programme().indicators) codes.push_back(each.code);
        for (std::size_t i = codes.size(); i > 1; --i) std::swap(codes[i - 1], codes[random() % i]);
        check_tables(*trial.cube().snapshot(), trial, codes);
        // A cube that was read anew has its sums settled; what it follows then unsettles some of them.
        trial.reload_anew();
        check_tables(*trial.cube().snapshot(), trial, codes);
        for (std::int64_t unit = 1; unit < 20; ++unit)
            trial.report(UnitId{unit}, "2025-Q2", {{"B1", unit}, {"C7", -unit}, {"W", unit << 60}});
        check_tables(*trial.cube().snapshot(), trial, {"B1", "C7", "C8", "W"});
        CHECK_FALSE(rollup::Scrub().step(*trial.cube().snapshot()));
    }
}

TEST_CASE(
    "rollup: a table answers what the query answers of the register, and of formulas over the past and over units")
{
    struct Committees final : rollup::RegisterMeasures {
        std::size_t units = 0;
        void each(ProgrammeId, std::string_view, const programme::PeriodName& period,
                  const std::function<void(UnitId, bool)>& each) const override
        {
            for (std::size_t unit = 1; unit <= units; unit += 2)
                each(UnitId{static_cast<std::int64_t>(unit)},
                     (unit + static_cast<std::size_t>(period.number)) % 3 == 0);
        }
    } committees;
    auto made = with_continued_code();
    auto done = indicator("A1", programme::OverUnits::sum, programme::OverTime::last);
    done.source = programme::Source::module;
    done.register_measure = "committee_done";
    auto share = done;
    share.code = "A9";
    share.over_units = programme::OverUnits::formula;
    share.shown_scale = 1;
    for (auto& one :
         {done, share, computed("A2", "100 * A1 / units(commune)", 1), computed("P1", "B1 - prev(B1)", 0),
          computed("P2", "100 * A9 / (P1 + units(district) * W)", 2), computed("P3", "7 * units(hamlet)", 0)})
        made.indicators.push_back(one);
    made.indicators.back().continues = "A2";
    Trial trial(random_territory(87), std::move(made));
    std::mt19937_64 random(87);
    live(trial, random);
    committees.units = trial.land()->units().size();
    const auto snapshot = trial.cube().snapshot();
    rollup::Query query;
    for (const auto* code : {"A1", "A9", "A2", "P1", "P2", "P3"}) query.indicators.emplace_back(code);
    query.measure = Measure::received;
    for (const auto on : {day(2025, 6, 30), day(2025, 7, 1)})
        for (const auto level : {units::Level::nation, units::Level::province, units::Level::commune})
            for (const rollup::RegisterMeasures* registers :
                 std::array<rollup::RegisterMeasures*, 2>{&committees, nullptr}) {
                query.on = on;
                query.units = {UnitSelection::Kind::level, {}, level};
                query.periods = programme::parse_period_range("2025-Q1..2026-Q1").value();
                const auto table =
                    rollup::tabulate(*snapshot, *trial.land(), trial.programme(), query, registers).value();
                const auto answer =
                    rollup::query(*snapshot, *trial.land(), trial.programme(), query, registers).value();
                CHECK(lines(table.figures()) == lines(answer.figures));
            }
}

TEST_CASE("rollup: counts past what a byte holds are told, and changed, like others")
{
    std::string text = "Việt Nam\n  Hà Giang\n";
    for (int i = 0; i < 300; ++i) text += "    Xã " + std::to_string(i) + "\n";
    Trial trial(draw(text));
    for (int i = 0; i < 255; ++i) trial.report("Xã " + std::to_string(i), "2025-Q1", {{"B1", 2}});
    trial.reload_anew();
    CHECK(trial.told("B1", "2025-Q1", "Hà Giang") == "510 (255 of 0)");
    for (int i = 255; i < 300; ++i) trial.report("Xã " + std::to_string(i), "2025-Q1", {{"B1", 2}});
    CHECK(trial.told("B1", "2025-Q1", "Hà Giang") == "600 (300 of 0)");
    trial.reload_anew();
    CHECK(trial.told("B1", "2025-Q1", "Hà Giang") == "600 (300 of 0)");
    CHECK(trial.differences() == Lines{});
    for (int i = 0; i < 100; ++i) trial.set_state("Xã " + std::to_string(i), "2025-Q1", FactState::withdrawn);
    CHECK(trial.told("B1", "2025-Q1", "Hà Giang") == "400 (200 of 0)");
    CHECK(trial.differences() == Lines{});
}

TEST_CASE("rollup: a table refuses what the query refuses")
{
    Trial trial(draw("Việt Nam\n  Hà Giang\n"));
    const auto snapshot = trial.cube().snapshot();
    rollup::Query query{{"B9"},
                        {period_named("2025-Q1")},
                        {UnitSelection::Kind::level, {}, units::Level::province},
                        day(2025, 1, 1),
                        Measure::received};
    CHECK(rollup::tabulate(*snapshot, *trial.land(), trial.programme(), query).error().code ==
          ProblemCode::unknown_name);
    query.indicators = {"B1"};
    query.units = {UnitSelection::Kind::list, {UnitId{2}}, {}};
    query.on = day(1800, 1, 1);
    CHECK(rollup::tabulate(*snapshot, *trial.land(), trial.programme(), query).has_value() ==
          rollup::query(*snapshot, *trial.land(), trial.programme(), query).has_value());
}
