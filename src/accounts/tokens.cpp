// SPDX-License-Identifier: Apache-2.0
#include "accounts/tokens.hpp"

#include "accounts/account_store.hpp"

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

}  // namespace

Result<DrawnToken> issue_token(const Services& services, const Actor& by, UserId user, const NewToken& wanted)
{
    PHOIHOP_CHECK_OK(check_wish(wanted));
    DrawnToken drawn{{}, "ph_" + draw_token(services.random), {}};
    PHOIHOP_TRY(id, services.writer.run([&](store::WriteContext& context) -> Result<ApiTokenId> {
        PHOIHOP_TRY(owner, user_by_id(context.connection(), user));
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
        journal_user(context, by.user, "token_created", user);
        return added;
    }));
    drawn.id = id;
    return drawn;
}

Result<void> withdraw_token(const Services& services, const Actor& by, UserId user, ApiTokenId id)
{
    return services.writer.run([&](store::WriteContext& context) -> Result<void> {
        const auto owner = token_owner(context.connection(), id);
        if (!owner || *owner != user || !revoke_token_row(context, id))
            return refuse(ProblemCode::not_found, "token", {{"found", std::to_string(id.value)}});
        journal_user(context, by.user, "token_revoked", user);
        return {};
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
