// SPDX-License-Identifier: Apache-2.0
#include "accounts/account_store.hpp"

#include <span>

namespace phoihop::accounts {
namespace {

using store::Connection;
using store::Row;

Instant instant(std::int64_t milliseconds)
{
    return Instant{std::chrono::milliseconds(milliseconds)};
}

User read_user(const Row& row)
{
    User user;
    user.id = UserId{row.integer(0)};
    user.version = row.integer(1);
    user.login = row.text(2);
    user.name = row.text(3);
    user.disabled = row.integer(4) != 0;
    user.demonstration = row.integer(5) != 0;
    user.must_change = row.integer(6) != 0;
    user.created_at = instant(row.integer(7));
    return user;
}

/// Nothing for a word of a newer program: no right that this one knows.
std::optional<Grant> read_grant(const Row& row)
{
    const auto role = role_from_word(row.text(0));
    if (!role) return std::nullopt;
    return Grant{*role, ProgrammeId{row.integer(1)}, std::string(row.text(2)), UnitId{row.integer(3)}};
}

store::Bytes bytes_of(std::string_view text)
{
    const auto bytes = std::as_bytes(std::span(text));
    return {bytes.begin(), bytes.end()};
}

/// What the journal's digest covers: one line a field and a grant.
std::string content_of(const User& user, const std::vector<Grant>& grants)
{
    std::string text = "login=" + user.login + "\nname=" + user.name;
    text += user.disabled ? "\ndisabled" : "";
    text += user.demonstration ? "\ndemonstration" : "";
    for (const Grant& grant : grants) {
        text += "\ngrant=";
        text += word(grant.role);
        text +=
            " " + std::to_string(grant.programme.value) + " " + grant.party + " " + std::to_string(grant.unit.value);
    }
    return text;
}

}  // namespace

std::optional<UserRow> user_by_login(Connection& connection, std::string_view login)
{
    std::optional<UserRow> found;
    connection.query(
        "select id, version, login, name, disabled, demonstration, must_change, created_at, password_hash"
        " from user_ where login = ?",
        {login}, [&](const Row& row) { found = UserRow{read_user(row), std::string(row.text(8))}; });
    return found;
}

Result<UserRow> user_by_id(Connection& connection, UserId id)
{
    std::optional<UserRow> found;
    connection.query(
        "select id, version, login, name, disabled, demonstration, must_change, created_at, password_hash"
        " from user_ where id = ?",
        {id.value}, [&](const Row& row) { found = UserRow{read_user(row), std::string(row.text(8))}; });
    if (!found) return refuse(ProblemCode::not_found, "user", {{"found", std::to_string(id.value)}});
    return std::move(*found);
}

std::vector<User> all_users(Connection& connection)
{
    std::vector<User> users;
    connection.query(
        "select id, version, login, name, disabled, demonstration, must_change, created_at"
        " from user_ order by login",
        {}, [&](const Row& row) { users.push_back(read_user(row)); });
    return users;
}

std::vector<Grant> grants_of(Connection& connection, UserId user)
{
    std::vector<Grant> grants;
    const auto add = [&](const Row& row) {
        if (const auto grant = read_grant(row)) grants.push_back(*grant);
    };
    connection.query("select role, programme, party, unit from grant_ where user_id = ? order by id", {user.value},
                     add);
    return grants;
}

void each_grant(Connection& connection, const std::function<void(UserId, const Grant&)>& each)
{
    connection.query("select role, programme, party, unit, user_id from grant_ order by id", {}, [&](const Row& row) {
        if (const auto grant = read_grant(row)) each(UserId{row.integer(4)}, *grant);
    });
}

bool has_demonstration_accounts(Connection& connection)
{
    return connection.integer("select count(*) from user_ where demonstration = 1 and disabled = 0").value_or(0) > 0;
}

Result<UserId> insert_user(store::WriteContext& context, UserId actor, const User& user, std::string_view password_hash)
{
    Connection& connection = context.connection();
    if (connection.integer("select id from user_ where login = ?", {user.login}))
        return refuse(ProblemCode::duplicate, "login", {{"what", user.login}});
    const auto id = connection.integer(
        "insert into user_ (version, login, name, password_hash, disabled, demonstration, must_change, created_at)"
        " values (0, ?, ?, ?, ?, ?, ?, ?) returning id",
        {user.login, user.name, password_hash, std::int64_t{user.disabled}, std::int64_t{user.demonstration},
         std::int64_t{user.must_change}, context.now().time_since_epoch().count()});
    journal_user(context, actor, "user_added", UserId{id.value()});
    return UserId{id.value()};
}

void update_password(store::WriteContext& context, UserId user, std::string_view password_hash, bool must_change)
{
    context.connection().execute("update user_ set password_hash = ?, must_change = ? where id = ?",
                                 {password_hash, std::int64_t{must_change}, user.value});
}

void update_disabled(store::WriteContext& context, UserId user, bool disabled)
{
    context.connection().execute("update user_ set disabled = ? where id = ?", {std::int64_t{disabled}, user.value});
}

bool insert_grant(store::WriteContext& context, UserId user, const Grant& grant)
{
    return context.connection().execute(
               "insert into grant_ (user_id, role, programme, party, unit)"
               " values (?, ?, ?, ?, ?) on conflict do nothing",
               {user.value, word(grant.role), grant.programme.value, grant.party, grant.unit.value}) == 1;
}

bool delete_grant(store::WriteContext& context, UserId user, const Grant& grant)
{
    return context.connection().execute(
               "delete from grant_ where user_id = ? and role = ? and programme = ? and party = ? and unit = ?",
               {user.value, word(grant.role), grant.programme.value, grant.party, grant.unit.value}) == 1;
}

void journal_user(store::WriteContext& context, UserId actor, std::string_view verb, UserId user)
{
    context.connection().execute("update user_ set version = version + 1 where id = ?", {user.value});
    const User now = user_by_id(context.connection(), user).value().user;
    context.record(actor, verb, "user:" + std::to_string(user.value), now.version,
                   bytes_of(content_of(now, grants_of(context.connection(), user))));
}

}  // namespace phoihop::accounts
