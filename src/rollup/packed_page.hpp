// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/varint.hpp"
#include "facts/fact.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace phoihop::rollup {

/// The units of one page.
inline constexpr std::size_t page_units = 64;

/// The bits below `bit`, which may be 64.
[[nodiscard]] constexpr std::uint64_t bits_below(unsigned bit)
{
    return bit >= 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << bit) - 1;
}

/// A report as pages keep it.
struct PageReport {
    std::int64_t version = 0;
    facts::FactState state{};
    facts::EncodedFact fact;
};

/// Up to 64 reports made under one version of a programme. Each cell's figures are unsigned steps of a divisor above a
/// base, in the fewest bytes that hold the largest step; a report's steps stand side by side as one row, so that rows
/// are added byte by byte, many cells at a time. Exactly the reports that were packed come out again. Immutable.
class PackedPage {
public:
    PackedPage() = default;
    PackedPage(const PackedPage&) = delete;  // its bytes are looked at where they are
    PackedPage& operator=(const PackedPage&) = delete;

    /// Null when the reports differ in their programme's version or number of cells. `reports[i]` is read where bit i
    /// of `present` is set.
    [[nodiscard]] static std::shared_ptr<const PackedPage> pack(std::uint64_t present,
                                                                std::span<const PageReport> reports);

    [[nodiscard]] std::uint64_t present() const { return m_present; }
    [[nodiscard]] std::int64_t programme_version() const { return m_programme_version; }
    [[nodiscard]] std::size_t cells() const { return m_cells; }
    [[nodiscard]] std::size_t bytes() const { return sizeof(PackedPage) + m_bytes.size(); }

    /// One unit's report; its bit must be in `present`.
    void read(unsigned unit, PageReport& report) const;
    [[nodiscard]] std::int64_t version(unsigned unit) const;
    [[nodiscard]] facts::FactState state(unsigned unit) const;

    /// One row for each unit of `present`, in their order; whole vectors of `padding` bytes may be read up to its end.
    [[nodiscard]] const std::byte* row(unsigned index) const
    {
        return m_bytes.data() + m_rows_at + std::size_t{index} * m_row_bytes;
    }
    [[nodiscard]] std::size_t row_bytes() const { return m_row_bytes; }
    /// Which of the rows is the unit's.
    [[nodiscard]] unsigned row_of(unsigned unit) const
    {
        return static_cast<unsigned>(std::popcount(m_present & bits_below(unit)));
    }
    static constexpr std::size_t padding = 32;

    /// A cell of all units: a figure is base + divisor × the step at `offset` of the unit's row.
    struct Column {
        std::uint64_t present = 0;  ///< who filled it; the others' step is 0
        std::int64_t base = 0;
        std::uint64_t divisor = 1;
        std::uint32_t offset = 0;
        std::uint32_t width = 0;  ///< bytes of a step, 0 to 8

        [[nodiscard]] std::int64_t figure(const std::byte* row) const
        {
            std::uint64_t step = 0;
            std::memcpy(&step, row + offset, sizeof step);  // the page's bytes go on that far
            step &= bits_below(8 * width);
            return static_cast<std::int64_t>(static_cast<std::uint64_t>(base) + divisor * step);
        }
    };

    /// Walks over the cells in order.
    class Reader {
    public:
        explicit Reader(const PackedPage& page)
            : m_present(page.m_present),
              m_code(page.m_bytes.data()),
              m_bitmap(m_code + page.m_cells + heads),
              m_number(page.m_bytes.data() + page.m_numbers_at)
        {
        }
        [[nodiscard]] Column next();

    private:
        [[nodiscard]] std::uint64_t varint();
        std::uint64_t m_present;
        const std::byte* m_code;
        const std::byte* m_bitmap;
        const std::byte* m_number;
        std::uint32_t m_offset = 0;
    };
    [[nodiscard]] Reader columns() const;  ///< of the cells

    /// Tells pages whose cells are laid out alike: the same bytes for each step, and the same cells with a base or a
    /// divisor. Who filled a cell does not matter.
    [[nodiscard]] bool has_shape(std::span<const std::byte> shape) const;
    [[nodiscard]] std::span<const std::byte> shape() const { return m_bytes.first(m_cells + heads); }
    /// Has the processor fetch a part of the page's bytes, of which a look is to be taken soon.
    void fetch(std::size_t part, std::size_t parts) const;

private:
    friend class PeriodFormat;
    struct Packer;
    // The bytes: a code for each column; 8 bytes for each that not all units of the page filled; zigzag base and
    // divisor as varints where the code says so; the rows. Two columns stand before the cells: versions and states.
    static constexpr std::size_t heads = 2;
    static constexpr unsigned width_bits = 15;
    static constexpr unsigned own_bitmap = 16;
    static constexpr unsigned has_base = 32;
    static constexpr unsigned has_divisor = 64;
    static constexpr unsigned empty = 128;

    std::uint64_t m_present = 0;
    std::uint64_t m_nil = 0;
    std::int64_t m_programme_version = 0;
    std::uint32_t m_cells = 0;
    std::uint32_t m_numbers_at = 0;
    std::uint32_t m_rows_at = 0;
    std::uint32_t m_row_bytes = 0;
    std::vector<std::byte> m_own;        // what `m_bytes` shows, unless it lies in a snapshot file
    std::shared_ptr<const void> m_file;  // which is kept open
    std::span<const std::byte> m_bytes;  // with `padding` after the last row
};

inline std::uint64_t PackedPage::Reader::varint()
{
    std::uint64_t value = 0;
    for (unsigned shift = 0;; shift += 7) {
        const auto part = static_cast<std::uint64_t>(*m_number++);
        value |= (part & 0x7F) << shift;
        if (part < 0x80) return value;
    }
}

inline PackedPage::Column PackedPage::Reader::next()
{
    const auto code = static_cast<unsigned>(*m_code++);
    Column column;
    column.offset = m_offset;
    if ((code & empty) != 0) return column;
    // Whether all units filled a cell is chance, so this asks no question that a processor would guess at.
    const auto own = -std::uint64_t{(code & own_bitmap) != 0};
    std::memcpy(&column.present, m_bitmap, sizeof column.present);
    column.present = (column.present & own) | (m_present & ~own);
    m_bitmap += own & sizeof column.present;
    if ((code & has_base) != 0) {
        column.base = unzigzag(varint());
    }
    if ((code & has_divisor) != 0) column.divisor = varint();
    column.width = code & width_bits;
    m_offset += column.width;
    return column;
}

inline PackedPage::Reader PackedPage::columns() const
{
    Reader reader(*this);
    for (std::size_t i = 0; i < heads; ++i) static_cast<void>(reader.next());
    return reader;
}

inline bool PackedPage::has_shape(std::span<const std::byte> shape) const
{
    if (shape.size() != m_cells + heads) return false;
    std::byte different{};
    for (std::size_t i = 0; i < shape.size(); ++i) different |= shape[i] ^ m_bytes[i];
    return (different & ~std::byte{own_bitmap}) == std::byte{};
}

inline void PackedPage::fetch(std::size_t part, std::size_t parts) const
{
    constexpr std::size_t line = 64;
    const auto each = m_bytes.size() / (parts * line) + 1;  // lines
    const auto end = std::min(m_bytes.size(), (part + 1) * each * line);
    for (auto at = part * each * line; at < end; at += line) __builtin_prefetch(m_bytes.data() + at);
}

}  // namespace phoihop::rollup
