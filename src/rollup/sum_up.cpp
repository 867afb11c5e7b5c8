// SPDX-License-Identifier: Apache-2.0
#include "rollup/sum_up.hpp"

#include <algorithm>

namespace phoihop::rollup {
namespace {

/// The sum of `count` steps of `Width` bytes. Short runs are the rule: eight bytes are added at a time.
template <unsigned Width>
[[gnu::always_inline]] inline std::uint64_t steps_sum(const std::byte* steps, unsigned count)
{
    std::uint64_t sum = 0;
    if constexpr (Width == 1) {
        constexpr std::uint64_t even = 0x00FF'00FF'00FF'00FF;
        constexpr std::uint64_t ones = 0x0001'0001'0001'0001;
        for (; count > 0; count -= std::min(count, 8U), steps += 8) {
            std::uint64_t eight = 0;
            std::memcpy(&eight, steps, sizeof eight);
            if (count < 8) eight &= (std::uint64_t{1} << (8 * count)) - 1;
            sum += (((eight & even) + (eight >> 8 & even)) * ones) >> 48;
        }
    } else {
        for (unsigned k = 0; k < count; ++k) {
            std::uint64_t value = 0;
            std::memcpy(&value, steps + std::size_t{k} * Width, Width);
            sum += value;
        }
    }
    return sum;
}

/// Neighbouring units that stand in one row.
struct Run {
    std::uint64_t below_first = 0;  ///< bits of the units before it
    std::uint64_t below_end = 0;    ///< and of its own too
    SumBlock::WritableRow row;
    SumBlock::WritableRow undivided;
};

struct Place {
    std::int32_t slot = 0;
    std::int32_t column = 0;
};

template <unsigned Width>
[[gnu::always_inline]] inline void add_column(const PackedPage::Column& column, std::span<const Run> runs, Place place)
{
    for (const auto& run : runs) {
        const auto first = static_cast<unsigned>(__builtin_popcountll(column.present & run.below_first));
        const auto count = static_cast<unsigned>(__builtin_popcountll(column.present & run.below_end)) - first;
        std::uint64_t sum = static_cast<std::uint64_t>(column.base) * count;
        if constexpr (Width != 0)
            sum += column.divisor * steps_sum<Width>(column.steps + std::size_t{first} * Width, count);
        for (const auto& row : {run.row, run.undivided}) {
            if (row.counts == nullptr) continue;
            row.sums[place.slot] += sum;
            row.counts[place.column] += static_cast<std::int32_t>(count);
        }
    }
}

/// A cell that has to be looked at figure by figure.
struct Careful {
    std::int32_t column = 0;
    PackedPage::Column figures;
};

/// False where a figure of a narrow column may be past `narrow_figure_max`.
bool surely_small(const PackedPage::Column& column)
{
    constexpr std::int64_t half = narrow_figure_max / 2;
    return column.base <= half && column.base >= -narrow_figure_max && column.width <= 4 && column.divisor == 1;
}

[[gnu::always_inline]] inline void add_page(const PackedPage& page, const FormLayout& layout, std::span<const Run> runs,
                                            std::vector<Careful>& careful)
{
    const auto& columns = layout.columns_of(page.programme_version());
    auto reader = page.columns();
    for (std::size_t cell = 0; cell < std::min(page.cells(), columns.size()); ++cell) {
        const auto figures = reader.next();
        if (figures.present == 0) continue;
        const auto& column = layout.columns[static_cast<std::size_t>(columns[cell])];
        if (column.wide || !surely_small(figures)) {
            careful.push_back({columns[cell], figures});
            continue;
        }
        const Place place{column.slot, columns[cell]};
        switch (figures.width) {
            case 0: add_column<0>(figures, runs, place); break;
            case 1: add_column<1>(figures, runs, place); break;
            case 2: add_column<2>(figures, runs, place); break;
            default: add_column<4>(figures, runs, place); break;
        }
    }
}

[[gnu::always_inline]] inline void add_row(SumBlock::WritableRow to, SumBlock::Row from, const FormLayout& layout)
{
    const auto slots = static_cast<std::size_t>(layout.slots);
    const auto columns = layout.columns.size();
    for (std::size_t slot = 0; slot < slots; ++slot) to.sums[slot] += from.sums[slot];
    for (std::size_t column = 0; column < columns; ++column) to.counts[column] += from.counts[column];
}

struct Loops {
    void (*page)(const PackedPage&, const FormLayout&, std::span<const Run>, std::vector<Careful>&);
    void (*row)(SumBlock::WritableRow, SumBlock::Row, const FormLayout&);
};

void page_anywhere(const PackedPage& page, const FormLayout& layout, std::span<const Run> runs,
                   std::vector<Careful>& careful)
{
    add_page(page, layout, runs, careful);
}
void row_anywhere(SumBlock::WritableRow to, SumBlock::Row from, const FormLayout& layout)
{
    add_row(to, from, layout);
}

#if defined(__x86_64__)
// The same loops for processors that have wider registers and an instruction that counts bits.
[[gnu::target("avx2,popcnt")]] void page_avx2(const PackedPage& page, const FormLayout& layout,
                                              std::span<const Run> runs, std::vector<Careful>& careful)
{
    add_page(page, layout, runs, careful);
}
[[gnu::target("avx2,popcnt")]] void row_avx2(SumBlock::WritableRow to, SumBlock::Row from, const FormLayout& layout)
{
    add_row(to, from, layout);
}
#endif

const Loops& loops()
{
    static const Loops chosen = [] {
#if defined(__x86_64__)
        if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("popcnt")) return Loops{page_avx2, row_avx2};
#endif
        return Loops{page_anywhere, row_anywhere};
    }();
    return chosen;
}

class Summer {
public:
    Summer(const std::shared_ptr<const FormLayout>& layout, const MapRows& map, std::uint64_t edition)
        : m_layout(*layout), m_map(map), m_sums(std::make_shared<SumBlock>(layout, map.rows()))
    {
        m_sums->edition = edition;
    }

