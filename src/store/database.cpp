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

void Connection::query_each(std::string_view sql, std::size_t columns, std::span<const Parameter> rows,
                            std::function<void(std::size_t, const Row&)> each)
{
    const Repeated one{sql, columns, rows, std::move(each), {}};
    run_each(std::span(&one, 1));
}

std::int64_t Connection::execute_each(std::string_view sql, std::size_t columns, std::span<const Parameter> rows)
{
    std::int64_t all = 0;
    const Repeated one{sql, columns, rows, {}, [&](std::size_t, std::int64_t changed) { all += changed; }};
    run_each(std::span(&one, 1));
    return all;
}

std::string insert_statement(std::string_view table, std::span<const std::string_view> columns)
{
    std::string sql = "insert into ";
    sql.append(table);
    for (std::size_t i = 0; i < columns.size(); ++i) sql.append(i == 0 ? " (" : ", ").append(columns[i]);
    for (std::size_t i = 0; i < columns.size(); ++i) sql.append(i == 0 ? ") values (?" : ", ?");
    return sql.append(")");
}

Result<std::unique_ptr<Database>> Database::open(const std::string& address, OpenMode mode, std::string_view purpose)
{
    if (address.empty()) return refuse(ProblemCode::missing, "db", {{"what", "address"}});
    if (is_postgresql(address)) return open_postgresql(address, mode);
    return open_sqlite(address, mode, purpose);
}

}  // namespace phoihop::store
