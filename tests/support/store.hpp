// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/migrations.hpp"
#include "store/writer.hpp"

#include <unistd.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>

namespace phoihop::test {

/// A fresh database with every migration done, gone with the object: SQLite, or a schema of its own in the
/// PostgreSQL cluster of PHOIHOP_TEST_POSTGRESQL (script/with-postgresql sets it). The tests of every file
/// *_store_test.cpp run on both: ctest says by PHOIHOP_TEST_ENGINE which is meant.
class FreshDatabase {
public:
    FreshDatabase() : FreshDatabase(store::built_in_migrations()) {}

    explicit FreshDatabase(std::span<const store::Migration> migrations)
    {
        m_database = open(new_address());
        if (!store::migrate(*m_database, migrations)) throw std::runtime_error("cannot migrate a test database");
    }

    ~FreshDatabase()
    {
        m_writer.reset();
        m_database.reset();
        if (m_schema.empty()) return;
        try {
            open(server())->writing_connection().script("drop schema " + m_schema + " cascade");
        } catch (const store::StoreError& error) {
            std::fprintf(stderr, "cannot drop %s: %s\n", m_schema.c_str(), error.what());
        }
    }
    FreshDatabase(const FreshDatabase&) = delete;
    FreshDatabase& operator=(const FreshDatabase&) = delete;

    /// One more object for the same database, as another process has it. PostgreSQL only: nothing on SQLite, where
    /// a second writer is refused.
    [[nodiscard]] std::unique_ptr<store::Database> other_process() const
    {
        return m_schema.empty() ? nullptr : open(m_address);
    }

    [[nodiscard]] store::Database& database() { return *m_database; }

    /// Where another object opens it, on PostgreSQL (":memory:" is another database each time).
    [[nodiscard]] const std::string& address() const { return m_address; }

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
    [[nodiscard]] static std::string server()
    {
        const auto* uri = std::getenv("PHOIHOP_TEST_POSTGRESQL");
        const auto* engine = std::getenv("PHOIHOP_TEST_ENGINE");
        if (engine != nullptr && std::string_view(engine) == "sqlite") return "";
        if (engine != nullptr && uri == nullptr) throw std::runtime_error("run it by script/with-postgresql");
        return uri == nullptr ? "" : uri;
    }

    [[nodiscard]] static std::unique_ptr<store::Database> open(const std::string& address)
    {
        auto opened = store::Database::open(address, store::OpenMode::create, "test");
        if (!opened) throw std::runtime_error("cannot open a test database");
        return std::move(*opened);
    }

    /// Makes the place of a new database and answers its address.
    const std::string& new_address()
    {
        if (server().empty()) return m_address = ":memory:";
        static std::atomic<int> made = 0;
        m_schema = "test_" + std::to_string(::getpid()) + "_" + std::to_string(++made);
        open(server())->writing_connection().script("create schema " + m_schema);
        const auto* separator = server().find('?') == std::string::npos ? "?" : "&";
        return m_address =
                   server() + separator + "options=-csearch_path%3D" + m_schema + "&application_name=" + m_schema;
    }

    std::string m_schema;
    std::string m_address;
    FixedClock m_clock{Instant(day(2025, 7, 1))};
    std::unique_ptr<store::Database> m_database;
    std::once_flag m_once;
    std::unique_ptr<store::Writer> m_writer;
};

}  // namespace phoihop::test
