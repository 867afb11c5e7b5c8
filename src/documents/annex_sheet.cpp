// SPDX-License-Identifier: Apache-2.0
#include "documents/annex_sheet.hpp"

#include "documents/page_text.hpp"

#include <algorithm>
#include <numeric>

namespace phoihop::documents {

namespace {

constexpr double sheet_width = 130;  // characters of a page that lies across

std::string text_of(const TextParagraph& paragraph)
{
    std::string text;
    for (const Run& run : paragraph.runs) text += run.text;
    std::replace(text.begin(), text.end(), '\n', ' ');
    return text;
}

class SheetMaker {
public:
    SheetMaker(const Annex& annex, const AnnexText& text) : m_annex(annex), m_text(text) {}

    std::optional<StyledSheet> make(std::string name, const std::string& mark);

private:
    void add_line(const std::string& text, CellRole role);
    void add_heads(const TextTable& table);
    void add_row(const TableRow& row, const std::vector<TableColumn>& columns);
    [[nodiscard]] std::uint32_t next_row() const { return static_cast<std::uint32_t>(m_sheet.rows.size()); }

    const Annex& m_annex;
    const AnnexText& m_text;
    StyledSheet m_sheet;
};

/// A line across the whole table.
void SheetMaker::add_line(const std::string& text, CellRole role)
{
    const auto columns = static_cast<std::uint32_t>(m_sheet.columns.size());
    m_sheet.merged.push_back({next_row(), 0, 1, columns});
    StyledRow row;
    row.cells.push_back({text_cell(text), role, 0, {}});
    m_sheet.rows.push_back(std::move(row));
}

void SheetMaker::add_heads(const TextTable& table)
{
    for (const auto& head : table.heads) {
        StyledRow row;
        for (const TextCell& cell : head) {
            const auto column = static_cast<std::uint32_t>(row.cells.size());
            m_sheet.merged.push_back({next_row(), column,
                                      static_cast<std::uint32_t>(std::max<std::size_t>(cell.rows, 1)),
                                      static_cast<std::uint32_t>(cell.columns)});
            row.cells.push_back({text_cell(cell.text), CellRole::header, 0, {}});
            row.cells.resize(row.cells.size() + cell.columns - 1, {Cell{}, CellRole::header, 0, {}});
        }
        m_sheet.rows.push_back(std::move(row));
    }
}

void SheetMaker::add_row(const TableRow& row, const std::vector<TableColumn>& columns)
{
    if (row.role == TableRowRole::section)
        return add_line(row.cells.empty() ? "" : row.cells.front().text, CellRole::total);
    StyledRow styled;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const Cell cell = i < row.cells.size() ? row.cells[i] : Cell{};
        const bool centred = columns[i].kind == ColumnKind::centred ||
                             (columns[i].kind == ColumnKind::number && cell.kind == CellKind::text);
        styled.cells.push_back(
            {cell, row.role == TableRowRole::total ? CellRole::total : CellRole::body, decimals_of(cell), {}, centred});
    }
    m_sheet.rows.push_back(std::move(styled));
}

std::optional<StyledSheet> SheetMaker::make(std::string name, const std::string& mark)
{
    std::vector<const Table*> tables;
    for (const Block& block : m_annex.blocks)
        if (const auto* table = std::get_if<Table>(&block)) tables.push_back(table);
    if (tables.empty()) return std::nullopt;

    m_sheet.name = std::move(name);
    m_sheet.mark = mark;
    m_sheet.landscape = m_annex.landscape;
    const auto& columns = tables.front()->columns;
    const double whole = std::accumulate(columns.begin(), columns.end(), 0.0,
                                         [](double sum, const TableColumn& column) { return sum + column.width; });
    for (const TableColumn& column : columns) m_sheet.columns.push_back({sheet_width * column.width / whole, {}});

    // Composed tables follow one another as their values do.
    auto table = tables.begin();
    for (const TextBlock& block : m_text.blocks) {
        const auto* paragraph = std::get_if<TextParagraph>(&block);
        const bool title = paragraph != nullptr && (paragraph->style == ParagraphStyle::annex_name ||
                                                    paragraph->style == ParagraphStyle::annex_title ||
                                                    paragraph->style == ParagraphStyle::caption);
        if (title) add_line(text_of(*paragraph), CellRole::title);
        if (paragraph != nullptr &&
            (paragraph->style == ParagraphStyle::annex_source || paragraph->style == ParagraphStyle::unit_note))
            add_line(text_of(*paragraph), CellRole::note);
        const auto* composed = std::get_if<TextTable>(&block);
        if (composed == nullptr) continue;
        if (table == tables.begin()) {
            m_sheet.repeat_from = next_row();
            m_sheet.repeated_rows = static_cast<std::uint32_t>(composed->heads.size());
            m_sheet.frozen_rows = m_sheet.repeat_from + m_sheet.repeated_rows;
        }
        add_heads(*composed);
        for (const TableRow& row : (*table)->rows) add_row(row, (*table)->columns);
        ++table;
    }
    return std::move(m_sheet);
}

}  // namespace

std::vector<StyledSheet> annex_sheets(const OfficialDocument& document)
{
    const PageText page = compose_page(document);
    std::vector<StyledSheet> sheets;
    for (std::size_t i = 0; i < document.annexes.size(); ++i) {
        const auto* name = std::get_if<TextParagraph>(&page.annexes[i].blocks.front());
        SheetMaker maker(document.annexes[i], page.annexes[i]);
        if (auto sheet = maker.make(name == nullptr ? "Phụ lục" : text_of(*name), page.mark))
            sheets.push_back(std::move(*sheet));
    }
    return sheets;
}

std::optional<std::string> write_annexes_xlsx(const OfficialDocument& document)
{
    const auto sheets = annex_sheets(document);
    if (sheets.empty()) return std::nullopt;
    const PageText page = compose_page(document);
    return write_xlsx(sheets, {page.title, page.author, page.written_on});
}

}  // namespace phoihop::documents
