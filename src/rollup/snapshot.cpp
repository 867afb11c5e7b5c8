// SPDX-License-Identifier: Apache-2.0
#include "rollup/snapshot.hpp"

#include <algorithm>

namespace phoihop::rollup {

bool OwedReports::owes(UnitId unit) const
{
    return std::ranges::binary_search(units, unit);
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
    const auto leaf = period->leaves.find(key.unit);
    if (!leaf) return std::nullopt;
    CurrentReport report{leaf->version, leaf->state, {}};
    if (!facts::decode_into(leaf->content, report.fact)) return std::nullopt;
    return report;
}

std::int32_t Snapshot::kept_map(const units::Territory& territory, const units::Map& map) const
{
    if (&territory != m_territory.get()) return -1;
    const auto found =
        std::ranges::find_if(m_maps, [&](const auto& kept) { return kept->map().shape() == map.shape(); });
    return found == m_maps.end() ? -1 : static_cast<std::int32_t>(found - m_maps.begin());
}

std::shared_ptr<const SumBlock> sum_up(const PeriodBlock& block, const std::shared_ptr<const FormLayout>& layout,
                                       const MapRows& map, Measure measure, std::uint64_t edition)
{
    std::shared_ptr<SumBlock> sums;
    Delta delta;
    facts::EncodedFact fact;
    block.leaves.for_each([&](UnitId unit, const Leaf& leaf) {
        if (!counts(leaf.state, measure) || !facts::decode_into(leaf.content, fact)) return;
        if (!sums) {
            sums = std::make_shared<SumBlock>(layout, map.rows());
            sums->edition = edition;
        }
        delta.start(*layout);
        delta.take(fact, 1);
        add_up(*sums, map, unit, delta);
    });
    return sums;
}

}  // namespace phoihop::rollup
