// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "accounts/invitation.hpp"
#include "accounts/services.hpp"

#include <optional>
#include <string>
#include <vector>

namespace phoihop::accounts {

enum class UserState : std::uint8_t { active, must_change, disabled };

[[nodiscard]] std::string_view word(UserState state);
[[nodiscard]] std::optional<UserState> user_state_from_word(std::string_view word);
[[nodiscard]] UserState state_of(const User& user);

/// Empty parts ask for all.
struct UserWish {
    std::string text;  ///< in the login or the name, with or without marks
    std::optional<Role> role;
    std::optional<UserState> state;
    UnitId unit;  ///< a grant there or below it
};

/// A user as somebody may see him who manages users: of the grants only those that he may take away.
struct SeenUser {
    User user;
    std::vector<Grant> grants;
    bool whole = false;  ///< all of the grants: then password, sessions and tokens may be managed too
};

/// Those of whose grants `actor` may take away at least one, in the order of their logins. Without a right to manage
/// users anywhere: nobody.
[[nodiscard]] std::vector<SeenUser> find_users(store::Connection& connection, const Actor& actor, const UserWish& wish,
                                               const Setting& setting);

/// `not_found` where find_users would not show him.
[[nodiscard]] Result<SeenUser> find_user(store::Connection& connection, const Actor& actor, UserId id,
                                         const Setting& setting);

/// The invitations that `actor` may withdraw, the latest first.
[[nodiscard]] std::vector<Invitation> find_invitations(store::Connection& connection, const Actor& actor,
                                                       const Setting& setting);

}  // namespace phoihop::accounts
