// SPDX-License-Identifier: Apache-2.0
#include "rollup/builder.hpp"

#include "rollup/sum_up.hpp"

#include <algorithm>
#include <limits>
#include <utility>

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
    m_collected.reset();
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

void CubeBuilder::hold(const std::shared_ptr<const FormLayout>& layout,
                       std::vector<std::pair<PeriodId, HeldPeriod>> periods)
{
    auto& form = writable(m_next->m_forms.at({layout->programme, layout->form}), m_edition);
    form.layout = layout;
    form.periods = std::move(periods);
}

PeriodBlock& CubeBuilder::period_for(FormBlock& form, PeriodId period)
{
    auto found = std::ranges::lower_bound(form.periods, period, {}, [](const auto& entry) { return entry.first; });
    if (found == form.periods.end() || found->first != period) {
        auto made = std::make_shared<PeriodBlock>();
        made->edition = m_edition;
        made->sums.resize(measure_count * m_next->m_maps.size());
        found = form.periods.emplace(found, period, HeldPeriod(std::shared_ptr<const PeriodBlock>(std::move(made))));
    }
    return writable(found->second, m_edition);
}

void CubeBuilder::apply(const facts::StoredFact& fact)
{
    const auto found = m_next->m_forms.find({fact.key.programme, fact.key.form});
    if (found == m_next->m_forms.end()) return;  // a programme that was not loaded: `reload` will read it
    auto& form = writable(found->second, m_edition);
    change(form, period_for(form, fact.key.period), fact, Content::given);
}

bool CubeBuilder::set_state(const facts::FactKey& key, std::int64_t version, facts::FactState state)
{
    const auto found = m_next->m_forms.find({key.programme, key.form});
    if (found == m_next->m_forms.end()) return true;
    const auto* held = found->second->find(key.period);
    const auto held_version = held == nullptr ? 0 : held->leaves->version(key.unit);
    if (held_version < version) return false;
    if (held_version > version) return true;  // an older version's state counts for nothing any more
    auto& form = writable(found->second, m_edition);
    change(form, period_for(form, key.period), {key, version, state, {}}, Content::as_before);
    return true;
}

void CubeBuilder::change(FormBlock& form, PeriodBlock& period, const facts::StoredFact& fact, Content content)
{
    const auto unit = fact.key.unit;
    auto& leaves = period.leaves.write();
    if (leaves.version(unit) > fact.version) return;
    std::array<bool, measure_count> counted{};
    for (const auto measure : {Measure::received, Measure::verified})
        counted[static_cast<std::size_t>(measure)] = leaves.counted(unit, measure);
    static_cast<void>(leaves.read(unit, m_before));
    if (content == Content::as_before) {
        leaves.set_state(unit, fact.state, m_edition);
    } else {
        if (!facts::decode_into(fact.content, m_after)) m_after = {};
        leaves.set(unit, fact.version, fact.state, fact.content, m_edition);
    }
    const auto& after = content == Content::as_before ? m_before.fact : m_after;

    for (const auto measure : {Measure::received, Measure::verified}) {
        const bool counts_now = counts(fact.state, measure);
        const bool counted_before = counted[static_cast<std::size_t>(measure)];
        if (!counted_before && !counts_now) continue;
        if (counted_before && counts_now && after == m_before.fact) continue;
        m_delta.start(*form.layout);
        if (counted_before) m_delta.take(m_before.fact, -1);
        if (counts_now) m_delta.take(after, 1);
        if (!m_delta.too_large().empty()) {
            widen(form, m_delta.too_large());  // sums everything anew, this report included
            return;
        }
        add(form, period, measure, unit);
    }
}

void CubeBuilder::collect(const facts::StoredFact& fact)
{
    const std::tuple place(fact.key.programme, fact.key.form, fact.key.period);
    if (m_collected != place) {
        pack_last();
        m_collected = place;
    }
    const auto found = m_next->m_forms.find({fact.key.programme, fact.key.form});
    if (found == m_next->m_forms.end()) return;
    auto& period = period_for(writable(found->second, m_edition), fact.key.period);
    period.leaves.write().set(fact.key.unit, fact.version, fact.state, fact.content, m_edition);
}

void CubeBuilder::pack_last()
{
    if (!m_collected) return;
    const auto& [programme, form, id] = *m_collected;
    const auto found = m_next->m_forms.find({programme, form});
    if (found != m_next->m_forms.end())
        period_for(writable(found->second, m_edition), id)
            .leaves.write()
            .pack(m_edition, std::numeric_limits<std::size_t>::max());
    m_collected.reset();
}

void CubeBuilder::sum_all()
{
    pack_last();
    for (auto& [key, shared] : m_next->m_forms) {
        auto& form = writable(shared, m_edition);
        for (auto& [id, period] : form.periods)
            if (const auto too_large = sum_anew(form, writable(period, m_edition)); !too_large.empty())
                widen(form, too_large);
    }
}

std::vector<std::int32_t> CubeBuilder::sum_anew(const FormBlock& form, PeriodBlock& period)
{
    const auto& maps = m_next->m_maps;
    // Where both measures count the same reports they share the sums. An edition that nobody makes has them copied at
    // the first write.
    const bool shared = period.leaves->same_counted();
    std::vector<std::int32_t> too_large;
    for (std::size_t map = 0; map < maps.size(); ++map)
        for (const auto measure : {Measure::received, Measure::verified}) {
            auto& sums = period.sums[static_cast<std::size_t>(measure) * maps.size() + map];
            if (shared && measure == Measure::verified) {
                sums = period.sums[map];
                continue;
            }
            auto made = sum_up(*period.leaves, form.layout, *maps[map], measure, shared ? 0 : m_edition);
            if (made.sums) made.sums->settle(maps[map]->upper_rows());
            sums = std::move(made.sums);
            too_large.insert(too_large.end(), made.too_large.begin(), made.too_large.end());
        }
    return too_large;
}

