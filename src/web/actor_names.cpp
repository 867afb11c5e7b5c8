// SPDX-License-Identifier: Apache-2.0
#include "web/actor_names.hpp"

#include "accounts/account_store.hpp"

namespace phoihop::web {

const std::string& ActorNames::of(UserId user)
{
    const auto [kept, is_new] = m_known.try_emplace(user);
    if (!is_new) return kept->second;
    if (!user) return kept->second = "–";
    kept->second = "#" + std::to_string(user.value);
    m_database.read([&](store::Connection& connection) {
        if (const auto row = accounts::user_by_id(connection, user)) kept->second = row->user.name;
    });
    return kept->second;
}

}  // namespace phoihop::web
