// SPDX-License-Identifier: Apache-2.0
#include "documents/xlsx_layout.hpp"

#include "documents/unicode.hpp"

#include <algorithm>
#include <cmath>

namespace phoihop::documents {

const MergedCells* merged_at(const StyledSheet& sheet, std::uint32_t row, std::uint32_t column)
{
    for (const MergedCells& merged : sheet.merged)
        if (merged.rows * merged.columns > 1 && row - merged.row < merged.rows &&
            column - merged.column < merged.columns)
            return &merged;
    return nullptr;
}

double row_height(const StyledSheet& sheet, std::uint32_t row)
{
    constexpr double line = 16, large_line = 19, room = 2;
    double height = line + room;
    for (std::size_t i = 0; i < sheet.rows[row].cells.size(); ++i) {
        const StyledCell& cell = sheet.rows[row].cells[i];
        if (cell.cell.kind != CellKind::text) continue;
        const auto column = static_cast<std::uint32_t>(i);
        const MergedCells* merged = merged_at(sheet, row, column);
        if (merged != nullptr && (merged->rows > 1 || merged->row != row || merged->column != column)) continue;
        double width = 0;
        for (std::uint32_t c = column; c < column + (merged == nullptr ? 1 : merged->columns); ++c)
            width += c < sheet.columns.size() ? sheet.columns[c].width : ColumnPlan{}.width;
        const bool wide = cell.role == CellRole::title || cell.role == CellRole::header || cell.role == CellRole::total;
        const double needed =
            static_cast<double>(count_characters(cell.cell.text)) * (wide ? 1.1 : 0.9) / std::max(1.0, width - 1);
        const double one = cell.role == CellRole::title ? large_line : line;
        height = std::max(height, std::ceil(needed) * one + room);
    }
    return std::min(height, 400.0);
}

int decimals_of(const Cell& cell)
{
    if (cell.kind != CellKind::number) return 0;
    const std::size_t point = cell.text.find('.');
    const int places = point == std::string::npos ? 0 : static_cast<int>(cell.text.size() - point - 1);
    return cell.percent ? std::max(0, places - 2) : places;
}

StyledSheet plain_sheet(const Sheet& sheet, std::uint32_t header_rows)
{
    StyledSheet styled;
    styled.name = sheet.name;
    styled.frozen_rows = header_rows;
    styled.repeated_rows = header_rows;
    for (std::size_t i = 0; i < sheet.rows.size(); ++i) {
        StyledRow row;
        for (const Cell& cell : sheet.rows[i].cells) {
            const std::size_t column = row.cells.size();
            row.cells.push_back({cell, i < header_rows ? CellRole::header : CellRole::body, decimals_of(cell), {}});
            if (column >= styled.columns.size()) styled.columns.resize(column + 1);
            const auto wanted = std::min(60.0, static_cast<double>(count_characters(cell.text)) * 1.15 + 2);
            styled.columns[column].width = std::max(styled.columns[column].width, wanted);
        }
        styled.rows.push_back(std::move(row));
    }
    return styled;
}

}  // namespace phoihop::documents
