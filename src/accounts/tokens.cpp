// SPDX-License-Identifier: Apache-2.0
#include "accounts/tokens.hpp"

#include "accounts/account_store.hpp"
#include "accounts/managed.hpp"

#include <algorithm>

namespace phoihop::accounts {
namespace {

constexpr std::size_t label_size_max = 200;  // bytes

Result<void> check_wish(const NewToken& wanted)
{
    if (wanted.label.empty()) return refuse(ProblemCode::missing, "label", {{"what", "label"}});
    if (wanted.label.size() > label_size_max)
        return refuse(ProblemCode::too_large, "label", {{"limit", std::to_string(label_size_max)}});
    if (wanted.acts.empty()) return refuse(ProblemCode::missing, "acts", {{"what", "acts"}});
    for (const Act act : {Act::manage_users, Act::operate})
        if (wanted.acts.has(act)) return refuse(ProblemCode::not_allowed, "acts", {{"what", std::string(word(act))}});
    if (wanted.days < 1 || wanted.days > token_days_max)
        return refuse(ProblemCode::out_of_range, "days",
                      {{"min", "1"}, {"max", std::to_string(token_days_max)}, {"found", std::to_string(wanted.days)}});
    return {};
}

/// Keeps a new token of `user`'s after `judge` has said yes inside the transaction.
template <class Judge>
Result<DrawnToken> keep_token(const Services& services, UserId by, UserId user, const NewToken& wanted, Judge judge)
{
    PHOIHOP_CHECK_OK(check_wish(wanted));
    DrawnToken drawn{{}, "ph_" + draw_token(services.random), {}};
    PHOIHOP_TRY(id, services.writer.run([&](store::WriteContext& context) -> Result<ApiTokenId> {
        PHOIHOP_TRY(owner, user_by_id(context.connection(), user));
        PHOIHOP_CHECK_OK(judge(context.connection()));
        if (owner.user.must_change)
            return refuse(ProblemCode::wrong_state, {}, {{"state", "must_change"}, {"wanted", "signed_in_once"}});
        const auto tokens = tokens_of(context.connection(), user);
        const auto open = std::count_if(tokens.begin(), tokens.end(), [&](const ApiToken& token) {
            return !token.revoked && token.expires_at > context.now();
        });
        if (static_cast<std::size_t>(open) >= tokens_of_user_max)
            return refuse(ProblemCode::too_large, "tokens", {{"limit", std::to_string(tokens_of_user_max)}});
        drawn.expires_at = context.now() + std::chrono::days(wanted.days);
        ApiToken row{{}, user, wanted.label, wanted.acts, {}, drawn.expires_at, false};
        const ApiTokenId added = insert_token(context, token_hash(drawn.token), row);
        journal_user(context, by, "token_created", user);
        return added;
    }));
    drawn.id = id;
    return drawn;
}

template <class Judge>
Result<void> revoke_token(const Services& services, UserId by, UserId user, ApiTokenId id, Judge judge)
{
    return services.writer.run([&](store::WriteContext& context) -> Result<void> {
        PHOIHOP_CHECK_OK(judge(context.connection()));
        const auto owner = token_owner(context.connection(), id);
        if (!owner || *owner != user || !revoke_token_row(context, id))
            return refuse(ProblemCode::not_found, "token", {{"found", std::to_string(id.value)}});
        journal_user(context, by, "token_revoked", user);
        return {};
    });
}

Result<void> anybody(store::Connection&)
{
    return {};
}

/// Each act of `acts` in each place where the owner has a right must be the actor's own to do.
Result<void> demand_each(const Actor& actor, const Acts& acts, const std::vector<Grant>& places, const Setting& setting)
{
    for (const Act act : all_acts)
        for (const Grant& place : places)
            if (acts.has(act))
                PHOIHOP_CHECK_OK(demand_in(actor, act, {place.programme, place.party, place.unit}, setting));
    return {};
}

}  // namespace

Result<DrawnToken> issue_token(const Services& services, const Actor& by, UserId user, const NewToken& wanted)
{
    return keep_token(services, by.user, user, wanted, anybody);
}

Result<void> withdraw_token(const Services& services, const Actor& by, UserId user, ApiTokenId id)
{
    return revoke_token(services, by.user, user, id, anybody);
}

Result<DrawnToken> give_token(const Services& services, const Actor& actor, UserId user, const NewToken& wanted,
                              const Setting& setting)
{
    return keep_token(services, actor.user, user, wanted, [&](store::Connection& connection) -> Result<void> {
        const std::vector<Grant> places = grants_of(connection, user);
        PHOIHOP_CHECK_OK(demand_over_all(actor, places, setting));
        return demand_each(actor, wanted.acts, places, setting);
    });
}

Result<void> take_token(const Services& services, const Actor& actor, UserId user, ApiTokenId id,
                        const Setting& setting)
{
    return revoke_token(services, actor.user, user, id, [&](store::Connection& connection) -> Result<void> {
        PHOIHOP_CHECK_OK(user_by_id(connection, user));
        return demand_over_all(actor, grants_of(connection, user), setting);
    });
}

Result<DrawnToken> create_token(const Services& services, const Actor& actor, const NewToken& wanted)
{
    // A token must not make longer-lived tokens, nor may somebody who has not chosen his own password.
    if (!actor.user || actor.must_change || actor.grants.acts != Acts::all())
        return refuse(ProblemCode::not_allowed, {}, {{"what", "create_token"}});
    return issue_token(services, actor, actor.user, wanted);
}

}  // namespace phoihop::accounts
