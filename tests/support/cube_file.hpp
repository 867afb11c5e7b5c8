// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rollup/snapshot_file.hpp"
#include "support/folder.hpp"
#include "support/random_territory.hpp"
#include "support/rollup_test.hpp"

#include <array>
#include <fstream>
#include <random>

/// A cube's file, the cubes that begin with it, and what may become of it.
namespace phoihop::test {

inline constexpr std::array quarters{"2015-Q3", "2019-Q4", "2025-Q2", "2026-Q2"};

inline std::string read_bytes(const std::string& path)
{
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

inline void write_bytes(const std::string& path, const std::string& bytes)
{
    std::ofstream(path, std::ios::binary) << bytes;
}

/// Reports, corrections, states and registers, `steps` of them; figures past the narrow ones too.
inline void live(Trial& trial, std::mt19937_64& random, std::size_t steps)
{
    const auto below = [&](std::size_t limit) { return static_cast<std::size_t>(random() % limit); };
    const auto units = trial.land()->units().size();
    for (std::size_t step = 0; step < steps; ++step) {
        const UnitId unit{static_cast<std::int64_t>(below(units)) + 1};
        const auto* quarter = quarters[below(quarters.size())];
        const auto held = trial.cube().snapshot()->current(trial.version(unit, quarter, {}).key);
        if (held && below(3) == 0) {
            constexpr std::array states{FactState::returned, FactState::verified, FactState::withdrawn};
            trial.set_state(unit, quarter, states[below(states.size())]);
            continue;
        }
        Figures figures{{"B1", static_cast<std::int64_t>(below(1000)) - 100}};
        if (below(2) == 0) figures["C2"] = 4;
        if (below(5) == 0) figures["A8"] = static_cast<std::int64_t>(random()) >> below(40);
        trial.report(unit, quarter, figures);
        if (below(20) == 0) trial.owe(quarter, std::vector{unit});
    }
}

/// A cube of another process, which begins with the file.
struct Started {
    rollup::Cube cube;
    explicit Started(Trial& trial, std::string file, Date today = day(2026, 9, 30))
        : cube(trial.store().database(), trial.owed_reader())
    {
        rollup::ReloadOptions options;
        options.today = today;
        options.file = std::move(file);
        options.progress = {};
        cube.reload(trial.land(), {std::make_shared<const programme::Programme>(trial.programme())}, options);
    }
    /// One figure of the first programme as text.
    [[nodiscard]] std::string figure(Trial& trial, const std::string& indicator, const std::string& period,
                                     const std::string& unit) const
    {
        const rollup::Query query{
            {indicator}, {period_named(period)}, {{}, {trial.unit(unit)}, {}}, day(2015, 12, 31), Measure::received};
        return Trial::told(
            rollup::query(*cube.snapshot(), *trial.land(), trial.programme(), query).value().figures.front());
    }
    /// Whether a period still lies in the file, that is: whether the file was taken.
    [[nodiscard]] bool from_file() const
    {
        for (const auto& [key, form] : cube.snapshot()->forms())
            for (const auto& [id, period] : form->periods)
                if (!period.is_made()) return true;
        return false;
    }
};

/// Every period as bytes.
inline std::vector<std::string> told(const rollup::Snapshot& snapshot)
{
    std::vector<std::string> all;
    for (const auto& [key, form] : snapshot.forms())
        for (const auto& [id, period] : form->periods) {
            for (const auto& encoded :
                 {rollup::PeriodFormat::encode_sums(*period), rollup::PeriodFormat::encode_leaves(*period->leaves)})
                all.emplace_back(reinterpret_cast<const char*>(encoded.bytes().data()), encoded.bytes().size());
        }
    return all;
}

/// The figures of every unit of a map in every quarter.
inline std::string answers(Trial& trial, const rollup::Snapshot& snapshot)
{
    const auto on = day(2025, 6, 30);
    rollup::Query query{{"B1", "C2", "A8"}, {}, {}, on, Measure::received};
    for (const auto* quarter : quarters) query.periods.push_back(period_named(quarter));
    const auto map = trial.land()->map(on);
    for (const auto& node : map->nodes()) query.units.units.push_back(node.unit);
    std::string all;
    const auto found = rollup::query(snapshot, *trial.land(), trial.programme(), query).value();
    for (const auto& figure : found.figures) all += Trial::told(figure) + ' ';
    return all;
}

inline rollup::SnapshotDirectory directory_of(const std::string& path)
{
    return rollup::SnapshotFile::open(path)->directory();
}

/// Turns a bit in one part of the first period.
enum class Damaged : std::uint8_t { sums, leaves };
inline void damage(const std::string& path, Damaged part)
{
    const auto period = directory_of(path).forms.front().periods.front();
    auto bytes = read_bytes(path);
    bytes[(part == Damaged::sums ? period.sums : period.leaves).offset] ^= 1;
    write_bytes(path, bytes);
}

inline std::shared_ptr<const units::Territory> two_provinces()
{
    return draw("Việt Nam\n  Hà Giang\n    Xã Phó Bảng\n    Xã Phố Là\n  Tuyên Quang\n    Xã Đà Vị\n");
}

}  // namespace phoihop::test
