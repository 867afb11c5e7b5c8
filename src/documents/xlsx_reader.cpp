// SPDX-License-Identifier: Apache-2.0
#include "documents/xlsx_reader.hpp"

#include "documents/unicode.hpp"
#include "documents/xlsx_number.hpp"
#include "documents/zip_archive.hpp"

#include <pugixml.hpp>

#include <algorithm>
#include <charconv>
#include <map>
#include <memory>

namespace phoihop::documents {

namespace {

using pugi::xml_node;

/// The name without its prefix: some programs write <x:row>, most <row>; only the local name counts here.
std::string_view local(const char* name)
{
    const std::string_view whole(name);
    const std::size_t colon = whole.find(':');
    return colon == std::string_view::npos ? whole : whole.substr(colon + 1);
}

xml_node child(xml_node parent, std::string_view name)
{
    for (const xml_node node : parent.children())
        if (local(node.name()) == name) return node;
    return {};
}

std::string_view attribute(xml_node node, std::string_view name)
{
    for (const pugi::xml_attribute found : node.attributes())
        if (local(found.name()) == name) return found.value();
    return {};
}

std::optional<std::uint32_t> whole(std::string_view text)
{
    std::uint32_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

/// A parsed part of the package. Entities cannot expand: the parser has none but the five of XML, and a
/// document type is refused.
Result<std::unique_ptr<pugi::xml_document>> parse_part(const ZipReader& zip, const std::string& name)
{
    PHOIHOP_TRY(text, zip.read(name));
    auto document = std::make_unique<pugi::xml_document>();
    constexpr unsigned flags = pugi::parse_default | pugi::parse_ws_pcdata_single | pugi::parse_doctype;
    const auto parsed = document->load_buffer(text.data(), text.size(), flags);
    const bool has_doctype = std::any_of(document->begin(), document->end(),
                                         [](xml_node node) { return node.type() == pugi::node_doctype; });
    if (!parsed || has_doctype)
        return refuse(ProblemCode::malformed, name,
                      {{"expected", "XML"}, {"found", has_doctype ? "document type" : parsed.description()}});
    return document;
}

/// "../a/b.xml" seen from the part `base`.
std::string resolve(std::string_view base, std::string_view target)
{
    if (target.starts_with('/')) return std::string(target.substr(1));
    std::string folder(base.substr(0, base.rfind('/') == std::string_view::npos ? 0 : base.rfind('/') + 1));
    while (target.starts_with("../")) {
        target.remove_prefix(3);
        if (!folder.empty()) folder.pop_back();
        folder.resize(folder.rfind('/') == std::string::npos ? 0 : folder.rfind('/') + 1);
    }
    return folder + std::string(target);
}

struct Relation {
    std::string type;  // the last word of its address: "worksheet", "styles", "sharedStrings"
    std::string target;
};

/// The relations of a part, by id; none when the part has no relations.
Result<std::map<std::string, Relation, std::less<>>> relations_of(const ZipReader& zip, const std::string& part)
{
    const std::size_t slash = part.rfind('/') == std::string::npos ? 0 : part.rfind('/') + 1;
    const std::string name = part.substr(0, slash) + "_rels/" + part.substr(slash) + ".rels";
    std::map<std::string, Relation, std::less<>> relations;
    if (!zip.contains(name)) return relations;
    PHOIHOP_TRY(document, parse_part(zip, name));
    for (const xml_node node : child(*document, "Relationships").children()) {
        const std::string_view type = attribute(node, "Type");
        if (attribute(node, "TargetMode") == "External") continue;
        relations[std::string(attribute(node, "Id"))] = {std::string(type.substr(type.rfind('/') + 1)),
                                                         resolve(part, attribute(node, "Target"))};
    }
    return relations;
}

/// "_x000D_" stands for a character that XML cannot carry; "_x005F_" for the underscore before such a word.
std::string unescape(std::string_view text)
{
    std::string plain;
    for (std::size_t i = 0; i < text.size();) {
        std::uint32_t code = 0;
        const bool escaped =
            text[i] == '_' && i + 6 < text.size() && text[i + 1] == 'x' && text[i + 6] == '_' &&
            std::from_chars(text.data() + i + 2, text.data() + i + 6, code, 16).ptr == text.data() + i + 6;
        if (escaped && code < 0x80) {
            if (code >= 0x20 || code == '\n' || code == '\t') plain += static_cast<char>(code);
            i += 7;
        } else {
            plain += text[i++];
        }
    }
    return plain;
}

/// The text of a <si> or <is>: its own <t> and those of its runs, but not of readings (<rPh>).
std::string rich_text(xml_node item)
{
    std::string text;
    for (const xml_node node : item.children()) {
        if (local(node.name()) == "t") text += node.child_value();
        if (local(node.name()) == "r") text += child(node, "t").child_value();
    }
    text = unescape(text);
    compose(text);
    return text;
}

struct Workbook {
    std::vector<std::string> shared;
    std::vector<NumberLook> looks;  // by style number
    DateSystem dates = DateSystem::from_1900;
    TableLimits limits;
};

Result<void> read_shared(const ZipReader& zip, const std::string& part, Workbook& book)
{
    PHOIHOP_TRY(document, parse_part(zip, part));
    for (const xml_node item : child(*document, "sst").children())
        if (local(item.name()) == "si") book.shared.push_back(rich_text(item));
    return {};
}

Result<void> read_styles(const ZipReader& zip, const std::string& part, Workbook& book)
{
    PHOIHOP_TRY(document, parse_part(zip, part));
    const xml_node sheet = child(*document, "styleSheet");
    std::map<std::uint32_t, NumberLook> own;
    for (const xml_node format : child(sheet, "numFmts").children())
        if (const auto id = whole(attribute(format, "numFmtId")))
            own[*id] = number_look(attribute(format, "formatCode"));
    for (const xml_node style : child(sheet, "cellXfs").children()) {
        const auto id = whole(attribute(style, "numFmtId")).value_or(0);
        const auto found = own.find(id);
        book.looks.push_back(found == own.end() ? builtin_number_look(id) : found->second);
    }
    return {};
}

struct Place {
    std::uint32_t row = 0;
    std::size_t column = 0;
};

/// "D7" taken apart; a cell may also leave its place out and then follows the one before.
std::optional<Place> parse_place(std::string_view reference)
{
    Place place;
    std::size_t i = 0;
    for (; i < reference.size() && reference[i] >= 'A' && reference[i] <= 'Z' && i < 4; ++i)
        place.column = place.column * 26 + static_cast<std::size_t>(reference[i] - 'A' + 1);
    const auto row = whole(reference.substr(i));
    if (place.column == 0 || !row || *row == 0) return std::nullopt;
    --place.column;
    place.row = *row;
    return place;
}

Cell error_cell(std::string_view text)
{
    return {CellKind::error, std::string(text), false};
}

/// A stored number: how it looks decides whether it is a number or a day.
Cell read_number(const Workbook& book, std::string_view stored, std::uint32_t style)
{
    const NumberLook look = style < book.looks.size() ? book.looks[style] : NumberLook::number;
    if (look == NumberLook::date) {
        const auto date = serial_day(stored, book.dates);
        return date ? date_cell(*date) : error_cell(stored);
    }
    const auto plain = plain_number(stored);
    if (!plain) return error_cell(stored);
    Cell cell = number_cell(*plain);
    cell.percent = look == NumberLook::percent;
    return cell;
}

Cell read_text(std::string_view stored)
{
    std::string text = unescape(stored);
    compose(text);
    return text_cell(text);
}

Result<Cell> read_value(const Workbook& book, xml_node node)
{
    const std::string_view type = attribute(node, "t");
    const xml_node value = child(node, "v");
    const std::string_view stored = value.child_value();
    if (type == "inlineStr") return text_cell(rich_text(child(node, "is")));
    if (!value) return child(node, "f") ? error_cell("=" + std::string(child(node, "f").child_value())) : Cell{};
    if (type == "s") {
        const auto index = whole(stored);
        if (!index || *index >= book.shared.size())
            return refuse(ProblemCode::malformed, {}, {{"expected", "shared string"}, {"found", std::string(stored)}});
        return text_cell(book.shared[*index]);
    }
    if (type == "str") return read_text(stored);
    if (type == "b") return text_cell(stored == "1" ? "TRUE" : "FALSE");
    if (type == "e") return error_cell(stored);
    if (type == "d") {
        const auto date = parse_date(stored.substr(0, 10));
        return date ? date_cell(*date) : error_cell(stored);
    }
    return read_number(book, stored, whole(attribute(node, "s")).value_or(0));
}

/// Puts one <c> into its row. `column` is where it stands if it does not say so itself.
Result<void> read_cell(const Workbook& book, const Sheet& sheet, xml_node node, Row& row, std::size_t& column)
{
    if (const std::string_view reference = attribute(node, "r"); !reference.empty()) {
        const auto place = parse_place(reference);
        if (!place || place->row != row.number)
            return refuse(
                ProblemCode::malformed, sheet.name + "!" + cell_name(row.number, column),
                {{"expected", "cell of row " + std::to_string(row.number)}, {"found", std::string(reference)}});
        column = place->column;
    }
    const std::size_t at = column++;
    const std::string where = sheet.name + "!" + cell_name(row.number, at);
    auto cell = read_value(book, node);
    if (!cell) return refuse(cell.error().code, where, cell.error().facts);
    if (cell->kind == CellKind::empty) return {};
    if (at >= book.limits.columns)
        return refuse(ProblemCode::too_large, where, {{"limit", std::to_string(book.limits.columns) + " columns"}});
    if (cell->text.size() > book.limits.cell_characters && count_characters(cell->text) > book.limits.cell_characters)
        return refuse(ProblemCode::too_large, where,
                      {{"limit", std::to_string(book.limits.cell_characters) + " characters"}});
    if (row.cells.size() <= at) row.cells.resize(at + 1);
    row.cells[at] = std::move(*cell);
    return {};
}

Result<void> read_rows(const Workbook& book, xml_node data, Sheet& sheet)
{
    std::uint32_t last = 0;
    for (const xml_node node : data.children()) {
        if (local(node.name()) != "row") continue;
        Row row;
        row.number = whole(attribute(node, "r")).value_or(last + 1);
        if (row.number <= last)
            return refuse(ProblemCode::malformed, sheet.name + "!" + std::to_string(row.number),
                          {{"expected", "row after " + std::to_string(last)}, {"found", std::to_string(row.number)}});
        last = row.number;
        std::size_t column = 0;
        for (const xml_node cell : node.children())
            if (local(cell.name()) == "c") PHOIHOP_CHECK_OK(read_cell(book, sheet, cell, row, column));
        if (row.cells.empty()) continue;
        if (sheet.rows.size() >= book.limits.rows)
            return refuse(ProblemCode::too_large, sheet.name, {{"limit", std::to_string(book.limits.rows) + " rows"}});
        sheet.rows.push_back(std::move(row));
    }
    return {};
}

tl::unexpected<Problem> wrong_kind(std::string found)
{
    return refuse(ProblemCode::wrong_type, {}, {{"expected", "XLSX"}, {"found", std::move(found)}});
}

/// The workbook's part: what the package names as its main document.
Result<std::string> workbook_part(const ZipReader& zip)
{
    if (!zip.contains("_rels/.rels")) return wrong_kind(zip.contains("content.xml") ? "OpenDocument" : "zip");
    PHOIHOP_TRY(relations, relations_of(zip, ""));
    for (const auto& [id, relation] : relations)
        if (relation.type == "officeDocument") {
            if (relation.target.starts_with("word/")) return wrong_kind("DOCX");
            if (relation.target.ends_with(".bin")) return wrong_kind("XLSB");
            return relation.target;
        }
    return wrong_kind("zip");
}

}  // namespace

bool looks_zipped(std::string_view bytes)
{
    return bytes.starts_with("PK\x03\x04");
}

Result<std::vector<Sheet>> read_xlsx(std::string_view bytes, const TableLimits& limits)
{
    if (bytes.starts_with("\xD0\xCF\x11\xE0")) return wrong_kind("XLS, or a file with a password");
    if (!looks_zipped(bytes)) return wrong_kind("another kind of file");
    PHOIHOP_TRY(zip, ZipReader::open(bytes, {.entry_bytes = limits.bytes / 2, .total_bytes = limits.bytes}));
    PHOIHOP_TRY(main_part, workbook_part(zip));
    PHOIHOP_TRY(relations, relations_of(zip, main_part));
    Workbook book;
    book.limits = limits;
    for (const auto& [id, relation] : relations) {
        if (relation.type == "sharedStrings") PHOIHOP_CHECK_OK(read_shared(zip, relation.target, book));
        if (relation.type == "styles") PHOIHOP_CHECK_OK(read_styles(zip, relation.target, book));
    }
    PHOIHOP_TRY(document, parse_part(zip, main_part));
    const xml_node workbook = child(*document, "workbook");
    const std::string_view system = attribute(child(workbook, "workbookPr"), "date1904");
    if (system == "1" || system == "true") book.dates = DateSystem::from_1904;

    std::vector<Sheet> sheets;
    for (const xml_node entry : child(workbook, "sheets").children()) {
        const auto relation = relations.find(attribute(entry, "id"));
        if (relation == relations.end() || relation->second.type != "worksheet") continue;
        Sheet sheet;
        sheet.name = attribute(entry, "name");
        compose(sheet.name);
        sheet.hidden = attribute(entry, "state").ends_with("idden");
        PHOIHOP_TRY(part, parse_part(zip, relation->second.target));
        PHOIHOP_CHECK_OK(read_rows(book, child(child(*part, "worksheet"), "sheetData"), sheet));
        sheets.push_back(std::move(sheet));
    }
    if (sheets.empty()) return refuse(ProblemCode::missing, {}, {{"what", "worksheet"}});
    return sheets;
}

}  // namespace phoihop::documents
