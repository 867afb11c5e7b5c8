// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite_connection.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <cstring>

namespace phoihop::store {

namespace {

constexpr std::size_t kept_statements_max = 500;
constexpr int busy_timeout_ms = 10'000;

class SqliteRow final : public Row {
public:
    explicit SqliteRow(sqlite3_stmt* statement) : m_statement(statement) {}

    bool is_null(int column) const override { return sqlite3_column_type(m_statement, column) == SQLITE_NULL; }
    std::int64_t integer(int column) const override { return sqlite3_column_int64(m_statement, column); }
    std::string_view text(int column) const override
    {
        const auto* data = reinterpret_cast<const char*>(sqlite3_column_text(m_statement, column));
        if (data == nullptr) return {};
        return {data, static_cast<std::size_t>(sqlite3_column_bytes(m_statement, column))};
    }
    BytesView blob(int column) const override
    {
        const auto* data = static_cast<const std::byte*>(sqlite3_column_blob(m_statement, column));
        if (data == nullptr) return {};
        return {data, static_cast<std::size_t>(sqlite3_column_bytes(m_statement, column))};
    }

private:
    sqlite3_stmt* m_statement;
};

struct Binder {
    sqlite3_stmt* statement;
    int index;

    int operator()(std::nullptr_t) const { return sqlite3_bind_null(statement, index); }
    int operator()(std::int64_t value) const { return sqlite3_bind_int64(statement, index, value); }
    int operator()(std::string_view value) const
    {
        // A null pointer would bind NULL, but an empty view is an empty text.
        const char* data = value.data() == nullptr ? "" : value.data();
        return sqlite3_bind_text64(statement, index, data, value.size(), SQLITE_STATIC, SQLITE_UTF8);
    }
    int operator()(BytesView value) const
    {
        if (value.empty()) return sqlite3_bind_zeroblob(statement, index, 0);
        return sqlite3_bind_blob64(statement, index, value.data(), value.size(), SQLITE_STATIC);
    }
};

/// PostgreSQL's name for comparing bytes, so that one SQL text sorts alike on both engines.
int compare_bytes(void*, int left_size, const void* left, int right_size, const void* right)
{
    const auto common = static_cast<std::size_t>(std::min(left_size, right_size));
    const int order = common == 0 ? 0 : std::memcmp(left, right, common);
    return order != 0 ? order : left_size - right_size;
}

}  // namespace

/// A prepared statement for the time of one use: reset at the end whatever happens. A statement that is
/// already running (a query inside the callback of the same query) gets a copy of its own.
class SqliteConnection::Lease {
public:
    Lease(SqliteConnection& connection, std::string_view sql)
    {
        auto found = connection.m_statements.find(sql);
        if (found == connection.m_statements.end()) {
            if (connection.m_statements.size() >= kept_statements_max) connection.forget_idle_statements();
            auto* prepared = connection.prepare(sql);
            found = connection.m_statements.emplace(std::string(sql), Statement{prepared}).first;
        }
        if (found->second.in_use) {
            m_own = m_statement = connection.prepare(sql);
        } else {
            m_kept = &found->second;
            m_kept->in_use = true;
            m_statement = m_kept->handle;
        }
    }
    ~Lease()
    {
        if (m_own != nullptr) {
            sqlite3_finalize(m_own);
        } else {
            sqlite3_reset(m_statement);
            m_kept->in_use = false;
        }
    }
    Lease(const Lease&) = delete;
    Lease& operator=(const Lease&) = delete;

