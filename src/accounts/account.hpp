// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "accounts/rights.hpp"

#include <string>

namespace phoihop::accounts {

using ApiTokenId = Id<struct ApiTokenTag>;

/// Somebody who signs in: a person or, better, an office. Names stand here and nowhere else.
struct User {
    UserId id;
    std::int64_t version = 0;
    std::string login;
    std::string name;
    bool disabled = false;
    bool demonstration = false;  ///< made by `init --demo`, with a printed password
    bool must_change = false;    ///< has a password that somebody else has seen
    Instant created_at{};
};

/// Who does something, as use cases get it.
struct Actor {
    UserId user;
    Grants grants;
    bool must_change = false;  ///< signed in, but may do nothing until the password is changed: `grants` is empty
};

/// The program itself: commands on the machine that holds the database, and what is done at its making. 0 in the
/// journal.
[[nodiscard]] Actor the_program();

/// 3 to 64 of a–z, 0–9 and "._-@", whatever the case; the answer is in small letters.
[[nodiscard]] Result<std::string> read_login(std::string_view text);

}  // namespace phoihop::accounts
