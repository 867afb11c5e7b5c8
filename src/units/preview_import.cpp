// SPDX-License-Identifier: Apache-2.0
#include "units/preview_import.hpp"

#include "units/bring_to.hpp"

#include <algorithm>
#include <tuple>

namespace phoihop::units {
namespace {

using Kind = UnitDifference::Kind;

/// What `say` tells of each state, one after the other, what repeats itself once: "Xã A → Phường A".
template <class Say>
std::string through_time(const Unit& unit, const Say& say)
{
    std::string text;
    std::string last;
    for (const UnitState& state : unit.states) {
        const std::string now = say(state);
        if (now == last && !text.empty()) continue;
        text += (text.empty() ? "" : " → ") + now;
        last = now;
    }
    return text;
}

std::string end_of(const Unit& unit)
{
    return unit.ends() == forever ? std::string() : format_date(unit.ends() - std::chrono::days{1});
}

class Comparison {
public:
    Comparison(const StoredUnits& before, const StoredUnits& after) : m_before(before), m_after(after) {}

    std::vector<UnitDifference> compare(std::span<const std::size_t> positions)
    {
        for (const std::size_t position : positions) compare_unit(position);
        std::stable_sort(m_found.begin(), m_found.end(), [](const UnitDifference& a, const UnitDifference& b) {
            return std::tie(a.kind, a.code) < std::tie(b.kind, b.code);
        });
        return std::move(m_found);
    }

private:
    static const Unit* unit(const StoredUnits& stored, UnitId id)
    {
        const auto position = static_cast<std::size_t>(id.value - 1);
        return id && position < stored.units.size() ? &stored.units[position] : nullptr;
    }

    static std::string name(const StoredUnits& stored, UnitId id)
    {
        const Unit* found = unit(stored, id);
        return found == nullptr || found->states.empty() ? std::string() : found->states.back().full_name;
    }

    static std::string parents(const StoredUnits& stored, const Unit& unit)
    {
        return through_time(unit, [&](const UnitState& state) { return name(stored, state.parent); });
    }

    static std::string successions(const StoredUnits& stored, UnitId id)
    {
        std::string text;
        for (const Succession& each : stored.successions) {
            if (each.from != id) continue;
            text += (text.empty() ? "" : "; ") + format_date(each.on) + " " + name(stored, each.to) + " (" +
                    std::string(word(each.land)) + "/" + std::string(word(each.people)) +
                    (each.default_heir ? ", default)" : ")");
        }
        return text;
    }

    void add(Kind kind, const Unit& unit, std::string before, std::string after)
    {
        const UnitState& state = unit.states.back();
        m_found.push_back({kind, unit.id, state.code.text(), state.full_name, std::move(before), std::move(after)});
    }

    bool differs(Kind kind, const Unit& unit, std::string before, std::string after)
    {
        if (before == after) return false;
        add(kind, unit, std::move(before), std::move(after));
        return true;
    }

    void compare_unit(std::size_t position)
    {
        const Unit& now = m_after.units.at(position);
        if (position >= m_before.units.size())
            return add(Kind::added, now, {}, name(m_after, now.states.back().parent));
        const Unit& was = m_before.units[position];
        const auto names = [](const UnitState& state) { return state.full_name; };
        const auto codes = [](const UnitState& state) { return state.code.text(); };
        bool said = differs(Kind::ended, now, end_of(was), end_of(now));
        said |= differs(Kind::renamed, now, through_time(was, names), through_time(now, names));
        said |= differs(Kind::recoded, now, through_time(was, codes), through_time(now, codes));
        said |= differs(Kind::moved, now, parents(m_before, was), parents(m_after, now));
        said |= differs(Kind::successions, now, successions(m_before, was.id), successions(m_after, now.id));
        if (!said) add(Kind::other, now, {}, {});
    }

    const StoredUnits& m_before;
    const StoredUnits& m_after;
    std::vector<UnitDifference> m_found;
};

struct Stand {
    UnitId unit;
    bool undivided = false;
    friend bool operator==(const Stand&, const Stand&) = default;
};

Stand stand_of(const Map& map, UnitId unit)
{
    const Place place = map.place_of(unit);
    if (place.node < 0) return {};
    return {map.nodes()[static_cast<std::size_t>(place.node)].unit, place.undivided};
}

std::vector<MapTouched> touched(const Territory& before, const Territory& after, std::span<const Date> days)
{
    std::vector<MapTouched> maps;
    for (const Date day : days) {
        const auto was = before.map(day);
        const auto now = after.map(day);
        MapTouched map{day, static_cast<std::int64_t>(was->nodes().size()),
                       static_cast<std::int64_t>(now->nodes().size()), 0};
        for (const Unit& unit : before.units())
            if (!(stand_of(*was, unit.id) == stand_of(*now, unit.id))) ++map.figures_moved;
        maps.push_back(map);
    }
    return maps;
}

}  // namespace

std::string_view word(UnitDifference::Kind kind)
{
    constexpr std::string_view words[] = {"added", "ended", "renamed", "recoded", "moved", "successions", "other"};
    return words[static_cast<std::size_t>(kind)];
}

Result<ImportPreview> preview_import(store::Connection& connection, const DataSet& set, std::span<const Date> days)
{
    PHOIHOP_TRY(assembly, assemble_checked(set));
    const StoredUnits stored = UnitStore::read(connection);
    PHOIHOP_TRY(brought, bring(stored, changes_of(stored, assembly)));
    ImportPreview preview;
    preview.counts = brought.counts;
    preview.differences = Comparison(stored, brought.wanted).compare(brought.positions);
    if (stored.units.empty()) return preview;
    PHOIHOP_TRY(before, Territory::make(stored.units, stored.decided()));
    PHOIHOP_TRY(after, Territory::make(brought.wanted.units, brought.wanted.decided()));
    preview.maps = touched(*before, *after, days);
    return preview;
}

Result<std::vector<HeirPlace>> preview_heir(store::Connection& connection, UnitId from, UnitId to,
                                            const Decision& decision, std::span<const Date> days)
{
    StoredUnits stored = UnitStore::read(connection);
    PHOIHOP_CHECK_OK(to ? judge_heir(stored, from, to, decision) : judge_withdrawal(stored, from, decision));
    PHOIHOP_TRY(before, Territory::make(stored.units, stored.decided()));
    HeirChoice choice{from, 1, to, decision.on, decision.act, {}, {}};
    if (const HeirChoice* last = stored.choice(from)) choice.version = last->version + 1;
    stored.choices.push_back(choice);
    std::stable_sort(stored.choices.begin(), stored.choices.end(), [](const HeirChoice& a, const HeirChoice& b) {
        return std::tie(a.from, a.version) < std::tie(b.from, b.version);
    });
    PHOIHOP_TRY(after, Territory::make(stored.units, stored.decided()));
    std::vector<HeirPlace> places;
    for (const Date day : days) {
        const Stand was = stand_of(*before->map(day), from);
        const Stand now = stand_of(*after->map(day), from);
        places.push_back({day, was.unit, was.undivided, now.unit, now.undivided});
    }
    return places;
}

}  // namespace phoihop::units
