// SPDX-License-Identifier: Apache-2.0
#include "rollup/sum_up.hpp"

#include "rollup/page_sums.hpp"

#include <algorithm>

namespace phoihop::rollup {
namespace {

class Summer {
public:
    Summer(const std::shared_ptr<const FormLayout>& layout, const MapRows& map, std::uint64_t edition)
        : m_layout(*layout), m_map(map), m_sums(std::make_shared<SumBlock>(layout, map.rows())), m_pages(*layout)
    {
        m_sums->edition = edition;
    }

    void add(UnitId first_unit, const LeafPage& page, Measure measure, const PackedPage* next)
    {
        const auto counted = page.counted(measure);
        if (const auto* packed = page.packed()) {
            find_runs(first_unit, packed->present(), counted & ~page.loose());
            if (!m_runs.empty()) m_pages.add(*packed, m_runs, next);
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
                m_pages.add_row(to, from);
                continue;
            }
            for (std::size_t i = 0; i < m_layout.columns.size(); ++i) {
                const auto column = static_cast<std::int32_t>(i);
                add_sum(to, column, from.sum(m_layout.columns[i].slot, m_layout.columns[i].wide, column));
            }
        }
        auto& too_large = m_pages.too_large();
        std::ranges::sort(too_large);
        too_large.erase(std::unique(too_large.begin(), too_large.end()), too_large.end());
        return {std::move(m_sums), std::move(too_large)};
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
        const auto starts = m_map.home_starts(first_unit);
        for (auto left = taken; left != 0;) {
            const auto unit = static_cast<unsigned>(std::countr_zero(left));
            const auto breaks = (starts | (present & ~taken)) & ~bits_below(unit + 1);
            const auto units = left & bits_below(static_cast<unsigned>(std::countr_zero(breaks)));
            const auto rows = rows_of(UnitId{first_unit.value + unit});
            m_runs.push_back({units, static_cast<unsigned>(std::popcount(present & bits_below(unit))),
                              static_cast<unsigned>(std::popcount(units)), rows.row, rows.undivided});
            left &= ~units;
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
        if (!place.wide && (figure > narrow_figure_max || figure < -narrow_figure_max))
            m_pages.too_large().push_back(column);
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
    PageSums m_pages;
    std::vector<PageRun> m_runs;
    PageReport m_report;
};

}  // namespace

FreshSums sum_up(const LeafBlock& leaves, const std::shared_ptr<const FormLayout>& layout, const MapRows& map,
                 Measure measure, std::uint64_t edition)
{
    if (!leaves.any(measure)) return {};
    Summer summer(layout, map, edition);
    leaves.for_each_page_ahead([&](UnitId first_unit, const LeafPage& page, const PackedPage* next) {
        summer.add(first_unit, page, measure, next);
    });
    return summer.finish();
}

}  // namespace phoihop::rollup
