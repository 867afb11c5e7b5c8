// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite_backup.hpp"

#include "store/sqlite_database.hpp"

#include <sqlite3.h>

namespace phoihop::store {

namespace {

/// Copies page by page. The source is held at one state by its own transaction, so that a copy beside a busy
/// writer ends.
void copy_pages(SqliteConnection& source, SqliteConnection& target, const CopyProgress& progress)
{
    constexpr int pages_at_once = 4096;
    source.execute("begin");
    (void)source.integer("select count(*) from sqlite_master");  // takes the snapshot
    auto* copy = sqlite3_backup_init(target.handle(), "main", source.handle(), "main");
    if (copy == nullptr) throw StoreError(std::string("sqlite: ") + sqlite3_errmsg(target.handle()));
    int code = SQLITE_OK;
    while ((code = sqlite3_backup_step(copy, pages_at_once)) == SQLITE_OK) {
        const auto total = sqlite3_backup_pagecount(copy);
        if (progress) progress(total - sqlite3_backup_remaining(copy), total);
    }
    sqlite3_backup_finish(copy);
    source.execute("rollback");
    if (code != SQLITE_DONE) throw StoreError(std::string("sqlite: copying failed: ") + sqlite3_errstr(code));
}

bool is_empty(Connection& connection)
{
    return connection.integer("select count(*) from sqlite_master") == 0;
}

}  // namespace

Result<void> copy_sqlite(const Database& database, const std::string& path, const CopyProgress& progress)
{
    const auto& sqlite = dynamic_cast<const SqliteDatabase&>(database);
    SqliteConnection source(sqlite.file(), SqliteRole::reader, SqliteDurability::fsync);
    SqliteConnection target(path, SqliteRole::writer, SqliteDurability::fsync);
    copy_pages(source, target, progress);
    return {};
}

Result<void> fill_sqlite(Database& database, const std::string& path, const CopyProgress& progress)
{
    auto& target = dynamic_cast<SqliteConnection&>(database.writing_connection());
    if (!is_empty(target))
        return refuse(ProblemCode::wrong_state, database.address(), {{"state", "filled"}, {"wanted", "empty"}});
    // Opened as any database would be, so that a text file or a torn copy is refused before anything is written.
    PHOIHOP_TRY(opened, Database::open(path, OpenMode::read));
    SqliteConnection source(sqlite_file_of(path), SqliteRole::reader, SqliteDurability::fsync);
    if (is_empty(source) || !integrity(*opened).empty())
        return refuse(ProblemCode::wrong_type, path, {{"expected", "backup"}, {"found", "?"}});
    copy_pages(source, target, progress);
    return {};
}

std::vector<std::string> integrity_of_sqlite(Connection& connection)
{
    std::vector<std::string> findings;
    connection.query("pragma integrity_check", {}, [&](const Row& row) {
        if (row.text(0) != "ok") findings.emplace_back(row.text(0));
    });
    connection.query("pragma foreign_key_check", {}, [&](const Row& row) {
        findings.push_back("table " + std::string(row.text(0)) + ", row " + std::to_string(row.integer(1)) +
                           ": refers to nothing in " + std::string(row.text(2)));
    });
    return findings;
}

}  // namespace phoihop::store
