// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/database.hpp"

#include <deque>

namespace phoihop::store {

/// Statements for many things at once. Those of one text run together, kinds of statements in the order in which
/// their first one came, so that nothing may depend on a later kind; PostgreSQL takes them in one journey or a few, and
/// many inserts of one table by COPY. Texts of statements must be literals, other views must outlive run(); `keep`
/// gives what is made on the way a place.
class Together {
public:
    explicit Together(Connection& connection) : m_connection(connection) {}

    /// `each` is called by run() for every row of this statement's answer.
    void query(std::string_view sql, std::initializer_list<Parameter> values, RowCallback each);
    void execute(std::string_view sql, std::initializer_list<Parameter> values);
    /// Must change exactly one row; else run() throws a ConstraintError: another process was faster.
    void change_one(std::string_view sql, std::initializer_list<Parameter> values);
    void insert(std::string_view table, std::span<const std::string_view> columns,
                std::initializer_list<Parameter> values);

    [[nodiscard]] std::string_view keep(std::string text);
    [[nodiscard]] BytesView keep(Bytes bytes);

    /// Runs everything and forgets it. After an exception nothing may be run again.
    void run();

private:
    enum class Change : std::uint8_t { any, one };
    struct Kind {
        std::string_view text;  ///< the statement, or the table of an insert
        std::span<const std::string_view> columns;
        std::size_t width = 0;
        Change change = Change::any;
        std::vector<Parameter> rows = {};
        std::vector<RowCallback> each = {};
        std::string insert = {};  ///< the statement of few inserts
    };
    Kind& kind(const Kind& wanted);
    [[nodiscard]] static Repeated repeated(const Kind& kind);

    Connection& m_connection;
    std::vector<Kind> m_kinds;
    std::deque<std::string> m_texts;
    std::deque<Bytes> m_bytes;
};

}  // namespace phoihop::store
