// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/database.hpp"

namespace phoihop::store {

/// Told again and again while a long copy runs; the numbers are of no unit but compare with each other.
using CopyProgress = std::function<void(std::int64_t done, std::int64_t total)>;

/// Writes one consistent state of the database to the new file `path`, while others read and write. SQLite: an
/// online copy inside this process, itself a database. PostgreSQL: what pg_dump writes in its custom format.
/// `duplicate` when `path` exists, `not_found` when its folder does not, `missing` when there is no pg_dump.
[[nodiscard]] Result<void> backup(const Database& database, const std::string& path, const CopyProgress& progress = {});

/// Fills the database at `address` from a backup of the same engine. Only into an empty or new database:
/// `wrong_state` for any other; `wrong_type` for a file that is no such backup. Verify afterwards.
[[nodiscard]] Result<void> restore(const std::string& path, const std::string& address,
                                   const CopyProgress& progress = {});

/// What the engine finds wrong with its own keeping: damaged pages and indexes, references to nothing. One English
/// line each, for the operator; empty when all is well.
[[nodiscard]] std::vector<std::string> integrity(const Database& database);

}  // namespace phoihop::store
