// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace phoihop::store {

using Bytes = std::vector<std::byte>;
using BytesView = std::span<const std::byte>;

/// The engine failed: disk full, file corrupt, server gone, SQL wrong. Nobody but the operator can
/// mend it; caught once per request or command.
class StoreError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// A unique, foreign-key, check or not-null rule of the schema refused the statement. Stores catch
/// it where such a refusal is expected and translate it into a Problem. After it a job can only refuse: PostgreSQL
/// takes no more statements until the job is undone. To go on instead, ask first or say `on conflict`.
class ConstraintError : public StoreError {
public:
    using StoreError::StoreError;
};

/// The value of one `?`. Views must outlive the call only.
using Parameter = std::variant<std::nullptr_t, std::int64_t, std::string_view, BytesView>;

/// One row of an answer; valid only inside the callback that receives it. Columns count from 0.
class Row {
public:
    virtual ~Row() = default;
    [[nodiscard]] virtual bool is_null(int column) const = 0;
    [[nodiscard]] virtual std::int64_t integer(int column) const = 0;   ///< 0 when null
    [[nodiscard]] virtual std::string_view text(int column) const = 0;  ///< "" when null
    [[nodiscard]] virtual BytesView blob(int column) const = 0;         ///< empty when null
};

using RowCallback = std::function<void(const Row&)>;

/// One conversation with the engine. Not thread-safe. SQL is the common subset (ARCHITECTURE.md,
/// "One SQL"): `?` parameters, `on conflict`, `returning`, integer/text/blob. Prepared statements
/// are kept by their text, so pass literals, never glued strings.
class Connection {
public:
    virtual ~Connection() = default;

    /// Runs a statement and calls `each` for every row of its answer, in order.
    virtual void query(std::string_view sql, std::span<const Parameter> parameters, const RowCallback& each) = 0;

    /// Runs a statement; the number of rows changed.
    virtual std::int64_t execute(std::string_view sql, std::span<const Parameter> parameters) = 0;

    /// Runs one INSERT once per row of a batch: `rows.size()` is a multiple of `columns`. The engine's
    /// fastest durable way (SQLite: one prepared statement; PostgreSQL: COPY or unnest).
    virtual void append(std::string_view table, std::span<const std::string_view> columns,
                        std::span<const Parameter> rows) = 0;

    /// Runs several statements without parameters, separated by `;`, as they stand: migrations only.
    virtual void script(std::string_view sql) = 0;

    void query(std::string_view sql, std::initializer_list<Parameter> parameters, const RowCallback& each)
    {
        query(sql, std::span(parameters.begin(), parameters.size()), each);
    }
    std::int64_t execute(std::string_view sql, std::initializer_list<Parameter> parameters = {})
    {
        return execute(sql, std::span(parameters.begin(), parameters.size()));
    }

    /// The first row's first column, or nothing.
    [[nodiscard]] std::optional<std::int64_t> integer(std::string_view sql,
                                                      std::initializer_list<Parameter> parameters = {});
    [[nodiscard]] std::optional<std::string> text(std::string_view sql,
                                                  std::initializer_list<Parameter> parameters = {});
};

/// Tells of commits that other processes make to the same database.
class CommitListener {
public:
    virtual ~CommitListener() = default;
    /// Returns at a notice, at interrupt(), or after `at_most`; also without any reason.
    virtual void wait(std::chrono::milliseconds at_most) = 0;
    /// Ends a wait, now or the next one; from any thread.
    virtual void interrupt() = 0;
};

enum class Engine : std::uint8_t { sqlite, postgresql };

/// How a database is opened. `read` never takes the writing lock; `write` does (SQLite) and fails with
/// `busy` (fact: holder) when another process holds it; `create` also makes a new empty database.
enum class OpenMode : std::uint8_t { read, write, create };

/// A database of one of the two engines, opened by its address ("phoihop.db", "postgresql://…").
/// ":memory:" is a private SQLite database that goes with the object: tests and trials.
/// Thread-safe: reads take a connection from a pool; there is exactly one writing connection, used
/// only by `Writer` (and by migrations before it exists).
class Database {
public:
    virtual ~Database() = default;

    /// `purpose` is what another process is told when it finds the file locked ("serve", "import"). A file
    /// that is missing is `not_found`, one that is no database `wrong_type`, one that is held `busy`.
    [[nodiscard]] static Result<std::unique_ptr<Database>> open(const std::string& address, OpenMode mode,
                                                                std::string_view purpose = "phoihop");

    [[nodiscard]] virtual Engine engine() const = 0;
    [[nodiscard]] virtual const std::string& address() const = 0;

    /// Calls `reading` with one consistent snapshot: all statements inside see the same state.
    virtual void read(const std::function<void(Connection&)>& reading) const = 0;

    /// The writing connection, outside any transaction. Only `Writer` and `migrate` may ask.
    [[nodiscard]] virtual Connection& writing_connection() = 0;

    /// A listener of its own connection; nothing on SQLite, where nobody else can write.
    [[nodiscard]] virtual std::unique_ptr<CommitListener> listen() = 0;
};

}  // namespace phoihop::store