    void add(UnitId first_unit, const LeafPage& page, Measure measure)
    {
        const auto counted = page.counted(measure);
        if (const auto* packed = page.packed()) {
            find_runs(first_unit, packed->present(), counted & ~page.loose());
            if (!m_runs.empty()) {
                m_careful.clear();
                loops().page(*packed, m_layout, m_runs, m_careful);
                for (const auto& each : m_careful) add_carefully(each);
            }
        }
        for (auto left = counted & page.loose(); left != 0; left &= left - 1) {
            const auto unit = static_cast<unsigned>(std::countr_zero(left));
            page.read(unit, m_report);
            add_report(rows_of(UnitId{first_unit.value + unit}), m_report.fact);
        }
    }

    [[nodiscard]] FreshSums finish()
    {
        const bool any_wide = std::ranges::any_of(m_layout.columns, &FormLayout::Column::wide);
        for (const auto& step : m_map.steps_up()) {
            const auto from = m_sums->row(step.from);
            if (!from) continue;
            const auto to = m_sums->write(step.to);
            if (!any_wide) {
                loops().row(to, from, m_layout);
                continue;
            }
            for (std::size_t i = 0; i < m_layout.columns.size(); ++i) {
                const auto column = static_cast<std::int32_t>(i);
                add_sum(to, column, from.sum(m_layout.columns[i].slot, m_layout.columns[i].wide, column));
            }
        }
        std::ranges::sort(m_too_large);
        m_too_large.erase(std::unique(m_too_large.begin(), m_too_large.end()), m_too_large.end());
        return {std::move(m_sums), std::move(m_too_large)};
    }

private:
    struct Rows {
        SumBlock::WritableRow row;
        SumBlock::WritableRow undivided;
    };
    [[nodiscard]] Rows rows_of(UnitId unit)
    {
        const auto home = m_map.home(unit);
        Rows rows;
        if (home.row >= 0) rows.row = m_sums->write(home.row);
        if (home.undivided >= 0) rows.undivided = m_sums->write(home.undivided);
        return rows;
    }

    /// Units of `present` that are not in `taken` break a run; those that are not present do not.
    void find_runs(UnitId first_unit, std::uint64_t present, std::uint64_t taken)
    {
        m_runs.clear();
        MapRows::Home last;
        bool open = false;
        for (auto left = present; left != 0; left &= left - 1) {
            const auto unit = static_cast<unsigned>(std::countr_zero(left));
            if ((taken >> unit & 1) == 0) {
                open = false;
                continue;
            }
            const UnitId id{first_unit.value + unit};
            const auto home = m_map.home(id);
            if (!open || home != last) {
                const auto rows = rows_of(id);
                m_runs.push_back({bits_below(unit), 0, rows.row, rows.undivided});
            }
            m_runs.back().below_end = bits_below(unit + 1);
            last = home;
            open = true;
        }
    }

    void add_carefully(const Careful& each)
    {
        const auto& place = m_layout.columns[static_cast<std::size_t>(each.column)];
        const auto rank = [&](std::uint64_t below) {
            return static_cast<unsigned>(std::popcount(each.figures.present & below));
        };
        for (const auto& run : m_runs) {
            Sum sum;
            for (unsigned k = rank(run.below_first); k < rank(run.below_end); ++k)
                sum += Sum{checked(each.figures.figure(k), place, each.column), 1};
            for (const auto& row : {run.row, run.undivided})
                if (row.counts != nullptr) add_sum(row, each.column, sum);
        }
    }

    void add_report(const Rows& rows, const facts::EncodedFact& fact)
    {
        const auto& columns = m_layout.columns_of(fact.programme_version);
        for (std::size_t cell = 0; cell < std::min(fact.cells.size(), columns.size()); ++cell) {
            if (!fact.cells[cell]) continue;
            const auto& place = m_layout.columns[static_cast<std::size_t>(columns[cell])];
            const Sum sum{checked(*fact.cells[cell], place, columns[cell]), 1};
            for (const auto& row : {rows.row, rows.undivided})
                if (row.counts != nullptr) add_sum(row, columns[cell], sum);
        }
    }

    std::int64_t checked(std::int64_t figure, const FormLayout::Column& place, std::int32_t column)
    {
        if (!place.wide && (figure > narrow_figure_max || figure < -narrow_figure_max)) m_too_large.push_back(column);
        return figure;
    }

    void add_sum(SumBlock::WritableRow row, std::int32_t column, const Sum& sum)
    {
        const auto& place = m_layout.columns[static_cast<std::size_t>(column)];
        row.add(place.slot, place.wide, column, sum);
    }

    const FormLayout& m_layout;
    const MapRows& m_map;
    std::shared_ptr<SumBlock> m_sums;
    std::vector<Run> m_runs;
    std::vector<Careful> m_careful;
    PageReport m_report;
    std::vector<std::int32_t> m_too_large;
};

}  // namespace

FreshSums sum_up(const LeafBlock& leaves, const std::shared_ptr<const FormLayout>& layout, const MapRows& map,
                 Measure measure, std::uint64_t edition)
{
    if (!leaves.any(measure)) return {};
    Summer summer(layout, map, edition);
    leaves.for_each_page([&](UnitId first_unit, const LeafPage& page) { summer.add(first_unit, page, measure); });
    return summer.finish();
}

}  // namespace phoihop::rollup
