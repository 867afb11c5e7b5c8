// SPDX-License-Identifier: Apache-2.0
#include "rollup/unit_scan.hpp"

#include "programme/period_id.hpp"

#include <algorithm>

namespace phoihop::rollup {
namespace {

/// The asked unit on the asked map.
struct Below {
    std::shared_ptr<const MapRows> map;
    std::int32_t node = 0;

    /// The units at the node and below, in the order of the map.
    [[nodiscard]] std::span<const UnitId> units() const { return map->sources_below(node); }
};

Result<Below> below(const Snapshot& snapshot, const units::Territory& territory, const ScanQuery& query)
{
    const auto map = territory.map(query.on);
    const auto node = map->nodes().empty() ? -1 : map->node_of(query.under);
    if (node < 0)
        return refuse(ProblemCode::not_found, territory.code_text(query.under, query.on),
                      {{"what", "unit"}, {"on", format_date(query.on)}});
    if (const auto kept = snapshot.kept_map(territory, *map); kept >= 0)
        return Below{snapshot.kept_maps()[static_cast<std::size_t>(kept)], node};
    return Below{std::make_shared<MapRows>(map, territory.units().size()), node};
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

/// Counts who reported and who owes, 64 units' bits at a time.
class Counter {
public:
    Counter(const Below& scanned, const PeriodBlock* block, const ScanQuery& query, Completeness& found)
        : m_map(*scanned.map), m_block(block), m_query(query), m_found(found)
    {
    }

    /// The row of a node, or of those below it down to the asked level; each unit is met once, in the order of the map.
    void node(std::int32_t index)
    {
        const auto& here = m_map.map().nodes()[static_cast<std::size_t>(index)];
        if (!m_query.by || here.level >= *m_query.by) {
            const auto counts = count(m_map.sources_below(index));
            if (m_query.by && here.level == *m_query.by)
                m_found.rows.push_back({here.unit, Note::none, counts.reported, counts.expected});
            return;
        }
        Completeness::Row own{here.unit, Note::own};
        Completeness::Row undivided{here.unit, Note::undivided};
        for (const auto& unit : m_map.sources(index)) {
            const auto counts = count({&unit, 1});
            auto& row = m_map.undivided(unit) ? undivided : own;
            row.reported += counts.reported;
            row.expected += counts.expected;
        }
        for (auto child = index + 1; child < here.subtree_end;
             child = m_map.map().nodes()[static_cast<std::size_t>(child)].subtree_end)
            node(child);
        for (const auto& row : {own, undivided})
            if (row.reported > 0 || row.expected > 0) m_found.rows.push_back(row);
    }

private:
    struct Counts {
        std::int64_t reported = 0;
        std::int64_t expected = 0;
    };

    Counts count(std::span<const UnitId> units)
    {
        Counts counts;
        for (const auto unit : units) {
            const auto index = static_cast<std::size_t>(unit.value) / page_units;
            if (index != m_index) open(index);
            const auto bit = static_cast<unsigned>(unit.value) % page_units;
            const auto counted = m_counted >> bit & 1;
            const auto owing = m_owing >> bit & 1;
            counts.reported += static_cast<std::int64_t>(counted);
            counts.expected += static_cast<std::int64_t>(owing);
            if ((owing & ~counted) != 0) m_found.missing.push_back(unit);
        }
        m_found.reported += counts.reported;
        m_found.expected += counts.expected;
        return counts;
    }

    void open(std::size_t index)
    {
        m_index = index;
        if (m_block == nullptr) return;
        m_counted = m_block->leaves->counted_of(index, m_query.measure);
        m_owing = m_block->owed ? m_block->owed->owing_of(index) : 0;
    }

    const MapRows& m_map;
    const PeriodBlock* m_block;  // null when the period was never opened nor reported
    const ScanQuery& m_query;
    Completeness& m_found;
    std::size_t m_index = static_cast<std::size_t>(-1);
    std::uint64_t m_counted = 0;
    std::uint64_t m_owing = 0;
};

}  // namespace

Result<Completeness> completeness(const Snapshot& snapshot, const units::Territory& territory, const ScanQuery& query)
{
    PHOIHOP_TRY(scanned, below(snapshot, territory, query));
    Completeness found;
    found.as_of = snapshot.as_of();
    Counter(scanned, block_of(snapshot, query, query.period), query, found).node(scanned.node);
    return found;
}

Result<std::vector<UnitFigure>> unit_figures(const Snapshot& snapshot, const units::Territory& territory,
                                             const ScanQuery& query, std::string_view indicator, int carry)
{
    if (query.form.cell_of(indicator) < 0)
        return refuse(ProblemCode::unknown_name, "indicator",
                      {{"what", "indicator"}, {"found", std::string(indicator)}});
    PHOIHOP_TRY(scanned, below(snapshot, territory, query));
    const auto units = scanned.units();
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
