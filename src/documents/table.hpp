// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/date.hpp"
#include "base/result.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace phoihop::documents {

/// What a file says a cell is. A CSV knows only text; a spreadsheet also knows numbers and dates.
enum class CellKind : std::uint8_t { empty, text, number, date, error };

/// One cell, as plain values. A number is a plain decimal with a point ("-12.5"), a date is "2025-03-31",
/// an error is what the spreadsheet shows ("#REF!").
struct Cell {
    CellKind kind = CellKind::empty;
    std::string text;
    /// The cell is formatted as a percentage: people see 98.5 % where the number is 0.985.
    bool percent = false;

    friend bool operator==(const Cell&, const Cell&) = default;
};

[[nodiscard]] Cell text_cell(std::string_view text);  // empty when the text is
[[nodiscard]] Cell number_cell(std::string_view plain_decimal);
[[nodiscard]] Cell date_cell(Date day);

/// One row that holds something, with the number that people see beside it (from 1).
struct Row {
    std::uint32_t number = 0;
    std::vector<Cell> cells;

    /// The cell of a column counted from 0; an empty one past the end.
    [[nodiscard]] const Cell& at(std::size_t column) const;
};

/// A table as a file holds it. Rows without any content are left out; `Row::number` still counts them.
struct Sheet {
    std::string name;
    bool hidden = false;
    std::vector<Row> rows;
};

/// What is taken from a file before it is refused as too large. `bytes` is the size after unpacking.
struct TableLimits {
    std::uint64_t bytes = 256ULL << 20;
    std::uint32_t rows = 5'000'000;
    std::uint32_t columns = 1'000;
    std::uint32_t cell_characters = 32'767;  // what a spreadsheet cell can hold
};

/// The letters of a column counted from 0, as spreadsheets show them: 0 is "A", 27 is "AB".
[[nodiscard]] std::string column_name(std::size_t column);

/// A cell as people name it: row 7 and column 3 are "D7". Every problem with a file's content stands there.
[[nodiscard]] std::string cell_name(std::uint32_t row, std::size_t column);

}  // namespace phoihop::documents
