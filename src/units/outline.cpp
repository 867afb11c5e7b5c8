// SPDX-License-Identifier: Apache-2.0
#include "units/outline.hpp"

#include <map>

namespace phoihop::units {

std::vector<Drawing> drawings_of(const DataSet& set)
{
    std::map<std::string, Drawing> by_scheme;
    for (const StatedOutlines& stated : set.outlines) by_scheme[stated.scheme].topology = stated.topology;
    std::map<Code, InnerPoint> points;
    for (const InnerPoint& point : set.points) points.emplace(point.code, point);
    for (const auto& [code, point] : points) by_scheme[code.scheme].points.push_back(point);
    std::vector<Drawing> drawings;
    for (auto& [scheme, drawing] : by_scheme) {
        drawing.scheme = scheme;
        drawings.push_back(std::move(drawing));
    }
    return drawings;
}

}  // namespace phoihop::units
