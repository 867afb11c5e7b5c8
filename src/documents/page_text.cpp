// SPDX-License-Identifier: Apache-2.0
#include "documents/page_text.hpp"

#include "documents/unicode.hpp"
#include "text/date_words.hpp"
#include "text/number_format.hpp"

#include <algorithm>

namespace phoihop::documents {

namespace {

// Sizes: Nghị định 30/2020/NĐ-CP, Annex I, II; the Party's: Hướng dẫn 36-HD/VPTW, Annex 3.
struct FamilyForm {
    double governing = 12;
    double issuing = 12;
    double nation = 12;
    double motto = 13;
    bool star = false;  // under the issuer instead of a rule
};

constexpr FamilyForm state_form{};
constexpr FamilyForm party_form{14, 14, 15, 0, true};

const FamilyForm& form_of(Family family)
{
    return family == Family::party ? party_form : state_form;
}

/// "05/BC-BCĐ" (state) or "05-BC/TW" (Party), with room to write the number while it is unknown.
std::string number_and_notation(const OfficialDocument& document)
{
    const std::string number = document.number ? text::document_number(*document.number) : std::string(8, ' ');
    return number + (document.family == Family::party ? "-" : "/") + document.notation;
}

std::string joined(const std::vector<std::string>& parts, std::string_view between)
{
    std::string whole;
    for (const std::string& part : parts) {
        if (!whole.empty()) whole += between;
        whole += part;
    }
    std::replace(whole.begin(), whole.end(), '\n', ' ');
    return whole;
}

std::string date_of(const OfficialDocument& document)
{
    return document.issued_on ? text::place_and_date(document.place, *document.issued_on)
                              : text::place_and_open_date(document.place, document.year);
}

void compose_head(const OfficialDocument& document, PageText& page)
{
    const FamilyForm& form = form_of(document.family);
    const bool party = document.family == Family::party;
    std::vector<std::string> governing = document.governing_bodies;
    std::vector<std::string> issuing = document.issuing_bodies;
    // The Front heads its papers with the committee and, below it, the standing board that issues them.
    constexpr std::string_view board = "Ban Thường trực ";
    if (document.family == Family::front && governing.empty() && issuing.front().starts_with(board)) {
        governing = {issuing.front().substr(board.size())};
        issuing.front().resize(board.size() - 1);
    }
    for (const std::string& body : governing) page.left.push_back({upper_case(body), form.governing, false, false});
    for (const std::string& body : issuing)
        page.left.push_back({upper_case(body) + (&body == &issuing.back() ? "" : " -"), form.issuing, true, false});
    if (form.star)
        page.left.push_back({"*", form.issuing, true, false});
    else
        page.left_rule = 0.4;
    if (party) {
        page.right.push_back({"ĐẢNG CỘNG SẢN VIỆT NAM", form.nation, true, false});
    } else {
        page.right.push_back({"CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", form.nation, true, false});
        page.right.push_back({"Độc lập - Tự do - Hạnh phúc", form.motto, true, false});
    }
    page.right_rule = 1;
    page.number = {(party ? "Số " : "Số: ") + number_and_notation(document), party ? 14.0 : 13.0, false, false};
    page.date = {date_of(document), party ? 14.0 : 13.0, false, true};
    if (document.type_name.empty() && !document.summary.empty())
        page.under_number.push_back({"V/v " + document.summary, 12, false, party});
    page.urgency = document.urgency;
}

void add(std::vector<TextBlock>& blocks, ParagraphStyle style, std::vector<Run> runs)
{
    blocks.emplace_back(TextParagraph{style, std::move(runs), look_of(style).keep_with_next});
}

void compose_address(const OfficialDocument& document, std::vector<TextBlock>& blocks)
{
    const auto& names = document.addressees;
    if (names.empty()) return;
    if (names.size() == 1) return add(blocks, ParagraphStyle::address_one, {{"Kính gửi: " + names.front() + "."}});
    add(blocks, ParagraphStyle::address_head, {{"Kính gửi:"}});
    for (std::size_t i = 0; i < names.size(); ++i) {
        const bool last = i + 1 == names.size();
        add(blocks, last ? ParagraphStyle::address_last : ParagraphStyle::address_item,
            {{"- " + names[i] + (last ? "." : ";")}});
    }
}

std::string printed(const Cell& cell)
{
    if (cell.kind == CellKind::number) return cell.percent ? text::share_vi(cell.text) : text::number_vi(cell.text);
    if (cell.kind == CellKind::date)
        if (const auto date = parse_date(cell.text)) return text::date_numeric(*date);
    return cell.text;
}

Alignment alignment_of(const Cell& cell, ColumnKind kind)
{
    if (cell.kind == CellKind::number && kind != ColumnKind::centred) return Alignment::right;
    if (kind == ColumnKind::text && cell.kind != CellKind::date) return Alignment::left;
    return Alignment::centre;
}

/// One row of heads, or two when columns stand in groups.
std::vector<std::vector<TextCell>> compose_heads(const Table& table)
{
    const auto& columns = table.columns;
    const bool grouped =
        std::any_of(columns.begin(), columns.end(), [](const TableColumn& c) { return !c.group.empty(); });
    std::vector<std::vector<TextCell>> heads(grouped ? 2 : 1);
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const TableColumn& column = columns[i];
        TextCell head{column.head, Alignment::centre, true, 1, 1};
        if (!grouped) {
            heads[0].push_back(head);
        } else if (column.group.empty()) {
            head.rows = 2;
            heads[0].push_back(head);
            heads[1].push_back({"", Alignment::centre, true, 1, 0});
        } else {
            heads[1].push_back(head);
            if (i > 0 && columns[i - 1].group == column.group)
                ++heads[0].back().columns;
            else
                heads[0].push_back({column.group, Alignment::centre, true, 1, 1});
        }
    }
    if (table.column_numbers) {
        auto& numbers = heads.emplace_back();
        for (std::size_t i = 1; i <= columns.size(); ++i)
            numbers.push_back({"(" + std::to_string(i) + ")", Alignment::centre, false, 1, 1});
    }
    return heads;
}

TextTable compose_table(const Table& table)
{
    TextTable composed;
    composed.points = table.points;
    double whole = 0;
    for (const TableColumn& column : table.columns) whole += column.width;
    for (const TableColumn& column : table.columns) composed.widths.push_back(column.width / whole);
    composed.heads = compose_heads(table);
    for (const TableRow& row : table.rows) {
        auto& cells = composed.rows.emplace_back();
        if (row.role == TableRowRole::section) {
            cells.push_back(
                {row.cells.empty() ? "" : printed(row.cells.front()), Alignment::left, true, table.columns.size(), 1});
            continue;
        }
        for (std::size_t i = 0; i < table.columns.size(); ++i) {
            const Cell cell = i < row.cells.size() ? row.cells[i] : Cell{};
            cells.push_back(
                {printed(cell), alignment_of(cell, table.columns[i].kind), row.role == TableRowRole::total, 1, 1});
        }
    }
    return composed;
}

/// Counts headings and turns blocks into what is printed.
class BlockComposer {
public:
    explicit BlockComposer(std::vector<TextBlock>& blocks) : m_blocks(blocks) {}