void CubeBuilder::add(FormBlock& form, PeriodBlock& period, Measure measure, UnitId unit)
{
    const auto& maps = m_next->m_maps;
    for (std::size_t map = 0; map < maps.size(); ++map) {
        auto& sums = period.sums[static_cast<std::size_t>(measure) * maps.size() + map];
        if (!sums) {
            auto made = std::make_shared<SumBlock>(form.layout, maps[map]->rows());
            made->edition = m_edition;
            made->keep_upper(maps[map]->upper_rows());
            sums = std::move(made);
        }
        add_up(writable(sums, m_edition), *maps[map], unit, m_delta);
    }
}

void CubeBuilder::widen(FormBlock& form, std::vector<std::int32_t> columns)
{
    while (!columns.empty()) {
        auto layout = std::make_shared<FormLayout>(*form.layout);
        for (const auto column : columns) layout->columns[static_cast<std::size_t>(column)].wide = true;
        layout->place_slots();
        form.layout = std::move(layout);
        columns.clear();
        for (auto& [id, period] : form.periods) {
            const auto more = sum_anew(form, writable(period, m_edition));
            columns.insert(columns.end(), more.begin(), more.end());
        }
    }
}

void CubeBuilder::keep_maps(const std::vector<std::shared_ptr<const programme::Programme>>& versions, Date today)
{
    constexpr auto made_anew = static_cast<std::size_t>(-1);
    const auto before = std::exchange(m_next->m_maps, {});
    std::vector<std::size_t> origins;  // where each map stood before
    for (const auto& map : maps_to_keep(*m_next->m_territory, versions, today)) {
        const auto same =
            std::ranges::find_if(before, [&](const auto& kept) { return kept->map().shape() == map->shape(); });
        const bool kept = same != before.end();
        origins.push_back(kept ? static_cast<std::size_t>(same - before.begin()) : made_anew);
        m_next->m_maps.push_back(kept ? *same : std::make_shared<MapRows>(map, m_next->m_territory->units().size()));
    }
    m_next->m_today = today;
    if (m_next->m_maps == before) return;
    for (auto& [key, shared] : m_next->m_forms) {
        auto& form = writable(shared, m_edition);
        for (auto& [id, period] : form.periods) rearrange(form, writable(period, m_edition), origins, before.size());
    }
}

void CubeBuilder::rearrange(const FormBlock& form, PeriodBlock& period, const std::vector<std::size_t>& origins,
                            std::size_t maps_before)
{
    const auto& maps = m_next->m_maps;
    std::vector<std::shared_ptr<const SumBlock>> sums(measure_count * maps.size());
    for (std::size_t i = 0; i < sums.size(); ++i) {
        const auto measure = i / maps.size();
        const auto map = i % maps.size();
        // Every figure was met when the other maps were summed, so no column can turn out to be too narrow now.
        if (origins[map] < maps_before) {
            sums[i] = period.sums[measure * maps_before + origins[map]];
            continue;
        }
        const auto made =
            sum_up(*period.leaves, form.layout, *maps[map], static_cast<Measure>(measure), m_edition).sums;
        if (made) made->settle(maps[map]->upper_rows());
        sums[i] = made;
    }
    period.sums = std::move(sums);
    if (!period.owed) return;
    auto owed = std::make_shared<OwedReports>();
    owed->bits = period.owed->bits;
    const auto units = owed->units();
    for (std::size_t map = 0; map < maps.size(); ++map)
        owed->counts.push_back(origins[map] < maps_before ? period.owed->counts[origins[map]]
                                                          : count_units(units, *maps[map]));
    period.owed = std::move(owed);
}

void CubeBuilder::settle(PeriodBlock& period)
{
    const auto maps = m_next->m_maps.size();
    const auto before = period.sums;
    for (std::size_t i = 0; i < before.size(); ++i) {
        if (!before[i]) continue;
        // What the measures share they go on sharing.
        const auto same = static_cast<std::size_t>(std::ranges::find(before, before[i]) - before.begin());
        if (same == i) {
            writable(period.sums[i], m_edition).settle(m_next->m_maps[i % maps]->upper_rows());
        } else {
            period.sums[i] = period.sums[same];
        }
    }
}

std::size_t CubeBuilder::pack_cold(std::size_t most)
{
    constexpr std::uint64_t cold_after = 256;  // editions
    std::size_t packed = 0;
    for (auto& [key, form] : m_next->m_forms)
        for (std::size_t i = 0; i < form->periods.size() && packed < most; ++i) {
            // What still lies in a file takes no memory.
            if (!form->periods[i].second.is_made()) continue;
            const auto& period = *form->periods[i].second;
            if (period.edition + cold_after > m_edition || !period.leaves->can_be_packed()) continue;
            // The copy stays as old as the period is: packing is no writing.
            auto copy = std::make_shared<PeriodBlock>(period);
            packed += copy->leaves.write().pack(m_edition, most - packed);
            if (!copy->leaves->can_be_packed()) settle(*copy);
            writable(form, m_edition).periods[i].second =
                HeldPeriod(std::shared_ptr<const PeriodBlock>(std::move(copy)));
        }
    return packed;
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
            std::vector<UnitId> units;
            for (auto each = first; each != last; ++each) units.push_back(each->unit);
            auto reports = std::make_shared<OwedReports>(units);
            for (const auto& map : m_next->m_maps) reports->counts.push_back(count_units(units, *map));
            period_for(writable(found->second, m_edition), first->period).owed = std::move(reports);
        }
        first = last;
    }
}

}  // namespace phoihop::rollup
