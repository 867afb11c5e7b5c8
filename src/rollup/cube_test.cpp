// SPDX-License-Identifier: Apache-2.0
#include "support/random_territory.hpp"
#include "support/rollup_test.hpp"
#include "support/store.hpp"

#include <atomic>
#include <random>
#include <thread>

namespace {

std::shared_ptr<const units::Territory> two_provinces()
{
    return draw(R"(
        Việt Nam
          Hà Nội
            Phường Ba Đình
            Phường Ngọc Hà
          Lào Cai
            Xã Y Tý
    )");
}

/// A cube beside the trial's own, of another process: it hears nothing and reads the journal.
struct Other {
    rollup::Cube cube;
    explicit Other(Trial& trial) : cube(trial.store().database(), trial.owed_reader())
    {
        cube.reload(trial.land(), {std::make_shared<const programme::Programme>(trial.programme())},
                    {day(2026, 9, 30), {}});
    }
};

/// Keeps the records that the writer tells.
struct Recorder final : store::JournalFollower {
    std::vector<store::JournalRecord> records;
    void follow(std::span<const store::JournalRecord> heard) override
    {
        records.insert(records.end(), heard.begin(), heard.end());
    }
};

std::string nation_of(const rollup::Cube& cube, Trial& trial, std::string_view period)
{
    const auto on = day(2015, 12, 31);
    const auto answer = rollup::query(*cube.snapshot(), *trial.land(), trial.programme(),
                                      {{"B1"},
                                       {period_named(period)},
                                       rollup::parse_units("nation", *trial.land(), on).value(),
                                       on,
                                       Measure::received});
    return Trial::told(answer->figures.front());
}

}  // namespace

TEST_CASE("rollup: a report is in the sums when its sender is answered, and the answer names the journal")
{
    Trial trial(two_provinces());
    const auto before = trial.cube().snapshot()->as_of();
    trial.report("Xã Y Tý", "2015-Q1", {{"B1", 3}});
    CHECK(trial.cube().snapshot()->as_of() == before + 1);
    CHECK(nation_of(trial.cube(), trial, "2015-Q1") == "3 (1 of 0)");
}

TEST_CASE("rollup: a reader keeps the version that it holds while newer ones are made")
{
    Trial trial(two_provinces());
    trial.report("Xã Y Tý", "2015-Q1", {{"B1", 3}});
    const auto held = trial.cube().snapshot();
    trial.report("Xã Y Tý", "2015-Q1", {{"B1", 50}});
    trial.report("Phường Ba Đình", "2015-Q1", {{"B1", 1}});
    const auto key = trial.version(trial.unit("Xã Y Tý"), "2015-Q1", {}).key;
    CHECK(held->current(key)->fact.cells[0] == 3);
    CHECK(trial.cube().snapshot()->current(key)->fact.cells[0] == 50);
    CHECK(trial.cube().snapshot()->current(key)->version == 2);
    const rollup::UnitSelection nation{rollup::UnitSelection::Kind::list, {trial.land()->nation()}, {}};
    const auto answer = rollup::query(*held, *trial.land(), trial.programme(),
                                      {{"B1"}, {period_named("2015-Q1")}, nation, day(2015, 1, 1), Measure::received});
    CHECK(Trial::told(answer->figures.front()) == "3 (1 of 0)");
}

TEST_CASE("rollup: a cube that did not hear the writer catches up from the journal to the same sums")
{
    Trial trial(two_provinces());
    Other other(trial);
    trial.owe("2015-Q1", Lines{"Xã Y Tý", "Phường Ba Đình"});
    trial.report("Xã Y Tý", "2015-Q1", {{"B1", 3}});
    trial.report("Phường Ba Đình", "2015-Q1", {{"B1", 10}});
    trial.report("Xã Y Tý", "2015-Q1", {{"B1", 4}});
    trial.set_state("Phường Ba Đình", "2015-Q1", FactState::withdrawn);
    CHECK(nation_of(other.cube, trial, "2015-Q1") == "- (0 of 0) no_value");
    other.cube.catch_up();
    CHECK(nation_of(other.cube, trial, "2015-Q1") == "4 (1 of 2)");
    CHECK(other.cube.snapshot()->as_of() == trial.cube().snapshot()->as_of());
    CHECK(other.cube.differences(20) == Lines{});
}

TEST_CASE("rollup: records that are told twice or late change nothing")
{
    Trial trial(two_provinces());
    Recorder recorder;
    trial.store().writer().add_follower(recorder, store::Writer::Delivery::before_answer);
    trial.report("Xã Y Tý", "2015-Q1", {{"B1", 3}});
    trial.set_state("Xã Y Tý", "2015-Q1", FactState::verified);
    trial.report("Xã Y Tý", "2015-Q1", {{"B1", 4}});
    trial.cube().follow(recorder.records);
    trial.cube().follow(std::span(recorder.records).first(1));
    CHECK(nation_of(trial.cube(), trial, "2015-Q1") == "4 (1 of 0)");
    CHECK(trial.differences() == Lines{});
}

