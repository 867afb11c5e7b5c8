// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "accounts/services.hpp"

#include <string>
#include <vector>

namespace phoihop::accounts {

struct NewUser {
    std::string login;
    std::string name;
    std::vector<Grant> grants = {};
    bool demonstration = false;
};

/// A password that was drawn: shown once, kept nowhere.
struct DrawnPassword {
    UserId user;
    std::string login;
    std::string password;
};

/// Adds a user with a drawn password that must be changed at the first sign-in (a demonstration user's need not). The
/// actor must be allowed to manage users wherever the new one gets a grant; only an operator makes operators.
[[nodiscard]] Result<DrawnPassword> add_user(const Services& services, const Actor& actor, const NewUser& user,
                                             const Setting& setting);

/// `init`'s last act: the operator "operator", in a database without users; `wrong_state` otherwise.
[[nodiscard]] Result<DrawnPassword> make_first_operator(const Services& services);

/// Draws a new password for somebody who has lost his, ends his sessions and revokes nothing else.
[[nodiscard]] Result<DrawnPassword> reset_password(const Services& services, const Actor& actor, UserId user,
                                                   const Setting& setting);

/// A disabled user keeps his past and cannot come in; sessions end at once, tokens no longer open.
[[nodiscard]] Result<void> set_disabled(const Services& services, const Actor& actor, UserId user, bool disabled,
                                        const Setting& setting);

/// Signs somebody out everywhere: a lost telephone, a shared password.
[[nodiscard]] Result<void> end_sessions_of(const Services& services, const Actor& actor, UserId user,
                                           const Setting& setting);

/// `duplicate` when the user has the grant already.
[[nodiscard]] Result<void> grant(const Services& services, const Actor& actor, UserId user, const Grant& grant,
                                 const Setting& setting);
/// `not_found` when the user has it not; `wrong_state` for the actor himself.
[[nodiscard]] Result<void> revoke(const Services& services, const Actor& actor, UserId user, const Grant& grant,
                                  const Setting& setting);

}  // namespace phoihop::accounts
