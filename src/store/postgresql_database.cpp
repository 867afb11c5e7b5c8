// SPDX-License-Identifier: Apache-2.0
#include "store/postgresql_database.hpp"

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace phoihop::store {

namespace {

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
    m_readers.read(
        "begin isolation level repeatable read read only",
        [&] { return std::make_unique<PostgresqlConnection>(m_uri); }, reading);
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
