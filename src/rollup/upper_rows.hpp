// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

namespace phoihop::rollup {

/// The sums of a map's first rows, the nation's and the provinces', once more and column by column: what is asked
/// most (one indicator over many periods, the national table) is read from neighbouring memory. `SumBlock` keeps them
/// equal to the rows in its pages.
struct UpperRows {
    std::uint64_t edition = 0;
    std::int32_t rows = 0;
    std::vector<std::uint64_t> sums;   ///< slots × rows
    std::vector<std::int32_t> counts;  ///< columns × rows

    [[nodiscard]] const std::uint64_t* slot(std::int32_t index) const
    {
        return sums.data() + static_cast<std::size_t>(index) * static_cast<std::size_t>(rows);
    }
    [[nodiscard]] const std::int32_t* column(std::int32_t index) const
    {
        return counts.data() + static_cast<std::size_t>(index) * static_cast<std::size_t>(rows);
    }
    [[nodiscard]] std::size_t bytes() const
    {
        return sizeof(UpperRows) + sums.capacity() * sizeof sums[0] + counts.capacity() * sizeof counts[0];
    }
};

}  // namespace phoihop::rollup