    void operator()(const Paragraph& paragraph) { add(m_blocks, ParagraphStyle::body, paragraph.runs); }

    void operator()(const Item& item)
    {
        std::vector<Run> runs{{"- "}};
        runs.insert(runs.end(), item.runs.begin(), item.runs.end());
        add(m_blocks, ParagraphStyle::item, std::move(runs));
    }

    void operator()(const Heading& heading)
    {
        const int level = std::clamp(heading.level, 1, 3);
        constexpr ParagraphStyle styles[]{ParagraphStyle::heading1, ParagraphStyle::heading2, ParagraphStyle::heading3};
        add(m_blocks, styles[level - 1], {{(heading.numbered ? next_number(level) : "") + heading.text}});
    }

    void operator()(const Table& table)
    {
        if (!table.caption.empty()) add(m_blocks, ParagraphStyle::caption, {{table.caption}});
        if (!table.unit_note.empty()) add(m_blocks, ParagraphStyle::unit_note, {{table.unit_note}});
        m_blocks.emplace_back(compose_table(table));
    }

    void operator()(const PageBreak&) { m_blocks.emplace_back(PageBreak{}); }

private:
    std::string next_number(int level)
    {
        const int number = ++m_counts[level - 1];
        for (int below = level; below < 3; ++below) m_counts[below] = 0;
        if (level == 1) return text::roman(number) + ". ";
        if (level == 2) return std::to_string(number) + ". ";
        return text::list_letter(number) + ") ";
    }

