// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace phoihop::store {

/// A migration of the common subset in PostgreSQL's words: `integer primary key` becomes an identity, `integer`
/// bigint, `blob` bytea, `text` text collate "C" (bytes order, as on SQLite); `strict` and
/// `strict, without rowid` after a table go. Only whole words outside quotes and comments are touched.
[[nodiscard]] std::string ddl_for_postgresql(std::string_view sql);

/// A statement with `?` numbered for PostgreSQL ($1, $2 …) outside quotes and comments.
[[nodiscard]] std::string numbered_parameters(std::string_view sql);

}  // namespace phoihop::store
