// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite_database.hpp"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <utility>

namespace phoihop::store {

namespace {

/// Not SQLite's own in-memory database: that one has no snapshots for readers beside a writer.
SqliteDatabase::Place temporary_place()
{
    const auto* wanted = std::getenv("TMPDIR");
    const std::array<std::string, 3> parents{"/dev/shm", wanted != nullptr ? wanted : "/tmp", "/tmp"};
    for (const auto& parent : parents) {
        auto folder = parent + "/phoihop-XXXXXX";
        if (::mkdtemp(folder.data()) != nullptr) return {folder + "/memory.db", folder};
    }
    throw StoreError(std::string("cannot make a temporary folder: ") + std::strerror(errno));
}

/// "SQLite format 3" at the start of every database that holds anything (SQLite file format, section 1.3.1).
bool is_sqlite_file(const std::string& file)
{
    std::ifstream stream(file, std::ios::binary);
    std::array<char, 16> head{};
    stream.read(head.data(), head.size());
    return stream.gcount() == 0 || (stream.gcount() == 16 && std::memcmp(head.data(), "SQLite format 3", 16) == 0);
}

/// Accounts and opinions are nobody's but the owner's. SQLite gives its other files the mode of this one.
void make_private_file(const std::string& file)
{
    const int made = ::open(file.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    if (made < 0) throw StoreError("cannot make " + file + ": " + std::strerror(errno));
    ::close(made);
}

}  // namespace

SqliteDatabase::SqliteDatabase(std::string address, Place place, OpenMode mode, FileLock lock)
    : m_address(std::move(address)), m_place(std::move(place)), m_lock(std::move(lock))
{
    if (mode != OpenMode::read) m_writer = std::make_unique<SqliteConnection>(file(), SqliteRole::writer, durability());
}

SqliteDatabase::~SqliteDatabase()
{
    m_readers.clear();
    m_writer.reset();  // last, so that it alone folds the log into the file
    if (m_place.temporary_folder.empty()) return;
    std::error_code ignored;
    std::filesystem::remove_all(m_place.temporary_folder, ignored);
}

SqliteDurability SqliteDatabase::durability() const
{
    return m_place.temporary_folder.empty() ? SqliteDurability::fsync : SqliteDurability::none;
}

void SqliteDatabase::read(const std::function<void(Connection&)>& reading) const
{
    m_readers.read(
        "begin", [&] { return std::make_unique<SqliteConnection>(file(), SqliteRole::reader, durability()); }, reading);
}

Result<void> SqliteDatabase::read_from(const std::string& /*address*/)
{
    return refuse(ProblemCode::wrong_type, "--db", {{"expected", "postgresql://"}, {"found", m_address}});
}

Connection& SqliteDatabase::writing_connection()
{
    if (!m_writer) throw StoreError("the database is open for reading only: " + m_address);
    return *m_writer;
}

std::string sqlite_file_of(const std::string& address)
{
    return std::filesystem::weakly_canonical(std::filesystem::absolute(address)).string();
}

Result<std::unique_ptr<Database>> open_sqlite(const std::string& address, OpenMode mode, std::string_view purpose)
{
    if (address == ":memory:")
        return std::make_unique<SqliteDatabase>(address, temporary_place(), OpenMode::create, FileLock{});
    const auto file = sqlite_file_of(address);
    const bool exists = std::filesystem::exists(file);
    if (exists && !std::filesystem::is_regular_file(file))
        return refuse(ProblemCode::wrong_type, address, {{"expected", "SQLite"}, {"found", "folder"}});
    if (!exists && mode != OpenMode::create) return refuse(ProblemCode::not_found, address);
    if (!exists && !std::filesystem::is_directory(std::filesystem::path(file).parent_path()))
        return refuse(ProblemCode::not_found, std::filesystem::path(file).parent_path().string());
    if (exists && !is_sqlite_file(file))
        return refuse(ProblemCode::wrong_type, address, {{"expected", "SQLite"}, {"found", "?"}});
    FileLock lock;
    if (mode != OpenMode::read) {
        PHOIHOP_TRY(taken, FileLock::take(lock_file_of(file), purpose));
        lock = std::move(taken);
    }
    if (!exists) make_private_file(file);
    return std::make_unique<SqliteDatabase>(address, SqliteDatabase::Place{file, ""}, mode, std::move(lock));
}

}  // namespace phoihop::store