TEST_CASE("rollup: a cube that begins to follow after a gap reads from the journal what it missed")
{
    Trial trial(two_provinces());
    Other other(trial);
    Recorder recorder;
    trial.store().writer().add_follower(recorder, store::Writer::Delivery::before_answer);
    trial.owe("2015-Q1", Lines{"Xã Y Tý"});
    trial.report("Xã Y Tý", "2015-Q1", {{"B1", 3}});
    trial.report("Phường Ba Đình", "2015-Q1", {{"B1", 10}});
    other.cube.follow(std::span(recorder.records).last(1));
    CHECK(nation_of(other.cube, trial, "2015-Q1") == "13 (2 of 1)");
    CHECK(other.cube.differences(20) == Lines{});
}

TEST_CASE("rollup: a difference between the kept sums and the database is told in one line")
{
    Trial trial(two_provinces());
    trial.report("Xã Y Tý", "2015-Q1", {{"B1", 3}});
    CHECK(trial.differences() == Lines{});
    // A record that the database does not know: the kept sums are now wrong.
    auto lie = trial.version(trial.unit("Phường Ba Đình"), "2015-Q1", {{"B1", 5}});
    store::JournalRecord record;
    record.sequence = trial.cube().snapshot()->as_of() + 1;
    record.verb = "accepted";
    record.subject = facts::subject(lie.key);
    record.version = 1;
    record.content = facts::encode(lie);
    trial.cube().follow(std::span(&record, 1));
    trial.set_state("Xã Y Tý", "2015-Q1", FactState::verified);  // brings the journal to the same number
    const auto lines = trial.differences();
    REQUIRE(lines.size() >= 2);
    CHECK(lines[0] == "trial form 1 2015-Q1: 2 reports kept, 1 stored");
    CHECK(std::ranges::find(lines,
                            "trial form 1 2015-Q1 received B1, map 2025-06-30, drawn:00001: "
                            "kept 8 (n=2), recomputed 3 (n=1)") != lines.end());
}

TEST_CASE("rollup: a report of a unit that the territory does not hold yet counts for the nation until it does")
{
    Trial trial(two_provinces());
    trial.report(UnitId{4711}, "2015-Q1", {{"B1", 9}});
    CHECK(nation_of(trial.cube(), trial, "2015-Q1") == "9 (1 of 0)");
    CHECK(trial.rows("B1", "2015-Q1", "Việt Nam", "2015-12-31").back() == "Việt Nam: 9 (1 of 0) undivided");
}

TEST_CASE("rollup: the register of a period counts from the moment in which it is drawn")
{
    Trial trial(two_provinces());
    CHECK(nation_of(trial.cube(), trial, "2015-Q2") == "- (0 of 0) no_value");
    trial.owe("2015-Q2", Lines{"Xã Y Tý", "Phường Ba Đình", "Phường Ngọc Hà"});
    CHECK(nation_of(trial.cube(), trial, "2015-Q2") == "- (0 of 3) no_value");
    CHECK(trial.rows("B1", "2015-Q2", "Việt Nam", "2015-12-31") ==
          Lines{"Hà Nội: - (0 of 2) no_value", "Lào Cai: - (0 of 1) no_value"});
    CHECK(trial.differences() == Lines{});
}

TEST_CASE("rollup: readers that look while a writer applies always see a whole version")
{
    Trial trial(random_territory(7), small_programme());
    const auto units = trial.land()->units().size();
    std::atomic<bool> finished{false};
    std::atomic<int> wrong{0};
    std::atomic<int> looks{0};
    const auto look = [&] {
        std::int64_t last = 0;
        do {
            const auto snapshot = trial.cube().snapshot();
            if (snapshot->as_of() < last) ++wrong;
            last = snapshot->as_of();
            for (const auto on : {day(2015, 1, 1), day(2026, 9, 30)}) {
                const auto ask = [&](rollup::UnitSelection::Kind kind) {
                    return rollup::query(*snapshot, *trial.land(), trial.programme(),
                                         {{"B1"},
                                          {period_named("2015-Q1")},
                                          {kind, {trial.land()->nation()}, {}},
                                          on,
                                          Measure::received})
                        .value()
                        .figures;
                };
                const auto nation = ask(rollup::UnitSelection::Kind::list).front();
                Int128 sum = 0;
                std::int64_t count = 0;
                for (const auto& row : ask(rollup::UnitSelection::Kind::children)) {
                    if (row.value) sum += row.value->numerator;
                    count += row.reported;
                }
                if (count != nation.reported || sum != (nation.value ? nation.value->numerator : 0)) ++wrong;
            }
            ++looks;
        } while (!finished);
    };
    std::vector<std::jthread> readers;
    for (int i = 0; i < 3; ++i) readers.emplace_back(look);
    std::mt19937_64 random(7);
    for (int i = 0; i < 400 || looks < 30; ++i)
        trial.report(UnitId{static_cast<std::int64_t>(random() % units) + 1}, "2015-Q1",
                     {{"B1", static_cast<std::int64_t>(random() % 1000)}, {"A8", static_cast<std::int64_t>(random())}});
    finished = true;
    readers.clear();
    CHECK(wrong == 0);
    CHECK(trial.differences() == Lines{});
}

TEST_CASE("rollup: a cube of a database without units ends its comparison, and finds nothing")
{
    test::FreshDatabase fresh;
    fresh.write([](store::WriteContext& context) { context.record(UserId{1}, "added", "user:1", 1, {}); });
    rollup::Cube cube(fresh.database(), {});
    cube.catch_up();
    CHECK(cube.differences(10).empty());
}
