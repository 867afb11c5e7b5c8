// SPDX-License-Identifier: Apache-2.0
#include "store/postgresql_connection.hpp"

#include "store/ddl.hpp"

#include <algorithm>
#include <charconv>

namespace phoihop::store {

namespace {

constexpr std::size_t kept_statements_max = 500;

/// From this many rows on, COPY beats one journey per row.
constexpr std::size_t copy_rows_min = 3;

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
    // Class 23: integrity constraint violation (PostgreSQL manual, appendix A).
    if (state != nullptr && std::string_view(state).starts_with("23")) throw ConstraintError(message);
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
    // PostgreSQL answers the commit of a failed transaction with a quiet rollback.
    if (sql == "commit" && std::string_view(PQcmdStatus(result.get())) != "COMMIT")
        throw StoreError("postgresql: the transaction had failed before its commit");
}

void PostgresqlConnection::flush_waiting()
{
    if (m_waiting.empty()) return;
    const auto last = std::move(m_waiting.back());
    m_waiting.pop_back();
    run_plain(last);
}

void PostgresqlConnection::begin(const std::string& sql)
{
    m_waiting.clear();
    try {
        run_plain(sql);
    } catch (const StoreError&) {
        // A server that was restarted, or dropped an idle session: nothing has begun, so it may be said again.
        if (!lost()) throw;
        connect_again();
        run_plain(sql);
    }
}

const std::string& PostgresqlConnection::prepared(std::string_view sql, const PgParameters& parameters)
{
    m_key.assign(parameters.signature()).append(":").append(sql);
    if (const auto found = m_statements.find(m_key); found != m_statements.end()) return found->second;
    flush_waiting();  // a text that cannot be prepared must be undone by the savepoint before it
    if (m_statements.size() >= kept_statements_max) {
        run_plain("deallocate all");
        m_statements.clear();
    }
    const auto name = "s" + std::to_string(m_statements.size());
    checked(PgResult(PQprepare(handle(), name.c_str(), numbered_parameters(sql).c_str(), parameters.count(),
                               parameters.types())),
            sql);
    return m_statements.emplace(m_key, name).first->second;
}

PgResult PostgresqlConnection::run(std::string_view sql, std::span<const Parameter> values)
{
    const PgParameters parameters(values);
    const auto& name = prepared(sql, parameters);
    if (!m_waiting.empty()) return run_behind_waiting(name, parameters, sql);
    return checked(PgResult(PQexecPrepared(handle(), name.c_str(), parameters.count(), parameters.values(),
                                           parameters.lengths(), parameters.formats(), 1)),
                   sql);
}

PgResult PostgresqlConnection::run_behind_waiting(const std::string& name, const PgParameters& parameters,
                                                  std::string_view sql)
{
    bool sent = PQenterPipelineMode(handle()) == 1;
    for (const auto& waiting : m_waiting)
        sent = sent && PQsendQueryParams(handle(), waiting.c_str(), 0, nullptr, nullptr, nullptr, nullptr, 1) == 1;
    sent = sent && PQsendQueryPrepared(handle(), name.c_str(), parameters.count(), parameters.values(),
                                       parameters.lengths(), parameters.formats(), 1) == 1;
    sent = sent && PQpipelineSync(handle()) == 1;
    if (!sent) fail(nullptr, sql);
    PgResult answer;
    // One result and one null per statement, then the sync; the first error makes the rest "aborted".
    for (std::size_t i = 0; i <= m_waiting.size(); ++i) {
        PgResult result(PQgetResult(handle()));
        if (!result) fail(nullptr, sql);
        const bool error_known = answer && PQresultStatus(answer.get()) == PGRES_FATAL_ERROR;
        if (!error_known) answer = std::move(result);
        while (PgResult(PQgetResult(handle()))) {
        }
    }
    m_waiting.clear();
    const PgResult sync(PQgetResult(handle()));
    if (PQresultStatus(sync.get()) != PGRES_PIPELINE_SYNC || PQexitPipelineMode(handle()) != 1) fail(nullptr, sql);
    return checked(std::move(answer), sql);
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
        sql.starts_with("begin") ? begin(std::string(sql)) : run_plain(std::string(sql));
        return 0;
    }
    const auto result = run(sql, parameters);
    const std::string_view changed = PQcmdTuples(result.get());
    std::int64_t rows = 0;
    std::from_chars(changed.data(), changed.data() + changed.size(), rows);
    return rows;
}

void PostgresqlConnection::append(std::string_view table, std::span<const std::string_view> columns,
                                  std::span<const Parameter> rows)
{
    if (rows.size() < copy_rows_min * columns.size()) {
        std::string sql = "insert into ";
        sql.append(table).append(" ").append(column_list(columns)).append(" values (");
        for (std::size_t i = 0; i < columns.size(); ++i) sql.append(i == 0 ? "?" : ", ?");
        sql.append(")");
        for (std::size_t first = 0; first < rows.size(); first += columns.size())
            execute(sql, rows.subspan(first, columns.size()));
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
