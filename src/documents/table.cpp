// SPDX-License-Identifier: Apache-2.0
#include "documents/table.hpp"

#include <algorithm>

namespace phoihop::documents {

Cell text_cell(std::string_view text)
{
    return {text.empty() ? CellKind::empty : CellKind::text, std::string(text), false};
}

Cell number_cell(std::string_view plain_decimal)
{
    return {CellKind::number, std::string(plain_decimal), false};
}

Cell date_cell(Date day)
{
    return {CellKind::date, format_date(day), false};
}

const Cell& Row::at(std::size_t column) const
{
    static const Cell nothing;
    return column < cells.size() ? cells[column] : nothing;
}

std::string column_name(std::size_t column)
{
    std::string letters;
    for (std::size_t rest = column + 1; rest > 0; rest = (rest - 1) / 26)
        letters += static_cast<char>('A' + (rest - 1) % 26);
    std::reverse(letters.begin(), letters.end());
    return letters;
}

std::string cell_name(std::uint32_t row, std::size_t column)
{
    return column_name(column) + std::to_string(row);
}

}  // namespace phoihop::documents
