// SPDX-License-Identifier: Apache-2.0
#include "store/postgresql_connection.hpp"

#include "store/ddl.hpp"
#include "store/retry_error.hpp"

#include <poll.h>

#include <algorithm>
#include <charconv>
#include <utility>

namespace phoihop::store {

namespace {

constexpr std::size_t kept_statements_max = 1000;

/// From this many rows on, the two journeys of COPY beat executions sent together.
constexpr std::size_t copy_rows_min = 8;

/// What is sent before its answers are read: little enough for both sides' buffers, enough to forget the journey.
constexpr std::size_t piece_runs_max = 256;
constexpr std::size_t piece_bytes_max = 256U << 10U;

bool may_wait(std::string_view sql)
{
    return sql.starts_with("savepoint ") || sql.starts_with("release ") || sql.starts_with("notify ");
}

/// Words of transactions, which cannot be prepared or gain nothing by it.
bool is_plain(std::string_view sql)
{
    for (const auto* word : {"begin", "commit", "rollback", "listen "})
        if (sql.starts_with(word)) return true;
    return false;
}

std::string column_list(std::span<const std::string_view> columns)
{
    std::string list;
    for (const auto column : columns) list.append(list.empty() ? "(" : ", ").append(column);
    return list + ")";
}

/// PostgreSQL answers the commit of a failed transaction with a quiet rollback.
void checked_commit(std::string_view sql, PGresult* result)
{
    if (sql == "commit" && std::string_view(PQcmdStatus(result)) != "COMMIT")
        throw StoreError("postgresql: the transaction had failed before its commit");
}

std::int64_t changed_rows(PGresult* result)
{
    const std::string_view changed = PQcmdTuples(result);
    std::int64_t rows = 0;
    std::from_chars(changed.data(), changed.data() + changed.size(), rows);
    return rows;
}

}  // namespace

PostgresqlConnection::PostgresqlConnection(const std::string& uri)
{
    const char* const names[] = {"dbname", "client_encoding", "fallback_application_name", "connect_timeout", nullptr};
    const char* const values[] = {uri.c_str(), "UTF8", "phoihop", "10", nullptr};
    m_handle.reset(PQconnectdbParams(names, values, 1));
    if (lost()) throw StoreError("postgresql: " + std::string(PQerrorMessage(handle())));
    set_up_session();
}

void PostgresqlConnection::set_up_session()
{
    run_plain("set client_min_messages = warning");
    run_plain("set standard_conforming_strings = on");
}

void PostgresqlConnection::connect_again()
{
    m_waiting.clear();
    m_statements.clear();
    PQreset(handle());
    if (lost()) throw StoreError("postgresql: " + std::string(PQerrorMessage(handle())));
    set_up_session();
}

void PostgresqlConnection::fail(const PGresult* result, std::string_view sql) const
{
    const auto* state = result != nullptr ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : nullptr;
    std::string reason = result != nullptr ? PQresultErrorMessage(result) : PQerrorMessage(handle());
    while (!reason.empty() && reason.back() == '\n') reason.pop_back();
    const auto message =
        "postgresql: " + reason + " (" + (state != nullptr ? state : "?") + ") in: " + std::string(sql.substr(0, 300));
    const std::string_view code = state != nullptr ? state : "";
    // Class 23: integrity constraint violation (PostgreSQL manual, appendix A).
    if (code.starts_with("23")) throw ConstraintError(message);
    // serialization_failure, deadlock_detected.
    if (code == "40001" || code == "40P01") throw RetryError(message);
    throw StoreError(message);
}

PgResult PostgresqlConnection::checked(PgResult result, std::string_view sql) const
{
    const auto status = PQresultStatus(result.get());
    if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_COPY_IN) return result;
    fail(result.get(), sql);
}

void PostgresqlConnection::run_plain(const std::string& sql)
{
    std::string all;
    for (const auto& waiting : m_waiting) all.append(waiting).append(";");
    m_waiting.clear();
    all.append(sql);
    const auto result = checked(PgResult(PQexec(handle(), all.c_str())), sql);
    checked_commit(sql, result.get());
}

void PostgresqlConnection::flush_waiting()
{
    if (m_waiting.empty()) return;
    const auto last = std::move(m_waiting.back());
    m_waiting.pop_back();
    run_plain(last);
}

