// SPDX-License-Identifier: Apache-2.0
#include "documents/pdf_blocks.hpp"

#include <algorithm>
#include <memory>
#include <numeric>

namespace phoihop::documents {

struct SetCell {
    TextCell cell;
    SetText text;
    double x = 0;
    double width = 0;
};

struct SetRow {
    std::vector<SetCell> cells;
    double height = 0;
};

namespace {

using Drawing = std::function<void(cairo_t*, double, double)>;

constexpr double rule_gap = 3;

/// A column of centred lines with a rule below, drawn from the top.
struct Column {
    double height = 0;
    std::vector<Drawing> drawings;

    void draw(cairo_t* page, double x, double top) const
    {
        for (const Drawing& drawing : drawings) drawing(page, x, top);
    }
};

/// Puts centred lines into the column; returns the length of the longest printed line of the last text.
double add_lines(Column& column, const Fonts& fonts, std::span<const HeadLine> lines, double width)
{
    double last = 0;
    for (const HeadLine& line : lines) {
        auto text = std::make_shared<SetText>(fonts, line.text,
                                              Setting{.width = width,
                                                      .points = line.points,
                                                      .bold = line.bold,
                                                      .italic = line.italic,
                                                      .alignment = Alignment::centre});
        const double at = column.height;
        column.drawings.emplace_back(
            [text, at](cairo_t* page, double x, double top) { text->draw(page, x, top + at); });
        column.height += text->height();
        last = text->width();
    }
    return last;
}

void add_rule(Column& column, double width, double length)
{
    const double at = column.height + rule_gap;
    column.drawings.emplace_back(
        [=](cairo_t* page, double x, double top) { draw_rule(page, x + (width - length) / 2, top + at, length); });
    column.height = at + rule_gap;
}

/// The urgency in a box, below the number.
void add_box(Column& column, const Fonts& fonts, const std::string& word, double width)
{
    auto text = std::make_shared<SetText>(
        fonts, word, Setting{.width = width, .points = 13, .bold = true, .alignment = Alignment::centre});
    const double at = column.height + 8;
    column.drawings.emplace_back([=](cairo_t* page, double x, double top) {
        text->draw(page, x, top + at);
        cairo_set_line_width(page, 0.75);
        cairo_rectangle(page, x + (width - text->width()) / 2 - 8, top + at - 2, text->width() + 16,
                        text->height() + 4);
        cairo_stroke(page);
    });
    column.height = at + text->height() + 4;
}

Column signature_column(const Fonts& fonts, const SignatureText& signature, double width)
{
    Column column;
    std::vector<HeadLine> lines;
    for (const std::string& line : signature.capacity) lines.push_back({line, signature_points, true, false});
    add_lines(column, fonts, lines, width);
    column.height += signing_room;
    const HeadLine name{signature.name.empty() ? " " : signature.name, signature_points, true, false};
    add_lines(column, fonts, {&name, 1}, width);
    return column;
}

Column recipients_column(const Fonts& fonts, const std::vector<std::string>& recipients, double width)
{
    Column column;
    const auto add = [&](const std::string& line, double points, bool head) {
        auto text = std::make_shared<SetText>(fonts, line,
                                              Setting{.width = width, .points = points, .bold = head, .italic = head});
        const double at = column.height;
        column.drawings.emplace_back(
            [text, at](cairo_t* page, double x, double top) { text->draw(page, x, top + at); });
        column.height += text->height();
    };
    if (!recipients.empty()) add("Nơi nhận:", recipients_head_points, true);
    for (const std::string& line : recipients) add(line, recipients_points, false);
    return column;
}

/// Rows higher than this are cut at the end of a page instead of going to the next one whole.
constexpr double tall_row = 200;
constexpr double cell_padding_x = 4;
constexpr double cell_padding_y = 2.5;

SetRow set_row(const Fonts& fonts, const TextTable& table, const std::vector<TextCell>& cells, double width)
{
    SetRow row;
    double x = 0;
    std::size_t column = 0;
    for (const TextCell& cell : cells) {
        const auto first = table.widths.begin() + static_cast<std::ptrdiff_t>(column);
        const double cell_width =
            width * std::accumulate(first, first + static_cast<std::ptrdiff_t>(cell.columns), 0.0);
        const Setting setting{.width = cell_width - 2 * cell_padding_x,
                              .points = table.points,
                              .bold = cell.bold,
                              .alignment = cell.alignment};
        row.cells.push_back({cell, SetText(fonts, cell.text, setting), x, cell_width});
        if (cell.rows == 1) row.height = std::max(row.height, row.cells.back().text.height() + 2 * cell_padding_y);
        x += cell_width;
        column += cell.columns;
    }
    return row;
}

void draw_row(cairo_t* page, const SetRow& row, double below, double x, double top)
{
    for (const SetCell& cell : row.cells) {
        if (cell.cell.rows == 0) continue;
        const double height = cell.cell.rows > 1 ? row.height + below : row.height;
        cairo_set_line_width(page, 0.5);
        cairo_rectangle(page, x + cell.x, top, cell.width, height);
        cairo_stroke(page);
        cell.text.draw(page, x + cell.x + cell_padding_x, top + (height - cell.text.height()) / 2);
    }
}

/// The left and right edge of a part of a row.
void draw_sides(cairo_t* page, double x, double top, double width, double height)
{
    cairo_set_line_width(page, 0.5);
    for (const double edge : {x, x + width}) {
        cairo_move_to(page, edge, top);
        cairo_line_to(page, edge, top + height);
    }
    cairo_stroke(page);
}

void draw_border(cairo_t* page, double x, double y, double width)
{
    cairo_move_to(page, x, y);
    cairo_line_to(page, x + width, y);
    cairo_stroke(page);
}

/// One line of a row that is cut between its lines.
struct RowLine {
    std::size_t line;
    bool first;
    bool last;
    double height;
};

void draw_row_line(cairo_t* page, const SetRow& row, const RowLine& part, double x, double top)
{
    const double above = part.first ? cell_padding_y : 0;
    for (const SetCell& cell : row.cells) {
        const double left = x + cell.x;
        draw_sides(page, left, top, cell.width, part.height);
        if (part.line < cell.text.lines()) cell.text.draw_line(page, part.line, left + cell_padding_x, top + above);
        if (part.first) draw_border(page, left, top, cell.width);
        if (part.last) draw_border(page, left, top + part.height, cell.width);
    }
}

void draw_rows(cairo_t* page, const std::vector<SetRow>& rows, double x, double top)
{
    for (std::size_t i = 0; i < rows.size(); ++i) {
        draw_row(page, rows[i], i + 1 < rows.size() ? rows[i + 1].height : 0, x, top);
        top += rows[i].height;
    }
}

/// A head that reaches over two rows may need more room than both have: the lower row gives it.
void make_room(const SetRow& upper, SetRow& lower)
{
    for (const SetCell& cell : upper.cells)
        if (cell.cell.rows > 1)
            lower.height = std::max(lower.height, cell.text.height() + 2 * cell_padding_y - upper.height);
}

/// All rows of heads as one drawing, because some cells reach over two rows.
DrawnStrip set_heads(const Fonts& fonts, const TextTable& table, double width)
{
    auto rows = std::make_shared<std::vector<SetRow>>();
    double height = 0;
    for (const auto& cells : table.heads) rows->push_back(set_row(fonts, table, cells, width));
    for (std::size_t i = 0; i + 1 < rows->size(); ++i) make_room((*rows)[i], (*rows)[i + 1]);
    for (const SetRow& row : *rows) height += row.height;
    return {{.height = height, .keep_with_next = true},
            [rows](cairo_t* page, double x, double top) { draw_rows(page, *rows, x, top); }};
}

}  // namespace

void StripMaker::add_head(const PageText& page)
{
    const double left_width = m_width * head_left_share;
    const double right_width = m_width - left_width;
    auto left = std::make_shared<Column>();
    auto right = std::make_shared<Column>();
    const double left_length = add_lines(*left, m_fonts, page.left, left_width);
    if (page.left_rule > 0) add_rule(*left, left_width, left_length * page.left_rule);
    const double right_length = add_lines(*right, m_fonts, page.right, right_width);
    add_rule(*right, right_width, right_length * page.right_rule);

    // Number and date stand on one height, whichever column above is longer.
    left->height = right->height = std::max(left->height, right->height) + 6;
    add_lines(*left, m_fonts, {&page.number, 1}, left_width);
    add_lines(*left, m_fonts, page.under_number, left_width);
    if (!page.urgency.empty()) add_box(*left, m_fonts, page.urgency, left_width);
    add_lines(*right, m_fonts, {&page.date, 1}, right_width);
    const double height = std::max(left->height, right->height);
    m_strips.push_back({{.height = height, .keep_with_next = true}, [=](cairo_t* drawn, double x, double top) {
                            left->draw(drawn, x, top);
                            right->draw(drawn, x + left_width, top);
                        }});
    m_room = 6;
}

void StripMaker::add_blocks(const std::vector<TextBlock>& blocks)
{
    for (const TextBlock& block : blocks) {
        if (const auto* paragraph = std::get_if<TextParagraph>(&block)) add_paragraph(*paragraph);
        if (const auto* table = std::get_if<TextTable>(&block)) add_table(*table);
        if (std::holds_alternative<PageBreak>(block)) m_page_break = true;
    }
}

void StripMaker::add_paragraph(const TextParagraph& paragraph)
{
    const Look& look = look_of(paragraph.style);
    const Setting setting{.width = m_width - look.left,
                          .points = look.points,
                          .bold = look.bold,
                          .italic = look.italic,
                          .alignment = look.alignment,
                          .first_line = look.first_line,
                          .line_spacing = look.line_spacing};
    auto text = std::make_shared<SetText>(m_fonts, paragraph.runs, setting);
    const std::size_t lines = text->lines();
    for (std::size_t line = 0; line < lines; ++line) {
        const bool first = line == 0;
        const bool last = line + 1 == lines;
        // Neither the first nor the last line of a paragraph stands alone on a page.
        const bool keep = last ? paragraph.keep_with_next : first || line + 2 == lines;
        DrawnStrip strip{{.height = text->line_height(),
                          .before = first ? std::max(m_room, look.before) : 0,
                          .keep_with_next = keep,
                          .begins_page = first && m_page_break},
                         [text, line, left = look.left](cairo_t* page, double x, double top) {
                             text->draw_line(page, line, x + left, top);
                         }};
        if (first && (paragraph.style == ParagraphStyle::heading1 || paragraph.style == ParagraphStyle::annex_title))
            for (const Run& run : paragraph.runs) strip.bookmark += run.text;
        m_strips.push_back(std::move(strip));
    }
    m_page_break = false;
    m_room = look.after;
    if (look.rule <= 0) return;
    const double length = text->width() * look.rule;
    m_strips.push_back(
        {{.height = 2 * rule_gap, .keep_with_next = true}, [=, width = m_width](cairo_t* page, double x, double top) {
             draw_rule(page, x + (width - length) / 2, top + rule_gap, length);
         }});
}

/// A row too high to wait for the next page: cut between its lines wherever a page ends, so that no word is lost.
void StripMaker::add_row_in_lines(const std::shared_ptr<SetRow>& row, std::size_t head)
{
    std::size_t lines = 0;
    for (const SetCell& cell : row->cells) lines = std::max(lines, cell.text.lines());
    const double line_height = row->cells.front().text.line_height();
    for (std::size_t line = 0; line < lines; ++line) {
        RowLine part{line, line == 0, line + 1 == lines, line_height};
        part.height += (part.first ? cell_padding_y : 0) + (part.last ? cell_padding_y : 0);
        const bool keep = part.first || line + 2 == lines;
        const auto draw = [=](cairo_t* page, double x, double top) { draw_row_line(page, *row, part, x, top); };
        m_strips.push_back({{.height = part.height, .keep_with_next = keep, .head = head}, draw});
    }
}

void StripMaker::add_table(const TextTable& table)
{
    const std::size_t head = m_strips.size();
    m_strips.push_back(set_heads(m_fonts, table, m_width));
    m_strips.back().strip.before = m_room;
    m_strips.back().strip.begins_page = m_page_break;
    m_page_break = false;
    for (std::size_t i = 0; i < table.rows.size(); ++i) {
        auto row = std::make_shared<SetRow>(set_row(m_fonts, table, table.rows[i], m_width));
        // A section's title stays with its first row.
        const bool section = table.rows[i].size() == 1 && table.widths.size() > 1;
        if (row->height > tall_row) {
            add_row_in_lines(row, head);
            continue;
        }
        m_strips.push_back(
            {{.height = row->height, .keep_with_next = section && i + 1 < table.rows.size(), .head = head},
             [row](cairo_t* page, double x, double top) { draw_row(page, *row, 0, x, top); }});
    }
    m_room = 8;
}

void StripMaker::add_end(const PageText& page)
{
    const bool joint = page.signatures.size() > 1;
    auto columns = std::make_shared<std::vector<std::pair<double, Column>>>();  // left edge, column
    double height = 0;
    double recipients_top = 0;
    const double share = joint ? 1.0 / static_cast<double>(page.signatures.size()) : 1 - recipients_share;
    for (std::size_t i = 0; i < page.signatures.size(); ++i) {
        const double x = joint ? m_width * share * static_cast<double>(i) : m_width * recipients_share;
        columns->emplace_back(x, signature_column(m_fonts, page.signatures[i], m_width * share));
        height = std::max(height, columns->back().second.height);
    }
    // Several signatures take the whole width; the recipients then stand below them.
    if (joint) recipients_top = height + 8;
    auto recipients = std::make_shared<Column>(
        recipients_column(m_fonts, page.recipients, m_width * (joint ? 1 : recipients_share - 0.02)));
    height = std::max(height, recipients_top + recipients->height);
    m_strips.push_back(
        {{.height = height, .before = std::max(m_room, end_room)}, [=](cairo_t* drawn, double x, double top) {
             for (const auto& [left, column] : *columns) column.draw(drawn, x + left, top);
             recipients->draw(drawn, x, top + recipients_top);
         }});
}

}  // namespace phoihop::documents
