// SPDX-License-Identifier: Apache-2.0
#include "rollup/scrub.hpp"

#include "support/random_territory.hpp"
#include "support/rollup_test.hpp"

#include <random>

namespace {

void live(Trial& trial, std::uint64_t seed)
{
    std::mt19937_64 random(seed);
    const auto units = trial.land()->units().size();
    constexpr std::array quarters{"2015-Q1", "2025-Q2", "2026-Q2"};
    for (const auto* quarter : quarters) trial.owe(quarter, std::vector{UnitId{1}, UnitId{2}});
    for (std::size_t step = 0; step < units * 2; ++step) {
        const UnitId unit{static_cast<std::int64_t>(random() % units) + 1};
        const auto* quarter = quarters[random() % quarters.size()];
        trial.report(unit, quarter, {{"B1", static_cast<std::int64_t>(random() % 900)}, {"C2", 4}});
        constexpr std::array states{FactState::returned, FactState::verified};
        if (random() % 2 == 0) trial.set_state(unit, quarter, states[random() % 2]);
    }
}

const rollup::FormBlock& quarters_of(const rollup::Snapshot& snapshot)
{
    return *snapshot.form(ProgrammeId{1}, 1);
}

}  // namespace

TEST_CASE("rollup: the scrub looks at every period once a round and finds nothing where all is well")
{
    Trial trial(random_territory(3));
    live(trial, 3);
    rollup::Scrub scrub;
    const auto snapshot = trial.cube().snapshot();
    while (scrub.rounds() < 2) CHECK_FALSE(scrub.step(*snapshot));
    CHECK(scrub.periods() == 6);
}

TEST_CASE("rollup: the scrub tells the first difference with its unit, its indicator and the versions of its reports")
{
    Trial trial(draw("Việt Nam\n  Hà Giang\n    Xã Phó Bảng\n    Xã Phố Là\n  Tuyên Quang\n    Xã Đà Vị\n"));
    trial.report("Xã Phó Bảng", "2015-Q1", {{"B1", 12}});
    trial.report("Xã Phố Là", "2015-Q1", {{"B1", 30}});
    trial.report("Xã Phố Là", "2015-Q1", {{"B1", 31}});
    const auto snapshot = trial.cube().snapshot();
    const auto& form = quarters_of(*snapshot);
    auto block = *form.periods.front().second;
    CHECK_FALSE(first_difference(*snapshot, form, form.periods.front().first, block));

    auto wrong = std::make_shared<rollup::SumBlock>(*block.sums.front());
    wrong->edition = 1'000'000;
    wrong->write(snapshot->kept_maps().front()->row_of(1)).sums[0] += 1;
    block.sums.front() = std::move(wrong);
    const auto found = first_difference(*snapshot, form, form.periods.front().first, block);
    REQUIRE(found);
    CHECK(found->text() ==
          "trial form 1 2015-Q1, map 2025-06-30, drawn:00002, B1: kept 44 (n=2), summed anew 43 (n=2); "
          "reports drawn:00003 v1, drawn:00004 v2");
}

TEST_CASE("rollup: the scrub finds upper sums that are not those of their rows")
{
    Trial trial(draw("Việt Nam\n  Hà Giang\n    Xã Phó Bảng\n"));
    trial.report("Xã Phó Bảng", "2015-Q1", {{"B1", 12}});
    const auto snapshot = trial.cube().snapshot();
    const auto& form = quarters_of(*snapshot);
    const auto& block = *form.periods.front().second;
    const auto* upper = block.sums.front()->upper();
    REQUIRE(upper != nullptr);
    CHECK(upper->rows == 2);
    CHECK(upper->slot(0)[1] == 12);
    CHECK(upper->column(0)[1] == 1);
    CHECK_FALSE(first_difference(*snapshot, form, form.periods.front().first, block));
    const_cast<rollup::UpperRows*>(upper)->counts[1] += 1;  // as a broken memory would
    const auto found = first_difference(*snapshot, form, form.periods.front().first, block);
    REQUIRE(found);
    CHECK(found->figures == "the sums of the upper levels are not those of their rows");
    CHECK(trial.differences() == Lines{"trial form 1 2015-Q1 received, map 2025-06-30: "
                                       "the sums of the upper levels are not those of their rows"});
}

TEST_CASE("rollup: a new day's map is summed from the reports that are held, and equals a cube read anew")
{
    for (std::uint64_t seed = 91; seed <= 94; ++seed) {
        Trial trial(random_territory(seed));
        live(trial, seed);
        const std::vector programmes{std::make_shared<const programme::Programme>(trial.programme())};
        rollup::Cube moved(trial.store().database(), trial.owed_reader());
        moved.reload(trial.land(), programmes, {day(2016, 1, 1), {}});
        const auto first = moved.snapshot();
        for (const auto today : {day(2026, 9, 30), day(2018, 1, 1), day(2013, 1, 1)}) {
            moved.reload(trial.land(), programmes, {today, {}});
            rollup::Cube anew(trial.store().database(), trial.owed_reader());
            anew.reload(trial.land(), programmes, {today, {}});
            CHECK(moved.snapshot()->today() == today);
            CHECK(moved.snapshot()->kept_maps().size() == anew.snapshot()->kept_maps().size());
            CHECK(moved.differences(20) == Lines{});
        }
        // Who held the first one reads it as it was.
        CHECK(first->today() == day(2016, 1, 1));
        CHECK_FALSE(rollup::Scrub().step(*first));
    }
}

TEST_CASE("rollup: periods that were left alone are packed, and say what they said")
{
    Trial trial(random_territory(7));
    live(trial, 7);
    const auto loose = [&] {
        const auto snapshot = trial.cube().snapshot();
        return quarters_of(*snapshot).find(programme::id_of(period_named("2015-Q1")))->leaves->can_be_packed();
    };
    CHECK(loose());
    CHECK_FALSE(trial.cube().pack_cold(100));
    CHECK(loose());
    for (int i = 0; i < 300; ++i) trial.report(UnitId{1}, "2026-Q2", {{"B1", i}});
    CHECK_FALSE(trial.cube().pack_cold(100));
    CHECK_FALSE(loose());
    CHECK(trial.differences() == Lines{});
    rollup::Scrub scrub;
    while (scrub.rounds() < 1) CHECK_FALSE(scrub.step(*trial.cube().snapshot()));
    trial.report(UnitId{2}, "2015-Q1", {{"B1", 77}});
    trial.set_state(UnitId{3}, "2015-Q1", FactState::locked);
    CHECK(trial.differences() == Lines{});
}
