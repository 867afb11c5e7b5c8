// SPDX-License-Identifier: Apache-2.0
#include "accounts/calendar_address.hpp"

#include "accounts/account_store.hpp"
#include "accounts/calendar_address_store.hpp"

namespace phoihop::accounts {
namespace {

constexpr std::string_view prefix = "cal_";

Result<void> demand_person(const Actor& actor)
{
    if (actor.user && !actor.must_change && actor.grants.acts == Acts::all()) return {};
    return refuse(ProblemCode::not_allowed, {}, {{"what", "calendar"}});
}

tl::unexpected<Problem> no_calendar()
{
    return refuse(ProblemCode::not_found, {}, {{"what", "calendar"}});
}

}  // namespace

Result<CalendarAddress> draw_calendar_address(const Services& services, const Actor& actor)
{
    PHOIHOP_CHECK_OK(demand_person(actor));
    CalendarAddress drawn{std::string(prefix) + draw_token(services.random), {}};
    PHOIHOP_CHECK_OK(services.writer.run([&](store::WriteContext& context) -> Result<void> {
        keep_calendar_key(context, actor.user, token_hash(drawn.key));
        journal_user(context, actor.user, "calendar_drawn", actor.user);
        drawn.since = context.now();
        return {};
    }));
    return drawn;
}

Result<void> revoke_calendar_address(const Services& services, const Actor& actor)
{
    PHOIHOP_CHECK_OK(demand_person(actor));
    return services.writer.run([&](store::WriteContext& context) -> Result<void> {
        if (!delete_calendar_key(context, actor.user)) return no_calendar();
        journal_user(context, actor.user, "calendar_revoked", actor.user);
        return {};
    });
}

std::optional<Instant> calendar_address_since(const Services& services, UserId user)
{
    std::optional<Instant> since;
    services.database.read([&](store::Connection& connection) { since = calendar_since(connection, user); });
    return since;
}

Result<Actor> calendar_reader(const Services& services, std::string_view key)
{
    if (!key.starts_with(prefix) || key.size() > 100) return no_calendar();
    std::optional<Actor> reader;
    services.database.read([&](store::Connection& connection) {
        const auto owner = calendar_owner(connection, token_hash(key));
        if (!owner) return;
        const auto row = user_by_id(connection, *owner);
        if (!row || row->user.disabled || row->user.must_change) return;
        reader = Actor{*owner, {}, false};
        reader->grants.acts = Acts{Act::read_figures};
        reader->grants.list = grants_of(connection, *owner);
    });
    if (!reader) return no_calendar();
    return *reader;
}

}  // namespace phoihop::accounts
