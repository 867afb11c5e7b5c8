// SPDX-License-Identifier: Apache-2.0
#include "documents/csv.hpp"

#include "documents/unicode.hpp"
#include "text/date_words.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace phoihop::documents {

namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

/// The separator that stands most often outside quotes in the first line; `;` wins a draw, because a
/// Vietnamese number may hold commas.
char guess_separator(std::string_view text)
{
    constexpr std::array<char, 3> candidates{';', ',', '\t'};
    std::array<std::size_t, 3> seen{};
    bool quoted = false;
    for (const char c : text) {
        if (c == '"') quoted = !quoted;
        if (quoted) continue;
        if (c == '\n' || c == '\r') break;
        for (std::size_t i = 0; i < candidates.size(); ++i) seen[i] += c == candidates[i] ? 1U : 0U;
    }
    const auto best = std::max_element(seen.begin(), seen.end());
    return *best == 0 ? ',' : candidates[static_cast<std::size_t>(best - seen.begin())];
}

/// A line that says `sep=;` and nothing else, as spreadsheets write it; taken off the text.
std::optional<char> take_declared_separator(std::string_view& text)
{
    if (!text.starts_with("sep=") || text.size() < 5) return std::nullopt;
    const char separator = text[4];
    const std::string_view end = text.substr(5);
    const std::size_t break_length = end.starts_with("\r\n")                          ? 2
                                     : end.starts_with('\n') || end.starts_with('\r') ? 1
                                                                                      : 0;
    if (break_length == 0) return std::nullopt;
    text = end.substr(break_length);
    return separator;
}

/// Where an offset lies, counted in lines and bytes: a file that is not UTF-8 has no cells yet.
std::string line_of(std::string_view text, std::size_t offset)
{
    return "row " +
           std::to_string(1 + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(offset), '\n'));
}

/// A cell as it would be typed under a Vietnamese locale: 1,5 and 31/03/2025.
std::string as_typed(const Cell& cell)
{
    std::string text = cell.text;
    if (cell.kind == CellKind::number) std::replace(text.begin(), text.end(), '.', ',');
    if (cell.kind == CellKind::date)
        if (const auto date = parse_date(text)) text = text::date_numeric(*date);
    return text;
}

bool is_forbidden(char c)
{
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 && c != '\t' && c != '\n' && c != '\r';
}

}  // namespace

Result<CsvReader> CsvReader::open(std::string_view bytes, const CsvOptions& options)
{
    if (bytes.size() > options.limits.bytes)
        return refuse(ProblemCode::too_large, {},
                      {{"limit", std::to_string(options.limits.bytes) + " bytes"},
                       {"found", std::to_string(bytes.size()) + " bytes"}});
    if (bytes.starts_with("PK\x03\x04"))
        return refuse(ProblemCode::wrong_type, {}, {{"expected", "CSV"}, {"found", "zip"}});
    if (const auto bad = first_bad_utf8(bytes))
        return refuse(ProblemCode::malformed, line_of(bytes, *bad),
                      {{"expected", "UTF-8"}, {"found", "byte " + std::to_string(*bad)}});
    if (bytes.starts_with(byte_order_mark)) bytes.remove_prefix(byte_order_mark.size());

    CsvReader reader(bytes, options.limits);
    const auto declared = take_declared_separator(reader.m_rest);
    if (declared) reader.m_number = 1;
    reader.m_separator = options.separator ? *options.separator : declared ? *declared : guess_separator(reader.m_rest);
    return reader;
}

tl::unexpected<Problem> CsvReader::bad_cell(ProblemCode code, std::size_t column, Problem::Facts facts) const
{
    return refuse(code, cell_name(m_number, column), std::move(facts));
}

Result<bool> CsvReader::next(Row& row)
{
    while (!m_rest.empty()) {
        PHOIHOP_TRY(has_content, read_record(row));
        if (!has_content) continue;
        if (++m_taken > m_limits.rows)
            return refuse(ProblemCode::too_large, "row " + std::to_string(m_number),
                          {{"limit", std::to_string(m_limits.rows) + " rows"}});
        return true;
    }
    return false;
}

