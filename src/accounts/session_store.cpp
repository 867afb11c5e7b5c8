// SPDX-License-Identifier: Apache-2.0
#include "accounts/session_store.hpp"

#include <algorithm>

namespace phoihop::accounts {
namespace {

using store::BytesView;
using store::Connection;
using store::Row;

Instant instant(std::int64_t milliseconds)
{
    return Instant{std::chrono::milliseconds(milliseconds)};
}

std::int64_t number(Instant at)
{
    return at.time_since_epoch().count();
}

/// Columns id, user_id, label, acts, created_at, expires_at, revoked. Acts of a newer program are no acts here.
ApiToken read_token(const Row& row)
{
    ApiToken token;
    token.id = ApiTokenId{row.integer(0)};
    token.user = UserId{row.integer(1)};
    token.label = row.text(2);
    token.acts = Acts::from_text(row.text(3)).value_or(Acts());
    token.created_at = instant(row.integer(4));
    token.expires_at = instant(row.integer(5));
    token.revoked = row.integer(6) != 0;
    return token;
}

}  // namespace

std::string ListedSession::id() const
{
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    for (std::size_t i = 0; i < 8; ++i) {
        const auto byte = static_cast<unsigned>(token[i]);
        text += digits[byte >> 4U];
        text += digits[byte & 15U];
    }
    return text;
}

std::vector<ListedSession> sessions_of(Connection& connection, UserId user)
{
    std::vector<ListedSession> found;
    connection.query(
        "select token_hash, created_at, seen_at from session where user_id = ? order by seen_at desc, token_hash",
        {user.value}, [&](const Row& row) {
            ListedSession listed;
            const BytesView hash = row.blob(0);
            std::copy_n(hash.begin(), std::min(hash.size(), listed.token.size()), listed.token.begin());
            listed.session = {user, instant(row.integer(1)), instant(row.integer(2))};
            found.push_back(listed);
        });
    return found;
}

std::optional<Session> find_session(Connection& connection, const store::Digest& token)
{
    std::optional<Session> found;
    connection.query("select user_id, created_at, seen_at from session where token_hash = ?", {BytesView(token)},
                     [&](const Row& row) {
                         found = Session{UserId{row.integer(0)}, instant(row.integer(1)), instant(row.integer(2))};
                     });
    return found;
}

void insert_session(store::WriteContext& context, const store::Digest& token, UserId user, Instant oldest_seen,
                    std::int64_t most)
{
    Connection& connection = context.connection();
    const std::int64_t now = number(context.now());
    connection.execute("delete from session where seen_at < ?", {number(oldest_seen)});
    connection.execute(
        "delete from session where user_id = ? and token_hash not in"
        " (select token_hash from session where user_id = ? order by seen_at desc, token_hash limit ?)",
        {user.value, user.value, most - 1});
    connection.execute("insert into session (token_hash, user_id, created_at, seen_at) values (?, ?, ?, ?)",
                       {BytesView(token), user.value, now, now});
}

void touch_session(store::WriteContext& context, const store::Digest& token)
{
    context.connection().execute("update session set seen_at = ? where token_hash = ? and seen_at < ?",
                                 {number(context.now()), BytesView(token), number(context.now())});
}

std::optional<UserId> delete_session(store::WriteContext& context, const store::Digest& token)
{
    const auto user =
        context.connection().integer("delete from session where token_hash = ? returning user_id", {BytesView(token)});
    return user ? std::optional(UserId{*user}) : std::nullopt;
}

void delete_sessions(store::WriteContext& context, UserId user, const store::Digest& keep)
{
    context.connection().execute("delete from session where user_id = ? and token_hash <> ?",
                                 {user.value, BytesView(keep)});
}

std::optional<ApiToken> find_token(Connection& connection, const store::Digest& token)
{
    std::optional<ApiToken> found;
    connection.query(
        "select id, user_id, label, acts, created_at, expires_at, revoked from api_token"
        " where token_hash = ?",
        {BytesView(token)}, [&](const Row& row) { found = read_token(row); });
    return found;
}

std::vector<ApiToken> tokens_of(Connection& connection, UserId user)
{
    std::vector<ApiToken> tokens;
    connection.query(
        "select id, user_id, label, acts, created_at, expires_at, revoked from api_token"
        " where user_id = ? order by id",
        {user.value}, [&](const Row& row) { tokens.push_back(read_token(row)); });
    return tokens;
}

ApiTokenId insert_token(store::WriteContext& context, const store::Digest& hash, const ApiToken& token)
{
    const std::string acts = token.acts.text();
    const auto id = context.connection().integer(
        "insert into api_token (token_hash, user_id, label, acts, created_at, expires_at, revoked)"
        " values (?, ?, ?, ?, ?, ?, 0) returning id",
        {BytesView(hash), token.user.value, token.label, acts, number(context.now()), number(token.expires_at)});
    return ApiTokenId{id.value()};
}

std::optional<UserId> revoke_token_row(store::WriteContext& context, ApiTokenId id)
{
    const auto user = context.connection().integer(
        "update api_token set revoked = 1 where id = ? and revoked = 0 returning user_id", {id.value});
    return user ? std::optional(UserId{*user}) : std::nullopt;
}

std::optional<UserId> token_owner(Connection& connection, ApiTokenId id)
{
    const auto user = connection.integer("select user_id from api_token where id = ?", {id.value});
    return user ? std::optional(UserId{*user}) : std::nullopt;
}

}  // namespace phoihop::accounts
