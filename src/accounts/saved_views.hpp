// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "accounts/account.hpp"
#include "store/writer.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace phoihop::accounts {

using SavedViewId = Id<struct SavedViewTag>;

inline constexpr std::size_t saved_views_max = 100;  ///< of one user in one programme
inline constexpr std::size_t view_name_size_max = 200;
inline constexpr std::size_t view_query_size_max = 4000;

/// A view of the explorer that its user named: the query of an address, so that it can be sent as a link. What it shows
/// is judged by the rights of whoever opens it.
struct SavedView {
    SavedViewId id;
    std::string name;
    std::string query;
    bool dashboard = false;  ///< stands as a card on its owner's dashboard
};

/// In the order in which they were first kept.
[[nodiscard]] std::vector<SavedView> saved_views(store::Connection& connection, UserId user, ProgrammeId programme);

/// Keeps `view` for `user`; one of the same name is replaced and stays where it stands. The id of `view` is not read.
[[nodiscard]] Result<SavedView> keep_view(store::Writer& writer, UserId user, ProgrammeId programme, SavedView view);

/// `not_found` where it is not the user's own.
[[nodiscard]] Result<void> drop_view(store::Writer& writer, UserId user, SavedViewId id);

}  // namespace phoihop::accounts
