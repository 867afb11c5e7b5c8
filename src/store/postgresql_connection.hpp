// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/postgresql_values.hpp"

#include <unordered_map>

namespace phoihop::store {

/// One session of a PostgreSQL server. An answer is held in memory as a whole while its rows are given out, so
/// that statements may run inside the callback.
class PostgresqlConnection final : public Connection {
public:
    /// `uri` is "postgresql://…", with all that libpq knows in its query part.
    explicit PostgresqlConnection(const std::string& uri);

    using Connection::execute;
    using Connection::query;
    void query(std::string_view sql, std::span<const Parameter> parameters, const RowCallback& each) override;
    std::int64_t execute(std::string_view sql, std::span<const Parameter> parameters) override;
    void append(std::string_view table, std::span<const std::string_view> columns,
                std::span<const Parameter> rows) override;
    void run_each(std::span<const Repeated> statements) override;
    void script(std::string_view sql) override;

    [[nodiscard]] PGconn* handle() const { return m_handle.get(); }
    [[nodiscard]] bool lost() const { return PQstatus(m_handle.get()) != CONNECTION_OK; }

    /// The same session anew, when it was lost.
    void connect_again();

private:
    struct Finish {
        void operator()(PGconn* connection) const { PQfinish(connection); }
    };

    /// One run of one statement, ready to be sent.
    struct Ready {
        std::string_view sql;
        std::string name;  ///< at the server; "" = sent as text
        PgParameters parameters;
        const Repeated* of = nullptr;
        std::size_t index = 0;
    };

    [[nodiscard]] PgResult run(std::string_view sql, std::span<const Parameter> parameters);
    [[nodiscard]] std::vector<PgResult> send_together(std::span<const Ready> ready);
    [[nodiscard]] bool send(const Ready& one);
    [[nodiscard]] Ready ready(const Repeated& statement, std::size_t index);
    void run_piece(std::span<const Ready> piece);
    void make_room(std::size_t statements);
    const std::string& prepared(std::string_view sql, const PgParameters& parameters);
    void run_plain(const std::string& sql);
    void begin(std::string_view sql);
    void notice_loss();
    void flush_waiting();
    PgResult checked(PgResult result, std::string_view sql) const;
    [[noreturn]] void fail(const PGresult* result, std::string_view sql) const;
    void set_up_session();

    std::unique_ptr<PGconn, Finish> m_handle;
    std::unordered_map<std::string, std::string> m_statements;  ///< signature and text → name at the server
    std::string m_key;                                          ///< kept between calls for its memory
    /// Words of transactions that need no answer: they travel with the next statement and save a journey each.
    std::vector<std::string> m_waiting;
};

}  // namespace phoihop::store
