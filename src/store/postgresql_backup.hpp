// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/backup.hpp"

namespace phoihop::store {

[[nodiscard]] Result<void> dump_postgresql(const Database& database, const std::string& path);
[[nodiscard]] Result<void> fill_postgresql(Database& database, const std::string& path);
[[nodiscard]] std::vector<std::string> integrity_of_postgresql(Connection& connection);

}  // namespace phoihop::store
