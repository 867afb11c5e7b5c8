// SPDX-License-Identifier: Apache-2.0
#include "accounts/invite.hpp"

#include "accounts/account_store.hpp"
#include "accounts/invitation_store.hpp"
#include "accounts/managed.hpp"
#include "accounts/session_store.hpp"
#include "units/territory.hpp"

#include <algorithm>

namespace phoihop::accounts {
namespace {

/// One name in the limiter's books for all links: what is guessed is the link, not whose it is.
constexpr std::string_view limited_as = "invitation";

tl::unexpected<Problem> no_such_link()
{
    return refuse(ProblemCode::not_found, "token", {{"what", "invitation"}});
}

/// Whoever gave the link may have lost the right to give since, or his account.
Result<void> demand_inviter(store::Connection& connection, const Invitation& invitation, const Setting& setting)
{
    if (!invitation.by) return {};
    PHOIHOP_TRY(row, user_by_id(connection, invitation.by));
    if (row.user.disabled) return no_such_link();
    const Actor inviter{invitation.by, Grants{grants_of(connection, invitation.by)}, false};
    return demand_over(inviter, invitation.grant, setting);
}

Result<Invitation> open_invitation(store::Connection& connection, std::string_view token, Instant now,
                                   const Setting& setting)
{
    const auto found = find_invitation(connection, token_hash(token));
    if (!found || state_on(*found, now) != InvitationState::open) return no_such_link();
    if (!demand_inviter(connection, *found, setting)) return no_such_link();
    return *found;
}

/// Slows guesses down; counts one that found nothing.
template <class Look>
auto limited(const Services& services, std::string_view address, Instant now, Look look) -> decltype(look())
{
    const auto wait = services.limiter.wait(limited_as, address, now);
    if (wait.count() > 0)
        return refuse(ProblemCode::too_many_requests, "token", {{"retry_s", std::to_string(wait.count())}});
    auto answer = look();
    if (!answer && answer.error().code == ProblemCode::not_found) services.limiter.failed(limited_as, address, now);
    return answer;
}

std::string free_login(store::Connection& connection, const Invitation& invitation, const Setting& setting)
{
    if (setting.territory == nullptr) return {};
    const UnitId unit = invitation.grant.unit ? invitation.grant.unit : setting.territory->nation();
    for (const std::string& login :
         proposed_logins(setting.territory->path(unit, setting.today), invitation.grant.party))
        if (!user_by_login(connection, login)) return login;
    return {};
}

}  // namespace

Result<std::vector<DrawnInvitation>> invite(const Services& services, const Actor& actor,
                                            std::span<const NewInvitation> wanted, int days, const Setting& setting)
{
    if (wanted.empty()) return refuse(ProblemCode::missing, "invitations", {{"what", "invitation"}});
    if (wanted.size() > invitations_max)
        return refuse(ProblemCode::too_large, "invitations",
                      {{"limit", std::to_string(invitations_max)}, {"found", std::to_string(wanted.size())}});
    if (days < 1 || days > invitation_days_max)
        return refuse(ProblemCode::out_of_range, "days",
                      {{"min", "1"}, {"max", std::to_string(invitation_days_max)}, {"found", std::to_string(days)}});
    for (const NewInvitation& each : wanted) {
        PHOIHOP_CHECK_OK(check_name(each.name));
        PHOIHOP_CHECK_OK(check_grant(each.grant, setting));
        PHOIHOP_CHECK_OK(demand_over(actor, each.grant, setting));
    }
    std::vector<DrawnInvitation> drawn;
    for (const NewInvitation& each : wanted) drawn.push_back({{}, each, draw_token(services.random), {}});
    PHOIHOP_CHECK_OK(services.writer.run([&](store::WriteContext& context) -> Result<void> {
        for (DrawnInvitation& each : drawn) {
            each.expires_at = context.now() + std::chrono::days(days);
            const Invitation row{
                {}, each.what.name, each.what.grant, actor.user, context.now(), each.expires_at, InvitationState::open,
                {}};
            each.id = insert_invitation(context, token_hash(each.token), row);
        }
        return {};
    }));
    return drawn;
}

Result<void> withdraw_invitation(const Services& services, const Actor& actor, InvitationId id, const Setting& setting)
{
    return services.writer.run([&](store::WriteContext& context) -> Result<void> {
        auto found = find_invitation(context.connection(), id);
        if (!found) return refuse(ProblemCode::not_found, "id", {{"what", "invitation"}});
        PHOIHOP_CHECK_OK(demand_over(actor, found->grant, setting));
        const InvitationState before = found->state;
        found->state = InvitationState::withdrawn;
        if (before != InvitationState::open || !close_invitation(context, *found, actor.user))
            return refuse(ProblemCode::wrong_state, "id",
                          {{"state", std::string(word(before))}, {"wanted", std::string(word(InvitationState::open))}});
        return {};
    });
}

Result<Offer> look_at(const Services& services, std::string_view token, std::string_view address, Instant now,
                      const Setting& setting)
{
    return limited(services, address, now, [&] {
        Result<Offer> answer = no_such_link();
        services.database.read([&](store::Connection& connection) {
            auto found = open_invitation(connection, token, now, setting);
            if (found) answer = Offer{*found, free_login(connection, *found, setting)};
        });
        return answer;
    });
}

Result<SignedIn> accept(const Services& services, const Acceptance& acceptance, Instant now, const Setting& setting)
{
    // First the link: who has none learns nothing about logins.
    PHOIHOP_CHECK_OK(look_at(services, acceptance.token, acceptance.address, now, setting));
    PHOIHOP_TRY(login, read_login(acceptance.login));
    PHOIHOP_CHECK_OK(check_password(acceptance.password, login));
    PHOIHOP_TRY(hash, services.hasher.hash(acceptance.password));
    SignedIn opened{draw_token(services.random), {}};
    PHOIHOP_CHECK_OK(services.writer.run([&](store::WriteContext& context) -> Result<void> {
        store::Connection& connection = context.connection();
        PHOIHOP_TRY(invitation, open_invitation(connection, acceptance.token, now, setting));
        User row;
        row.login = login;
        row.name = invitation.name;
        PHOIHOP_TRY(added, insert_user(context, invitation.by, row, hash));
        if (insert_grant(context, added, invitation.grant)) journal_user(context, invitation.by, "granted", added);
        invitation.state = InvitationState::accepted;
        invitation.account = added;
        if (!close_invitation(context, invitation, added)) return no_such_link();
        insert_session(context, token_hash(opened.token), added, context.now() - session_idle, sessions_of_user_max);
        journal_user(context, added, "signed_in", added);
        PHOIHOP_TRY(kept, user_by_id(connection, added));
        opened.user = kept.user;
        return {};
    }));
    return opened;
}

}  // namespace phoihop::accounts
