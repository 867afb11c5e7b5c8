// SPDX-License-Identifier: Apache-2.0
#include "rollup/snapshot.hpp"

#include <algorithm>
#include <bit>

namespace phoihop::rollup {

OwedReports::OwedReports(std::span<const UnitId> units)
{
    if (units.empty()) return;
    bits.assign(static_cast<std::size_t>(std::ranges::max(units).value) / 64 + 1, 0);
    for (const auto unit : units)
        bits[static_cast<std::size_t>(unit.value) / 64] |= std::uint64_t{1} << (unit.value % 64);
}

std::vector<UnitId> OwedReports::units() const
{
    std::size_t count = 0;
    for (const auto word : bits) count += static_cast<std::size_t>(std::popcount(word));
    std::vector<UnitId> units;
    units.reserve(count);
    for (std::size_t word = 0; word < bits.size(); ++word)
        for (auto left = bits[word]; left != 0; left &= left - 1)
            units.push_back({static_cast<std::int64_t>(word * 64) + std::countr_zero(left)});
    return units;
}

std::vector<std::int32_t> count_units(std::span<const UnitId> units, const MapRows& map)
{
    std::vector<std::int32_t> counts(map.rows(), 0);
    for (const auto unit : units) {
        const auto place = map.place(unit);
        if (place.undivided) ++counts[static_cast<std::size_t>(map.undivided_row(place.node))];
        for (std::int32_t node = place.node; node >= 0; node = map.parent(node))
            if (const auto row = map.row_of(node); row >= 0) ++counts[static_cast<std::size_t>(row)];
    }
    return counts;
}

const PeriodBlock* FormBlock::find(PeriodId period) const
{
    const auto found = std::ranges::lower_bound(periods, period, {}, [](const auto& entry) { return entry.first; });
    return found == periods.end() || found->first != period ? nullptr : found->second.get();
}

const programme::Programme* Snapshot::programme(ProgrammeId id) const
{
    const auto found = std::ranges::find(m_programmes, id, [](const auto& programme) { return programme->id; });
    return found == m_programmes.end() ? nullptr : found->get();
}

const programme::Programme* Snapshot::programme(std::string_view code) const
{
    const auto found = std::ranges::find_if(m_programmes, [&](const auto& each) { return each->code == code; });
    return found == m_programmes.end() ? nullptr : found->get();
}

const FormBlock* Snapshot::form(ProgrammeId programme, std::int32_t form) const
{
    const auto found = m_forms.find({programme, form});
    return found == m_forms.end() ? nullptr : found->second.get();
}

std::optional<CurrentReport> Snapshot::current(const facts::FactKey& key) const
{
    const auto* block = form(key.programme, key.form);
    const auto* period = block == nullptr ? nullptr : block->find(key.period);
    if (period == nullptr) return std::nullopt;
    CurrentReport report;
    if (!period->leaves->read(key.unit, report)) return std::nullopt;
    return report;
}

std::int32_t Snapshot::kept_map(const units::Territory& territory, const units::Map& map) const
{
    if (&territory != m_territory.get()) return -1;
    const auto found =
        std::ranges::find_if(m_maps, [&](const auto& kept) { return kept->map().shape() == map.shape(); });
    return found == m_maps.end() ? -1 : static_cast<std::int32_t>(found - m_maps.begin());
}

}  // namespace phoihop::rollup
