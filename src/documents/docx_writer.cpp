// SPDX-License-Identifier: Apache-2.0
#include "documents/docx_writer.hpp"

#include "documents/docx_xml.hpp"
#include "documents/line_balance.hpp"
#include "documents/zip_archive.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace phoihop::documents {

namespace {

using docx::escape;
using docx::twips;

/// The name of a bookmark: letters, digits and underscores only, at most 40 of them, and each only once.
std::string bookmark_name(std::string_view figure, int id)
{
    std::string name = "f" + std::to_string(id) + "_";
    for (const char c : figure) {
        if (name.size() == 40) break;
        const bool taken = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        name += taken ? c : '_';
    }
    return name;
}

/// A run of text; "\n" is a line break.
std::string run_xml(std::string_view text, std::string_view properties = "")
{
    std::string xml = "<w:r>";
    if (!properties.empty()) xml += "<w:rPr>" + std::string(properties) + "</w:rPr>";
    while (true) {
        const std::size_t end = text.find('\n');
        xml += "<w:t xml:space=\"preserve\">" + escape(text.substr(0, end)) + "</w:t>";
        if (end == std::string_view::npos) return xml + "</w:r>";
        xml += "<w:br/>";
        text.remove_prefix(end + 1);
    }
}

std::string paragraph_xml(std::string_view style, std::string_view properties, std::string_view content)
{
    return "<w:p><w:pPr><w:pStyle w:val=\"" + std::string(style) + "\"/>" + std::string(properties) + "</w:pPr>" +
           std::string(content) + "</w:p>";
}

std::string size_xml(double points)
{
    const std::string half = std::to_string(std::lround(points * 2));
    return "<w:sz w:val=\"" + half + "\"/><w:szCs w:val=\"" + half + "\"/>";
}

std::string emphasis_xml(Emphasis emphasis)
{
    switch (emphasis) {
        case Emphasis::plain: return "";
        case Emphasis::bold: return "<w:b/><w:bCs/>";
        case Emphasis::italic: return "<w:i/><w:iCs/>";
        case Emphasis::bold_italic: return "<w:b/><w:bCs/><w:i/><w:iCs/>";
    }
    return "";
}

/// A table without lines that only puts things side by side.
std::string layout_table(const std::vector<double>& widths, const std::vector<std::vector<std::string>>& rows)
{
    const double whole = std::accumulate(widths.begin(), widths.end(), 0.0);
    std::string xml =
        "<w:tbl><w:tblPr><w:tblW w:w=\"" + twips(whole) +
        "\" w:type=\"dxa\"/><w:tblLayout w:type=\"fixed\"/>"
        "<w:tblCellMar><w:left w:w=\"0\" w:type=\"dxa\"/><w:right w:w=\"0\" w:type=\"dxa\"/></w:tblCellMar>"
        "</w:tblPr><w:tblGrid>";
    for (const double width : widths) xml += "<w:gridCol w:w=\"" + twips(width) + "\"/>";
    xml += "</w:tblGrid>";
    for (const auto& row : rows) {
        xml += "<w:tr><w:trPr><w:cantSplit/></w:trPr>";
        for (std::size_t i = 0; i < row.size(); ++i)
            xml +=
                "<w:tc><w:tcPr><w:tcW w:w=\"" + twips(widths[i]) + "\" w:type=\"dxa\"/></w:tcPr>" + row[i] + "</w:tc>";
        xml += "</w:tr>";
    }
    return xml + "</w:tbl>";
}

class DocxWriter {
public:
    DocxWriter(const PageText& page, const Fonts& fonts) : m_page(page), m_fonts(fonts) {}

    std::string document_xml();

private:
    std::string head_xml() const;
    std::string head_line(const HeadLine& line, std::string_view properties = "") const;
    std::string rule_xml(double width, double length, double after) const;
    std::string urgency_xml(double width) const;
    void add_blocks(const std::vector<TextBlock>& blocks, double width);
    void add_paragraph(const TextParagraph& paragraph, double width);
    void add_table(const TextTable& table, double width);
    std::string table_row(const TextTable& table, const std::vector<TextCell>& cells, double width, bool head,
                          bool opened_above) const;
    void add_end();
    std::string signature_xml(const SignatureText& signature) const;
    std::string recipients_xml() const;

