// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "documents/xlsx_writer.hpp"

namespace phoihop::documents {

/// The merged cells that this one belongs to, or none. One cell alone is not merged.
[[nodiscard]] const MergedCells* merged_at(const StyledSheet& sheet, std::uint32_t row, std::uint32_t column);

/// How high a row must be for its texts, in points. Not every program fits a row to its texts when it opens a file,
/// so it is estimated: a bold letter or a capital is wider than the digit that a column's width is counted in.
[[nodiscard]] double row_height(const StyledSheet& sheet, std::uint32_t row);

}  // namespace phoihop::documents
