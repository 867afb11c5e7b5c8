// SPDX-License-Identifier: Apache-2.0
#include "accounts/rights.hpp"

#include "accounts/reach.hpp"
#include "units/territory.hpp"

#include <algorithm>
#include <initializer_list>
#include <optional>

namespace phoihop::accounts {
namespace {

using units::Territory;

class Relations {
public:
    constexpr Relations(std::initializer_list<Relation> relations)
    {
        for (const Relation relation : relations) add(relation);
    }
    constexpr void add(Relation relation) { m_bits |= 1U << static_cast<unsigned>(relation); }
    [[nodiscard]] constexpr bool has(Relation relation) const
    {
        return ((m_bits >> static_cast<unsigned>(relation)) & 1U) != 0;
    }
    [[nodiscard]] constexpr bool is_empty() const { return m_bits == 0; }
    [[nodiscard]] constexpr bool meets(const Relations& other) const { return (m_bits & other.m_bits) != 0; }

private:
    unsigned m_bits = 0;
};

constexpr Relations nowhere{};
constexpr Relations here{Relation::own};
constexpr Relations subordinates{Relation::below};
constexpr Relations managed{Relation::own, Relation::below};
constexpr Relations worked_on{Relation::own, Relation::predecessor, Relation::below};
constexpr Relations seen_in_full{Relation::own, Relation::predecessor, Relation::below, Relation::once_below};
constexpr Relations seen_as_totals{Relation::own,        Relation::predecessor, Relation::below,
                                   Relation::once_below, Relation::parent,      Relation::sibling};

Relations reading(Act act)
{
    if (act == Act::read_figures) return seen_in_full;
    if (act == Act::read_totals) return seen_as_totals;
    return nowhere;
}

Relations reporting(Act act)
{
    if (act == Act::enter || act == Act::submit || act == Act::evidence) return worked_on;
    return reading(act);
}

Relations of_officer(Act act)
{
    switch (act) {
        case Act::return_report:
        case Act::verify:
        case Act::lock:
        case Act::excuse: return subordinates;
        case Act::issue_document: return here;
        case Act::read_figures:
        case Act::read_totals:
        case Act::enter:
        case Act::submit:
        case Act::evidence: return reporting(act);
        case Act::open_period:
        case Act::load_programme:
        case Act::set_received_day:
        case Act::import_units:
        case Act::simulate:
        case Act::manage_users:
        case Act::operate: return nowhere;
    }
    return nowhere;
}

/// Above the centre there is nobody: it also judges its own unit's reports.
Relations of_centre(Act act)
{
    switch (act) {
        case Act::return_report:
        case Act::verify:
        case Act::lock:
        case Act::excuse:
        case Act::open_period:
        case Act::load_programme:
        case Act::set_received_day:
        case Act::import_units:
        case Act::simulate:
        case Act::manage_users: return managed;
        case Act::read_figures:
        case Act::read_totals:
        case Act::enter:
        case Act::submit:
        case Act::evidence:
        case Act::issue_document: return of_officer(act);
        case Act::operate: return nowhere;
    }
    return nowhere;
}

Relations of_operator(Act act)
{
    const bool runs =
        act == Act::operate || act == Act::manage_users || act == Act::import_units || act == Act::load_programme;
    return runs ? managed : nowhere;
}

Relations where(Role role, Act act)
{
    switch (role) {
        case Role::central: return of_centre(act);
        case Role::unit_officer: return of_officer(act);
        case Role::member_organisation: return reporting(act);
        case Role::reader: return reading(act);
        case Role::operator_: return of_operator(act);
    }
    return nowhere;
}

/// All but the unit.
bool fits(const Grant& grant, ProgrammeId programme, std::string_view party)
{
    if (grant.role == Role::member_organisation && grant.party.empty()) return false;
    return (!grant.programme || grant.programme == programme) && (grant.party.empty() || grant.party == party);
}

/// What is done to a programme or an installation as a whole wants a right over the whole: the nation's.
bool is_for_the_whole(Act act)
{
    return act == Act::open_period || act == Act::load_programme || act == Act::import_units || act == Act::simulate ||
           act == Act::operate;
}

/// A grant without a unit: every unit is its own and below it.
bool holds_everywhere(const Relations& good)
{
    return good.has(Relation::own) || good.has(Relation::below);
}

/// A target without a unit: the nation's business.
bool reaches(const Grant& grant, const Relations& good, UnitId unit, const Territory& territory, Date day)
{
    if (!grant.unit) return holds_everywhere(good);
    if (!unit) return grant.unit == territory.nation() && holds_everywhere(good);
    return good.has(relation(grant.unit, unit, territory, day));
}

/// What is asked of the rights, for units to be named.
struct Question {
    const Grants& grants;
    Act act;
    const Target& target;
    const Territory& territory;
    Date day;
};

/// For each of `count` units, whose relations to a granted one `relations_to` gives.
template <class RelationsTo>
std::vector<bool> allowed_each(std::size_t count, const Question& asked, const RelationsTo& relations_to)
{
    std::vector<bool> answer(count);
    if (!asked.grants.acts.has(asked.act)) return answer;
    for (const Grant& grant : asked.grants.list) {
        if (!fits(grant, asked.target.programme, asked.target.party)) continue;
        const Relations good = where(grant.role, asked.act);
        if (!grant.unit || is_for_the_whole(asked.act)) {
            if (reaches(grant, good, {}, asked.territory, asked.day)) answer.assign(answer.size(), true);
            continue;
        }
        const std::vector<Relation> all = relations_to(grant.unit);
        for (std::size_t i = 0; i < all.size(); ++i)
            if (good.has(all[i])) answer[i] = true;
    }
    return answer;
}

}  // namespace

std::string_view word(Role role)
{
    switch (role) {
        case Role::central: return "central";
        case Role::unit_officer: return "unit_officer";
        case Role::member_organisation: return "member_organisation";
        case Role::reader: return "reader";
        case Role::operator_: return "operator";
    }
    return "";
}

std::optional<Role> role_from_word(std::string_view text)
{
    for (const Role role : all_roles)
        if (word(role) == text) return role;
    return std::nullopt;
}

bool allowed(const Grants& grants, Act act, const Target& target, const Territory& territory, Date day)
{
    if (!grants.acts.has(act)) return false;
    const UnitId unit = is_for_the_whole(act) ? UnitId{} : target.unit;
    return std::any_of(grants.list.begin(), grants.list.end(), [&](const Grant& grant) {
        return fits(grant, target.programme, target.party) &&
               reaches(grant, where(grant.role, act), unit, territory, day);
    });
}

bool allowed_everywhere(const Grants& grants, Act act, ProgrammeId programme, std::string_view party)
{
    if (!grants.acts.has(act)) return false;
    return std::any_of(grants.list.begin(), grants.list.end(), [&](const Grant& grant) {
        return !grant.unit && fits(grant, programme, party) && holds_everywhere(where(grant.role, act));
    });
}

Result<void> demand(const Grants& grants, Act act, const Target& target, const Territory& territory, Date day)
{
    if (allowed(grants, act, target, territory, day)) return {};
    return refuse(ProblemCode::not_allowed, {}, {{"what", std::string(word(act))}});
}

std::vector<bool> allowed_units(const Grants& grants, Act act, const Target& target, const Territory& territory,
                                Date day)
{
    return allowed_each(territory.units().size(), {grants, act, target, territory, day},
                        [&](UnitId own) { return relations(own, territory, day); });
}

std::vector<bool> allowed_among(std::span<const UnitId> units, const Grants& grants, Act act, const Target& target,
                                const Territory& territory, Date day)
{
    constexpr std::size_t few = 32;  // times as many units are walked downward as upward in the same time, about
    if (units.size() * few < territory.units().size())
        return allowed_each(units.size(), {grants, act, target, territory, day},
                            [&](UnitId own) { return relations(own, units, territory, day); });
    std::vector<bool> answer(units.size());
    const std::vector<bool> all = allowed_units(grants, act, target, territory, day);
    for (std::size_t i = 0; i < units.size(); ++i) answer[i] = all[static_cast<std::size_t>(units[i].value - 1)];
    return answer;
}

Acts allowed_anywhere(const Grants& grants, const Territory& territory, Date day)
{
    Acts answer;
    for (const Grant& grant : grants.list) {
        if (!fits(grant, grant.programme, grant.party)) continue;
        std::optional<Relations> there;  // walked only for what the own unit does not answer
        const auto somewhere = [&](const Relations& good) {
            if (!grant.unit || good.is_empty()) return false;
            if (good.has(Relation::own)) return true;
            if (!there) {
                there.emplace(nowhere);
                for (const Relation relation : relations(grant.unit, territory, day)) there->add(relation);
            }
            return good.meets(*there);
        };
        for (const Act act : all_acts) {
            if (!grants.acts.has(act) || answer.has(act)) continue;
            const Relations good = where(grant.role, act);
            if (reaches(grant, good, {}, territory, day) || (!is_for_the_whole(act) && somewhere(good)))
                answer.add(act);
        }
    }
    return answer;
}

std::string scope_key(const Grants& grants)
{
    std::vector<Grant> list = grants.list;
    std::sort(list.begin(), list.end());
    list.erase(std::unique(list.begin(), list.end()), list.end());
    std::string key;
    for (const Grant& grant : list) {
        key += word(grant.role);
        key += '/' + std::to_string(grant.programme.value) + '/' + grant.party + '/' + std::to_string(grant.unit.value);
        key += ';';
    }
    if (grants.acts != Acts::all()) key += grants.acts.text();
    return key;
}

}  // namespace phoihop::accounts
