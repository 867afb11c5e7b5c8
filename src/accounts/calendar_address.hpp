// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "accounts/services.hpp"

#include <optional>
#include <string>

namespace phoihop::accounts {

struct CalendarAddress {
    std::string key;  ///< shown once; the database keeps its hash
    Instant since{};
};

/// For the actor himself; an older address ends. A token or somebody who has not chosen his own password draws none.
[[nodiscard]] Result<CalendarAddress> draw_calendar_address(const Services& services, const Actor& actor);
/// `not_found` where there is none.
[[nodiscard]] Result<void> revoke_calendar_address(const Services& services, const Actor& actor);
/// Since when the actor has one.
[[nodiscard]] std::optional<Instant> calendar_address_since(const Services& services, UserId user);

/// Whoever comes with a key: its owner, who may do nothing but read. `not_found` for a key that opens nothing, of an
/// account that is disabled or has not chosen its own password, so that guessing tells nothing.
[[nodiscard]] Result<Actor> calendar_reader(const Services& services, std::string_view key);

}  // namespace phoihop::accounts
