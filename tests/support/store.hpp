// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/migrations.hpp"
#include "store/writer.hpp"

#include <cstdlib>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>

namespace phoihop::test {

/// A fresh database with every migration done, gone with the object: SQLite, or a schema of its own in the
/// PostgreSQL cluster of PHOIHOP_TEST_POSTGRESQL. Every store test of every module runs on both.
class FreshDatabase {
public:
    FreshDatabase() : FreshDatabase(store::built_in_migrations()) {}

    explicit FreshDatabase(std::span<const store::Migration> migrations)
    {
        auto opened = store::Database::open(":memory:", store::OpenMode::create, "test");
        if (!opened) throw std::runtime_error("cannot open a test database");
        m_database = std::move(*opened);
        if (!store::migrate(*m_database, migrations)) throw std::runtime_error("cannot migrate a test database");
    }

    [[nodiscard]] store::Database& database() { return *m_database; }

    /// Stands at 2025-07-01T00:00:00Z until a test sets it.
    [[nodiscard]] FixedClock& clock() { return m_clock; }

    /// The database's one writer, made at the first call (add followers then).
    [[nodiscard]] store::Writer& writer()
    {
        std::call_once(m_once, [this] { m_writer = std::make_unique<store::Writer>(*m_database, m_clock); });
        return *m_writer;
    }

    /// Statements in one transaction of its own, for drawing the world that a test needs.
    void write(const std::function<void(store::WriteContext&)>& statements)
    {
        const auto done = writer().run([&](store::WriteContext& context) -> Result<void> {
            statements(context);
            return {};
        });
        if (!done) throw std::runtime_error("the test's own statements were refused");
    }

    /// Reads what is committed.
    void read(const std::function<void(store::Connection&)>& reading) { m_database->read(reading); }

private:
    FixedClock m_clock{Instant(day(2025, 7, 1))};
    std::unique_ptr<store::Database> m_database;
    std::once_flag m_once;
    std::unique_ptr<store::Writer> m_writer;
};

}  // namespace phoihop::test
