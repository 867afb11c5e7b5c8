// SPDX-License-Identifier: Apache-2.0
#include "documents/docx_xml.hpp"

#include <array>
#include <cmath>

namespace phoihop::documents::docx {

namespace {

constexpr std::string_view prologue = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
constexpr std::string_view word_namespace = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";

constexpr std::array all_styles{
    ParagraphStyle::body,         ParagraphStyle::item,         ParagraphStyle::heading1,
    ParagraphStyle::heading2,     ParagraphStyle::heading3,     ParagraphStyle::type_name,
    ParagraphStyle::summary,      ParagraphStyle::address_one,  ParagraphStyle::address_head,
    ParagraphStyle::address_item, ParagraphStyle::address_last, ParagraphStyle::annex_name,
    ParagraphStyle::annex_title,  ParagraphStyle::annex_source, ParagraphStyle::caption,
    ParagraphStyle::unit_note};

/// What word processors call the style; the built-in ones under the names that they know.
std::string_view style_name(ParagraphStyle style)
{
    switch (style) {
        case ParagraphStyle::body: return "Body Text";
        case ParagraphStyle::item: return "List Paragraph";
        case ParagraphStyle::heading1: return "heading 1";
        case ParagraphStyle::heading2: return "heading 2";
        case ParagraphStyle::heading3: return "heading 3";
        case ParagraphStyle::type_name: return "Title";
        case ParagraphStyle::summary: return "Subtitle";
        case ParagraphStyle::address_one: return "Kính gửi";
        case ParagraphStyle::address_head: return "Kính gửi (nhiều nơi)";
        case ParagraphStyle::address_item: return "Nơi được gửi";
        case ParagraphStyle::address_last: return "Nơi được gửi (cuối)";
        case ParagraphStyle::annex_name: return "Phụ lục";
        case ParagraphStyle::annex_title: return "Tên phụ lục";
        case ParagraphStyle::annex_source: return "Kèm theo";
        case ParagraphStyle::caption: return "caption";
        case ParagraphStyle::unit_note: return "Đơn vị tính";
    }
    return "Body Text";
}

std::string half_points(double points)
{
    return std::to_string(std::lround(points * 2));
}

/// A heading shows in the navigation pane; so does the title of an annex.
std::string outline_level(ParagraphStyle style)
{
    const auto level = [](int number) { return "<w:outlineLvl w:val=\"" + std::to_string(number) + "\"/>"; };
    if (style == ParagraphStyle::heading1 || style == ParagraphStyle::annex_title) return level(0);
    if (style == ParagraphStyle::heading2) return level(1);
    if (style == ParagraphStyle::heading3) return level(2);
    return "";
}

std::string paragraph_style(ParagraphStyle style)
{
    const Look& look = look_of(style);
    // A rule below takes the room after the text upon itself.
    const double after = look.rule > 0 ? 0 : look.after;
    std::string xml = "<w:style w:type=\"paragraph\" w:styleId=\"" + std::string(style_id(style)) +
                      "\"><w:name w:val=\"" + std::string(style_name(style)) +
                      "\"/><w:basedOn w:val=\"Normal\"/><w:qFormat/><w:pPr>";
    if (look.keep_with_next) xml += "<w:keepNext/>";
    xml += "<w:spacing w:before=\"" + twips(look.before) + "\" w:after=\"" + twips(after) + "\" w:line=\"" +
           std::to_string(std::lround(look.line_spacing * 240)) + "\" w:lineRule=\"auto\"/><w:ind w:left=\"" +
           twips(look.left) + "\" w:firstLine=\"" + twips(look.first_line) + "\"/><w:jc w:val=\"" +
           std::string(word(look.alignment)) + "\"/>" + outline_level(style) + "</w:pPr><w:rPr>";
    if (look.bold) xml += "<w:b/><w:bCs/>";
    if (look.italic) xml += "<w:i/><w:iCs/>";
    return xml + "<w:sz w:val=\"" + half_points(look.points) + "\"/><w:szCs w:val=\"" + half_points(look.points) +
           "\"/></w:rPr></w:style>";
}

/// A style of the frame around the text: head, table, recipients, signature.
std::string frame_style(std::string_view id, std::string_view name, std::string_view paragraph, std::string_view run)
{
    return "<w:style w:type=\"paragraph\" w:customStyle=\"1\" w:styleId=\"" + std::string(id) + "\"><w:name w:val=\"" +
           std::string(name) + "\"/><w:basedOn w:val=\"Normal\"/><w:pPr>" + std::string(paragraph) + "</w:pPr><w:rPr>" +
           std::string(run) + "</w:rPr></w:style>";
}

std::string size(double points)
{
    return "<w:sz w:val=\"" + half_points(points) + "\"/><w:szCs w:val=\"" + half_points(points) + "\"/>";
}

std::string frame_styles()
{
    constexpr std::string_view tight = "<w:spacing w:before=\"0\" w:after=\"0\" w:line=\"240\" w:lineRule=\"auto\"/>";
    const std::string centred = std::string(tight) + "<w:jc w:val=\"center\"/>";
    const std::string thin = "<w:spacing w:before=\"60\" w:after=\"0\" w:line=\"40\" w:lineRule=\"exact\"/>";
    return frame_style(head_style, "Đầu văn bản", centred, size(13)) +
           frame_style(
               rule_style, "Đường kẻ",
               "<w:keepNext/><w:pBdr><w:top w:val=\"single\" w:sz=\"6\" w:space=\"0\" w:color=\"auto\"/></w:pBdr>" +
                   thin,
               size(2)) +
           frame_style(table_text_style, "Chữ trong bảng",
                       "<w:spacing w:before=\"40\" w:after=\"40\" w:line=\"240\" w:lineRule=\"auto\"/>", size(12)) +
           frame_style(recipients_head_style, "Nơi nhận", tight,
                       "<w:b/><w:bCs/><w:i/><w:iCs/>" + size(recipients_head_points)) +
           frame_style(recipients_style, "Danh sách nơi nhận", tight, size(recipients_points)) +
           frame_style(signature_style, "Chữ ký", "<w:keepNext/>" + centred,
                       "<w:b/><w:bCs/>" + size(signature_points)) +
           frame_style(break_style, "Cuối phần",
                       "<w:spacing w:before=\"0\" w:after=\"0\" w:line=\"20\" w:lineRule=\"exact\"/>", size(1));
}

std::string borders(std::string_view element)
{
    std::string xml = "<w:" + std::string(element) + ">";
    for (const char* side : {"top", "left", "bottom", "right", "insideH", "insideV"})
        xml += "<w:" + std::string(side) + " w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"auto\"/>";
    return xml + "</w:" + std::string(element) + ">";
}

std::string relation(int id, std::string_view type, std::string_view target)
{
    return "<Relationship Id=\"rId" + std::to_string(id) + "\" Type=\"http://schemas.openxmlformats.org/" +
           std::string(type) + "\" Target=\"" + std::string(target) + "\"/>";
}

std::string relations(const std::string& content)
{
    return std::string(prologue) +
           "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">" + content +
           "</Relationships>";
}

}  // namespace

std::string_view style_id(ParagraphStyle style)
{
    switch (style) {
        case ParagraphStyle::body: return "BodyText";
        case ParagraphStyle::item: return "ListParagraph";
        case ParagraphStyle::heading1: return "Heading1";
        case ParagraphStyle::heading2: return "Heading2";
        case ParagraphStyle::heading3: return "Heading3";
        case ParagraphStyle::type_name: return "Title";
        case ParagraphStyle::summary: return "Subtitle";
        case ParagraphStyle::address_one: return "Address";
        case ParagraphStyle::address_head: return "AddressHead";
        case ParagraphStyle::address_item: return "AddressItem";
        case ParagraphStyle::address_last: return "AddressLast";
        case ParagraphStyle::annex_name: return "AnnexName";
        case ParagraphStyle::annex_title: return "AnnexTitle";
        case ParagraphStyle::annex_source: return "AnnexSource";
        case ParagraphStyle::caption: return "Caption";
        case ParagraphStyle::unit_note: return "UnitNote";
    }
    return "BodyText";
}

std::string twips(double points)
{
    return std::to_string(std::lround(points * 20));
}

std::string escape(std::string_view text)
{
    std::string xml;
    for (const char c : text) {
        if (c == '&')
            xml += "&amp;";
        else if (c == '<')
            xml += "&lt;";
        else if (c == '>')
            xml += "&gt;";
        else if (c == '"')
            xml += "&quot;";
        else if (static_cast<unsigned char>(c) >= 0x20)
            xml += c;
    }
    return xml;
}

std::string_view word(Alignment alignment)
{
    switch (alignment) {
        case Alignment::left: return "left";
        case Alignment::centre: return "center";
        case Alignment::right: return "right";
        case Alignment::justified: return "both";
    }
    return "left";
}

std::string styles_xml()
{
    std::string xml =
        std::string(prologue) + "<w:styles " + std::string(word_namespace) +
        "><w:docDefaults><w:rPrDefault><w:rPr>"
        "<w:rFonts w:ascii=\"Times New Roman\" w:hAnsi=\"Times New Roman\" w:eastAsia=\"Times New Roman\" "
        "w:cs=\"Times New Roman\"/>" +
        size(14) +
        "<w:lang w:val=\"vi-VN\" w:eastAsia=\"vi-VN\" "
        "w:bidi=\"ar-SA\"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>"
        "<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/><w:qFormat/>"
        "<w:pPr><w:widowControl/></w:pPr></w:style>"
        "<w:style w:type=\"table\" w:default=\"1\" w:styleId=\"TableNormal\"><w:name w:val=\"Normal Table\"/>"
        "<w:uiPriority w:val=\"99\"/><w:semiHidden/><w:unhideWhenUsed/><w:tblPr><w:tblInd w:w=\"0\" w:type=\"dxa\"/>"
        "<w:tblCellMar><w:top w:w=\"0\" w:type=\"dxa\"/><w:left w:w=\"0\" w:type=\"dxa\"/><w:bottom w:w=\"0\" "
        "w:type=\"dxa\"/>"
        "<w:right w:w=\"0\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr></w:style>"
        "<w:style w:type=\"table\" w:customStyle=\"1\" w:styleId=\"" +
        std::string(data_table_style) +
        "\"><w:name w:val=\"Bảng số liệu\"/><w:basedOn w:val=\"TableNormal\"/><w:tblPr>" + borders("tblBorders") +
        "<w:tblCellMar><w:left w:w=\"80\" w:type=\"dxa\"/><w:right w:w=\"80\" "
        "w:type=\"dxa\"/></w:tblCellMar></w:tblPr></w:style>"
        "<w:style w:type=\"paragraph\" w:styleId=\"Header\"><w:name w:val=\"header\"/><w:basedOn w:val=\"Normal\"/>"
        "<w:pPr><w:spacing w:before=\"0\" w:after=\"0\"/></w:pPr><w:rPr>" +
        size(page_number_points) + "</w:rPr></w:style>";
    for (const ParagraphStyle style : all_styles) xml += paragraph_style(style);
    return xml + frame_styles() + "</w:styles>";
}

std::string settings_xml()
{
    return std::string(prologue) + "<w:settings " + std::string(word_namespace) +
           "><w:zoom w:percent=\"100\"/><w:defaultTabStop w:val=\"720\"/><w:compat>"
           "<w:compatSetting w:name=\"compatibilityMode\" w:uri=\"http://schemas.microsoft.com/office/word\" "
           "w:val=\"15\"/>"
           "</w:compat><w:themeFontLang w:val=\"vi-VN\"/><w:decimalSymbol w:val=\",\"/><w:listSeparator "
           "w:val=\";\"/></w:settings>";
}

std::string font_table_xml()
{
    return std::string(prologue) + "<w:fonts " + std::string(word_namespace) +
           "><w:font w:name=\"Times New Roman\"><w:panose1 w:val=\"02020603050405020304\"/><w:charset w:val=\"00\"/>"
           "<w:family w:val=\"roman\"/><w:pitch w:val=\"variable\"/></w:font></w:fonts>";
}

std::string content_types_xml()
{
    std::string xml =
        std::string(prologue) +
        "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
        "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
        "<Default Extension=\"xml\" ContentType=\"application/xml\"/>";
    const auto part = [&](std::string_view name, std::string_view type) {
        xml += "<Override PartName=\"" + std::string(name) + "\" ContentType=\"application/vnd.openxmlformats-" +
               std::string(type) + "+xml\"/>";
    };
    part("/word/document.xml", "officedocument.wordprocessingml.document.main");
    part("/word/styles.xml", "officedocument.wordprocessingml.styles");
    part("/word/settings.xml", "officedocument.wordprocessingml.settings");
    part("/word/fontTable.xml", "officedocument.wordprocessingml.fontTable");
    for (const char* header : {"/word/header1.xml", "/word/header2.xml", "/word/header3.xml"})
        part(header, "officedocument.wordprocessingml.header");
    part("/docProps/core.xml", "package.core-properties");
    part("/docProps/app.xml", "officedocument.extended-properties");
    return xml + "</Types>";
}

std::string package_relations_xml()
{
    return relations(relation(1, "officeDocument/2006/relationships/officeDocument", "word/document.xml") +
                     relation(2, "package/2006/relationships/metadata/core-properties", "docProps/core.xml") +
                     relation(3, "officeDocument/2006/relationships/extended-properties", "docProps/app.xml"));
}

std::string document_relations_xml()
{
    const std::string office = "officeDocument/2006/relationships/";
    return relations(relation(1, office + "styles", "styles.xml") + relation(2, office + "settings", "settings.xml") +
                     relation(3, office + "fontTable", "fontTable.xml") +
                     relation(4, office + "header", "header1.xml") + relation(5, office + "header", "header2.xml") +
                     relation(6, office + "header", "header3.xml"));
}

std::string app_properties_xml()
{
    return std::string(prologue) +
           "<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties\">"
           "<Application>Phối Hợp</Application></Properties>";
}

std::string core_properties_xml(const PageText& page)
{
    const std::string stamp = format_date(page.written_on) + "T00:00:00Z";
    return std::string(prologue) +
           "<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" "
           "xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" "
           "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:title>" +
           escape(page.title) + "</dc:title><dc:creator>" + escape(page.author) +
           "</dc:creator><dc:language>vi-VN</dc:language>" + "<dcterms:created xsi:type=\"dcterms:W3CDTF\">" + stamp +
           "</dcterms:created><dcterms:modified xsi:type=\"dcterms:W3CDTF\">" + stamp +
           "</dcterms:modified></cp:coreProperties>";
}

std::string header_xml(HeaderKind kind, std::string_view mark)
{
    const double width = (kind == HeaderKind::landscape ? page_height : page_width) - margin_left - margin_right;
    std::string xml = std::string(prologue) + "<w:hdr " + std::string(word_namespace) +
                      "><w:p><w:pPr><w:pStyle w:val=\"Header\"/><w:tabs>" + "<w:tab w:val=\"center\" w:pos=\"" +
                      twips(width / 2) + "\"/><w:tab w:val=\"right\" w:pos=\"" + twips(width) +
                      "\"/></w:tabs></w:pPr><w:r><w:tab/></w:r>";
    if (kind != HeaderKind::first) xml += "<w:fldSimple w:instr=\" PAGE \"><w:r><w:t>2</w:t></w:r></w:fldSimple>";
    if (!mark.empty())
        xml += "<w:r><w:tab/></w:r><w:r><w:rPr><w:b/><w:bCs/><w:color w:val=\"BF0000\"/>" + size(11) + "</w:rPr><w:t>" +
               escape(mark) + "</w:t></w:r>";
    return xml + "</w:p></w:hdr>";
}

}  // namespace phoihop::documents::docx
