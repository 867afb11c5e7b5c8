// SPDX-License-Identifier: Apache-2.0
#include "accounts/find_users.hpp"

#include "accounts/account_store.hpp"
#include "accounts/invitation_store.hpp"
#include "accounts/managed.hpp"
#include "accounts/reach.hpp"
#include "text/fold.hpp"
#include "units/territory.hpp"

#include <algorithm>
#include <map>

namespace phoihop::accounts {
namespace {

constexpr UserState all_states[] = {UserState::active, UserState::must_change, UserState::disabled};

/// Takes away the grants that are not `actor`'s to manage; nothing when none is left.
std::optional<SeenUser> seen_by(const Actor& actor, const User& user, std::vector<Grant> grants, const Setting& setting)
{
    const bool whole = demand_over_all(actor, grants, setting).has_value();
    const bool nothing = grants.empty() && !whole;
    if (nothing) return std::nullopt;
    if (!whole) {
        std::erase_if(grants, [&](const Grant& grant) { return !demand_over(actor, grant, setting); });
        if (grants.empty()) return std::nullopt;
    }
    return SeenUser{user, std::move(grants), whole};
}

bool stands_in(UnitId unit, UnitId place, const Setting& setting)
{
    if (!place || unit == place) return true;
    if (!unit || setting.territory == nullptr) return false;
    const Relation found = relation(place, unit, *setting.territory, setting.today);
    return found == Relation::own || found == Relation::below || found == Relation::predecessor;
}

bool is_wanted(const SeenUser& seen, const UserWish& wish, const std::string& folded, const Setting& setting)
{
    if (wish.state && state_of(seen.user) != *wish.state) return false;
    if (!folded.empty() && text::fold(seen.user.login + ' ' + seen.user.name).find(folded) == std::string::npos)
        return false;
    if (!wish.role && !wish.unit) return true;
    return std::any_of(seen.grants.begin(), seen.grants.end(), [&](const Grant& grant) {
        return (!wish.role || grant.role == *wish.role) && stands_in(grant.unit, wish.unit, setting);
    });
}

}  // namespace

std::string_view word(UserState state)
{
    switch (state) {
        case UserState::active: return "active";
        case UserState::must_change: return "must_change";
        case UserState::disabled: return "disabled";
    }
    return "";
}

std::optional<UserState> user_state_from_word(std::string_view text)
{
    for (const UserState state : all_states)
        if (word(state) == text) return state;
    return std::nullopt;
}

UserState state_of(const User& user)
{
    if (user.disabled) return UserState::disabled;
    return user.must_change ? UserState::must_change : UserState::active;
}

std::vector<SeenUser> find_users(store::Connection& connection, const Actor& actor, const UserWish& wish,
                                 const Setting& setting)
{
    const std::string folded = text::fold(wish.text);
    std::map<UserId, std::vector<Grant>> grants;
    each_grant(connection, [&](UserId user, const Grant& grant) { grants[user].push_back(grant); });
    std::vector<SeenUser> all;
    for (const User& user : all_users(connection)) {
        auto seen = seen_by(actor, user, std::move(grants[user.id]), setting);
        if (seen && is_wanted(*seen, wish, folded, setting)) all.push_back(std::move(*seen));
    }
    return all;
}

Result<SeenUser> find_user(store::Connection& connection, const Actor& actor, UserId id, const Setting& setting)
{
    const auto row = user_by_id(connection, id);
    auto seen = row ? seen_by(actor, row->user, grants_of(connection, id), setting) : std::nullopt;
    if (!seen) return refuse(ProblemCode::not_found, "user", {{"what", "account"}});
    return std::move(*seen);
}

std::vector<Invitation> find_invitations(store::Connection& connection, const Actor& actor, const Setting& setting)
{
    std::vector<Invitation> all = all_invitations(connection);
    std::erase_if(all, [&](const Invitation& each) { return !demand_over(actor, each.grant, setting); });
    return all;
}

}  // namespace phoihop::accounts
