// SPDX-License-Identifier: Apache-2.0
#include "web/figure_sheet.hpp"

#include "dispatch/wording.hpp"
#include "documents/xlsx_writer.hpp"
#include "text/date_words.hpp"
#include "text/number_format.hpp"

namespace phoihop::web {

namespace {

using documents::CellRole;
using documents::StyledCell;
using documents::StyledRow;
using documents::StyledSheet;
using documents::text_cell;
using rollup::Note;

/// Cells of a sheet's row, one for each column of figures.
class Cells {
public:
    Cells(const rollup::Table& table, std::size_t row) : m_table(table), m_row(row) {}

    template <class Visit>
    void each(const Visit& visit) const
    {
        for (std::size_t i = 0; i < m_table.indicators.size(); ++i)
            for (std::size_t period = 0; period < m_table.periods.size(); ++period)
                visit(*m_table.indicators[i], m_table.column(i, period)[m_row]);
    }

private:
    const rollup::Table& m_table;
    std::size_t m_row;
};

std::string why_empty(const rollup::TableCell& cell)
{
    if (cell.note == Note::not_additive) return "không cộng được";
    if (cell.note == Note::finer) return "chỉ có theo kỳ dài hơn";
    if (cell.reported > 0) return "không tính được";
    return cell.expected > 0 ? "chưa có" : "–";
}

StyledCell figure_cell(const rollup::Table& table, const programme::Indicator& indicator, const rollup::TableCell& cell)
{
    if (cell.kind == rollup::CellKind::absent) return {};
    const bool shown = cell.kind == rollup::CellKind::ratio || indicator.source == programme::Source::computed;
    const int scale = cell.kind == rollup::CellKind::other ? table.other(cell).scale
                      : shown                              ? indicator.shown_scale
                                                           : indicator.scale;
    const auto value = table.value(cell, indicator.scale);
    if (!value) return {text_cell(why_empty(cell)), CellRole::body, 0, {}, true};
    return {documents::number_cell(format_decimal(rollup::rounded(*value, scale), scale)), CellRole::body, scale};
}

std::string row_name(const rollup::Table& table, std::size_t row, const Reading& reading)
{
    Note kind = Note::none;
    Cells(table, row).each([&](const programme::Indicator&, const rollup::TableCell& cell) {
        if (cell.kind != rollup::CellKind::absent && (cell.note == Note::own || cell.note == Note::undivided))
            kind = cell.note;
    });
    const std::string name = reading.territory.state_near(table.rows[row], reading.on).full_name;
    if (kind == Note::own) return "Do chính " + name + " thực hiện";
    if (kind == Note::undivided) return "Chưa chia được cho cấp dưới của " + name;
    return name;
}

std::vector<std::string> origin_lines(const rollup::Table& table, const SheetOf& of, const Reading& reading)
{
    std::string periods = dispatch::period_words(table.periods.front());
    if (table.periods.size() > 1) periods += " đến " + dispatch::period_words(table.periods.back());
    return {of.programme.symbol + " · " + periods + " · Bản đồ ngày " + text::date_numeric(reading.on),
            "Số liệu đến ngày " + text::date_numeric(of.today) + ", bản ghi số " + text::number_vi(table.as_of, 0) +
                " · " +
                (of.measure == rollup::Measure::verified ? "Chỉ tính báo cáo đã duyệt" : "Tính mọi báo cáo đã nhận")};
}

void put_head(StyledSheet& sheet, const rollup::Table& table, std::string title, const std::vector<std::string>& lines)
{
    sheet.rows.push_back({{{text_cell(title), CellRole::title}}});
    for (const std::string& line : lines) sheet.rows.push_back({{{text_cell(line), CellRole::note}}});
    StyledRow head{{{text_cell("Mã"), CellRole::header}, {text_cell("Đơn vị"), CellRole::header}}};
    sheet.columns = {{12, {}}, {36, {}}};
    for (const auto* indicator : table.indicators)
        for (const auto& period : table.periods) {
            head.cells.push_back({text_cell(indicator->code + " " + indicator->name.vi + " (" + indicator->unit.vi +
                                            ")\n" + dispatch::period_words(period)),
                                  CellRole::header});
            sheet.columns.push_back({18, {}});
        }
    sheet.rows.push_back(std::move(head));
    const auto frozen = static_cast<std::uint32_t>(sheet.rows.size());
    sheet.frozen_rows = frozen;
    sheet.frozen_columns = 2;
    sheet.repeated_rows = 1;
    sheet.repeat_from = frozen - 1;
}

StyledSheet rules_sheet(const rollup::Table& table, const std::vector<std::string>& lines)
{
    StyledSheet sheet;
    sheet.name = "Nguồn và quy tắc";
    sheet.columns = {{10, {}}, {50, {}}, {16, {}}, {40, {}}, {80, {}}};
    sheet.rows.push_back({{{text_cell("Nguồn và quy tắc"), CellRole::title}}});
    for (const std::string& line : lines) sheet.rows.push_back({{{text_cell(line), CellRole::note}}});
    StyledRow head;
    for (const char* name : {"Mã", "Chỉ tiêu", "Đơn vị tính", "Cách cộng giữa các đơn vị", "Định nghĩa"})
        head.cells.push_back({text_cell(name), CellRole::header});
    sheet.rows.push_back(std::move(head));
    for (const auto* indicator : table.indicators) {
        const std::string rule = indicator->formula ? indicator->formula->text()
                                 : indicator->over_units == programme::OverUnits::distinct
                                     ? "không cộng"
                                     : "tổng của đơn vị và các đơn vị cấp dưới";
        sheet.rows.push_back({{{text_cell(indicator->code)},
                               {text_cell(indicator->name.vi)},
                               {text_cell(indicator->unit.vi)},
                               {text_cell(rule)},
                               {text_cell(indicator->definition_vi)}}});
    }
    return sheet;
}

}  // namespace

std::string figure_workbook(const rollup::Table& table, const SheetOf& of, const Reading& reading)
{
    const auto lines = origin_lines(table, of, reading);
    StyledSheet figures;
    figures.name = "Số liệu";
    put_head(figures, table, of.programme.title.vi, lines);
    StyledSheet counts;
    counts.name = "Báo cáo";
    put_head(counts, table, "Số báo cáo đã có trên số phải có", lines);
    for (std::size_t row = 0; row < table.rows.size(); ++row) {
        const std::string code = reading.territory.code_text(table.rows[row], reading.on);
        const StyledRow begin{{{text_cell(code)}, {text_cell(row_name(table, row, reading))}}};
        StyledRow values = begin;
        StyledRow reported = begin;
        Cells(table, row).each([&](const programme::Indicator& indicator, const rollup::TableCell& cell) {
            values.cells.push_back(figure_cell(table, indicator, cell));
            const bool none = cell.kind == rollup::CellKind::absent || cell.expected == 0;
            reported.cells.push_back(
                {none ? documents::Cell{}
                      : text_cell(text::number_vi(cell.reported, 0) + " trên " + text::number_vi(cell.expected, 0)),
                 CellRole::body,
                 0,
                 {},
                 true});
        });
        figures.rows.push_back(std::move(values));
        counts.rows.push_back(std::move(reported));
    }
    std::vector<StyledSheet> sheets{std::move(figures), std::move(counts), rules_sheet(table, lines)};
    if (of.programme.simulated)
        for (StyledSheet& sheet : sheets) {
            sheet.mark = "DỮ LIỆU MÔ PHỎNG";
            sheet.rows.insert(sheet.rows.begin() + 1, {{{text_cell("DỮ LIỆU MÔ PHỎNG"), CellRole::note}}});
            if (sheet.frozen_rows > 0) {
                ++sheet.frozen_rows;
                ++sheet.repeat_from;
            }
        }
    return documents::write_xlsx(sheets, {of.programme.title.vi, {}, of.today});
}

}  // namespace phoihop::web
