// SPDX-License-Identifier: Apache-2.0
#include "accounts/calendar_address_store.hpp"

namespace phoihop::accounts {

using store::BytesView;

std::optional<UserId> calendar_owner(store::Connection& connection, const store::Digest& key)
{
    const auto user = connection.integer("select user_id from calendar_address where key_hash = ?", {BytesView(key)});
    return user ? std::optional(UserId{*user}) : std::nullopt;
}

std::optional<Instant> calendar_since(store::Connection& connection, UserId user)
{
    const auto at = connection.integer("select created_at from calendar_address where user_id = ?", {user.value});
    return at ? std::optional(Instant{std::chrono::milliseconds(*at)}) : std::nullopt;
}

void keep_calendar_key(store::WriteContext& context, UserId user, const store::Digest& key)
{
    context.connection().execute(
        "insert into calendar_address (user_id, key_hash, created_at) values (?, ?, ?)"
        " on conflict (user_id) do update set key_hash = excluded.key_hash, created_at = excluded.created_at",
        {user.value, BytesView(key), context.now().time_since_epoch().count()});
}

bool delete_calendar_key(store::WriteContext& context, UserId user)
{
    return context.connection()
        .integer("delete from calendar_address where user_id = ? returning user_id", {user.value})
        .has_value();
}

}  // namespace phoihop::accounts
