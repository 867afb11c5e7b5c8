// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"

#include <string>
#include <string_view>

namespace phoihop::store {

/// The right to write one SQLite file: a kernel lock on a file beside it, released by any death of the
/// process. The file's text ("pid 4711 serve") is only for the message to those who find it held.
class FileLock {
public:
    FileLock() = default;
    ~FileLock();
    FileLock(FileLock&& other) noexcept;
    FileLock& operator=(FileLock&& other) noexcept;

    /// `busy` (fact: holder) when anybody, this process included, holds the lock at `path`.
    [[nodiscard]] static Result<FileLock> take(const std::string& path, std::string_view purpose);

private:
    explicit FileLock(int descriptor) : m_descriptor(descriptor) {}
    int m_descriptor = -1;
};

/// What the holder of the lock at `path` wrote into it ("pid 4711 serve"); "?" when it wrote nothing.
[[nodiscard]] std::string holder_of(const std::string& path);

}  // namespace phoihop::store
