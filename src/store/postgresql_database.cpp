// SPDX-License-Identifier: Apache-2.0
#include "store/postgresql_database.hpp"

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <limits>
#include <utility>

namespace phoihop::store {

namespace {

constexpr std::string_view begin_reading = "begin isolation level repeatable read read only";

/// `uri` without what stands between the user's colon and the at sign, and without `password=`.
std::string without_password(std::string uri)
{
    const auto authority = uri.find("://") + 3;
    const auto end = std::min(uri.find_first_of("/?", authority), uri.size());
    const auto at = uri.rfind('@', end);
    const auto colon = uri.find(':', authority);
    if (at != std::string::npos && at > authority && colon < at) uri.replace(colon, at - colon, ":***");
    if (const auto field = uri.find("password="); field != std::string::npos) {
        const auto value = field + std::string_view("password=").size();
        uri.replace(value, std::min(uri.find('&', value), uri.size()) - value, "***");
    }
    return uri;
}

/// Waits for the notices that every batch sends with its commit.
class PostgresqlListener final : public CommitListener {
public:
    explicit PostgresqlListener(const std::string& uri) : m_connection(uri), m_wake(::eventfd(0, EFD_CLOEXEC))
    {
        if (m_wake < 0) throw StoreError(std::string("eventfd: ") + std::strerror(errno));
        m_connection.execute("listen phoihop_journal");
    }
    ~PostgresqlListener() override { ::close(m_wake); }
    PostgresqlListener(const PostgresqlListener&) = delete;
    PostgresqlListener& operator=(const PostgresqlListener&) = delete;

    void wait(std::chrono::milliseconds at_most) override
    {
        if (m_connection.lost()) {
            // Without notices the polling goes on at its own pace, and a new session is tried each time.
            wait_for_wake(at_most);
            m_connection.connect_again();
            m_connection.execute("listen phoihop_journal");
            return;
        }
        pollfd ready[] = {{PQsocket(m_connection.handle()), POLLIN, 0}, {m_wake, POLLIN, 0}};
        ::poll(ready, 2, static_cast<int>(at_most.count()));
        if (ready[0].revents != 0) PQconsumeInput(m_connection.handle());
        while (auto* notice = PQnotifies(m_connection.handle())) PQfreemem(notice);
    }
    void interrupt() override
    {
        const std::uint64_t one = 1;
        [[maybe_unused]] const auto written = ::write(m_wake, &one, sizeof one);
    }

private:
    void wait_for_wake(std::chrono::milliseconds at_most) const
    {
        pollfd ready{m_wake, POLLIN, 0};
        ::poll(&ready, 1, static_cast<int>(at_most.count()));
    }

    PostgresqlConnection m_connection;
    int m_wake;
};

}  // namespace

PostgresqlDatabase::PostgresqlDatabase(std::string uri, OpenMode mode)
    : m_uri(std::move(uri)), m_address(without_password(m_uri))
{
    if (mode != OpenMode::read) m_writer = std::make_unique<PostgresqlConnection>(m_uri);
}

void PostgresqlDatabase::read(const std::function<void(Connection&)>& reading) const
{
    if (!m_replica_uri.empty() && read_replica(reading)) return;
    m_readers.read(begin_reading, [&] { return std::make_unique<PostgresqlConnection>(m_uri); }, reading);
}

std::unique_ptr<PostgresqlConnection> PostgresqlDatabase::connect_replica() const
{
    // One reader may have to find out how long a replica that is gone lets him wait; the others read here.
    const std::unique_lock connecting(m_replica_connecting, std::try_to_lock);
    if (!connecting) throw StoreError("postgresql: another reader is connecting to the replica");
    return std::make_unique<PostgresqlConnection>(m_replica_uri);
}

/// False when the replica is away, behind, or has become a primary of its own.
bool PostgresqlDatabase::read_replica(const std::function<void(Connection&)>& reading) const
{
    const auto has_all = [&](PostgresqlConnection& replica) {
        // Asked before the snapshot begins: what has been replayed by then is in it.
        const auto replayed = replica.integer(
            "select case when pg_is_in_recovery() then pg_wal_lsn_diff(pg_last_wal_replay_lsn(), '0/0')::bigint end");
        return replayed && *replayed >= m_noted;
    };
    return m_replica_readers.read_if(begin_reading, [&] { return connect_replica(); }, has_all, reading);
}

Result<void> PostgresqlDatabase::read_from(const std::string& address)
{
    if (!is_postgresql(address))
        return refuse(ProblemCode::wrong_type, "--read-from", {{"expected", "postgresql://"}, {"found", address}});
    m_replica_uri = address;
    note_commit();
    return {};
}

void PostgresqlDatabase::note_commit() noexcept
{
    if (m_replica_uri.empty()) return;
    std::optional<std::int64_t> flushed;
    try {
        flushed = writing_connection().integer("select pg_wal_lsn_diff(pg_current_wal_flush_lsn(), '0/0')::bigint");
    } catch (const StoreError&) {
        // Committed it is; nobody knows where, and until the next commit no replica can be said to have it.
    }
    m_noted = flushed.value_or(std::numeric_limits<std::int64_t>::max());
}

Connection& PostgresqlDatabase::writing_connection()
{
    if (!m_writer) throw StoreError("the database is open for reading only: " + m_address);
    return *m_writer;
}

std::unique_ptr<CommitListener> PostgresqlDatabase::listen()
{
    return std::make_unique<PostgresqlListener>(m_uri);
}

bool is_postgresql(std::string_view address)
{
    return address.starts_with("postgresql://") || address.starts_with("postgres://");
}

Result<std::unique_ptr<Database>> open_postgresql(const std::string& uri, OpenMode mode)
{
    auto database = std::make_unique<PostgresqlDatabase>(uri, mode);
    std::optional<std::string> encoding;
    database->read(
        [&](Connection& connection) { encoding = connection.text("select current_setting('server_encoding')"); });
    if (encoding != "UTF8") {
        return refuse(ProblemCode::wrong_type, database->address(),
                      {{"expected", "UTF8"}, {"found", encoding.value_or("")}});
    }
    return database;
}

}  // namespace phoihop::store
