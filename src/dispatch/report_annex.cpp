// SPDX-License-Identifier: Apache-2.0
#include "dispatch/report_annex.hpp"

#include "dispatch/wording.hpp"

#include <algorithm>

namespace phoihop::dispatch {

namespace {

using documents::Annex;
using documents::Cell;
using documents::ColumnKind;
using documents::number_cell;
using documents::Table;
using documents::TableRow;
using documents::TableRowRole;
using documents::text_cell;

Cell figure_cell(const rollup::Figure& figure)
{
    return figure.value ? number_cell(figure.text()) : text_cell("–");
}

Cell share_cell(const rollup::Figure& figure)
{
    return text_cell(std::to_string(figure.reported) + "/" + std::to_string(figure.expected));
}

std::string capital(std::string words)
{
    // Period words begin with a letter without diacritics or with a digit.
    if (!words.empty() && words.front() >= 'a' && words.front() <= 'z')
        words.front() = static_cast<char>(words.front() - 'a' + 'A');
    return words;
}

Annex indicators_annex(const ReportData& data)
{
    const bool yearly = data.before == data.last_year;
    Table table;
    table.points = 11;
    table.column_numbers = true;
    table.columns = {{"TT", 0.6, ColumnKind::centred, ""},
                     {"Chỉ tiêu", 5, ColumnKind::text, ""},
                     {"Đơn vị tính", 1.3, ColumnKind::centred, ""},
                     {capital(period_words(data.order->period)), 1.6, ColumnKind::number, ""},
                     {capital(period_words(data.before)), 1.6, ColumnKind::number, ""}};
    if (!yearly) table.columns.push_back({capital(period_words(data.last_year)), 1.6, ColumnKind::number, ""});
    table.columns.push_back({"Số báo cáo đã nhận/phải gửi", 1.7, ColumnKind::centred, ""});
    int number = 0;
    for (const GroupData& group : data.groups) {
        table.rows.push_back({{text_cell(group.group->code + ". " + group.group->name.vi)}, TableRowRole::section});
        for (const Reading& reading : group.readings) {
            TableRow row{{text_cell(std::to_string(++number)), text_cell(reading.indicator->name.vi),
                          text_cell(reading.indicator->unit.vi), figure_cell(reading.now), figure_cell(reading.before)},
                         TableRowRole::body};
            if (!yearly) row.cells.push_back(figure_cell(reading.last_year));
            row.cells.push_back(share_cell(reading.now));
            table.rows.push_back(std::move(row));
        }
    }
    documents::Paragraph note{
        {{"Ghi chú: dấu “–” là chưa có số liệu; cột cuối là số lượt báo cáo có trong số liệu trên "
          "số lượt báo cáo phải gửi của kỳ này.",
          documents::Emphasis::italic, ""}}};
    return {"Tổng hợp các chỉ tiêu " + period_words(data.order->period), true, {std::move(table), std::move(note)}};
}

std::string row_name(const ReportData& data, const LocalityRow& row)
{
    if (row.note == rollup::Note::own) return "Số liệu của cơ quan cấp mình";
    if (row.note == rollup::Note::undivided) return "Chưa phân chia được cho đơn vị nào";
    return data.state(row.unit).full_name;
}

/// The unit's own figure of an indicator: the sum of the rows.
const rollup::Figure& whole(const ReportData& data, const programme::Indicator& indicator)
{
    static const rollup::Figure none;
    for (const GroupData& group : data.groups)
        for (const Reading& reading : group.readings)
            if (reading.indicator == &indicator) return reading.now;
    return none;
}

Annex localities_annex(const ReportData& data)
{
    Table table;
    table.points = 10.5;
    table.column_numbers = true;
    table.columns = {{"TT", 0.6, ColumnKind::centred, ""}, {"Địa phương, đơn vị", 3, ColumnKind::text, ""}};
    for (const auto* indicator : data.main)
        table.columns.push_back({indicator->name.vi + " (" + indicator->unit.vi + ")", 1.3, ColumnKind::number, ""});
    TableRow total{{Cell{}, text_cell("Tổng số")}, TableRowRole::total};
    for (const auto* indicator : data.main) total.cells.push_back(figure_cell(whole(data, *indicator)));
    table.rows.push_back(std::move(total));
    int number = 0;
    for (const LocalityRow& row : data.localities) {
        TableRow& shown = table.rows.emplace_back();
        shown.cells = {text_cell(std::to_string(++number)), text_cell(row_name(data, row))};
        for (const rollup::Figure& figure : row.figures) shown.cells.push_back(figure_cell(figure));
    }
    return {"Một số chỉ tiêu chính " + period_words(data.order->period) + " theo địa phương", true, {std::move(table)}};
}

}  // namespace

void add_annexes(const ReportData& data, documents::OfficialDocument& document)
{
    document.annexes.push_back(indicators_annex(data));
    if (!data.localities.empty()) document.annexes.push_back(localities_annex(data));
}

}  // namespace phoihop::dispatch