    [[nodiscard]] sqlite3_stmt* get() const { return m_statement; }

private:
    Statement* m_kept = nullptr;
    sqlite3_stmt* m_own = nullptr;
    sqlite3_stmt* m_statement = nullptr;
};

SqliteConnection::SqliteConnection(const std::string& path, SqliteRole role, SqliteDurability durability)
{
    // Before the library is used for the first time: nobody asks it how much memory it holds, and counting that takes
    // a lock at each allocation.
    [[maybe_unused]] static const int configured = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    const int access = role == SqliteRole::reader ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    // The caller keeps two threads from using one connection at a time, so SQLite need not.
    const int code = sqlite3_open_v2(path.c_str(), &m_handle, access | SQLITE_OPEN_NOMUTEX, nullptr);
    try {
        if (code != SQLITE_OK) fail(code, path);
        configure(role, durability);
    } catch (...) {
        sqlite3_close(m_handle);
        throw;
    }
}

SqliteConnection::~SqliteConnection()
{
    for (auto& [sql, statement] : m_statements) sqlite3_finalize(statement.handle);
    sqlite3_close(m_handle);
}

void SqliteConnection::configure(SqliteRole role, SqliteDurability durability)
{
    sqlite3_extended_result_codes(m_handle, 1);
    sqlite3_busy_timeout(m_handle, busy_timeout_ms);
    // "x" is a name, never a text, as on PostgreSQL.
    sqlite3_db_config(m_handle, SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
    sqlite3_db_config(m_handle, SQLITE_DBCONFIG_DQS_DDL, 0, nullptr);
    sqlite3_db_config(m_handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    sqlite3_create_collation(m_handle, "C", SQLITE_UTF8, nullptr, compare_bytes);
    script("pragma case_sensitive_like=on; pragma foreign_keys=on; pragma temp_store=memory;");
    if (role == SqliteRole::reader) {
        sqlite3_db_config(m_handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
        script("pragma wal_autocheckpoint=0; pragma cache_size=-16384; pragma query_only=on;");
        return;
    }
    script(
        "pragma journal_mode=wal; pragma secure_delete=on; pragma cache_size=-65536;"
        "pragma wal_autocheckpoint=4000; pragma journal_size_limit=67108864;");
    script(durability == SqliteDurability::fsync ? "pragma synchronous=full;" : "pragma synchronous=off;");
}

void SqliteConnection::fail(int code, std::string_view sql) const
{
    const std::string reason = m_handle != nullptr ? sqlite3_errmsg(m_handle) : sqlite3_errstr(code);
    const auto message = "sqlite: " + reason + " (" + std::to_string(code) + ") in: " + std::string(sql.substr(0, 300));
    if ((code & 0xff) == SQLITE_CONSTRAINT) throw ConstraintError(message);
    throw StoreError(message);
}

sqlite3_stmt* SqliteConnection::prepare(std::string_view sql) const
{
    sqlite3_stmt* statement = nullptr;
    const int code = sqlite3_prepare_v3(m_handle, sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT,
                                        &statement, nullptr);
    if (code != SQLITE_OK) fail(code, sql);
    if (statement == nullptr) throw StoreError("sqlite: an empty statement");
    return statement;
}

void SqliteConnection::forget_idle_statements()
{
    std::erase_if(m_statements, [](auto& entry) {
        if (entry.second.in_use) return false;
        sqlite3_finalize(entry.second.handle);
        return true;
    });
}

void SqliteConnection::bind(sqlite3_stmt* statement, std::span<const Parameter> parameters, std::string_view sql) const
{
    if (sqlite3_bind_parameter_count(statement) != static_cast<int>(parameters.size()))
        throw StoreError("sqlite: another number of parameters than of ? in: " + std::string(sql.substr(0, 300)));
    int index = 0;
    for (const auto& parameter : parameters) {
        const int code = std::visit(Binder{statement, ++index}, parameter);
        if (code != SQLITE_OK) fail(code, sql);
    }
}

void SqliteConnection::query(std::string_view sql, std::span<const Parameter> parameters, const RowCallback& each)
{
    const Lease lease(*this, sql);
    bind(lease.get(), parameters, sql);
    const SqliteRow row(lease.get());
    int code = SQLITE_ROW;
    while ((code = sqlite3_step(lease.get())) == SQLITE_ROW) each(row);
    if (code != SQLITE_DONE) fail(code, sql);
}

std::int64_t SqliteConnection::execute(std::string_view sql, std::span<const Parameter> parameters)
{
    const Lease lease(*this, sql);
    bind(lease.get(), parameters, sql);
    int code = SQLITE_ROW;
    while ((code = sqlite3_step(lease.get())) == SQLITE_ROW) {
    }
    if (code != SQLITE_DONE) fail(code, sql);
    return sqlite3_stmt_readonly(lease.get()) != 0 ? 0 : sqlite3_changes64(m_handle);
}

void SqliteConnection::append(std::string_view table, std::span<const std::string_view> columns,
                              std::span<const Parameter> rows)
{
    const auto sql = insert_statement(table, columns);
    const Repeated one{sql, columns.size(), rows};
    run_each(std::span(&one, 1));
}

void SqliteConnection::run_each(std::span<const Repeated> statements)
{
    for (const auto& statement : statements) {
        const Lease lease(*this, statement.sql);
        for (std::size_t i = 0; i < statement.times(); ++i) run_once(lease.get(), statement, i);
    }
}

void SqliteConnection::run_once(sqlite3_stmt* prepared, const Repeated& statement, std::size_t index) const
{
    const SqliteRow row(prepared);
    bind(prepared, statement.rows.subspan(index * statement.columns, statement.columns), statement.sql);
    int code = SQLITE_ROW;
    while ((code = sqlite3_step(prepared)) == SQLITE_ROW)
        if (statement.each) statement.each(index, row);
    if (code != SQLITE_DONE) fail(code, statement.sql);
    if (statement.changed)
        statement.changed(index, sqlite3_stmt_readonly(prepared) != 0 ? 0 : sqlite3_changes64(m_handle));
    sqlite3_reset(prepared);
}

void SqliteConnection::script(std::string_view sql)
{
    const int code = sqlite3_exec(m_handle, std::string(sql).c_str(), nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) fail(code, sql);
}

}  // namespace phoihop::store
