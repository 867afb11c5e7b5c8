// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "programme/expression.hpp"
#include "rollup/row_counts.hpp"

#include <list>
#include <memory>
#include <mutex>
#include <utility>

namespace phoihop::rollup {

/// How many units of a level stood at each row of one map on some day: what units(…) of a formula asks. Kept for the
/// last pairs of level and day's shape that were asked, because a count takes as long as a whole table. Thread-safe.
class UnitCounts {
public:
    static constexpr std::size_t kept_max = 16;

    /// `map` is the one that holds this; `then` another day's map of the same territory.
    [[nodiscard]] std::shared_ptr<const RowCounts> of(const MapRows& map, const units::Map& then,
                                                      programme::CountedUnits counted);

private:
    using Key = std::pair<programme::CountedUnits, std::int64_t>;  // and the shape of `then`

    std::mutex m_mutex;
    std::list<std::pair<Key, std::shared_ptr<const RowCounts>>> m_kept;  // the one asked last stands first
};

}  // namespace phoihop::rollup
