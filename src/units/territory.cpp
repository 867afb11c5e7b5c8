// SPDX-License-Identifier: Apache-2.0
#include "units/territory.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <mutex>
#include <tuple>

namespace phoihop::units {
namespace {

std::size_t slot(UnitId id)
{
    return static_cast<std::size_t>(id.value - 1);
}

/// Local codes (residential areas) are only meant when they are named with their scheme, unless nothing else fits.
bool is_local(const Code& code)
{
    return code.scheme == "local";
}

}  // namespace

struct Territory::Cache {
    std::mutex mutex;
    std::map<Date, std::shared_ptr<const Map::Tree>> trees;  // by the first day of the shape
};

Result<std::shared_ptr<const Territory>> Territory::make(std::vector<Unit> units, std::vector<Succession> successions)
{
    auto problems = inconsistencies(units, successions);
    if (!problems.empty()) return tl::make_unexpected(std::move(problems.front()));
    auto territory = std::shared_ptr<Territory>(new Territory());
    territory->m_units = std::move(units);
    territory->m_successions = std::move(successions);
    territory->index();
    return std::shared_ptr<const Territory>(std::move(territory));
}

void Territory::index()
{
    m_cache = std::make_shared<Cache>();
    std::sort(m_successions.begin(), m_successions.end(), [](const Succession& a, const Succession& b) {
        return std::tie(a.from, a.on, a.to) < std::tie(b.from, b.on, b.to);
    });
    m_by_heir.resize(m_successions.size());
    for (std::size_t i = 0; i < m_by_heir.size(); ++i) m_by_heir[i] = static_cast<std::uint32_t>(i);
    std::sort(m_by_heir.begin(), m_by_heir.end(), [&](std::uint32_t left, std::uint32_t right) {
        const Succession& a = m_successions[left];
        const Succession& b = m_successions[right];
        return std::tie(a.to, a.on, a.from) < std::tie(b.to, b.on, b.from);
    });
    for (const Unit& unit : m_units) {
        const UnitState* before = nullptr;
        for (const UnitState& state : unit.states) {
            if (state.level == Level::nation) m_nation = unit.id;
            // A new name alone leaves the tree as it is; a new code may change the order of siblings.
            if (!before || before->parent != state.parent || before->code != state.code ||
                before->level != state.level) {
                m_shape_changes.push_back(state.validity.from);
            }
            before = &state;
        }
        if (unit.ends() != forever) m_shape_changes.push_back(unit.ends());
    }
    index_codes();
    std::sort(m_shape_changes.begin(), m_shape_changes.end());
    m_shape_changes.erase(std::unique(m_shape_changes.begin(), m_shape_changes.end()), m_shape_changes.end());
}

std::int32_t Territory::Stretch::number_of(Date day)
{
    using Limits = std::numeric_limits<std::int32_t>;
    return static_cast<std::int32_t>(
        std::clamp<std::int64_t>(day.time_since_epoch().count(), Limits::min(), Limits::max()));
}

void Territory::index_codes()
{
    std::size_t states = 0;
    for (const Unit& unit : m_units) states += unit.states.size();
    m_stretches.reserve(states);
    m_codes.reserve(states);
    for (const Unit& unit : m_units) {
        for (const UnitState& state : unit.states) {
            m_codes.push_back({&state, unit.id, static_cast<std::uint32_t>(m_stretches.size())});
            m_stretches.push_back({std::uint64_t{static_cast<std::uint8_t>(state.level)} << 32U,
                                   Stretch::number_of(state.validity.from), Stretch::number_of(state.validity.to),
                                   static_cast<std::int32_t>(unit.id.value),
                                   static_cast<std::int32_t>(state.parent.value)});
        }
    }
    std::sort(m_codes.begin(), m_codes.end(),
              [](const Bearer& a, const Bearer& b) { return std::tie(a.code(), a.unit) < std::tie(b.code(), b.unit); });
    std::uint32_t place = 0;
    for (std::size_t i = 0; i < m_codes.size(); ++i) {
        if (i > 0 && m_codes[i].code() != m_codes[i - 1].code()) ++place;
        m_stretches[m_codes[i].stretch].order |= place;
    }
    const auto same = [](const Bearer& a, const Bearer& b) { return a.unit == b.unit && a.code() == b.code(); };
    m_codes.erase(std::unique(m_codes.begin(), m_codes.end(), same), m_codes.end());
    m_codes.shrink_to_fit();
}

const Unit& Territory::unit(UnitId id) const
{
    return m_units.at(slot(id));
}

std::vector<const Succession*> Territory::heirs_of(UnitId unit) const
{
    std::vector<const Succession*> heirs;
    auto first = std::partition_point(m_successions.begin(), m_successions.end(),
                                      [&](const Succession& succession) { return succession.from < unit; });
    for (; first != m_successions.end() && first->from == unit; ++first) heirs.push_back(&*first);
    return heirs;
}

std::vector<const Succession*> Territory::origins_of(UnitId unit) const
{
    std::vector<const Succession*> origins;
    auto first = std::partition_point(m_by_heir.begin(), m_by_heir.end(),
                                      [&](std::uint32_t position) { return m_successions[position].to < unit; });
    for (; first != m_by_heir.end() && m_successions[*first].to == unit; ++first) {
        origins.push_back(&m_successions[*first]);
    }
    return origins;
}

Result<UnitId> Territory::by_code(std::string_view text, Date day) const
{
    const auto colon = text.find(':');
    const std::string scheme(colon == std::string_view::npos ? "" : text.substr(0, colon));
    const std::string digits(colon == std::string_view::npos ? text : text.substr(colon + 1));
    std::vector<UnitId> bearers;
    const auto bears_on_day = [&](UnitId id, const std::string& in_scheme) {
        const UnitState* state = unit(id).on(day);
        return state && state->code.digits == digits && state->code.scheme == in_scheme;
    };
    UnitId nearest;
    for (auto it = m_codes.begin(); it != m_codes.end();) {
        // m_codes is ordered by scheme: jump to the digits inside each scheme.
        const std::string& here = it->code().scheme;
        if (scheme.empty() || scheme == here) {
            const Code wanted{here, digits};
            auto first =
                std::partition_point(it, m_codes.end(), [&](const Bearer& each) { return each.code() < wanted; });
            for (; first != m_codes.end() && first->code() == wanted; ++first) {
                if (bears_on_day(first->unit, here)) bearers.push_back(first->unit);
                nearest = first->unit;
            }
        }
        it = std::partition_point(it, m_codes.end(), [&](const Bearer& each) { return each.code().scheme <= here; });
    }
    if (!scheme.empty() && bearers.empty() && nearest) return nearest;
    if (bearers.size() > 1) {
        const auto local = [&](UnitId id) { return is_local(unit(id).on(day)->code); };
        bearers.erase(std::remove_if(bearers.begin(), bearers.end(), local), bearers.end());
    }
    if (bearers.size() == 1) return bearers.front();
    Problem::Facts facts{{"what", "unit code"}, {"found", std::string(text)}, {"on", format_date(day)}};
    if (bearers.empty()) {
        if (nearest) facts.emplace_back("elsewhere", code_text(nearest, day));
        return refuse(ProblemCode::unknown_name, {}, std::move(facts));
    }
    std::string candidates;
    for (const UnitId id : bearers) candidates += (candidates.empty() ? "" : ", ") + code_text(id, day);
    facts.emplace_back("candidates", candidates);
    return refuse(ProblemCode::ambiguous_name, {}, std::move(facts));
}

const UnitState& Territory::state_near(UnitId id, Date day) const
{
    const Unit& asked = unit(id);
    if (day < asked.begins()) return asked.states.front();
    if (const UnitState* state = asked.on(day)) return *state;
    return asked.states.back();
}

std::string Territory::code_text(UnitId id, Date day) const
{
    return state_near(id, day).code.text();
}

std::string Territory::path(UnitId id, Date day) const
{
    const Unit& asked = unit(id);
    // The whole chain is read on one day on which the unit lives, so that an ended commune is shown under the
    // district that it last stood in.
    const Date lived = std::clamp(day, asked.begins(), asked.ends() - std::chrono::days{1});
    const UnitState* state = asked.on(lived);
    std::string text = state->full_name;
    for (state = state->parent ? unit(state->parent).on(lived) : nullptr; state && state->parent;
         state = unit(state->parent).on(lived)) {
        text += ", " + state->full_name;
    }
    return text;
}

std::shared_ptr<const Map> Territory::map(Date day) const
{
    auto next = std::upper_bound(m_shape_changes.begin(), m_shape_changes.end(), day);
    const Date shape = next == m_shape_changes.begin() ? Date::min() : *(next - 1);
    auto map = std::make_shared<Map>();
    map->m_date = day;
    const std::lock_guard lock(m_cache->mutex);
    auto& tree = m_cache->trees[shape];
    if (!tree) tree = plant(day, shape);
    map->m_tree = tree;
    return map;
}

}  // namespace phoihop::units
