// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "web/services.hpp"

#include <map>

namespace phoihop::web {

/// Who carried out a step, for those who may read the step: the account's name, which stands in `accounts` only and is
/// asked for when an answer is written. "–" for the program itself.
class ActorNames {
public:
    explicit ActorNames(const Call& call) : m_database(call.services.instance.database()) {}
    [[nodiscard]] const std::string& of(UserId user);

private:
    const store::Database& m_database;
    std::map<UserId, std::string> m_known;
};

}  // namespace phoihop::web
