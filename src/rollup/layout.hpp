// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "facts/fact.hpp"
#include "programme/programme.hpp"
#include "units/territory.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace phoihop::rollup {

class UnitCounts;

/// An exact sum and how many units are inside it.
struct Sum {
    Int128 value = 0;
    std::int64_t count = 0;

    Sum& operator+=(const Sum& other)
    {
        value += other.value;
        count += other.count;
        return *this;
    }
    Sum& operator-=(const Sum& other)
    {
        value -= other.value;
        count -= other.count;
        return *this;
    }
    friend bool operator==(const Sum&, const Sum&) = default;
};

/// Figures up to this size may stand in a 64-bit sum over a million units. The first figure past it makes its
/// column 128 bits wide; so does an indicator that says `wide_sums`.
inline constexpr std::int64_t narrow_figure_max = std::int64_t{1} << 42;

/// The columns of one form: an indicator each, over all versions of the programme that still have reports. A
/// narrow column is one 64-bit slot of a row, a wide one two.
struct FormLayout {
    struct Column {
        std::string indicator;
        bool wide = false;
        std::int32_t slot = 0;
    };
    struct Version {
        std::int64_t programme_version = 0;
        std::vector<std::int32_t> columns;  ///< by cell
    };

    ProgrammeId programme;
    std::int32_t form = 0;
    std::vector<Column> columns;
    std::vector<Version> versions;  ///< ascending
    std::int32_t slots = 0;

    /// Which column each cell of a report made under `programme_version` belongs to.
    [[nodiscard]] const std::vector<std::int32_t>& columns_of(std::int64_t programme_version) const;
    [[nodiscard]] std::int32_t column_of(std::string_view indicator) const;  ///< -1 when absent
    void place_slots();
};

/// The layout of each form of a programme, from all known versions of it (ascending).
[[nodiscard]] std::vector<std::shared_ptr<const FormLayout>> lay_out(
    const std::vector<std::shared_ptr<const programme::Programme>>& versions);

/// Where the sums of a map stand: one row for each node that has nodes below, one for each node at which
/// something may stand undivided. A node without nodes below has no row: its figure is read from the reports.
class MapRows {
public:
    explicit MapRows(std::shared_ptr<const units::Map> map, std::size_t unit_count);

    [[nodiscard]] const units::Map& map() const { return *m_map; }
    [[nodiscard]] std::size_t rows() const { return m_rows; }
    /// How many of the rows, the first ones, are those of the nation and the provinces.
    [[nodiscard]] std::int32_t upper_rows() const { return m_upper_rows; }
    [[nodiscard]] std::size_t units() const { return m_unit_count; }  ///< that the territory knew
    [[nodiscard]] std::int32_t row_of(std::int32_t node) const { return m_row_of[static_cast<std::size_t>(node)]; }
    [[nodiscard]] std::int32_t undivided_row(std::int32_t node) const
    {
        return m_undivided_row[static_cast<std::size_t>(node)];
    }
    [[nodiscard]] std::int32_t parent(std::int32_t node) const
    {
        return m_map->nodes()[static_cast<std::size_t>(node)].parent;
    }

    /// The unit's place. What the map has no place for (a unit newer than this territory) stands undivided at the
    /// nation, so that no figure is ever lost from the national total.
    [[nodiscard]] units::Place place(UnitId unit) const;

    /// The units whose figures stand at the node itself, own and undivided.
    [[nodiscard]] std::span<const UnitId> sources(std::int32_t node) const;
    /// The units whose figures stand at the node or below.
    [[nodiscard]] std::span<const UnitId> sources_below(std::int32_t node) const;
    [[nodiscard]] bool undivided(UnitId unit) const { return place(unit).undivided; }

    /// The rows that a unit's own figures are put into: the lowest kept row that holds it, and the row of what stands
    /// undivided there, each -1 for none. The rows above follow by adding rows upwards.
    struct Home {
        std::int32_t row = -1;
        std::int32_t undivided = -1;
        friend bool operator==(const Home&, const Home&) = default;
    };
    [[nodiscard]] Home home(UnitId unit) const
    {
        const auto index = static_cast<std::size_t>(unit.value) - 1;
        return index < m_homes.size() ? m_homes[index] : m_nowhere;
    }
    /// Of the units with the ids from `first` (a multiple of 64): bit i is set where another home than that of the unit
    /// before it begins.
    [[nodiscard]] std::uint64_t home_starts(UnitId first) const
    {
        const auto index = static_cast<std::size_t>(first.value) / 64;
        return index < m_home_starts.size() ? m_home_starts[index] : 0;
    }
    /// Row and the row above it, the lowest first: added in this order, every row holds all that is below it.
    struct Step {
        std::int32_t from = 0;
        std::int32_t to = 0;
    };
    [[nodiscard]] std::span<const Step> steps_up() const { return m_steps_up; }

    /// How many units of a level stand at each row, counted once for all answers.
    [[nodiscard]] UnitCounts& unit_counts() const { return *m_unit_counts; }

private:
    void find_homes();

    std::shared_ptr<const units::Map> m_map;
    std::size_t m_rows = 0;
    std::int32_t m_upper_rows = 0;
    std::size_t m_unit_count = 0;
    std::vector<std::int32_t> m_row_of;
    std::vector<std::int32_t> m_undivided_row;
    std::vector<std::int32_t> m_first_source;
    std::vector<UnitId> m_sources;
    std::vector<Home> m_homes;                 // by unit id - 1
    std::vector<std::uint64_t> m_home_starts;  // by unit id / 64
    Home m_nowhere;
    std::vector<Step> m_steps_up;
    std::shared_ptr<UnitCounts> m_unit_counts;
};

}  // namespace phoihop::rollup
