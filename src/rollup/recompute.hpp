// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rollup/cube.hpp"

namespace phoihop::rollup {

/// Recomputes everything that `snapshot` holds from the database behind `connection`, in another and simpler way
/// (plain tables of all nodes, filled bottom up), and tells each difference in one line, at most `most`.
[[nodiscard]] std::vector<std::string> compare(const Snapshot& snapshot, store::Connection& connection,
                                               const OwedReader& owed, std::size_t most);

}  // namespace phoihop::rollup