    std::vector<TextBlock>& m_blocks;
    int m_counts[3]{};
};

/// "./." after the last words (Nghị định 30/2020/NĐ-CP: the end of the content). A full stop that stands
/// there already is the first of the two.
void end_body(std::vector<TextBlock>& blocks)
{
    auto* last = blocks.empty() ? nullptr : std::get_if<TextParagraph>(&blocks.back());
    if (last == nullptr || last->runs.empty()) {
        blocks.emplace_back(TextParagraph{ParagraphStyle::body, {{"./."}}, true});
        return;
    }
    std::string& text = last->runs.back().text;
    if (!text.ends_with("./.")) text += text.ends_with('.') ? "/." : "./.";
    last->keep_with_next = true;  // a signature never stands alone on a page
}

std::vector<AnnexText> compose_annexes(const OfficialDocument& document)
{
    std::vector<AnnexText> annexes;
    const std::string kind = document.type_name.empty() ? "Công văn" : document.type_name;
    const std::string source = "(Kèm theo " + kind + " số " + number_and_notation(document) + " " +
                               (document.issued_on ? text::date_in_words(*document.issued_on)
                                                   : text::place_and_open_date("", document.year).substr(2)) +
                               " của " + joined(document.issuing_bodies, " và ") + ")";
    for (std::size_t i = 0; i < document.annexes.size(); ++i) {
        const Annex& annex = document.annexes[i];
        AnnexText composed{annex.landscape, {}};
        const std::string number = document.annexes.size() > 1 ? " " + text::roman(static_cast<int>(i) + 1) : "";
        add(composed.blocks, ParagraphStyle::annex_name, {{"Phụ lục" + number}});
        add(composed.blocks, ParagraphStyle::annex_title, {{upper_case(annex.title)}});
        add(composed.blocks, ParagraphStyle::annex_source, {{source}});
        BlockComposer composer(composed.blocks);
        for (const Block& block : annex.blocks) std::visit(composer, block);
        annexes.push_back(std::move(composed));
    }
    return annexes;
}

std::string text_of(const std::vector<Run>& runs)
{
    std::string all;
    for (const Run& run : runs) all += run.text;
    return all;
}

void append_rows(std::string& out, const std::vector<std::vector<TextCell>>& rows)
{
    for (const auto& row : rows) {
        for (std::size_t i = 0; i < row.size(); ++i) out += (i > 0 ? " | " : "") + row[i].text;
        out += "\n";
    }
}

void append_plain(std::string& out, const std::vector<TextBlock>& blocks)
{
    for (const TextBlock& block : blocks) {
        if (const auto* paragraph = std::get_if<TextParagraph>(&block)) out += text_of(paragraph->runs) + "\n";
        const auto* table = std::get_if<TextTable>(&block);
        if (table == nullptr) continue;
        append_rows(out, table->heads);
        append_rows(out, table->rows);
    }
}

void append_recipients(std::string& out, const PageText& page)
{
    if (!page.recipients.empty()) out += "Nơi nhận:\n";
    for (const std::string& line : page.recipients) out += line + "\n";
}

}  // namespace

