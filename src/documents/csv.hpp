// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "documents/table.hpp"

#include <optional>
#include <span>

namespace phoihop::documents {

struct CsvOptions {
    TableLimits limits;
    /// Found from the first line when left out: a spreadsheet under a Vietnamese locale writes `;`, other
    /// programs `,`, a copied range tabs. A first line `sep=;` settles it, as it does for spreadsheets.
    std::optional<char> separator;
};

/// Reads CSV (RFC 4180) row by row, so that a file of millions of lines needs no more memory than its
/// bytes. Takes LF, CRLF and CR, a byte order mark, quoted separators, quotes and line breaks; text comes
/// out in NFC. Refuses what is not UTF-8, control characters, text after a closing quote, a quote that is
/// never closed, and anything past the limits, each with its cell ("D7"). All cells are text or empty:
/// what "1.234" means is for the reader to decide.
class CsvReader {
public:
    /// `bytes` must outlive the reader.
    [[nodiscard]] static Result<CsvReader> open(std::string_view bytes, const CsvOptions& options = {});

    /// Fills `row` with the next row that holds something; false at the end.
    [[nodiscard]] Result<bool> next(Row& row);

    [[nodiscard]] char separator() const { return m_separator; }

private:
    CsvReader(std::string_view rest, const TableLimits& limits) : m_rest(rest), m_limits(limits) {}
    [[nodiscard]] Result<bool> read_record(Row& row);
    [[nodiscard]] Result<bool> read_cell(Cell& cell, std::size_t column);
    [[nodiscard]] Result<bool> read_quoted(std::string& text, std::size_t column);
    [[nodiscard]] tl::unexpected<Problem> bad_cell(ProblemCode code, std::size_t column, Problem::Facts facts) const;

    std::string_view m_rest;
    TableLimits m_limits;
    char m_separator = ',';
    std::uint32_t m_number = 0;  // of the row that is being read
    std::uint32_t m_taken = 0;
};

/// The whole file as one sheet.
[[nodiscard]] Result<Sheet> read_csv(std::string_view bytes, const CsvOptions& options = {});

/// How a CSV is written. `plain` is for programs: commas, points in numbers, ISO dates. `spreadsheet` is what
/// opens with a double click under a Vietnamese locale: byte order mark, `;`, 1,5 and 31/03/2025.
enum class CsvStyle : std::uint8_t { plain, spreadsheet };

/// Adds one row to a CSV text: quoted where needed, ended by LF (`plain`) or CRLF (`spreadsheet`).
/// In `spreadsheet` style a text that a spreadsheet would run as a formula (=, +, -, @) gets an apostrophe.
void append_csv_row(std::string& csv, std::span<const Cell> cells, CsvStyle style = CsvStyle::plain);

/// The whole sheet; `spreadsheet` style begins with a byte order mark and separates by `;`.
[[nodiscard]] std::string write_csv(const Sheet& sheet, CsvStyle style = CsvStyle::plain);

}  // namespace phoihop::documents
