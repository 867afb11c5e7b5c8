// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "accounts/services.hpp"

#include <string>

namespace phoihop::accounts {

/// A session ends after this time without a request …
inline constexpr std::chrono::hours session_idle{8};
/// … and after this time in any case.
inline constexpr std::chrono::hours session_age_max{7 * 24};
/// Of one user at a time; the longest unseen goes.
inline constexpr std::int64_t sessions_of_user_max = 20;

struct Credentials {
    std::string login;
    std::string password;
    std::string address;  ///< of the caller, for the limiter only; not kept
};

struct SignedIn {
    std::string token;  ///< for the cookie; the database keeps its hash
    User user;
};

/// Opens a session. A wrong login, a wrong password and a disabled user are one refusal (`not_signed_in`) and take
/// the same time. Too many failures: `too_many_requests` with `retry_s`, before the password is looked at.
[[nodiscard]] Result<SignedIn> sign_in(const Services& services, const Credentials& credentials, Instant now);

/// Ends the session; whoever had none is signed out too.
void sign_out(const Services& services, std::string_view token);

/// Ends one of the actor's own sessions, named as `ListedSession::id`; `not_found` when he has no such.
[[nodiscard]] Result<void> end_session(const Services& services, const Actor& actor, std::string_view id);
/// Ends all of the actor's own but the one of `session_token`.
[[nodiscard]] Result<void> end_other_sessions(const Services& services, const Actor& actor,
                                              std::string_view session_token);

struct PasswordChange {
    std::string session_token;  ///< this session stays, all others of the user end
    std::string old_password;
    std::string new_password;
    std::string address;
};

/// The user's own new password: also the way out of `must_change`. A wrong old one counts for the limiter.
[[nodiscard]] Result<void> change_password(const Services& services, const Actor& actor, const PasswordChange& change,
                                           Instant now);

}  // namespace phoihop::accounts
