// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rollup/builder.hpp"
#include "rollup/snapshot_format.hpp"

#include <atomic>
#include <functional>
#include <memory>
#include <string>

namespace phoihop::rollup {

/// Writes a snapshot beside `path` and then in its place, so that at any instant the file there is whole: the one
/// before or this one. `hash` is the chain's hash at the snapshot's sequence. False when another process is writing
/// the same file. Throws `std::system_error` when the machine fails, and `SnapshotRefused` when the snapshot itself
/// still lies in a damaged file.
bool write_snapshot_file(const std::string& path, const Snapshot& snapshot, const store::Digest& hash);

/// A snapshot file that is open and mapped. The head and the directory are checked when it is opened; each period's
/// sums and its reports at their first use, each as a whole, before anything in them is looked at. Keep it by shared
/// pointer: what was made from it looks into it.
class SnapshotFile : public std::enable_shared_from_this<SnapshotFile> {
public:
    /// Null where there is no file; `SnapshotRefused` for one that cannot be used.
    [[nodiscard]] static std::shared_ptr<const SnapshotFile> open(const std::string& path);
    ~SnapshotFile();
    SnapshotFile(const SnapshotFile&) = delete;
    SnapshotFile& operator=(const SnapshotFile&) = delete;

    [[nodiscard]] const SnapshotDirectory& directory() const { return m_directory; }

    /// The part's bytes when their checksum is right; else the file is damaged from now on, and `SnapshotRefused`.
    [[nodiscard]] std::span<const std::byte> checked(const FilePart& part) const;
    [[nodiscard]] bool damaged() const { return m_damaged; }

    /// Hands every form to a builder that was started for the file's day. `SnapshotRefused` when maps or forms are not
    /// those that the file was made from.
    void hand_over(CubeBuilder& builder) const;

private:
    SnapshotFile(const std::byte* data, std::size_t size) : m_bytes(data, size) {}

    std::span<const std::byte> m_bytes;
    SnapshotDirectory m_directory;
    mutable std::atomic<bool> m_damaged = false;
};

}  // namespace phoihop::rollup