const Look& look_of(ParagraphStyle style)
{
    constexpr double indent = 12.7 * points_per_mm;  // first line: 1 or 1.27 cm
    static constexpr Look body{.first_line = indent};
    static constexpr Look heading{.bold = true, .first_line = indent, .before = 10, .keep_with_next = true};
    static constexpr Look point_heading{.first_line = indent, .keep_with_next = true};
    static constexpr Look type_name{
        .alignment = Alignment::centre, .bold = true, .before = 16, .after = 0, .keep_with_next = true};
    static constexpr Look summary{.alignment = Alignment::centre,
                                  .bold = true,
                                  .after = 14,
                                  .line_spacing = 1.0,
                                  .keep_with_next = true,
                                  .rule = 0.4};
    static constexpr Look address_one{.alignment = Alignment::centre, .before = 8, .after = 12};
    static constexpr Look address_head{
        .alignment = Alignment::left, .left = 70, .before = 8, .after = 2, .keep_with_next = true};
    static constexpr Look address_item{.alignment = Alignment::left, .left = 110, .after = 2};
    static constexpr Look address_last{.alignment = Alignment::left, .left = 110, .after = 12};
    static constexpr Look annex_name{
        .alignment = Alignment::centre, .bold = true, .after = 0, .line_spacing = 1.0, .keep_with_next = true};
    static constexpr Look annex_source{.alignment = Alignment::centre,
                                       .italic = true,
                                       .after = 10,
                                       .line_spacing = 1.0,
                                       .keep_with_next = true,
                                       .rule = 0.2};
    static constexpr Look caption{.alignment = Alignment::centre,
                                  .bold = true,
                                  .before = 6,
                                  .after = 4,
                                  .line_spacing = 1.0,
                                  .keep_with_next = true};
    static constexpr Look unit_note{.alignment = Alignment::right,
                                    .points = 12,
                                    .italic = true,
                                    .after = 3,
                                    .line_spacing = 1.0,
                                    .keep_with_next = true};
    switch (style) {
        case ParagraphStyle::body:
        case ParagraphStyle::item: return body;
        case ParagraphStyle::heading1:
        case ParagraphStyle::heading2: return heading;
        case ParagraphStyle::heading3: return point_heading;
        case ParagraphStyle::type_name: return type_name;
        case ParagraphStyle::summary: return summary;
        case ParagraphStyle::address_one: return address_one;
        case ParagraphStyle::address_head: return address_head;
        case ParagraphStyle::address_item: return address_item;
        case ParagraphStyle::address_last: return address_last;
        case ParagraphStyle::annex_name:
        case ParagraphStyle::annex_title: return annex_name;
        case ParagraphStyle::annex_source: return annex_source;
        case ParagraphStyle::caption: return caption;
        case ParagraphStyle::unit_note: return unit_note;
    }
    return body;
}

PageText compose_page(const OfficialDocument& document)
{
    PageText page;
    compose_head(document, page);
    if (!document.type_name.empty()) {
        add(page.blocks, ParagraphStyle::type_name, {{upper_case(document.type_name)}});
        if (!document.summary.empty()) add(page.blocks, ParagraphStyle::summary, {{document.summary}});
    }
    compose_address(document, page.blocks);
    BlockComposer composer(page.blocks);
    for (const Block& block : document.body) std::visit(composer, block);
    end_body(page.blocks);

    for (const Signature& signature : document.signatures)
        page.signatures.push_back({signature.capacity, signature.name});
    for (std::size_t i = 0; i < document.recipients.size(); ++i)
        page.recipients.push_back("- " + document.recipients[i] + (i + 1 < document.recipients.size() ? ";" : "."));
    page.annexes = compose_annexes(document);
    page.mark = document.mark;
    page.title = joined({document.type_name.empty() ? "V/v" : document.type_name, document.summary}, " ");
    page.author = joined(document.issuing_bodies, ", ");
    page.written_on = document.written_on;
    return page;
}

std::string plain_text(const PageText& page)
{
    std::string out;
    if (!page.mark.empty()) out += page.mark + "\n";
    for (const auto* lines : {&page.left, &page.right})
        for (const HeadLine& line : *lines) out += line.text + "\n";
    out += page.number.text + "\n";
    for (const HeadLine& line : page.under_number) out += line.text + "\n";
    if (!page.urgency.empty()) out += page.urgency + "\n";
    out += page.date.text + "\n";
    append_plain(out, page.blocks);
    // Several signatures take the whole width; the recipients then stand below them.
    if (page.signatures.size() < 2) append_recipients(out, page);
    for (const SignatureText& signature : page.signatures) {
        for (const std::string& line : signature.capacity) out += line + "\n";
        if (!signature.name.empty()) out += signature.name + "\n";
    }
    if (page.signatures.size() > 1) append_recipients(out, page);
    for (const AnnexText& annex : page.annexes) append_plain(out, annex.blocks);
    return out;
}

}  // namespace phoihop::documents
