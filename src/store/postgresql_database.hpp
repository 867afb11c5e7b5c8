// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/postgresql_connection.hpp"
#include "store/reader_pool.hpp"

#include <atomic>
#include <mutex>

namespace phoihop::store {

/// A database of a PostgreSQL server: one writing session and a pool of reading ones. Other processes may write
/// to it at the same time; the lock on the journal's head puts their batches in one order.
class PostgresqlDatabase final : public Database {
public:
    PostgresqlDatabase(std::string uri, OpenMode mode);

    Engine engine() const override { return Engine::postgresql; }
    const std::string& address() const override { return m_address; }
    void read(const std::function<void(Connection&)>& reading) const override;
    Result<void> read_from(const std::string& address) override;
    void note_commit() noexcept override;
    Connection& writing_connection() override;
    std::unique_ptr<CommitListener> listen() override;

    /// With the password, for programs that we start.
    [[nodiscard]] const std::string& uri() const { return m_uri; }

private:
    [[nodiscard]] bool read_replica(const std::function<void(Connection&)>& reading) const;
    [[nodiscard]] std::unique_ptr<PostgresqlConnection> connect_replica() const;

    std::string m_uri;
    std::string m_address;  ///< without the password: it goes into messages
    std::unique_ptr<PostgresqlConnection> m_writer;
    mutable ReaderPool<PostgresqlConnection> m_readers;

    std::string m_replica_uri;  ///< "" = none
    mutable ReaderPool<PostgresqlConnection> m_replica_readers;
    mutable std::mutex m_replica_connecting;
    std::atomic<std::int64_t> m_noted = 0;  ///< where the write-ahead log stood, in bytes
};

[[nodiscard]] bool is_postgresql(std::string_view address);
[[nodiscard]] Result<std::unique_ptr<Database>> open_postgresql(const std::string& uri, OpenMode mode);

}  // namespace phoihop::store
