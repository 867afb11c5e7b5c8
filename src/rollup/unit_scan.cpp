// SPDX-License-Identifier: Apache-2.0
#include "rollup/unit_scan.hpp"

#include "programme/period_id.hpp"

#include <algorithm>

namespace phoihop::rollup {
namespace {

/// The units below the asked one, in the order of the map.
Result<std::vector<UnitId>> units_below(const Snapshot& snapshot, const units::Territory& territory,
                                        const ScanQuery& query)
{
    const auto map = territory.map(query.on);
    const auto node = map->nodes().empty() ? -1 : map->node_of(query.under);
    if (node < 0)
        return refuse(ProblemCode::not_found, territory.code_text(query.under, query.on),
                      {{"what", "unit"}, {"on", format_date(query.on)}});
    const auto list = [&](const MapRows& rows) {
        const auto below = rows.sources_below(node);
        return std::vector<UnitId>(below.begin(), below.end());
    };
    if (const auto kept = snapshot.kept_map(territory, *map); kept >= 0)
        return list(*snapshot.kept_maps()[static_cast<std::size_t>(kept)]);
    return list(MapRows(map, territory.units().size()));
}

const PeriodBlock* block_of(const Snapshot& snapshot, const ScanQuery& query, const programme::PeriodName& period)
{
    const auto* form = snapshot.form(query.programme.id, query.form.number);
    return form == nullptr ? nullptr : form->find(programme::id_of(period));
}

/// One column's figures, unit by unit; the page that was read last is remembered.
class ColumnReader {
public:
    ColumnReader(const FormLayout& layout, const LeafBlock& leaves, std::int32_t column, Measure measure)
        : m_layout(layout), m_leaves(leaves), m_column(column), m_measure(measure)
    {
    }

    [[nodiscard]] std::optional<std::int64_t> figure(UnitId unit)
    {
        if (!m_leaves.counted(unit, m_measure)) return std::nullopt;
        const auto* page = m_leaves.page_of(unit);
        const auto bit = static_cast<unsigned>(unit.value % 64);
        if ((page->loose() >> bit & 1) != 0) {
            page->read(bit, m_report);
            const auto cell = cell_of(m_report.fact.programme_version);
            return cell < m_report.fact.cells.size() ? m_report.fact.cells[cell] : std::nullopt;
        }
        if (page->packed() != m_packed) open(*page->packed());
        if ((m_figures.present >> bit & 1) == 0) return std::nullopt;
        return m_figures.figure(m_packed->row(m_packed->row_of(bit)));
    }

private:
    [[nodiscard]] std::size_t cell_of(std::int64_t programme_version) const
    {
        const auto& columns = m_layout.columns_of(programme_version);
        return static_cast<std::size_t>(std::ranges::find(columns, m_column) - columns.begin());
    }

    void open(const PackedPage& packed)
    {
        m_packed = &packed;
        m_figures = {};
        const auto cell = cell_of(packed.programme_version());
        if (cell >= packed.cells()) return;
        auto reader = packed.columns();
        for (std::size_t i = 0; i <= cell; ++i) m_figures = reader.next();
    }

    const FormLayout& m_layout;
    const LeafBlock& m_leaves;
    std::int32_t m_column;
    Measure m_measure;
    const PackedPage* m_packed = nullptr;
    PackedPage::Column m_figures;
    PageReport m_report;
};

}  // namespace

Result<Completeness> completeness(const Snapshot& snapshot, const units::Territory& territory, const ScanQuery& query)
{
    PHOIHOP_TRY(units, units_below(snapshot, territory, query));
    Completeness found;
    found.as_of = snapshot.as_of();
    const auto* block = block_of(snapshot, query, query.period);
    if (block == nullptr) return found;
    for (const auto unit : units) {
        const bool counted = block->leaves->counted(unit, query.measure);
        found.reported += counted ? 1 : 0;
        if (!block->owed || !block->owed->owes(unit)) continue;
        ++found.expected;
        if (!counted) found.missing.push_back(unit);
    }
    return found;
}

Result<std::vector<UnitFigure>> unit_figures(const Snapshot& snapshot, const units::Territory& territory,
                                             const ScanQuery& query, std::string_view indicator, int carry)
{
    if (query.form.cell_of(indicator) < 0)
        return refuse(ProblemCode::unknown_name, "indicator",
                      {{"what", "indicator"}, {"found", std::string(indicator)}});
    PHOIHOP_TRY(units, units_below(snapshot, territory, query));
    const auto* form = snapshot.form(query.programme.id, query.form.number);
    const auto column = form == nullptr ? -1 : form->layout->column_of(indicator);
    std::vector<UnitFigure> found;
    if (column < 0) return found;
    auto period = query.period;
    std::vector<std::optional<UnitFigure>> by_place(units.size());
    for (int back = 0; back <= carry; ++back, period = programme::previous(period)) {
        const auto* block = block_of(snapshot, query, period);
        if (block == nullptr) continue;
        ColumnReader reader(*form->layout, *block->leaves, column, query.measure);
        for (std::size_t i = 0; i < units.size(); ++i)
            if (!by_place[i])
                if (const auto figure = reader.figure(units[i])) by_place[i] = {units[i], *figure, back};
    }
    for (const auto& each : by_place)
        if (each) found.push_back(*each);
    return found;
}

std::optional<std::int64_t> quantile(std::span<const UnitFigure> figures, int part, int of)
{
    if (figures.empty()) return std::nullopt;
    std::vector<std::int64_t> values;
    values.reserve(figures.size());
    for (const auto& figure : figures) values.push_back(figure.value);
    const auto count = static_cast<Int128>(values.size());
    const auto rank = std::clamp<Int128>((count * part + of - 1) / of, 1, count);
    const auto at = values.begin() + static_cast<std::ptrdiff_t>(rank - 1);
    std::ranges::nth_element(values, at);
    return *at;
}

Sum total(std::span<const UnitFigure> figures)
{
    Sum sum;
    for (const auto& figure : figures) sum += Sum{figure.value, 1};
    return sum;
}

std::vector<UnitFigure> largest(std::span<const UnitFigure> figures, std::size_t most)
{
    std::vector<UnitFigure> sorted(figures.begin(), figures.end());
    std::ranges::stable_sort(sorted, std::greater<>{}, &UnitFigure::value);
    sorted.resize(std::min(most, sorted.size()));
    return sorted;
}

Distribution distribution(std::span<const UnitFigure> figures, std::size_t top)
{
    Distribution found{total(figures), {}, largest(figures, top)};
    constexpr int quarters = static_cast<int>(quartile_words.size()) - 1;
    for (int part = 0; part <= quarters; ++part)
        found.quartiles[static_cast<std::size_t>(part)] = quantile(figures, part, quarters);
    return found;
}

}  // namespace phoihop::rollup
