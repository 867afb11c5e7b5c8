// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace phoihop::documents {

/// What a packed file may hold. The sizes are those after unpacking, judged before anything is unpacked
/// and held to while unpacking: a file of some kilobytes may claim to hold gigabytes.
struct ZipLimits {
    std::uint64_t entries = 2'000;
    std::uint64_t entry_bytes = 128ULL << 20;
    std::uint64_t total_bytes = 256ULL << 20;
    std::uint64_t ratio = 250;  // of an entry over 1 MiB; spreadsheets of figures reach some 30
};

/// A zip file in memory, opened for reading.
class ZipReader {
public:
    /// `bytes` must outlive the reader. Refuses what is no zip file or breaks a limit.
    [[nodiscard]] static Result<ZipReader> open(std::string_view bytes, const ZipLimits& limits = {});
    ZipReader(ZipReader&&) noexcept;
    ZipReader& operator=(ZipReader&&) noexcept;
    ~ZipReader();

    [[nodiscard]] bool contains(const std::string& name) const;
    /// All entries, folders too, in the order in which they lie in the file.
    [[nodiscard]] std::vector<std::string> names() const;
    /// The unpacked entry. Refused when absent (`missing`), damaged or larger than it claims (`malformed`).
    [[nodiscard]] Result<std::string> read(const std::string& name) const;

private:
    struct Archive;
    explicit ZipReader(std::unique_ptr<Archive> archive);
    std::unique_ptr<Archive> m_archive;
};

/// Packs named parts in the given order, with a fixed date, so that equal parts give equal bytes.
[[nodiscard]] std::string write_zip(const std::vector<std::pair<std::string, std::string>>& parts);

}  // namespace phoihop::documents
