// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rollup/layout.hpp"
#include "rollup/upper_rows.hpp"
#include "rollup/writable.hpp"

#include <memory>
#include <span>
#include <vector>

namespace phoihop::rollup {

/// What a report adds to (or takes from) the sums, column by column.
class Delta {
public:
    void start(const FormLayout& layout);
    void take(const facts::EncodedFact& fact, int sign);

    [[nodiscard]] bool empty() const { return m_touched.empty(); }
    /// The narrow columns that got a figure past `narrow_figure_max`.
    [[nodiscard]] const std::vector<std::int32_t>& too_large() const { return m_too_large; }

private:
    friend class SumBlock;
    const FormLayout* m_layout = nullptr;
    std::vector<Sum> m_sums;  // by column
    std::vector<bool> m_is_touched;
    std::vector<std::int32_t> m_touched;  // columns
    std::vector<std::int32_t> m_too_large;
};

/// The sums and counts of one form, period, measure and map: rows of the form's columns, in pages of 8 rows that
/// are made on the first write and copied on a later edition's first write. Pages that were settled hold counts up to
/// 255, which nearly all are, in a byte.
class SumBlock {
public:
    SumBlock(std::shared_ptr<const FormLayout> layout, std::size_t rows);

    /// A row as it stands in its page; false where nothing was ever written.
    struct Row {
        const std::uint64_t* sums = nullptr;         // by slot
        const std::int32_t* counts = nullptr;        // by column, or null:
        const std::uint8_t* short_counts = nullptr;  // the same in a byte each

        explicit operator bool() const { return sums != nullptr; }
        [[nodiscard]] std::int32_t count(std::int32_t column) const
        {
            return short_counts != nullptr ? short_counts[column] : counts[column];
        }
        [[nodiscard]] Sum sum(std::int32_t slot, bool wide, std::int32_t column) const
        {
            const Int128 value = wide ? (Int128{static_cast<std::int64_t>(sums[slot + 1])} << 64) | Int128{sums[slot]}
                                      : Int128{static_cast<std::int64_t>(sums[slot])};
            return {value, count(column)};
        }
    };
    [[nodiscard]] Row row(std::int32_t index) const;
    [[nodiscard]] Sum at(std::int32_t row, std::int32_t column) const;
    void add(std::int32_t row, const Delta& delta);

    /// A row that is being written. Unsigned steps wrap, so that only the sum itself has to fit, whatever the order of
    /// the steps.
    struct WritableRow {
        std::uint64_t* sums = nullptr;
        std::int32_t* counts = nullptr;

        void add(std::int32_t slot, bool wide, std::int32_t column, const Sum& sum) const
        {
            if (wide) {
                const Int128 before = (Int128{static_cast<std::int64_t>(sums[slot + 1])} << 64) | Int128{sums[slot]};
                const Int128 after = before + sum.value;
                sums[slot] = static_cast<std::uint64_t>(after);
                sums[slot + 1] = static_cast<std::uint64_t>(after >> 64);
            } else {
                sums[slot] += static_cast<std::uint64_t>(sum.value);
            }
            counts[column] += static_cast<std::int32_t>(sum.count);
        }
    };
    [[nodiscard]] WritableRow write(std::int32_t index);  ///< the upper rows are no longer kept then
    /// Lets pages take less memory, and keeps the first `upper_rows` rows column by column too.
    void settle(std::int32_t upper_rows);
    void keep_upper(std::int32_t upper_rows);
    [[nodiscard]] const UpperRows* upper() const { return m_upper.get(); }  ///< null where they are not kept
    [[nodiscard]] bool upper_is_right() const;                              ///< they are what the pages say
    /// Bit for bit, of blocks of one layout; false where only one of them was ever written there.
    [[nodiscard]] bool same_row(const SumBlock& other, std::int32_t index) const;
    [[nodiscard]] std::size_t bytes() const;  ///< memory, with what other editions share

    std::uint64_t edition = 0;

private:
    friend class PeriodFormat;
    static constexpr std::int32_t page_rows = 8;
    struct Page {
        std::uint64_t edition = 0;
        std::vector<std::byte> bytes;  // as in `FilePages`, or:
        bool is_short = false;         // with counts in a byte each
    };
    /// Pages as they lie in a snapshot file, read there until they are written to.
    struct FilePages {
        static constexpr std::uint32_t none = 0xFFFF'FFFF;
        std::shared_ptr<const void> file;
        std::span<const std::uint32_t> places;  // by page
        const std::byte* bytes = nullptr;       // one page after the other: 8 rows' sums, then their counts
    };
    struct PageView {
        const std::uint64_t* sums = nullptr;  // null where nothing was ever written
        const std::int32_t* counts = nullptr;
        const std::uint8_t* short_counts = nullptr;
    };
    [[nodiscard]] std::size_t page_sums() const
    {
        return std::size_t{page_rows} * static_cast<std::size_t>(m_layout->slots);
    }
    [[nodiscard]] std::size_t page_counts() const { return page_rows * m_layout->columns.size(); }
    [[nodiscard]] std::size_t page_bytes() const
    {
        return page_sums() * sizeof(std::uint64_t) + page_counts() * sizeof(std::int32_t);
    }
    [[nodiscard]] PageView view(const std::byte* bytes, bool is_short) const
    {
        const auto* counts = bytes + page_sums() * sizeof(std::uint64_t);
        return {reinterpret_cast<const std::uint64_t*>(bytes),
                is_short ? nullptr : reinterpret_cast<const std::int32_t*>(counts),
                is_short ? reinterpret_cast<const std::uint8_t*>(counts) : nullptr};
    }
    [[nodiscard]] bool may_shorten(const Page& page) const;
    void shorten(Page& page) const;
    void widen(Page& page) const;
    [[nodiscard]] PageView page(std::size_t index) const;
    [[nodiscard]] Page& page_for(std::int32_t row);
    [[nodiscard]] WritableRow row_for(std::int32_t index);

    std::shared_ptr<const FormLayout> m_layout;
    std::vector<std::shared_ptr<const Page>> m_pages;
    std::shared_ptr<const FilePages> m_file;  // of the pages that are null
    std::shared_ptr<const UpperRows> m_upper;
};

/// Adds `delta` at the unit's place and at every node above it.
void add_up(SumBlock& block, const MapRows& map, UnitId unit, const Delta& delta);

}  // namespace phoihop::rollup
