// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/file_lock.hpp"
#include "store/reader_pool.hpp"
#include "store/sqlite_connection.hpp"

namespace phoihop::store {

/// One SQLite file: one writing connection under the file's lock, and a pool of reading ones.
class SqliteDatabase final : public Database {
public:
    struct Place {
        std::string file;              ///< absolute
        std::string temporary_folder;  ///< removed with the object; "" for a database that stays
    };

    SqliteDatabase(std::string address, Place place, OpenMode mode, FileLock lock);
    ~SqliteDatabase() override;
    SqliteDatabase(const SqliteDatabase&) = delete;
    SqliteDatabase& operator=(const SqliteDatabase&) = delete;

    Engine engine() const override { return Engine::sqlite; }
    const std::string& address() const override { return m_address; }
    void read(const std::function<void(Connection&)>& reading) const override;
    Result<void> read_from(const std::string& address) override;
    void note_commit() noexcept override {}
    Connection& writing_connection() override;
    std::unique_ptr<CommitListener> listen() override { return nullptr; }

    [[nodiscard]] const std::string& file() const { return m_place.file; }

private:
    [[nodiscard]] SqliteDurability durability() const;

    std::string m_address;
    Place m_place;
    FileLock m_lock;
    std::unique_ptr<SqliteConnection> m_writer;
    mutable ReaderPool<SqliteConnection> m_readers;
};

/// The files beside the database file `file`.
[[nodiscard]] inline std::string lock_file_of(const std::string& file)
{
    return file + ".lock";
}
[[nodiscard]] inline std::string socket_file_of(const std::string& file)
{
    return file + ".sock";
}

/// The one name of the file that `address` means: absolute, without links or dots.
[[nodiscard]] std::string sqlite_file_of(const std::string& address);

[[nodiscard]] Result<std::unique_ptr<Database>> open_sqlite(const std::string& address, OpenMode mode,
                                                            std::string_view purpose);

}  // namespace phoihop::store
