// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rollup/block.hpp"
#include "rollup/packed_page.hpp"

#include <span>
#include <vector>

namespace phoihop::rollup {

/// Neighbouring rows of a page that stand in one row of the sums.
struct PageRun {
    std::uint64_t units = 0;  ///< the bits of the rows' units
    unsigned first = 0;       ///< row of the page
    unsigned count = 0;       ///< rows
    SumBlock::WritableRow row;
    SumBlock::WritableRow undivided;
};

/// Adds packed pages to sums, one page after the other. The rows of a run are added byte by byte, all cells at once;
/// then each cell's bytes are put together, and divisor and base come in once a run.
class PageSums {
public:
    explicit PageSums(const FormLayout& layout) : m_layout(layout) {}

    /// `next`, unless null, is added soon.
    void add(const PackedPage& page, std::span<const PageRun> runs, const PackedPage* next);
    /// Adds every sum and count of `from`.
    void add_row(SumBlock::WritableRow to, SumBlock::Row from) const;
    /// The narrow columns that got a figure past `narrow_figure_max`, each as often as it did.
    [[nodiscard]] std::vector<std::int32_t>& too_large() { return m_too_large; }

    /// Cells with steps of one width, side by side.
    struct Stretch {
        std::uint32_t cell = 0;
        std::uint32_t count = 0;
        std::uint32_t at = 0;  ///< bytes behind the first cell's step
        std::uint32_t width = 0;
    };
    /// A cell whose steps are not its figures.
    struct Scaled {
        std::uint32_t cell = 0;
        std::int64_t base = 0;
        std::uint64_t divisor = 1;
    };
    /// Cells whose sums are narrow and stand side by side.
    struct Target {
        std::uint32_t cell = 0;
        std::uint32_t count = 0;
        std::int32_t column = 0;
        std::int32_t slot = 0;
    };
    /// A cell that needs more than 64-bit sums, or a look at each figure.
    struct Single {
        PackedPage::Column figures;
        std::uint32_t cell = 0;
        std::int32_t column = 0;
    };

private:
    void open(const PackedPage& page);
    void find_shape(const PackedPage& page);
    void find_targets(const PackedPage& page);
    void add_wide(const Single& wide, const PageRun& run);
    void check(const PackedPage& page, const Single& large, std::span<const PageRun> runs);

    const FormLayout& m_layout;
    // Of pages with one shape.
    std::int64_t m_programme_version = 0;
    std::vector<std::byte> m_shape;
    std::uint32_t m_offset = 0;  // of the first cell's step
    std::uint32_t m_width = 0;   // bytes of all steps
    std::vector<Stretch> m_stretches;
    std::vector<Target> m_targets;
    std::vector<bool> m_is_plain;  // by cell: figures are small steps, sums are narrow
    // Of one page.
    std::vector<std::uint64_t> m_present;  // by cell
    std::vector<Scaled> m_scaled;
    std::vector<Single> m_wide;
    std::vector<Single> m_large;
    // Of a run.
    std::vector<std::uint16_t> m_bytes;  // the sums of each byte of the steps
    std::vector<std::uint64_t> m_sums;   // by cell, modulo 2^64
    std::vector<std::int32_t> m_counts;

    std::vector<std::int32_t> m_too_large;
};

}  // namespace phoihop::rollup
