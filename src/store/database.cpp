// SPDX-License-Identifier: Apache-2.0
#include "store/database.hpp"

#include "store/postgresql_database.hpp"
#include "store/sqlite_database.hpp"

namespace phoihop::store {

std::optional<std::int64_t> Connection::integer(std::string_view sql, std::initializer_list<Parameter> parameters)
{
    std::optional<std::int64_t> found;
    query(sql, parameters, [&](const Row& row) {
        if (!found && !row.is_null(0)) found = row.integer(0);
    });
    return found;
}

std::optional<std::string> Connection::text(std::string_view sql, std::initializer_list<Parameter> parameters)
{
    std::optional<std::string> found;
    query(sql, parameters, [&](const Row& row) {
        if (!found && !row.is_null(0)) found = std::string(row.text(0));
    });
    return found;
}

Result<std::unique_ptr<Database>> Database::open(const std::string& address, OpenMode mode, std::string_view purpose)
{
    if (address.empty()) return refuse(ProblemCode::missing, "db", {{"what", "address"}});
    if (address.starts_with("postgresql://") || address.starts_with("postgres://")) {
        return open_postgresql(address, mode);
    }
    return open_sqlite(address, mode, purpose);
}

}  // namespace phoihop::store