/// A server that was restarted, or dropped an idle session, has said so on the socket: nothing has begun, so that a
/// new session can take it.
void PostgresqlConnection::notice_loss()
{
    constexpr int looks_max = 16;  // farewells of a server that goes down come in front of the end itself
    for (int i = 0; i < looks_max && !lost(); ++i) {
        pollfd ready{PQsocket(handle()), POLLIN, 0};
        if (::poll(&ready, 1, 0) <= 0) return;
        PQconsumeInput(handle());
    }
}

void PostgresqlConnection::begin(std::string_view sql)
{
    m_waiting.clear();
    notice_loss();
    if (lost()) connect_again();
    m_waiting.emplace_back(sql);
}

void PostgresqlConnection::make_room(std::size_t statements)
{
    if (m_statements.size() + statements < kept_statements_max) return;
    run_plain("deallocate all");
    m_statements.clear();
}

const std::string& PostgresqlConnection::prepared(std::string_view sql, const PgParameters& parameters)
{
    m_key.assign(parameters.signature()).append(":").append(sql);
    if (const auto found = m_statements.find(m_key); found != m_statements.end()) return found->second;
    flush_waiting();  // a text that cannot be prepared must be undone by the savepoint before it
    const auto name = "s" + std::to_string(m_statements.size());
    checked(PgResult(PQprepare(handle(), name.c_str(), numbered_parameters(sql).c_str(), parameters.count(),
                               parameters.types())),
            sql);
    return m_statements.emplace(m_key, name).first->second;
}

PgResult PostgresqlConnection::run(std::string_view sql, std::span<const Parameter> values)
{
    make_room(1);
    PgParameters parameters(values);
    const auto& name = prepared(sql, parameters);
    if (!m_waiting.empty()) {
        const Ready one{sql, name, std::move(parameters)};
        return std::move(send_together(std::span(&one, 1)).front());
    }
    return checked(PgResult(PQexecPrepared(handle(), name.c_str(), parameters.count(), parameters.values(),
                                           parameters.lengths(), parameters.formats(), 1)),
                   sql);
}

bool PostgresqlConnection::send(const Ready& one)
{
    const auto& parameters = one.parameters;
    if (one.name.empty())
        return PQsendQueryParams(handle(), std::string(one.sql).c_str(), 0, nullptr, nullptr, nullptr, nullptr, 1) == 1;
    return PQsendQueryPrepared(handle(), one.name.c_str(), parameters.count(), parameters.values(),
                               parameters.lengths(), parameters.formats(), 1) == 1;
}

/// What waits and all of `ready`, in one journey; the answers of `ready`.
std::vector<PgResult> PostgresqlConnection::send_together(std::span<const Ready> ready)
{
    const auto waiting = std::exchange(m_waiting, {});
    bool sent = PQenterPipelineMode(handle()) == 1;
    for (const auto& word : waiting)
        sent = sent && PQsendQueryParams(handle(), word.c_str(), 0, nullptr, nullptr, nullptr, nullptr, 1) == 1;
    for (const auto& one : ready) sent = sent && send(one);
    sent = sent && PQpipelineSync(handle()) == 1;
    if (!sent) fail(nullptr, ready.front().sql);
    std::vector<PgResult> answers;
    answers.reserve(ready.size());
    PgResult error;
    std::string_view error_sql;
    // One result and one null per statement, then the sync; the first error makes the rest "aborted".
    for (std::size_t i = 0; i < waiting.size() + ready.size(); ++i) {
        const auto sql = i < waiting.size() ? std::string_view(waiting[i]) : ready[i - waiting.size()].sql;
        PgResult result(PQgetResult(handle()));
        if (!result) fail(nullptr, sql);
        if (!error && PQresultStatus(result.get()) == PGRES_FATAL_ERROR) {
            error = std::move(result);
            error_sql = sql;
        } else if (i >= waiting.size()) {
            answers.push_back(std::move(result));
        }
        while (PgResult(PQgetResult(handle()))) {
        }
    }
    const PgResult sync(PQgetResult(handle()));
    if (error && lost()) fail(error.get(), error_sql);
    if (PQresultStatus(sync.get()) != PGRES_PIPELINE_SYNC || PQexitPipelineMode(handle()) != 1)
        fail(nullptr, ready.front().sql);
    if (error) fail(error.get(), error_sql);
    return answers;
}

