// SPDX-License-Identifier: Apache-2.0
#include "reporting/reject_sheet.hpp"

#include "base/decimal.hpp"

namespace phoihop::reporting {

namespace {

using documents::CellRole;
using documents::StyledCell;
using documents::text_cell;

StyledCell said(const std::string& text, const std::string& wrong)
{
    return {text_cell(text), wrong.empty() ? CellRole::input : CellRole::wrong, 0, wrong};
}

/// A figure as a number, so that it can be mended as one; what is none stays the text that it was.
StyledCell figure(const std::string& text, int scale, const std::string& wrong)
{
    StyledCell cell = said(text, wrong);
    if (!parse_decimal(text, scale)) return cell;
    cell.cell = documents::number_cell(text);
    cell.decimals = scale;
    return cell;
}

}  // namespace

RejectSheet::RejectSheet(const programme::Programme& programme) : m_programme(programme)
{
    m_sheet.name = "Lỗi cần sửa";
    m_sheet.columns = {{10, {}}, {16, {}}, {10, {}}, {16, {}}, {48, {}}, {14, {}}, {20, {}}, {32, {}}, {60, {}}};
    m_sheet.frozen_rows = 1;
    m_sheet.locked = true;
    m_sheet.mark = programme.simulated ? "DỮ LIỆU MÔ PHỎNG" : "";
    documents::StyledRow head;
    for (const char* name :
         {"period", "unit", "indicator", "value", "#chỉ tiêu", "received_on", "reason", "comment", "#lỗi"})
        head.cells.push_back({text_cell(name), CellRole::header});
    m_sheet.rows.push_back(std::move(head));
}

void RejectSheet::add(const Submission& submission, const std::string& unit, const std::vector<Finding>& findings)
{
    std::string whole = rejected_because(findings, "");
    for (const RejectedRow& row : rejected_rows(submission, unit, findings)) {
        const programme::Indicator* indicator = m_programme.indicator(row.indicator);
        const std::string wrong = row.vi == whole ? std::string{} : row.vi;
        documents::StyledRow styled;
        // What is wrong with the report as a whole stands at its unit, once.
        styled.cells = {said(row.period, ""),
                        said(row.unit, whole),
                        said(row.indicator, ""),
                        figure(row.value, indicator == nullptr ? 0 : indicator->scale, wrong),
                        {text_cell(indicator == nullptr ? std::string{} : indicator->name.vi)},
                        said(row.received_on, ""),
                        said(row.reason, ""),
                        said(row.comment, ""),
                        {text_cell(wrong.empty() ? whole : wrong)}};
        m_sheet.rows.push_back(std::move(styled));
        whole.clear();
    }
}

Result<std::string> RejectSheet::xlsx(Date today) const
{
    constexpr std::size_t rows_max = 1'048'576;
    if (m_sheet.rows.size() > rows_max)
        return refuse(ProblemCode::too_large, m_sheet.name,
                      {{"found", std::to_string(m_sheet.rows.size())}, {"limit", std::to_string(rows_max)}});
    return documents::write_xlsx({m_sheet}, {m_sheet.name, {}, today});
}

}  // namespace phoihop::reporting
