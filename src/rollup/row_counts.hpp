// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rollup/layout.hpp"

#include <cstdint>
#include <vector>

namespace phoihop::rollup {

/// Which part of a node's figure: node = own + children + undivided.
enum class Part : std::uint8_t { whole, own, undivided };

/// A node and which part of it.
struct RowRef {
    std::int32_t node = 0;
    Part part = Part::whole;
};

/// How many units, or obligations, stand at each part of each node of a map.
struct RowCounts {
    std::vector<std::int64_t> whole, own, undivided;
    [[nodiscard]] std::int64_t at(RowRef row) const;
};

/// How many obligations each row of a map has, and how many of them were met.
struct RegisterCounts {
    RowCounts met, all;
};

/// Adds units at their places, then everything upwards.
class RowCounter {
public:
    explicit RowCounter(const MapRows& map);
    void add(UnitId unit);
    [[nodiscard]] RowCounts finish();

private:
    const MapRows& m_map;
    RowCounts m_counts;
};

}  // namespace phoihop::rollup
