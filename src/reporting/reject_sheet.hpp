// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "documents/xlsx_writer.hpp"
#include "reporting/import_reports.hpp"

namespace phoihop::reporting {

/// Refused reports as a workbook that `import` reads back: the cells that are wrong are coloured and say why, the
/// others can be changed too. The programme must outlive it.
class RejectSheet {
public:
    explicit RejectSheet(const programme::Programme& programme);

    void add(const Submission& submission, const std::string& unit, const std::vector<Finding>& findings);
    [[nodiscard]] bool empty() const { return m_sheet.rows.size() <= 1; }
    /// `too_large` past the rows that a sheet can have (ECMA-376 as Excel limits it: 1,048,576).
    [[nodiscard]] Result<std::string> xlsx(Date today) const;

private:
    const programme::Programme& m_programme;
    documents::StyledSheet m_sheet;
};

}  // namespace phoihop::reporting
