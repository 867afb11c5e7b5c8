// SPDX-License-Identifier: Apache-2.0
#include "store/backup.hpp"

#include "store/postgresql_backup.hpp"
#include "store/sqlite_backup.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

namespace phoihop::store {

namespace {

/// Forces a file or folder to the disk.
void synchronise(const std::string& path)
{
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    const bool done = descriptor >= 0 && ::fsync(descriptor) == 0;
    const int reason = errno;
    if (descriptor >= 0) ::close(descriptor);
    if (!done) throw StoreError("cannot write " + path + " to the disk: " + std::strerror(reason));
}

}  // namespace

Result<void> backup(const Database& database, const std::string& path, const CopyProgress& progress)
{
    const auto target = std::filesystem::absolute(path);
    if (std::filesystem::exists(target)) return refuse(ProblemCode::duplicate, path, {{"what", "file"}});
    const auto folder = target.parent_path().string();
    if (!std::filesystem::is_directory(folder)) return refuse(ProblemCode::not_found, folder);
    // Whoever sees the name sees a whole backup.
    const auto partial = target.string() + ".partial";
    std::filesystem::remove(partial);
    const int made = ::open(partial.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (made < 0) throw StoreError("cannot make " + partial + ": " + std::strerror(errno));
    ::close(made);
    auto copied = database.engine() == Engine::sqlite ? copy_sqlite(database, partial, progress)
                                                      : dump_postgresql(database, partial);
    if (!copied) {
        std::filesystem::remove(partial);
        return copied;
    }
    synchronise(partial);
    std::filesystem::rename(partial, target);
    synchronise(folder);
    return {};
}

Result<void> restore(const std::string& path, const std::string& address, const CopyProgress& progress)
{
    if (!std::filesystem::is_regular_file(path)) return refuse(ProblemCode::not_found, path);
    PHOIHOP_TRY(database, Database::open(address, OpenMode::create, "restore"));
    return database->engine() == Engine::sqlite ? fill_sqlite(*database, path, progress)
                                                : fill_postgresql(*database, path);
}

std::vector<std::string> integrity(const Database& database)
{
    std::vector<std::string> findings;
    database.read([&](Connection& connection) {
        findings =
            database.engine() == Engine::sqlite ? integrity_of_sqlite(connection) : integrity_of_postgresql(connection);
    });
    return findings;
}

}  // namespace phoihop::store
