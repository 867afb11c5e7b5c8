// SPDX-License-Identifier: Apache-2.0
#include "rollup/builder.hpp"

#include <algorithm>

namespace phoihop::rollup {

std::vector<std::shared_ptr<const units::Map>> maps_to_keep(
    const units::Territory& territory, const std::vector<std::shared_ptr<const programme::Programme>>& programmes,
    Date today)
{
    std::vector<Date> days{today};
    for (const auto& programme : programmes)
        days.insert(days.end(), programme->kept_maps.begin(), programme->kept_maps.end());
    std::ranges::sort(days);
    std::vector<std::shared_ptr<const units::Map>> maps;
    for (const auto day : days) {
        auto map = territory.map(day);
        const auto same = [&](const auto& kept) { return kept->shape() == map->shape(); };
        if (!map->nodes().empty() && std::ranges::none_of(maps, same)) maps.push_back(std::move(map));
    }
    return maps;
}

void CubeBuilder::start(std::shared_ptr<const units::Territory> territory,
                        const std::vector<std::shared_ptr<const programme::Programme>>& versions, Date today)
{
    m_next = std::make_shared<Snapshot>();
    ++m_edition;
    for (const auto& map : maps_to_keep(*territory, versions, today))
        m_next->m_maps.push_back(std::make_shared<MapRows>(map, territory->units().size()));
    m_next->m_territory = std::move(territory);
    m_next->m_today = today;

    auto sorted = versions;
    std::ranges::stable_sort(sorted, {}, [](const auto& each) { return std::pair(each->id, each->version); });
    for (auto first = sorted.begin(); first != sorted.end();) {
        const auto last = std::find_if(first, sorted.end(), [&](const auto& each) { return each->id != (*first)->id; });
        for (auto& layout : lay_out({first, last})) {
            auto block = std::make_shared<FormBlock>();
            block->edition = m_edition;
            block->layout = layout;
            m_next->m_forms.emplace(std::pair(layout->programme, layout->form), std::move(block));
        }
        m_next->m_programmes.push_back(*(last - 1));
        first = last;
    }
}

void CubeBuilder::go_on(const Snapshot& snapshot)
{
    m_next = std::make_shared<Snapshot>(snapshot);
    ++m_edition;
}

std::shared_ptr<const Snapshot> CubeBuilder::finish(std::int64_t as_of)
{
    m_next->m_as_of = as_of;
    return std::move(m_next);
}

PeriodBlock& CubeBuilder::period_for(FormBlock& form, PeriodId period)
{
    auto found = std::ranges::lower_bound(form.periods, period, {}, [](const auto& entry) { return entry.first; });
    if (found == form.periods.end() || found->first != period) {
        auto made = std::make_shared<PeriodBlock>();
        made->edition = m_edition;
        made->sums.resize(measure_count * m_next->m_maps.size());
        found = form.periods.emplace(found, period, std::move(made));
    }
    return writable(found->second, m_edition);
}

void CubeBuilder::apply(const facts::StoredFact& fact)
{
    const auto found = m_next->m_forms.find({fact.key.programme, fact.key.form});
    if (found == m_next->m_forms.end()) return;  // a programme that was not loaded: `reload` will read it
    auto& form = writable(found->second, m_edition);
    change(form, period_for(form, fact.key.period), fact.key.unit, {fact.version, fact.state, fact.content});
}

bool CubeBuilder::set_state(const facts::FactKey& key, std::int64_t version, facts::FactState state)
{
    const auto found = m_next->m_forms.find({key.programme, key.form});
    if (found == m_next->m_forms.end()) return true;
    const auto* period = found->second->find(key.period);
    const auto leaf = period == nullptr ? std::nullopt : period->leaves.find(key.unit);
    if (!leaf || leaf->version < version) return false;
    if (leaf->version > version) return true;  // an older version's state counts for nothing any more
    // The bytes are copied because writing to the page that holds them may move them.
    const std::vector<std::byte> content(leaf->content.begin(), leaf->content.end());
    apply({key, version, state, content});
    return true;
}

void CubeBuilder::change(FormBlock& form, PeriodBlock& period, UnitId unit, const Leaf& leaf)
{
    const auto before = period.leaves.find(unit);
    if (before && before->version > leaf.version) return;
    const auto state_before = before ? before->state : facts::FactState::withdrawn;
    const bool same_content = before && std::ranges::equal(before->content, leaf.content);
    if (!before || !facts::decode_into(before->content, m_before)) m_before = {};
    if (!facts::decode_into(leaf.content, m_after)) m_after = {};
    period.leaves.set(unit, leaf, m_edition);

    for (const auto measure : {Measure::received, Measure::verified}) {
        const bool counted = counts(state_before, measure);
        const bool counts_now = counts(leaf.state, measure);
        if ((!counted && !counts_now) || (counted && counts_now && same_content)) continue;
        m_delta.start(*form.layout);
        if (counted) m_delta.take(m_before, -1);
        if (counts_now) m_delta.take(m_after, 1);
        if (!m_delta.too_large().empty()) {
            widen(form, m_delta.too_large());  // sums everything anew, this report included
            return;
        }
        add(form, period, measure, unit);
    }
}

void CubeBuilder::add(FormBlock& form, PeriodBlock& period, Measure measure, UnitId unit)
{
    const auto& maps = m_next->m_maps;
    for (std::size_t map = 0; map < maps.size(); ++map) {
        auto& sums = period.sums[static_cast<std::size_t>(measure) * maps.size() + map];
        if (!sums) {
            auto made = std::make_shared<SumBlock>(form.layout, maps[map]->rows());
            made->edition = m_edition;
            sums = std::move(made);
        }
        add_up(writable(sums, m_edition), *maps[map], unit, m_delta);
    }
}

void CubeBuilder::widen(FormBlock& form, const std::vector<std::int32_t>& columns)
{
    auto layout = std::make_shared<FormLayout>(*form.layout);
    for (const auto column : columns) layout->columns[static_cast<std::size_t>(column)].wide = true;
    layout->place_slots();
    form.layout = std::move(layout);
    const auto& maps = m_next->m_maps;
    for (auto& [id, shared] : form.periods) {
        auto& period = writable(shared, m_edition);
        for (const auto measure : {Measure::received, Measure::verified})
            for (std::size_t map = 0; map < maps.size(); ++map)
                period.sums[static_cast<std::size_t>(measure) * maps.size() + map] =
                    sum_up(period, form.layout, *maps[map], measure, m_edition);
    }
}

void CubeBuilder::set_owed(ProgrammeId programme, std::optional<PeriodId> period, std::vector<Owed> owed)
{
    for (auto& [key, shared] : m_next->m_forms) {
        if (key.first != programme) continue;
        auto& form = writable(shared, m_edition);
        for (auto& [id, block] : form.periods)
            if (!period || id == *period) writable(block, m_edition).owed = nullptr;
    }
    const auto key_of = [](const Owed& each) { return std::tuple(each.form, each.period, each.unit); };
    std::ranges::sort(owed, {}, key_of);
    for (auto first = owed.begin(); first != owed.end();) {
        const auto last = std::find_if(first, owed.end(), [&](const Owed& each) {
            return each.form != first->form || each.period != first->period;
        });
        const auto found = m_next->m_forms.find({programme, first->form});
        if (found != m_next->m_forms.end()) {
            auto reports = std::make_shared<OwedReports>();
            for (auto each = first; each != last; ++each) reports->units.push_back(each->unit);
            for (const auto& map : m_next->m_maps) reports->counts.push_back(count_units(reports->units, *map));
            period_for(writable(found->second, m_edition), first->period).owed = std::move(reports);
        }
        first = last;
    }
}

void CubeBuilder::shrink()
{
    for (auto& [key, form] : m_next->m_forms)
        for (auto& [id, period] : writable(form, m_edition).periods) writable(period, m_edition).leaves.shrink();
}

}  // namespace phoihop::rollup
