// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"
#include "store/connection.hpp"

#include <chrono>
#include <memory>

namespace phoihop::store {

/// Tells of commits that other processes make to the same database.
class CommitListener {
public:
    virtual ~CommitListener() = default;
    /// Returns at a notice, at interrupt(), or after `at_most`; also without any reason.
    virtual void wait(std::chrono::milliseconds at_most) = 0;
    /// Ends a wait, now or the next one; from any thread.
    virtual void interrupt() = 0;
};

enum class Engine : std::uint8_t { sqlite, postgresql };

/// How a database is opened. `read` never takes the writing lock; `write` does (SQLite) and fails with
/// `busy` (fact: holder) when another process holds it; `create` also makes a new empty database.
enum class OpenMode : std::uint8_t { read, write, create };

/// A database of one of the two engines, opened by its address ("phoihop.db", "postgresql://…").
/// ":memory:" is a private SQLite database that goes with the object: tests and trials.
/// Thread-safe: reads take a connection from a pool; there is exactly one writing connection, used
/// only by `Writer` (and by migrations before it exists).
class Database {
public:
    virtual ~Database() = default;

    /// `purpose` is what another process is told when it finds the file locked ("serve", "import"). A file
    /// that is missing is `not_found`, one that is no database `wrong_type`, one that is held `busy`.
    [[nodiscard]] static Result<std::unique_ptr<Database>> open(const std::string& address, OpenMode mode,
                                                                std::string_view purpose = "phoihop");

    [[nodiscard]] virtual Engine engine() const = 0;
    [[nodiscard]] virtual const std::string& address() const = 0;

    /// Calls `reading` with one consistent snapshot: all statements inside see the same state.
    virtual void read(const std::function<void(Connection&)>& reading) const = 0;

    /// Lets reads come from `address`, a streaming replica of this database, as long as it has everything that
    /// note_commit() has noted; otherwise they come from here. Asked before anybody reads. `wrong_type` where the
    /// engine has no replicas.
    [[nodiscard]] virtual Result<void> read_from(const std::string& address) = 0;

    /// Reads from now on see at least what is committed now. Only `Writer` asks, after its commits and before it tells
    /// anybody of those of others.
    virtual void note_commit() noexcept = 0;

    /// The writing connection, outside any transaction. Only `Writer` and `migrate` may ask.
    [[nodiscard]] virtual Connection& writing_connection() = 0;

    /// A listener of its own connection; nothing on SQLite, where nobody else can write.
    [[nodiscard]] virtual std::unique_ptr<CommitListener> listen() = 0;
};

}  // namespace phoihop::store
