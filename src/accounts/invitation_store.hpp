// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "accounts/invitation.hpp"
#include "store/writer.hpp"

#include <optional>
#include <vector>

namespace phoihop::accounts {

[[nodiscard]] std::optional<Invitation> find_invitation(store::Connection& connection, const store::Digest& token);
[[nodiscard]] std::optional<Invitation> find_invitation(store::Connection& connection, InvitationId id);
/// The latest first.
[[nodiscard]] std::vector<Invitation> all_invitations(store::Connection& connection);

/// Inserts it (without id, open) and journals "invited".
[[nodiscard]] InvitationId insert_invitation(store::WriteContext& context, const store::Digest& token,
                                             const Invitation& invitation);
/// Ends an open invitation and journals it by `actor`. False when somebody was faster.
[[nodiscard]] bool close_invitation(store::WriteContext& context, const Invitation& invitation, UserId actor);

}  // namespace phoihop::accounts
