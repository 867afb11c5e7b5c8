// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "documents/official.hpp"
#include "documents/xlsx_writer.hpp"

namespace phoihop::documents {

/// The annexes of a document as workbook sheets, one each: the same titles, heads and figures as on its pages, the
/// figures as numbers to calculate with. Running text of an annex is left out; an annex without a table gives no sheet.
[[nodiscard]] std::vector<StyledSheet> annex_sheets(const OfficialDocument& document);

/// The workbook of `annex_sheets`; nothing when no annex has a table.
[[nodiscard]] std::optional<std::string> write_annexes_xlsx(const OfficialDocument& document);

}  // namespace phoihop::documents
