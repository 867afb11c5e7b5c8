// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "facts/fact.hpp"

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

/// Up to 64 reports made under one version of a programme, cell by cell: for each cell which units filled it and
/// their figures, as unsigned steps of a common divisor above the smallest one, in the fewest bytes that hold the
/// largest. Exactly the reports that were packed come out again. Immutable.
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

    /// A cell of all units: figure of the k-th one in `present` = base + divisor × step(k).
    struct Column {
        std::uint64_t present = 0;
        std::int64_t base = 0;
        std::uint64_t divisor = 1;
        unsigned width = 0;  ///< bytes of a step: 0, 1, 2, 4, 8
        const std::byte* steps = nullptr;

        [[nodiscard]] std::uint64_t step(unsigned k) const
        {
            std::uint64_t value = 0;
            std::memcpy(&value, steps + std::size_t{k} * width, sizeof value);  // the page's bytes go on that far
            return value & bits_below(8 * width);
        }
        [[nodiscard]] std::int64_t figure(unsigned k) const
        {
            return static_cast<std::int64_t>(static_cast<std::uint64_t>(base) + divisor * step(k));
        }
        /// Which of the figures is the unit's.
        [[nodiscard]] unsigned rank(unsigned unit) const
        {
            return static_cast<unsigned>(std::popcount(present & bits_below(unit)));
        }
    };

    /// Walks over the cells in order.
    class Reader {
    public:
        explicit Reader(const PackedPage& page) : m_page(page), m_at(page.m_bytes.data()) {}
        [[nodiscard]] Column next();

    private:
        [[nodiscard]] std::uint64_t varint();
        const PackedPage& m_page;
        const std::byte* m_at;
    };
    [[nodiscard]] Reader columns() const;  ///< of the cells

private:
    friend class PeriodFormat;
    // A column: [code][bitmap, 8 bytes, when it is not the page's][varint zigzag base][varint divisor][steps].
    // The code's lowest three bits tell the bytes of a step; an empty column is its code alone.
    static constexpr unsigned width_bits = 7;
    static constexpr std::array<unsigned, 5> width_of_code{0, 1, 2, 4, 8};
    static constexpr unsigned own_bitmap = 8;
    static constexpr unsigned has_divisor = 16;
    static constexpr unsigned empty = 32;

    void put(std::uint64_t present, std::span<const std::int64_t> figures, std::vector<std::byte>& out) const;

    std::uint64_t m_present = 0;
    std::uint64_t m_nil = 0;
    std::int64_t m_programme_version = 0;
    std::uint32_t m_cells = 0;
    std::vector<std::byte> m_own;        // what `m_bytes` shows, unless it lies in a snapshot file
    std::shared_ptr<const void> m_file;  // which is kept open
    std::span<const std::byte> m_bytes;  // versions, states, then the cells; 8 bytes more, so steps may be read whole
};

inline std::uint64_t PackedPage::Reader::varint()
{
    std::uint64_t value = 0;
    for (unsigned shift = 0;; shift += 7) {
        const auto part = static_cast<std::uint64_t>(*m_at++);
        value |= (part & 0x7F) << shift;
        if (part < 0x80) return value;
    }
}

inline PackedPage::Column PackedPage::Reader::next()
{
    const auto code = static_cast<unsigned>(*m_at++);
    Column column;
    if ((code & empty) != 0) return column;
    column.present = m_page.m_present;
    if ((code & own_bitmap) != 0) {
        std::memcpy(&column.present, m_at, 8);
        m_at += 8;
    }
    const auto base = varint();
    column.base = static_cast<std::int64_t>(base >> 1) ^ -static_cast<std::int64_t>(base & 1);
    if ((code & has_divisor) != 0) column.divisor = varint();
    column.width = width_of_code[code & width_bits];
    column.steps = m_at;
    m_at += std::size_t{column.width} * static_cast<unsigned>(std::popcount(column.present));
    return column;
}

}  // namespace phoihop::rollup
