// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "programme/programme.hpp"
#include "rollup/table.hpp"
#include "web/answers.hpp"

#include <string>

namespace phoihop::web {

/// The most columns of a workbook: more than one can read, and no more than a request can ask for by accident.
inline constexpr std::size_t sheet_columns_max = 500;

struct SheetOf {
    const programme::Programme& programme;
    rollup::Measure measure{};
    Date today{};
};

/// A table as a workbook that says where it comes from: figures as numbers, a sheet of how many of how many reported,
/// and the programme, periods, map, record and rule of each indicator. What is no figure says why.
[[nodiscard]] std::string figure_workbook(const rollup::Table& table, const SheetOf& of, const Reading& reading);

}  // namespace phoihop::web
