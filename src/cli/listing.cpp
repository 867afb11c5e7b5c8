// SPDX-License-Identifier: Apache-2.0
#include "cli/listing.hpp"

#include "documents/csv.hpp"

#include <algorithm>

namespace phoihop::cli {

namespace {

/// JSON text of one string (RFC 8259, section 7).
std::string quoted(std::string_view text)
{
    std::string out = "\"";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (byte < 0x20) {
            constexpr std::string_view digits = "0123456789abcdef";
            out += "\\u00";
            out += digits[byte >> 4U];
            out += digits[byte & 15U];
        } else {
            out += c;
        }
    }
    return out + '"';
}

}  // namespace

std::size_t display_width(std::string_view text)
{
    std::size_t width = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        if ((byte & 0xC0U) == 0x80U) continue;
        // U+0300–U+036F, the combining marks, are CC 80 – CD AF in UTF-8.
        const bool combining =
            byte == 0xCC || (byte == 0xCD && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) <= 0xAF);
        if (!combining) ++width;
    }
    return width;
}

Result<void> Listing::print(const Arguments& arguments, Output& output) const
{
    const std::string format = arguments.given("format") ? arguments.value("format") : "table";
    if (format == "table")
        table(output);
    else if (format == "csv")
        csv(output);
    else if (format == "json")
        json(output);
    else
        return refuse(ProblemCode::wrong_type, "--format", {{"expected", "table, csv, json"}, {"found", format}});
    return {};
}

void Listing::table(Output& output) const
{
    std::vector<std::size_t> widths;
    for (std::size_t c = 0; c < m_columns.size(); ++c) {
        std::size_t width = display_width(m_columns[c].name);
        for (const auto& row : m_rows) width = std::max(width, display_width(row[c]));
        widths.push_back(width);
    }
    const auto line = [&](auto&& cell) {
        std::string text;
        for (std::size_t c = 0; c < m_columns.size(); ++c) {
            const std::string& value = cell(c);
            const std::string pad(widths[c] - display_width(value), ' ');
            const bool right = m_columns[c].kind == Kind::number;
            if (c > 0) text += "  ";
            text += right ? pad + value : value + (c + 1 == m_columns.size() ? "" : pad);
        }
        output.out(text + "\n");
    };
    line([&](std::size_t c) -> const std::string& { return m_columns[c].name; });
    for (const auto& row : m_rows) {
        if (!output.wanted()) return;
        line([&](std::size_t c) -> const std::string& { return row[c]; });
    }
}

void Listing::csv(Output& output) const
{
    std::vector<documents::Cell> cells;
    std::string text;
    for (const Column& column : m_columns) cells.push_back(documents::text_cell(column.name));
    documents::append_csv_row(text, cells);
    for (const auto& row : m_rows) {
        cells.clear();
        for (const std::string& cell : row) cells.push_back(documents::text_cell(cell));
        documents::append_csv_row(text, cells);
        if (text.size() < 65536) continue;
        output.out(text);
        text.clear();
        if (!output.wanted()) return;
    }
    output.out(text);
}

void Listing::json(Output& output) const
{
    std::string text = "[";
    for (std::size_t r = 0; r < m_rows.size(); ++r) {
        text += r == 0 ? "\n  {" : ",\n  {";
        for (std::size_t c = 0; c < m_columns.size(); ++c) {
            if (c > 0) text += ", ";
            const std::string& value = m_rows[r][c];
            const bool bare = m_columns[c].kind == Kind::number;
            text += quoted(m_columns[c].name) + ": " + (bare ? (value.empty() ? "null" : value) : quoted(value));
        }
        text += '}';
        if (text.size() < 65536) continue;
        output.out(text);
        text.clear();
        if (!output.wanted()) return;
    }
    output.out(text + (m_rows.empty() ? "]\n" : "\n]\n"));
}

Option format_option()
{
    return {"format", "table|csv|json", "How the answer is written", false, "table"};
}
Option database_option()
{
    return {"db", "DATABASE", "phoihop.db or postgresql://… (or PHOIHOP_DB)", true, {}};
}
Option today_option()
{
    return {"today", "DATE", "The day to act on, in simulated databases", false, {}};
}

}  // namespace phoihop::cli
