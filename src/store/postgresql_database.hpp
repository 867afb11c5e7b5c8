// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/postgresql_connection.hpp"
#include "store/reader_pool.hpp"

namespace phoihop::store {

/// A database of a PostgreSQL server: one writing session and a pool of reading ones. Other processes may write
/// to it at the same time; the lock on the journal's head puts their batches in one order.
class PostgresqlDatabase final : public Database {
public:
    PostgresqlDatabase(std::string uri, OpenMode mode);

    Engine engine() const override { return Engine::postgresql; }
    const std::string& address() const override { return m_address; }
    void read(const std::function<void(Connection&)>& reading) const override;
    Connection& writing_connection() override;
    std::unique_ptr<CommitListener> listen() override;

    /// With the password, for programs that we start.
    [[nodiscard]] const std::string& uri() const { return m_uri; }

private:
    std::string m_uri;
    std::string m_address;  ///< without the password: it goes into messages
    std::unique_ptr<PostgresqlConnection> m_writer;
    mutable ReaderPool<PostgresqlConnection> m_readers;
};

[[nodiscard]] Result<std::unique_ptr<Database>> open_postgresql(const std::string& uri, OpenMode mode);

}  // namespace phoihop::store
