// SPDX-License-Identifier: Apache-2.0
#include "rollup/layout.hpp"

#include "rollup/unit_counts.hpp"

#include <algorithm>
#include <numeric>

namespace phoihop::rollup {

const std::vector<std::int32_t>& FormLayout::columns_of(std::int64_t programme_version) const
{
    auto after = std::ranges::upper_bound(versions, programme_version, {}, &Version::programme_version);
    if (after != versions.begin()) --after;
    return after->columns;
}

std::int32_t FormLayout::column_of(std::string_view indicator) const
{
    const auto found = std::ranges::find(columns, indicator, &Column::indicator);
    return found == columns.end() ? -1 : static_cast<std::int32_t>(found - columns.begin());
}

void FormLayout::place_slots()
{
    slots = 0;
    for (auto& column : columns) {
        column.slot = slots;
        slots += column.wide ? 2 : 1;
    }
}

std::vector<std::shared_ptr<const FormLayout>> lay_out(
    const std::vector<std::shared_ptr<const programme::Programme>>& versions)
{
    std::vector<std::shared_ptr<FormLayout>> layouts;
    for (const auto& programme : versions) {
        for (const auto& form : programme->forms) {
            auto found = std::ranges::find(layouts, form.number, [](const auto& layout) { return layout->form; });
            if (found == layouts.end()) {
                layouts.push_back(std::make_shared<FormLayout>());
                found = layouts.end() - 1;
                (*found)->programme = programme->id;
                (*found)->form = form.number;
            }
            auto& layout = **found;
            auto& version = layout.versions.emplace_back();
            version.programme_version = programme->version;
            for (const auto& cell : form.cells) {
                auto column = layout.column_of(cell.indicator);
                if (column < 0) {
                    column = static_cast<std::int32_t>(layout.columns.size());
                    const auto* indicator = programme->indicator(cell.indicator);
                    layout.columns.push_back({cell.indicator, indicator != nullptr && indicator->wide_sums, 0});
                }
                version.columns.push_back(column);
            }
        }
    }
    for (auto& layout : layouts) layout->place_slots();
    return {layouts.begin(), layouts.end()};
}

MapRows::MapRows(std::shared_ptr<const units::Map> map, std::size_t unit_count)
    : m_map(std::move(map)), m_unit_count(unit_count), m_unit_counts(std::make_shared<UnitCounts>())
{
    const auto nodes = m_map->nodes();
    const std::size_t count = nodes.size();
    m_row_of.assign(count, -1);
    m_undivided_row.assign(count, -1);

    // Level by level, so that the rows that are read together (all provinces) are neighbours.
    std::vector<std::int32_t> inner;
    for (std::size_t node = 0; node < count; ++node)
        if (nodes[node].subtree_end > static_cast<std::int32_t>(node) + 1)
            inner.push_back(static_cast<std::int32_t>(node));
    std::ranges::stable_sort(inner, {}, [&](std::int32_t node) { return nodes[static_cast<std::size_t>(node)].level; });
    for (const auto node : inner) {
        m_row_of[static_cast<std::size_t>(node)] = static_cast<std::int32_t>(m_rows++);
        if (nodes[static_cast<std::size_t>(node)].level <= units::Level::province) ++m_upper_rows;
    }

    // A counting sort of the units by their node; an empty map (no nation yet) holds nothing.
    m_first_source.assign(count + 1, 0);
    if (count == 0) return;
    std::vector<units::Place> places(m_unit_count);
    for (std::size_t i = 0; i < m_unit_count; ++i) {
        places[i] = place(UnitId{static_cast<std::int64_t>(i) + 1});
        const auto node = static_cast<std::size_t>(places[i].node);
        ++m_first_source[node + 1];
        if (places[i].undivided && m_undivided_row[node] < 0)
            m_undivided_row[node] = static_cast<std::int32_t>(m_rows++);
    }
    if (m_undivided_row[0] < 0) m_undivided_row[0] = static_cast<std::int32_t>(m_rows++);
    std::partial_sum(m_first_source.begin(), m_first_source.end(), m_first_source.begin());
    m_sources.resize(m_unit_count);
    auto next = m_first_source;
    for (std::size_t i = 0; i < m_unit_count; ++i)
        m_sources[static_cast<std::size_t>(next[static_cast<std::size_t>(places[i].node)]++)] =
            UnitId{static_cast<std::int64_t>(i) + 1};
    find_homes();
}

void MapRows::find_homes()
{
    const auto home_of = [&](units::Place place) {
        Home home;
        if (place.undivided) home.undivided = undivided_row(place.node);
        for (auto node = place.node; node >= 0 && home.row < 0; node = parent(node)) home.row = row_of(node);
        return home;
    };
    m_nowhere = home_of({0, true});
    m_homes.reserve(m_unit_count);
    for (std::size_t i = 0; i < m_unit_count; ++i)
        m_homes.push_back(home_of(place(UnitId{static_cast<std::int64_t>(i) + 1})));
    m_home_starts.assign((m_unit_count + 1) / 64 + 1, 0);
    for (std::size_t id = 1; id <= m_unit_count + 1; ++id)
        if (const UnitId unit{static_cast<std::int64_t>(id)}; id == 1 || home(unit) != home({unit.value - 1}))
            m_home_starts[id / 64] |= std::uint64_t{1} << id % 64;
    for (auto node = static_cast<std::int32_t>(m_row_of.size()); node-- > 1;)
        if (row_of(node) >= 0) m_steps_up.push_back({row_of(node), row_of(parent(node))});
}

units::Place MapRows::place(UnitId unit) const
{
    if (unit.value < 1 || static_cast<std::size_t>(unit.value) > m_unit_count) return {0, true};
    const auto found = m_map->place_of(unit);
    return found.node < 0 ? units::Place{0, true} : found;
}

std::span<const UnitId> MapRows::sources(std::int32_t node) const
{
    const auto first = static_cast<std::size_t>(m_first_source[static_cast<std::size_t>(node)]);
    const auto last = static_cast<std::size_t>(m_first_source[static_cast<std::size_t>(node) + 1]);
    return std::span(m_sources).subspan(first, last - first);
}

std::span<const UnitId> MapRows::sources_below(std::int32_t node) const
{
    const auto end = static_cast<std::size_t>(m_map->nodes()[static_cast<std::size_t>(node)].subtree_end);
    const auto first = static_cast<std::size_t>(m_first_source[static_cast<std::size_t>(node)]);
    return std::span(m_sources).subspan(first, static_cast<std::size_t>(m_first_source[end]) - first);
}

}  // namespace phoihop::rollup
