// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "accounts/account.hpp"
#include "accounts/services.hpp"

#include <vector>

/// Who may manage whom: whoever manages users gives and takes only what lies inside his own right to do so.
namespace phoihop::accounts {

/// `allowed` in a setting, also while the database has no units.
[[nodiscard]] Result<void> demand_in(const Actor& actor, Act act, const Target& target, const Setting& setting);

/// Whether `actor` may give and take `grant`. A grant without a unit holds everywhere, so only who manages users
/// everywhere may touch it. Only an operator makes operators.
[[nodiscard]] Result<void> demand_over(const Actor& actor, const Grant& grant, const Setting& setting);

/// Over somebody with several grants one must stand in all of them: else a reset password would lend the others.
[[nodiscard]] Result<void> demand_over_all(const Actor& actor, const std::vector<Grant>& grants,
                                           const Setting& setting);

/// What no grant may be, whoever gives it: a member organisation without a party, a unit that there is not.
[[nodiscard]] Result<void> check_grant(const Grant& grant, const Setting& setting);

/// An office's name: there, and not too long.
[[nodiscard]] Result<void> check_name(std::string_view name);

}  // namespace phoihop::accounts
