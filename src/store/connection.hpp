// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <initializer_list>
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

/// A statement that runs once for every row of values, in order; without `?` it runs once. Views must outlive the call.
struct Repeated {
    std::string_view sql;
    std::size_t columns = 0;          ///< `?` in the statement
    std::span<const Parameter> rows;  ///< a multiple of `columns`
    /// Told the number of the row of values, from 0, with every row of its answer; may be absent.
    std::function<void(std::size_t, const Row&)> each = {};
    /// Told how many rows that run changed; may be absent.
    std::function<void(std::size_t, std::int64_t)> changed = {};

    [[nodiscard]] std::size_t times() const { return columns == 0 ? 1 : rows.size() / columns; }
};

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

    /// Runs statements with many rows of values each, all in order. PostgreSQL: a few journeys for all of them; the
    /// callbacks are called when the piece that they belong to is through. The first error is thrown and the rest is
    /// not run.
    virtual void run_each(std::span<const Repeated> statements) = 0;

    /// Runs several statements without parameters, separated by `;`, as they stand: migrations only.
    virtual void script(std::string_view sql) = 0;

    /// One statement for every row of values: `each(i, row)` for what row i answers.
    void query_each(std::string_view sql, std::size_t columns, std::span<const Parameter> rows,
                    std::function<void(std::size_t, const Row&)> each);
    /// One statement for every row of values; the number of rows changed by all of them.
    std::int64_t execute_each(std::string_view sql, std::size_t columns, std::span<const Parameter> rows);

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

/// "insert into <table> (<columns>) values (?, …)".
[[nodiscard]] std::string insert_statement(std::string_view table, std::span<const std::string_view> columns);

}  // namespace phoihop::store
