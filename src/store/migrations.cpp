// SPDX-License-Identifier: Apache-2.0
#include "store/migrations.hpp"

#include "store/ddl.hpp"

#include <algorithm>

namespace phoihop::store {

namespace {

constexpr std::string_view migration_table =
    "create table if not exists migration (number integer primary key, name text not null) strict;";

std::string script_for(Engine engine, const Migration& migration)
{
    switch (engine) {
        case Engine::sqlite: return std::string(migration.sql) + "\n" + std::string(migration.sql_sqlite);
        case Engine::postgresql:
            return ddl_for_postgresql(migration.sql) + "\n" + std::string(migration.sql_postgresql);
    }
    return {};
}

std::vector<std::int64_t> done_numbers(Connection& connection)
{
    std::vector<std::int64_t> done;
    connection.query("select number from migration order by number", {},
                     [&](const Row& row) { done.push_back(row.integer(0)); });
    return done;
}

void apply(Connection& connection, Engine engine, const Migration& migration)
{
    connection.execute("begin");
    try {
        connection.script(script_for(engine, migration));
        connection.execute("insert into migration (number, name) values (?, ?)",
                           {std::int64_t{migration.number}, migration.name});
        connection.execute("commit");
    } catch (const StoreError& error) {
        connection.execute("rollback");
        throw StoreError("migration " + std::to_string(migration.number) + " " + std::string(migration.name) + ": " +
                         error.what());
    }
}

}  // namespace

Result<int> migrate(Database& database, std::span<const Migration> migrations)
{
    auto& connection = database.writing_connection();
    const auto engine = database.engine();
    connection.script(engine == Engine::sqlite ? std::string(migration_table) : ddl_for_postgresql(migration_table));
    const auto done = done_numbers(connection);
    const int known = migrations.empty() ? 0 : migrations.back().number;
    if (!done.empty() && done.back() > known) {
        return refuse(ProblemCode::newer_schema, database.address(),
                      {{"found", std::to_string(done.back())}, {"known", std::to_string(known)}});
    }
    int applied = 0;
    for (const auto& migration : migrations) {
        if (std::ranges::binary_search(done, std::int64_t{migration.number})) continue;
        apply(connection, engine, migration);
        ++applied;
    }
    return applied;
}

}  // namespace phoihop::store
