// SPDX-License-Identifier: Apache-2.0
#include "store/file_lock.hpp"

#include "store/database.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

namespace phoihop::store {

namespace {

std::string holder_in(int descriptor)
{
    std::array<char, 128> text{};
    const auto length = ::pread(descriptor, text.data(), text.size(), 0);
    std::string holder(text.data(), length > 0 ? static_cast<std::size_t>(length) : 0);
    while (!holder.empty() && holder.back() == '\n') holder.pop_back();
    return holder.empty() ? "?" : holder;
}

void name_holder(int descriptor, std::string_view purpose)
{
    const auto text = "pid " + std::to_string(::getpid()) + " " + std::string(purpose) + "\n";
    // A lock without a readable name is still a lock, so a full disk is no reason to refuse here.
    if (::ftruncate(descriptor, 0) != 0) return;
    [[maybe_unused]] const auto written = ::pwrite(descriptor, text.data(), text.size(), 0);
}

}  // namespace

std::string holder_of(const std::string& path)
{
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) return "?";
    auto holder = holder_in(descriptor);
    ::close(descriptor);
    return holder;
}

FileLock::~FileLock()
{
    if (m_descriptor >= 0) ::close(m_descriptor);
}

FileLock::FileLock(FileLock&& other) noexcept : m_descriptor(std::exchange(other.m_descriptor, -1)) {}

FileLock& FileLock::operator=(FileLock&& other) noexcept
{
    std::swap(m_descriptor, other.m_descriptor);
    return *this;
}

Result<FileLock> FileLock::take(const std::string& path, std::string_view purpose)
{
    // The file is never removed: whoever opened it before the removal would hold a lock nobody else sees.
    const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor < 0) throw StoreError("cannot open lock file " + path + ": " + std::strerror(errno));
    FileLock lock(descriptor);
    while (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
        if (errno == EINTR) continue;
        if (errno == EWOULDBLOCK) return refuse(ProblemCode::busy, path, {{"holder", holder_in(descriptor)}});
        throw StoreError("cannot lock " + path + ": " + std::strerror(errno));
    }
    name_holder(descriptor, purpose);
    return lock;
}

}  // namespace phoihop::store
