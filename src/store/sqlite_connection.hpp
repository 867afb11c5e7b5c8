// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/database.hpp"

#include <string>
#include <unordered_map>

struct sqlite3;
struct sqlite3_stmt;

namespace phoihop::store {

/// What a SQLite connection is for. Only the `writer` ever checkpoints: two connections that write or
/// checkpoint at once can lose data in the SQLite versions before 3.51.3 ("WAL-reset bug").
enum class SqliteRole : std::uint8_t { reader, writer };

/// How much a commit costs: `fsync` survives a power cut; `none` is for databases that go with the process.
enum class SqliteDurability : std::uint8_t { fsync, none };

class SqliteConnection final : public Connection {
public:
    SqliteConnection(const std::string& path, SqliteRole role, SqliteDurability durability);
    ~SqliteConnection() override;
    SqliteConnection(const SqliteConnection&) = delete;
    SqliteConnection& operator=(const SqliteConnection&) = delete;

    using Connection::execute;
    using Connection::query;
    void query(std::string_view sql, std::span<const Parameter> parameters, const RowCallback& each) override;
    std::int64_t execute(std::string_view sql, std::span<const Parameter> parameters) override;
    void append(std::string_view table, std::span<const std::string_view> columns,
                std::span<const Parameter> rows) override;
    void run_each(std::span<const Repeated> statements) override;
    void script(std::string_view sql) override;

    [[nodiscard]] sqlite3* handle() const { return m_handle; }

private:
    struct Statement {
        sqlite3_stmt* handle = nullptr;
        bool in_use = false;
    };
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
    };
    class Lease;

    [[nodiscard]] sqlite3_stmt* prepare(std::string_view sql) const;
    void forget_idle_statements();
    [[noreturn]] void fail(int code, std::string_view sql) const;
    void bind(sqlite3_stmt* statement, std::span<const Parameter> parameters, std::string_view sql) const;
    void run_once(sqlite3_stmt* prepared, const Repeated& statement, std::size_t index) const;
    void configure(SqliteRole role, SqliteDurability durability);

    sqlite3* m_handle = nullptr;
    std::unordered_map<std::string, Statement, Hash, std::equal_to<>> m_statements;
};

}  // namespace phoihop::store
