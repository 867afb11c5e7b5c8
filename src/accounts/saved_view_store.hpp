// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "accounts/saved_views.hpp"

namespace phoihop::accounts {

[[nodiscard]] std::vector<SavedView> views_of(store::Connection& connection, UserId user, ProgrammeId programme);
/// Inserts it, or replaces the one of the same name.
[[nodiscard]] SavedViewId put_view(store::WriteContext& context, UserId user, ProgrammeId programme,
                                   const SavedView& view);
/// False when the user has no such view.
[[nodiscard]] bool delete_view(store::WriteContext& context, UserId user, SavedViewId id);

}  // namespace phoihop::accounts
