// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rollup/byte_stream.hpp"
#include "rollup/snapshot.hpp"
#include "store/journal.hpp"

#include <array>
#include <optional>

namespace phoihop::rollup {

/// Counts up whenever the bytes of a file, or what they mean, change: another one is never read.
inline constexpr std::uint32_t snapshot_format = 3;

/// A part of the file, and XXH3 (64 bits) of its bytes.
struct FilePart {
    std::uint64_t offset = 0;
    std::uint64_t size = 0;
    std::uint64_t checksum = 0;
};

[[nodiscard]] std::uint64_t checksum(std::span<const std::byte> bytes);

/// The first bytes of a file.
struct SnapshotHeader {
    static constexpr std::size_t bytes = 64;
    std::uint64_t file_size = 0;
    FilePart directory;
};
[[nodiscard]] std::array<std::byte, SnapshotHeader::bytes> encode(const SnapshotHeader& header);
/// Throws `SnapshotRefused` for another format, another byte order and what is damaged or cut.
[[nodiscard]] SnapshotHeader decode_header(std::span<const std::byte> file);

/// What the numbers of a row and of a place mean on a map: equal for equal trees with equal places of all units.
[[nodiscard]] std::uint64_t fingerprint(const MapRows& map);

/// What a file holds and what it was made from.
struct SnapshotDirectory {
    struct Period {
        PeriodId period;
        FilePart sums;    ///< and the duties
        FilePart leaves;  ///< the units' reports
    };
    struct Form {
        FormLayout layout;
        std::vector<Period> periods;  ///< ascending
    };
    store::JournalPosition position;  ///< of the database, up to which everything is inside
    Date today{};
    std::vector<std::uint64_t> maps;  ///< fingerprints of the kept ones
    std::vector<Form> forms;          ///< by programme and number
};
[[nodiscard]] ByteWriter encode(const SnapshotDirectory& directory);
[[nodiscard]] SnapshotDirectory decode_directory(std::span<const std::byte> bytes);

/// Whether two layouts put the same cells into the same columns; how wide they have become does not matter.
[[nodiscard]] bool same_columns(const FormLayout& one, const FormLayout& other);

/// One form's period as bytes and back, its sums and duties apart from its reports. Sums and packed reports stay where
/// they lie; `file` is what keeps them there. `bytes` must have been found whole by their checksum.
class PeriodFormat {
public:
    [[nodiscard]] static ByteWriter encode_sums(const PeriodBlock& block);
    /// A period without reports.
    [[nodiscard]] static std::shared_ptr<PeriodBlock> decode_sums(std::span<const std::byte> bytes,
                                                                  const std::shared_ptr<const FormLayout>& layout,
                                                                  std::span<const std::shared_ptr<const MapRows>> maps,
                                                                  const std::shared_ptr<const void>& file);
    [[nodiscard]] static ByteWriter encode_leaves(const LeafBlock& leaves);
    [[nodiscard]] static std::shared_ptr<const LeafBlock> decode_leaves(std::span<const std::byte> bytes,
                                                                        const std::shared_ptr<const void>& file);

private:
    static void put(ByteWriter& out, const SumBlock& block);
    static void put(ByteWriter& out, const OwedReports& owed);
    static void put(ByteWriter& out, const LeafPage& page);
    [[nodiscard]] static std::shared_ptr<const SumBlock> sums(ByteReader& in,
                                                              const std::shared_ptr<const FormLayout>& layout,
                                                              const MapRows& map,
                                                              const std::shared_ptr<const void>& file);
    [[nodiscard]] static std::shared_ptr<const OwedReports> owed(ByteReader& in, std::size_t maps);
    [[nodiscard]] static std::shared_ptr<const LeafPage> page(ByteReader& in, const std::shared_ptr<const void>& file);
};

}  // namespace phoihop::rollup
