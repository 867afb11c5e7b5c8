// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/backup.hpp"

namespace phoihop::store {

[[nodiscard]] Result<void> copy_sqlite(const Database& database, const std::string& path, const CopyProgress& progress);
[[nodiscard]] Result<void> fill_sqlite(Database& database, const std::string& path, const CopyProgress& progress);
[[nodiscard]] std::vector<std::string> integrity_of_sqlite(Connection& connection);

}  // namespace phoihop::store
