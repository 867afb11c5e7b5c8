// SPDX-License-Identifier: Apache-2.0
#include "web/report_template.hpp"

#include "documents/xlsx_writer.hpp"

namespace phoihop::web {

std::string report_template(const programme::Programme& programme, const programme::Form& form,
                            const programme::PeriodName& period, const TemplateOf& of, Date today)
{
    using documents::CellRole;
    using documents::text_cell;
    const Date day = programme.calendar.dates(period).cut_off();
    const std::string unit = of.territory.code_text(of.unit, day);
    documents::StyledSheet sheet;
    sheet.name = form.code + " " + period.text();
    sheet.columns = {{10, {}}, {14, {}}, {10, {}}, {14, {}}, {54, {}}, {14, {}}, {28, {}}};
    sheet.frozen_rows = 1;
    sheet.locked = true;
    sheet.mark = programme.simulated ? "DỮ LIỆU MÔ PHỎNG" : "";
    documents::StyledRow head;
    for (const char* name : {"period", "unit", "indicator", "value", "#chỉ tiêu", "#đơn vị tính", "comment"})
        head.cells.push_back({text_cell(name), CellRole::header});
    sheet.rows.push_back(head);
    for (std::size_t i = 0; i < form.cells.size(); ++i) {
        const programme::Indicator& indicator = *programme.indicator(form.cells[i].indicator);
        documents::StyledCell value{{}, CellRole::input, indicator.scale};
        if (of.cells != nullptr && i < of.cells->size() && (*of.cells)[i])
            value.cell = documents::number_cell(format_decimal(*(*of.cells)[i], indicator.scale));
        documents::StyledRow row;
        row.cells = {{text_cell(period.text())},     {text_cell(unit)},
                     {text_cell(indicator.code)},    value,
                     {text_cell(indicator.name.vi)}, {text_cell(indicator.unit.vi)},
                     {{}, CellRole::input}};
        sheet.rows.push_back(std::move(row));
    }
    return documents::write_xlsx({sheet}, {form.title.vi, {}, today});
}

}  // namespace phoihop::web