PostgresqlConnection::Ready PostgresqlConnection::ready(const Repeated& statement, std::size_t index)
{
    PgParameters parameters(statement.rows.subspan(index * statement.columns, statement.columns));
    auto name =
        is_plain(statement.sql) || may_wait(statement.sql) ? std::string() : prepared(statement.sql, parameters);
    return {statement.sql, std::move(name), std::move(parameters), &statement, index};
}

void PostgresqlConnection::run_each(std::span<const Repeated> statements)
{
    std::vector<Ready> piece;
    std::size_t bytes = 0;
    const auto send_piece = [&] {
        if (!piece.empty()) run_piece(piece);
        piece.clear();
        bytes = 0;
    };
    for (const auto& statement : statements) {
        for (std::size_t i = 0; i < statement.times(); ++i) {
            if (piece.empty()) make_room(piece_runs_max);
            piece.push_back(ready(statement, i));
            bytes += piece.back().parameters.bytes();
            if (piece.size() == piece_runs_max || bytes >= piece_bytes_max) send_piece();
        }
    }
    send_piece();
}

void PostgresqlConnection::run_piece(std::span<const Ready> piece)
{
    const auto answers = send_together(piece);
    for (std::size_t i = 0; i < piece.size(); ++i) {
        const auto* of = piece[i].of;
        const auto index = piece[i].index;
        auto* answer = answers[i].get();
        checked_commit(of->sql, answer);
        if (of->changed) of->changed(index, changed_rows(answer));
        if (!of->each) continue;
        PgRow row(answer);
        for (int at = 0; at < PQntuples(answer); ++at) {
            row.stand_at(at);
            of->each(index, row);
        }
    }
}

void PostgresqlConnection::query(std::string_view sql, std::span<const Parameter> parameters, const RowCallback& each)
{
    const auto result = run(sql, parameters);
    PgRow row(result.get());
    for (int i = 0; i < PQntuples(result.get()); ++i) {
        row.stand_at(i);
        each(row);
    }
}

std::int64_t PostgresqlConnection::execute(std::string_view sql, std::span<const Parameter> parameters)
{
    if (may_wait(sql)) {
        // A statement failed and nobody undid it: nothing since can be kept, and the next job must not be blamed.
        if (PQtransactionStatus(handle()) == PQTRANS_INERROR) throw StoreError("postgresql: kept after a failure");
        m_waiting.emplace_back(sql);
        return 0;
    }
    if (is_plain(sql)) {
        sql.starts_with("begin") ? begin(sql) : run_plain(std::string(sql));
        return 0;
    }
    return changed_rows(run(sql, parameters).get());
}

void PostgresqlConnection::append(std::string_view table, std::span<const std::string_view> columns,
                                  std::span<const Parameter> rows)
{
    if (rows.size() < copy_rows_min * columns.size()) {
        const auto sql = insert_statement(table, columns);
        const Repeated one{sql, columns.size(), rows};
        run_each(std::span(&one, 1));
        return;
    }
    const auto data = copy_data(columns.size(), rows);
    const auto sql = "copy " + std::string(table) + " " + column_list(columns) + " from stdin (format binary)";
    flush_waiting();
    checked(PgResult(PQexec(handle(), sql.c_str())), sql);
    constexpr std::size_t piece = 1U << 20U;
    for (std::size_t at = 0; at < data.size(); at += piece) {
        const auto length = std::min(piece, data.size() - at);
        if (PQputCopyData(handle(), data.data() + at, static_cast<int>(length)) != 1) fail(nullptr, sql);
    }
    if (PQputCopyEnd(handle(), nullptr) != 1) fail(nullptr, sql);
    PgResult result(PQgetResult(handle()));
    while (PgResult(PQgetResult(handle()))) {
    }
    checked(std::move(result), sql);
}

void PostgresqlConnection::script(std::string_view sql)
{
    // Prepared statements may mean other columns after a change of tables.
    m_statements.clear();
    run_plain("deallocate all");
    run_plain(std::string(sql));
}

}  // namespace phoihop::store
