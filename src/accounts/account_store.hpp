// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "accounts/account.hpp"
#include "store/writer.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace phoihop::accounts {

/// A user's row with what the sign-in needs.
struct UserRow {
    User user;
    std::string password_hash;
};

[[nodiscard]] std::optional<UserRow> user_by_login(store::Connection& connection, std::string_view login);
/// `not_found` when there is none.
[[nodiscard]] Result<UserRow> user_by_id(store::Connection& connection, UserId id);
/// In the order of their logins.
[[nodiscard]] std::vector<User> all_users(store::Connection& connection);
[[nodiscard]] std::vector<Grant> grants_of(store::Connection& connection, UserId user);
/// Everybody's, in the order in which they were given.
void each_grant(store::Connection& connection, const std::function<void(UserId, const Grant&)>& each);

/// A database with demonstration accounts must not be reached from other machines: their passwords were printed.
[[nodiscard]] bool has_demonstration_accounts(store::Connection& connection);

/// Inserts the user (without id, version 1) and journals it. `duplicate` when the login is taken.
[[nodiscard]] Result<UserId> insert_user(store::WriteContext& context, UserId actor, const User& user,
                                         std::string_view password_hash);

void update_password(store::WriteContext& context, UserId user, std::string_view password_hash, bool must_change);
void update_disabled(store::WriteContext& context, UserId user, bool disabled);
/// False when the user has it already.
[[nodiscard]] bool insert_grant(store::WriteContext& context, UserId user, const Grant& grant);
/// False when the user has it not.
[[nodiscard]] bool delete_grant(store::WriteContext& context, UserId user, const Grant& grant);

/// Counts the user's version up and journals `verb`. The digest covers login, name, flags and grants as they are
/// now, never a password or its hash.
void journal_user(store::WriteContext& context, UserId actor, std::string_view verb, UserId user);

}  // namespace phoihop::accounts