    const PageText& m_page;
    const Fonts& m_fonts;
    std::string m_xml;
    bool m_page_break = false;
    int m_bookmarks = 0;
};

constexpr double text_width = page_width - margin_left - margin_right;

std::string section_xml(bool landscape, bool title_page)
{
    const auto reference = [](std::string_view type, int id) {
        return "<w:headerReference w:type=\"" + std::string(type) + "\" r:id=\"rId" + std::to_string(id) + "\"/>";
    };
    std::string xml = "<w:sectPr>" + reference("default", landscape ? 6 : 5);
    if (title_page) xml += reference("first", 4);
    xml += "<w:type w:val=\"nextPage\"/><w:pgSz w:w=\"" + twips(landscape ? page_height : page_width) + "\" w:h=\"" +
           twips(landscape ? page_width : page_height) + "\"" + (landscape ? " w:orient=\"landscape\"" : "") +
           "/><w:pgMar w:top=\"" + twips(margin_top) + "\" w:right=\"" + twips(margin_right) + "\" w:bottom=\"" +
           twips(margin_bottom) + "\" w:left=\"" + twips(margin_left) + "\" w:header=\"" + twips(10 * points_per_mm) +
           "\" w:footer=\"" + twips(10 * points_per_mm) + "\" w:gutter=\"0\"/>";
    if (title_page) xml += "<w:titlePg/>";
    return xml + "</w:sectPr>";
}

std::string DocxWriter::head_line(const HeadLine& line, std::string_view properties) const
{
    std::string look;
    if (line.bold) look += "<w:b/><w:bCs/>";
    if (line.italic) look += "<w:i/><w:iCs/>";
    return paragraph_xml(docx::head_style, properties, run_xml(line.text, look + size_xml(line.points)));
}

/// A drawn line: the upper border of an almost empty paragraph, as long as its indents leave it.
std::string DocxWriter::rule_xml(double width, double length, double after) const
{
    const std::string side = twips((width - length) / 2);
    return paragraph_xml(docx::rule_style,
                         "<w:spacing w:before=\"60\" w:after=\"" + twips(after) +
                             "\" w:line=\"40\" w:lineRule=\"exact\"/><w:ind w:left=\"" + side + "\" w:right=\"" + side +
                             "\"/>",
                         "");
}

std::string DocxWriter::urgency_xml(double width) const
{
    const double side = (width - m_fonts.width(m_page.urgency, 13, true)) / 2 - 8;
    std::string borders;
    for (const char* edge : {"top", "left", "bottom", "right"})
        borders += "<w:" + std::string(edge) + " w:val=\"single\" w:sz=\"6\" w:space=\"2\" w:color=\"auto\"/>";
    return paragraph_xml(docx::head_style,
                         "<w:pBdr>" + borders + "</w:pBdr><w:spacing w:before=\"160\" w:after=\"0\"/><w:ind w:left=\"" +
                             twips(side) + "\" w:right=\"" + twips(side) + "\"/>",
                         run_xml(m_page.urgency, "<w:b/><w:bCs/>" + size_xml(13)));
}

std::string DocxWriter::head_xml() const
{
    const double left_width = text_width * head_left_share;
    const double right_width = text_width - left_width;
    std::string left, right, left_below, right_below;
    for (const HeadLine& line : m_page.left) left += head_line(line);
    for (const HeadLine& line : m_page.right) right += head_line(line);
    const auto add_rule = [&](std::string& xml, const HeadLine& last, double width, double part) {
        if (part > 0) xml += rule_xml(width, longest_line(m_fonts, last.text, last.points, last.bold) * part, 0);
    };
    if (!m_page.left.empty()) add_rule(left, m_page.left.back(), left_width, m_page.left_rule);
    if (!m_page.right.empty()) add_rule(right, m_page.right.back(), right_width, m_page.right_rule);
    constexpr std::string_view room = "<w:spacing w:before=\"120\" w:after=\"0\"/>";
    left_below = head_line(m_page.number, room);
    for (const HeadLine& line : m_page.under_number) left_below += head_line(line);
    if (!m_page.urgency.empty()) left_below += urgency_xml(left_width);
    right_below = head_line(m_page.date, room);
    // A cell ends with a paragraph of its own.
    return layout_table({left_width, right_width}, {{left.empty() ? "<w:p/>" : left, right.empty() ? "<w:p/>" : right},
                                                    {left_below, right_below}});
}

void DocxWriter::add_blocks(const std::vector<TextBlock>& blocks, double width)
{
    for (const TextBlock& block : blocks) {
        if (const auto* paragraph = std::get_if<TextParagraph>(&block)) add_paragraph(*paragraph, width);
        if (const auto* table = std::get_if<TextTable>(&block)) add_table(*table, width);
        if (std::holds_alternative<PageBreak>(block)) m_page_break = true;
    }
}

void DocxWriter::add_paragraph(const TextParagraph& paragraph, double width)
{
    const Look& look = look_of(paragraph.style);
    std::string properties;
    if (paragraph.keep_with_next && !look.keep_with_next) properties += "<w:keepNext/>";
    if (m_page_break) properties += "<w:pageBreakBefore/>";
    m_page_break = false;
    std::string content;
    double length = 0;
    for (const Run& run : paragraph.runs) {
        const std::string xml = run_xml(run.text, emphasis_xml(run.emphasis));
        length = std::max(length, look.rule > 0 ? longest_line(m_fonts, run.text, look.points, look.bold) : 0);
        if (run.figure.empty()) {
            content += xml;
            continue;
        }
        const std::string id = std::to_string(++m_bookmarks);
        content += "<w:bookmarkStart w:id=\"" + id + "\" w:name=\"" + bookmark_name(run.figure, m_bookmarks) + "\"/>" +
                   xml + "<w:bookmarkEnd w:id=\"" + id + "\"/>";
    }
    m_xml += paragraph_xml(docx::style_id(paragraph.style), properties, content);
    if (look.rule > 0) m_xml += rule_xml(width, length * look.rule, look.after);
}

std::string DocxWriter::table_row(const TextTable& table, const std::vector<TextCell>& cells, double width, bool head,
                                  bool opened_above) const
{
    std::string xml = std::string("<w:tr><w:trPr><w:cantSplit/>") + (head ? "<w:tblHeader/>" : "") + "</w:trPr>";
    std::size_t column = 0;
    for (const TextCell& cell : cells) {
        const auto first = table.widths.begin() + static_cast<std::ptrdiff_t>(column);
        const double part = std::accumulate(first, first + static_cast<std::ptrdiff_t>(cell.columns), 0.0);
        xml += "<w:tc><w:tcPr><w:tcW w:w=\"" + twips(width * part) + "\" w:type=\"dxa\"/>";
        if (cell.columns > 1) xml += "<w:gridSpan w:val=\"" + std::to_string(cell.columns) + "\"/>";
        if (cell.rows > 1) xml += "<w:vMerge w:val=\"restart\"/>";
        if (cell.rows == 0) xml += "<w:vMerge/>";
        xml += "<w:vAlign w:val=\"center\"/></w:tcPr>";
        // Heads and the title of a section stay with the row that follows.
        const bool keep = head || opened_above;
        xml += paragraph_xml(
            docx::table_text_style,
            (keep ? "<w:keepNext/><w:jc w:val=\"" : "<w:jc w:val=\"") + std::string(docx::word(cell.alignment)) +
                "\"/>",
            cell.text.empty() ? "" : run_xml(cell.text, (cell.bold ? "<w:b/><w:bCs/>" : "") + size_xml(table.points)));
        xml += "</w:tc>";
        column += cell.columns;
    }
    return xml + "</w:tr>";
}

void DocxWriter::add_table(const TextTable& table, double width)
{
    if (m_page_break) m_xml += paragraph_xml(docx::break_style, "<w:pageBreakBefore/>", "");
    m_page_break = false;
    m_xml += "<w:tbl><w:tblPr><w:tblStyle w:val=\"" + std::string(docx::data_table_style) + "\"/><w:tblW w:w=\"" +
             twips(width) + "\" w:type=\"dxa\"/><w:tblLayout w:type=\"fixed\"/></w:tblPr><w:tblGrid>";
    for (const double part : table.widths) m_xml += "<w:gridCol w:w=\"" + twips(width * part) + "\"/>";
    m_xml += "</w:tblGrid>";
    for (const auto& head : table.heads) m_xml += table_row(table, head, width, true, false);
    for (const auto& row : table.rows)
        m_xml += table_row(table, row, width, false, row.size() == 1 && table.widths.size() > 1);
    m_xml += "</w:tbl>";
    // Two tables without a paragraph between them would become one.
    m_xml += paragraph_xml(docx::break_style,
                           "<w:spacing w:before=\"0\" w:after=\"160\" w:line=\"20\" w:lineRule=\"exact\"/>", "");
}

std::string DocxWriter::signature_xml(const SignatureText& signature) const
{
    std::string xml;
    for (const std::string& line : signature.capacity) xml += paragraph_xml(docx::signature_style, "", run_xml(line));
    return xml + paragraph_xml(docx::signature_style,
                               "<w:spacing w:before=\"" + twips(signing_room) + "\" w:after=\"0\"/>",
                               signature.name.empty() ? "" : run_xml(signature.name));
}

std::string DocxWriter::recipients_xml() const
{
    std::string xml;
    if (!m_page.recipients.empty()) xml = paragraph_xml(docx::recipients_head_style, "", run_xml("Nơi nhận:"));
    for (const std::string& line : m_page.recipients) xml += paragraph_xml(docx::recipients_style, "", run_xml(line));
    return xml.empty() ? "<w:p/>" : xml;
}

void DocxWriter::add_end()
{
    const std::size_t count = m_page.signatures.size();
    m_xml += paragraph_xml(docx::break_style,
                           "<w:keepNext/><w:spacing w:before=\"0\" w:after=\"0\" w:line=\"" + twips(end_room) +
                               "\" w:lineRule=\"exact\"/>",
                           "");
    if (count > 1) {
        std::vector<std::string> row;
        for (const SignatureText& signature : m_page.signatures) row.push_back(signature_xml(signature));
        m_xml +=
            layout_table(std::vector<double>(count, text_width / static_cast<double>(count)), {row}) + recipients_xml();
        return;
    }
    const double left_width = text_width * recipients_share;
    m_xml += layout_table({left_width, text_width - left_width},
                          {{recipients_xml(), count == 0 ? "<w:p/>" : signature_xml(m_page.signatures.front())}});
}

std::string DocxWriter::document_xml()
{
    m_xml =
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
        "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" "
        "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><w:body>" +
        head_xml();
    add_blocks(m_page.blocks, text_width);
    add_end();
    // A section ends with its properties: those of all but the last stand in a paragraph.
    std::string section = section_xml(false, true);
    for (const AnnexText& annex : m_page.annexes) {
        m_xml += paragraph_xml(docx::break_style, section, "");
        add_blocks(annex.blocks, (annex.landscape ? page_height : page_width) - margin_left - margin_right);
        section = section_xml(annex.landscape, false);
    }
    if (m_page.annexes.empty()) m_xml += paragraph_xml(docx::break_style, "", "");
    return std::move(m_xml) + section + "</w:body></w:document>";
}

}  // namespace

std::string write_docx(const OfficialDocument& document, const Fonts& fonts)
{
    PageText page = compose_page(document);
    balance_lines(page, fonts);
    return write_zip({
        {"[Content_Types].xml", docx::content_types_xml()},
        {"_rels/.rels", docx::package_relations_xml()},
        {"docProps/app.xml", docx::app_properties_xml()},
        {"docProps/core.xml", docx::core_properties_xml(page)},
        {"word/_rels/document.xml.rels", docx::document_relations_xml()},
        {"word/document.xml", DocxWriter(page, fonts).document_xml()},
        {"word/fontTable.xml", docx::font_table_xml()},
        {"word/header1.xml", docx::header_xml(docx::HeaderKind::first, page.mark)},
        {"word/header2.xml", docx::header_xml(docx::HeaderKind::portrait, page.mark)},
        {"word/header3.xml", docx::header_xml(docx::HeaderKind::landscape, page.mark)},
        {"word/settings.xml", docx::settings_xml()},
        {"word/styles.xml", docx::styles_xml()},
    });
}

std::string write_docx(const OfficialDocument& document)
{
    return write_docx(document, Fonts());
}

}  // namespace phoihop::documents
