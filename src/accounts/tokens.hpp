// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "accounts/services.hpp"
#include "accounts/session_store.hpp"

#include <string>

namespace phoihop::accounts {

inline constexpr int token_days_max = 366;
inline constexpr std::size_t tokens_of_user_max = 50;  ///< that still open

struct NewToken {
    std::string label;  ///< what it is for, in its owner's words
    Acts acts;          ///< at most; what the owner may not, the token may not
    int days = 90;
};

struct DrawnToken {
    ApiTokenId id;
    std::string token;  ///< "ph_…": shown once, the database keeps its hash
    Instant expires_at{};
};

/// For the actor himself. A token cannot manage users or operate the installation: those want a person.
[[nodiscard]] Result<DrawnToken> create_token(const Services& services, const Actor& actor, const NewToken& wanted);

/// The operator's way: `by` is who the journal names. `wrong_state` until the account's owner has chosen a password,
/// because a token that nobody answers for would do nothing.
[[nodiscard]] Result<DrawnToken> issue_token(const Services& services, const Actor& by, UserId user,
                                             const NewToken& wanted);
/// What whoever manages users gives to somebody's programs: the actor must manage all of the owner's grants, and each
/// act must be his own to do there, so that nobody reads or sends through another what he may not himself.
[[nodiscard]] Result<DrawnToken> give_token(const Services& services, const Actor& actor, UserId user,
                                            const NewToken& wanted, const Setting& setting);
/// `not_allowed` unless the actor manages all of the owner's grants.
[[nodiscard]] Result<void> take_token(const Services& services, const Actor& actor, UserId user, ApiTokenId id,
                                      const Setting& setting);

/// The actor's own, or one that the operator takes from `user`. `not_found` when the token is not `user`'s.
[[nodiscard]] Result<void> withdraw_token(const Services& services, const Actor& by, UserId user, ApiTokenId id);

}  // namespace phoihop::accounts
