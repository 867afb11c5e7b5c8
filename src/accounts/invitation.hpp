// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "accounts/account.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace phoihop::accounts {

using InvitationId = Id<struct InvitationTag>;

enum class InvitationState : std::uint8_t {
    open,
    accepted,
    withdrawn,
    expired,  // open, and past its day: never kept, a matter of the clock
};

[[nodiscard]] std::string_view word(InvitationState state);
[[nodiscard]] std::optional<InvitationState> invitation_state_from_word(std::string_view word);

/// A place that is offered by a link: whoever opens it chooses login and password and has the grant.
struct Invitation {
    InvitationId id;
    std::string name;  ///< of the office
    Grant grant;
    UserId by;  ///< whose right to give the grant counts when the link is opened
    Instant created_at{};
    Instant expires_at{};
    InvitationState state{};
    UserId account;  ///< who came
};

[[nodiscard]] InvitationState state_on(const Invitation& invitation, Instant now);

/// What may be tried as a login for an office, the best first: "xa-pho-bang", then with the upper unit's name where
/// another office has that already. `path` is the unit's: "Xã Phố Bảng, Tỉnh Tuyên Quang". The party stands in front.
[[nodiscard]] std::vector<std::string> proposed_logins(std::string_view path, std::string_view party);

/// "Công an" and "Xã Phố Bảng" → "Công an xã Phố Bảng".
[[nodiscard]] std::string office_name(std::string_view body, std::string_view unit_name);

}  // namespace phoihop::accounts
