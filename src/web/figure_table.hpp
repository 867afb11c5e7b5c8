// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rollup/table.hpp"
#include "web/answers.hpp"

#include <string>

namespace phoihop::web {

/// What stands before the figures of an answer.
struct FigureHead {
    Date on{};
    bool simulated = false;
};

/// {"as_of", "on", "simulated", "figures": [Figure…]}: the same bytes as `write` of each figure, put together from
/// parts that are written once for each unit, indicator and period.
[[nodiscard]] std::string figures_json(const rollup::Table& table, const FigureHead& head, const Reading& reading);

/// {"as_of", "on", "simulated", "units": [UnitRef…], "columns": [{"indicator", "period", "values", "reported",
/// "expected", "notes"}…]}: a cell of each list for each unit, in a tenth of the bytes. What is not answered is null.
[[nodiscard]] std::string columns_json(const rollup::Table& table, const FigureHead& head, const Reading& reading);

}  // namespace phoihop::web