Result<bool> CsvReader::read_record(Row& row)
{
    row.number = ++m_number;
    bool has_content = false;
    std::size_t column = 0;
    for (bool more = true; more; ++column) {
        if (column >= m_limits.columns)
            return bad_cell(ProblemCode::too_large, column, {{"limit", std::to_string(m_limits.columns) + " columns"}});
        // Cells are used again from row to row: their texts keep their memory.
        if (column >= row.cells.size()) row.cells.emplace_back();
        Cell& cell = row.cells[column];
        PHOIHOP_TRY(separator_follows, read_cell(cell, column));
        more = separator_follows;
        has_content = has_content || cell.kind != CellKind::empty;
    }
    row.cells.resize(column);
    return has_content;
}

Result<bool> CsvReader::read_cell(Cell& cell, std::size_t column)
{
    cell.text.clear();
    cell.percent = false;
    if (m_rest.starts_with('"')) {
        PHOIHOP_CHECK_OK(read_quoted(cell.text, column));
    } else {
        std::size_t end = 0;
        while (end < m_rest.size() && m_rest[end] != m_separator && m_rest[end] != '\n' && m_rest[end] != '\r') ++end;
        cell.text.assign(m_rest.substr(0, end));
        m_rest.remove_prefix(end);
    }
    if (std::any_of(cell.text.begin(), cell.text.end(), is_forbidden))
        return bad_cell(ProblemCode::malformed, column, {{"expected", "text"}, {"found", "control character"}});
    if (cell.text.size() > m_limits.cell_characters && count_characters(cell.text) > m_limits.cell_characters)
        return bad_cell(ProblemCode::too_large, column,
                        {{"limit", std::to_string(m_limits.cell_characters) + " characters"}});
    compose(cell.text);
    cell.kind = cell.text.empty() ? CellKind::empty : CellKind::text;

    if (m_rest.empty()) return false;
    const char end = m_rest.front();
    if (end != m_separator && end != '\n' && end != '\r')
        return bad_cell(ProblemCode::malformed, column,
                        {{"expected", "separator after the closing quote"}, {"found", "text"}});
    m_rest.remove_prefix(end == '\r' && m_rest.starts_with("\r\n") ? 2 : 1);
    return end == m_separator;
}

Result<bool> CsvReader::read_quoted(std::string& text, std::size_t column)
{
    m_rest.remove_prefix(1);
    while (true) {
        const std::size_t quote = m_rest.find('"');
        if (quote == std::string_view::npos)
            return bad_cell(ProblemCode::malformed, column, {{"expected", "closing quote"}, {"found", "end of file"}});
        text.append(m_rest.substr(0, quote));
        m_rest.remove_prefix(quote + 1);
        if (!m_rest.starts_with('"')) return true;
        text += '"';
        m_rest.remove_prefix(1);
    }
}

Result<Sheet> read_csv(std::string_view bytes, const CsvOptions& options)
{
    PHOIHOP_TRY(reader, CsvReader::open(bytes, options));
    Sheet sheet;
    Row row;
    while (true) {
        PHOIHOP_TRY(more, reader.next(row));
        if (!more) return sheet;
        sheet.rows.push_back(row);
    }
}

void append_csv_row(std::string& csv, std::span<const Cell> cells, CsvStyle style)
{
    const bool spreadsheet = style == CsvStyle::spreadsheet;
    const char separator = spreadsheet ? ';' : ',';
    for (std::size_t i = 0; i < cells.size(); ++i) {
        if (i > 0) csv += separator;
        const std::string text = spreadsheet ? as_typed(cells[i]) : cells[i].text;
        const bool runs = spreadsheet && cells[i].kind == CellKind::text && !text.empty() &&
                          std::string_view("=+-@\t").find(text.front()) != std::string_view::npos;
        const bool quote = runs || text.find_first_of("\"\r\n,;\t") != std::string::npos ||
                           (!text.empty() && (text.front() == ' ' || text.back() == ' ')) ||
                           (text.empty() && cells.size() == 1) || text.starts_with("sep=") ||
                           text.starts_with(byte_order_mark);
        if (!quote) {
            csv += text;
            continue;
        }
        csv += '"';
        if (runs) csv += '\'';
        for (const char c : text) csv.append(c == '"' ? 2 : 1, c);
        csv += '"';
    }
    csv += spreadsheet ? "\r\n" : "\n";
}

std::string write_csv(const Sheet& sheet, CsvStyle style)
{
    std::string csv;
    if (style == CsvStyle::spreadsheet) csv += byte_order_mark;
    for (const Row& row : sheet.rows) append_csv_row(csv, row.cells, style);
    return csv;
}

}  // namespace phoihop::documents
