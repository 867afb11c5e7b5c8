// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <libpq-fe.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace phoihop::bench {

/// A conversation with PostgreSQL by libpq, as a program would have it that knows no other engine. Throws what goes
/// wrong.
class Postgresql {
public:
    explicit Postgresql(const std::string& address);

    /// Statements without parameters.
    void script(const std::string& sql);
    /// One value as text, "" = no row.
    [[nodiscard]] std::string value(const std::string& sql);

    /// Prepares `sql` at its first use; parameters are whole numbers ($1::bigint), answers binary.
    class Rows {
    public:
        explicit Rows(PGresult* result) : m_result(result, PQclear) {}
        [[nodiscard]] int size() const { return PQntuples(m_result.get()); }
        [[nodiscard]] std::int64_t integer(int row, int column) const;  ///< bigint; `empty` for null
        [[nodiscard]] std::string text(int row, int column) const;

    private:
        std::unique_ptr<PGresult, void (*)(PGresult*)> m_result;
    };
    Rows ask(const std::string& name, const std::string& sql, std::span<const std::int64_t> parameters);
    void prepare(const std::string& name, const std::string& sql);

    [[nodiscard]] PGconn* handle() { return m_connection.get(); }

private:
    std::unique_ptr<PGconn, void (*)(PGconn*)> m_connection;
};

/// The address of another database of the same cluster.
[[nodiscard]] std::string address_of(const std::string& cluster, const std::string& database);

/// Calls `use` with the address of a new database, and drops it.
void fresh_database(const std::string& cluster, const std::string& database,
                    const std::function<void(const std::string&)>& use);

/// COPY … FROM STDIN in the binary format; `end` (or an exception) finishes it.
class CopyIn {
public:
    CopyIn(Postgresql& database, const std::string& target, int columns);
    ~CopyIn();
    CopyIn(const CopyIn&) = delete;
    CopyIn& operator=(const CopyIn&) = delete;

    void row();
    void bigint(std::int64_t value);  ///< `empty` = null
    void integer(std::int32_t value);
    void smallint(std::int16_t value);
    void text(std::string_view value);
    void end();

private:
    void number(std::uint64_t value, int bytes);
    void flush(std::size_t keep);

    Postgresql& m_database;
    int m_columns;
    bool m_open = true;
    std::string m_buffer;
};

}  // namespace phoihop::bench
