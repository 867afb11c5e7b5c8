// SPDX-License-Identifier: Apache-2.0
#include "store/migrations.hpp"

#include "store/backup.hpp"
#include "store/ddl.hpp"
#include "store/sqlite_database.hpp"

#include <algorithm>
#include <filesystem>

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

/// A name that is still free: the same step may have been tried before.
std::string free_name(const std::filesystem::path& folder, const std::string& name, const std::string& ending)
{
    auto path = folder / (name + ending);
    for (int i = 2; std::filesystem::exists(path); ++i) path = folder / (name + "-" + std::to_string(i) + ending);
    return path;
}

Result<void> back_up_before(const Database& database, std::int64_t newest, const std::string& folder)
{
    const auto step = ".before-" + std::to_string(newest);
    if (database.engine() == Engine::postgresql)
        return backup(database, free_name(folder.empty() ? "." : folder, "phoihop" + step, ".dump"));
    if (database.address() == ":memory:" && folder.empty()) return {};
    const std::filesystem::path file(sqlite_file_of(database.address()));
    return backup(database, free_name(folder.empty() ? file.parent_path() : std::filesystem::path(folder),
                                      file.filename().string() + step, ""));
}

}  // namespace

Result<int> migrate(Database& database, std::span<const Migration> migrations, const std::string& backup_folder)
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
    const auto is_done = [&](const Migration& migration) {
        return std::ranges::binary_search(done, std::int64_t{migration.number});
    };
    if (!done.empty() && !std::ranges::all_of(migrations, is_done))
        PHOIHOP_CHECK_OK(back_up_before(database, done.back(), backup_folder));
    int applied = 0;
    for (const auto& migration : migrations) {
        if (is_done(migration)) continue;
        apply(connection, engine, migration);
        ++applied;
    }
    return applied;
}

}  // namespace phoihop::store
