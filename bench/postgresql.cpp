// SPDX-License-Identifier: Apache-2.0
#include "bench/postgresql.hpp"

#include "bench/workload.hpp"

#include <array>
#include <stdexcept>
#include <vector>

namespace phoihop::bench {
namespace {

constexpr std::size_t flush_bytes = 1 << 20;

void demand(PGconn* connection, const PGresult* result, ExecStatusType wanted, std::string_view sql)
{
    const auto status = PQresultStatus(result);
    if (status == wanted || (wanted == PGRES_COMMAND_OK && status == PGRES_TUPLES_OK)) return;
    throw std::runtime_error("postgresql: " + std::string(PQerrorMessage(connection)) + " in " +
                             std::string(sql.substr(0, 300)));
}

using Result = std::unique_ptr<PGresult, void (*)(PGresult*)>;

}  // namespace

Postgresql::Postgresql(const std::string& address) : m_connection(PQconnectdb(address.c_str()), PQfinish)
{
    if (PQstatus(m_connection.get()) != CONNECTION_OK)
        throw std::runtime_error(std::string("postgresql: ") + PQerrorMessage(m_connection.get()));
    script("set client_min_messages = warning");
}

void Postgresql::script(const std::string& sql)
{
    const Result result(PQexec(handle(), sql.c_str()), PQclear);
    demand(handle(), result.get(), PGRES_COMMAND_OK, sql);
}

std::string Postgresql::value(const std::string& sql)
{
    const Result result(PQexec(handle(), sql.c_str()), PQclear);
    demand(handle(), result.get(), PGRES_TUPLES_OK, sql);
    return PQntuples(result.get()) == 0 ? "" : PQgetvalue(result.get(), 0, 0);
}

void Postgresql::prepare(const std::string& name, const std::string& sql)
{
    const Result result(PQprepare(handle(), name.c_str(), sql.c_str(), 0, nullptr), PQclear);
    demand(handle(), result.get(), PGRES_COMMAND_OK, sql);
}

Postgresql::Rows Postgresql::ask(const std::string& name, const std::string& sql,
                                 std::span<const std::int64_t> parameters)
{
    std::vector<std::string> texts;
    for (const auto each : parameters) texts.push_back(std::to_string(each));
    std::vector<const char*> values;
    for (const auto& each : texts) values.push_back(each.c_str());
    Result result(
        PQexecPrepared(handle(), name.c_str(), static_cast<int>(values.size()), values.data(), nullptr, nullptr, 1),
        PQclear);
    if (PQresultStatus(result.get()) != PGRES_COMMAND_OK) demand(handle(), result.get(), PGRES_TUPLES_OK, sql);
    return Rows(result.release());
}

std::int64_t Postgresql::Rows::integer(int row, int column) const
{
    if (PQgetisnull(m_result.get(), row, column) != 0) return empty;
    const auto* bytes = reinterpret_cast<const unsigned char*>(PQgetvalue(m_result.get(), row, column));
    std::uint64_t value = 0;
    for (int i = 0; i < 8; ++i) value = value << 8 | bytes[i];
    return static_cast<std::int64_t>(value);
}

std::string Postgresql::Rows::text(int row, int column) const
{
    return {PQgetvalue(m_result.get(), row, column),
            static_cast<std::size_t>(PQgetlength(m_result.get(), row, column))};
}

std::string address_of(const std::string& cluster, const std::string& database)
{
    auto address = cluster;
    const auto at = address.find("/postgres?");
    if (at == std::string::npos) throw std::runtime_error("postgresql: the address names no database postgres");
    return address.replace(at, 10, "/" + database + "?");
}

void fresh_database(const std::string& cluster, const std::string& database,
                    const std::function<void(const std::string&)>& use)
{
    Postgresql any(cluster);
    any.script("drop database if exists " + database + " with (force)");
    any.script("create database " + database + " template template0");
    use(address_of(cluster, database));
    any.script("drop database " + database + " with (force)");
}

CopyIn::CopyIn(Postgresql& database, const std::string& target, int columns) : m_database(database), m_columns(columns)
{
    const auto sql = "copy " + target + " from stdin (format binary)";
    const Result result(PQexec(database.handle(), sql.c_str()), PQclear);
    demand(database.handle(), result.get(), PGRES_COPY_IN, sql);
    m_buffer.assign("PGCOPY\n\377\r\n\0", 11);
    m_buffer.append(8, '\0');
}

CopyIn::~CopyIn()
{
    if (m_open) PQputCopyEnd(m_database.handle(), "abandoned");
}

void CopyIn::number(std::uint64_t value, int bytes)
{
    for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) m_buffer.push_back(static_cast<char>(value >> shift));
}

void CopyIn::flush(std::size_t keep)
{
    if (m_buffer.size() <= keep) return;
    if (PQputCopyData(m_database.handle(), m_buffer.data(), static_cast<int>(m_buffer.size())) != 1)
        throw std::runtime_error(std::string("postgresql: ") + PQerrorMessage(m_database.handle()));
    m_buffer.clear();
}

void CopyIn::row()
{
    flush(flush_bytes);
    number(static_cast<std::uint64_t>(m_columns), 2);
}

void CopyIn::bigint(std::int64_t value)
{
    if (value == empty) return number(0xffffffff, 4);
    number(8, 4);
    number(static_cast<std::uint64_t>(value), 8);
}

void CopyIn::integer(std::int32_t value)
{
    number(4, 4);
    number(static_cast<std::uint32_t>(value), 4);
}

void CopyIn::smallint(std::int16_t value)
{
    number(2, 4);
    number(static_cast<std::uint16_t>(value), 2);
}

void CopyIn::text(std::string_view value)
{
    number(value.size(), 4);
    m_buffer += value;
}

void CopyIn::end()
{
    number(0xffff, 2);
    flush(0);
    m_open = false;
    if (PQputCopyEnd(m_database.handle(), nullptr) != 1)
        throw std::runtime_error(std::string("postgresql: ") + PQerrorMessage(m_database.handle()));
    while (PGresult* each = PQgetResult(m_database.handle())) {
        const Result result(each, PQclear);
        demand(m_database.handle(), result.get(), PGRES_COMMAND_OK, "copy");
    }
}

}  // namespace phoihop::bench
