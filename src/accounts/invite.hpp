// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "accounts/invitation.hpp"
#include "accounts/services.hpp"
#include "accounts/sign_in.hpp"

#include <span>
#include <string>
#include <vector>

namespace phoihop::accounts {

/// How long a link opens, at most and unless less is wanted.
inline constexpr int invitation_days_max = 7;
/// Invited at once: all communes of the largest province, and some.
inline constexpr std::size_t invitations_max = 400;

struct NewInvitation {
    std::string name;
    Grant grant;
};

/// A link's secret: shown once, the database keeps its hash.
struct DrawnInvitation {
    InvitationId id;
    NewInvitation what;
    std::string token;
    Instant expires_at{};
};

/// Offers places. The actor must be allowed to manage users wherever he offers one; only an operator invites
/// operators. All or none.
[[nodiscard]] Result<std::vector<DrawnInvitation>> invite(const Services& services, const Actor& actor,
                                                          std::span<const NewInvitation> wanted, int days,
                                                          const Setting& setting);

/// Makes a link worthless. `not_found` when there is no such invitation, `wrong_state` when it is no longer open.
[[nodiscard]] Result<void> withdraw_invitation(const Services& services, const Actor& actor, InvitationId id,
                                               const Setting& setting);

/// What stands behind a link, for whoever holds it. `not_found` when the link never was, was used, withdrawn or has
/// expired, or when whoever gave it may no longer: one answer for all. Guesses are slowed down like passwords.
struct Offer {
    Invitation invitation;
    std::string login;  ///< proposed; free when it was asked
};
[[nodiscard]] Result<Offer> look_at(const Services& services, std::string_view token, std::string_view address,
                                    Instant now, const Setting& setting);

struct Acceptance {
    std::string token;
    std::string login;
    std::string password;
    std::string address;  ///< of the caller, for the limiter only; not kept
};

/// Takes the place: makes the account with its own password, gives it the grant, opens a session. The link is used up.
/// `duplicate` when the login is taken; the link then still opens.
[[nodiscard]] Result<SignedIn> accept(const Services& services, const Acceptance& acceptance, Instant now,
                                      const Setting& setting);

}  // namespace phoihop::accounts
