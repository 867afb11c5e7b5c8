// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "documents/table.hpp"

#include <optional>

namespace phoihop::documents {

/// What a cell is for; its look follows.
enum class CellRole : std::uint8_t {
    body,    // a value that has been worked out: locked in a protected sheet
    title,   // the sheet's heading: bold, larger, no border
    note,    // small explanation: italic, no border
    header,  // column head: bold, centred, grey, wrapped, locked
    total,   // a sum: bold
    input,   // to be filled in: unlocked, pale yellow
    wrong,   // to be filled in again: unlocked, red; the comment says why
};

struct StyledCell {
    Cell cell;
    CellRole role = CellRole::body;
    int decimals = 0;          // of a number: 1 shows 98,5 under a Vietnamese locale
    std::string comment = {};  // shown when the pointer rests on the cell; none when empty
    bool centred = false;      // titles, notes, heads and dates are so anyway
};

/// What may be typed into the input cells of a column.
struct ColumnRule {
    std::vector<std::string> choices;     // one of these texts
    std::optional<std::int64_t> minimum;  // a number not below this
    std::optional<std::int64_t> maximum;  // and not above this
    int decimals = 0;                     // whole numbers only when 0
};

struct ColumnPlan {
    double width = 12;  // in characters
    ColumnRule rule;
};

struct StyledRow {
    std::vector<StyledCell> cells;
    double height = 0;  // in points; estimated from the texts when 0
};

/// Cells that show as one; the first holds the content. Counted from 0.
struct MergedCells {
    std::uint32_t row = 0;
    std::uint32_t column = 0;
    std::uint32_t rows = 1;
    std::uint32_t columns = 1;
};

struct StyledSheet {
    std::string name;  // at most 31 characters, without []:*?/\ (cut and mended when not)
    std::vector<ColumnPlan> columns;
    std::vector<StyledRow> rows;
    std::vector<MergedCells> merged;
    std::uint32_t frozen_rows = 0;
    std::uint32_t frozen_columns = 0;
    std::uint32_t repeated_rows = 0;  // printed again on top of every page, counted from `repeat_from` (0 = first row)
    std::uint32_t repeat_from = 0;
    bool landscape = true;
    bool locked = false;  // only `input` and `wrong` cells can be changed; no password
    std::string mark;     // printed on top of every page, e.g. that the data are simulated
};

struct WorkbookInfo {
    std::string title;
    std::string author;
    Date created{std::chrono::days{0}};  // the file says when it was made; the clock is not asked
};

/// Writes a workbook with libxlsxwriter. Numbers and dates are real ones, so that the reader's locale prints
/// them; texts stay texts ("00004"); a text that begins with = is no formula. Equal input gives equal bytes.
/// A number with more than 15 significant digits is written as text, because a spreadsheet would round it.
[[nodiscard]] std::string write_xlsx(const std::vector<StyledSheet>& sheets, const WorkbookInfo& info);

/// How many decimal places a number shows as it was written: 2 for "1.50", 0 for what is no number.
[[nodiscard]] int decimals_of(const Cell& cell);

/// A table as it is: `header_rows` rows of heads, the others as body, columns as wide as their texts.
[[nodiscard]] StyledSheet plain_sheet(const Sheet& sheet, std::uint32_t header_rows = 1);

}  // namespace phoihop::documents
