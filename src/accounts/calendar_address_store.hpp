// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "accounts/account.hpp"
#include "store/writer.hpp"

#include <optional>

namespace phoihop::accounts {

/// Whose calendar the key opens.
[[nodiscard]] std::optional<UserId> calendar_owner(store::Connection& connection, const store::Digest& key);
/// Since when the account has an address.
[[nodiscard]] std::optional<Instant> calendar_since(store::Connection& connection, UserId user);
/// Puts the new key in the place of the old one.
void keep_calendar_key(store::WriteContext& context, UserId user, const store::Digest& key);
/// False when there was none.
[[nodiscard]] bool delete_calendar_key(store::WriteContext& context, UserId user);

}  // namespace phoihop::accounts
