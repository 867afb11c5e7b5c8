// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rollup/snapshot.hpp"

#include <memory>
#include <vector>

namespace phoihop::rollup {

/// Sums made anew.
struct FreshSums {
    std::shared_ptr<SumBlock> sums;  ///< null when nothing counts
    /// The narrow columns that got a figure past `narrow_figure_max`: they have to be made wide, and summed again.
    std::vector<std::int32_t> too_large;
};

/// Sums the reports of one period on one map from the packed pages as they are, run by run of neighbouring
/// units that stand in one row; then adds the rows upwards.
[[nodiscard]] FreshSums sum_up(const LeafBlock& leaves, const std::shared_ptr<const FormLayout>& layout,
                               const MapRows& map, Measure measure, std::uint64_t edition);

}  // namespace phoihop::rollup
