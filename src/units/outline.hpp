// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "units/data_set.hpp"

#include <string>
#include <vector>

namespace phoihop::units {

/// All that is drawn of one scheme: outlines as a file states them, points by digits.
struct Drawing {
    std::string scheme;
    std::string topology;
    std::vector<InnerPoint> points;

    friend bool operator==(const Drawing&, const Drawing&) = default;
};

/// What a data set states to draw, by scheme; a point given twice counts once.
[[nodiscard]] std::vector<Drawing> drawings_of(const DataSet& set);

}  // namespace phoihop::units
