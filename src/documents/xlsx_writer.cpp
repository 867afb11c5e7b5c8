// SPDX-License-Identifier: Apache-2.0
#include "documents/xlsx_writer.hpp"

#include "documents/unicode.hpp"
#include "documents/xlsx_layout.hpp"

#include <xlsxwriter.h>

#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <stdexcept>
#include <tuple>

#ifdef __SANITIZE_ADDRESS__
/// libxlsxwriter 1.1.4 copies the range of a list of choices twice and frees it once: some 20 bytes a list.
extern "C" const char* __lsan_default_suppressions();
extern "C" const char* __lsan_default_suppressions()
{
    return "leak:lxw_strdup\n";
}
#endif

namespace phoihop::documents {

namespace {

// Colours of the cells, chosen to stay apart on a black-and-white print too.
constexpr lxw_color_t grey = 0xE7E6E6;
constexpr lxw_color_t pale_yellow = 0xFFF9E5;
constexpr lxw_color_t pale_red = 0xF8CBCB;
constexpr lxw_color_t dark_red = 0x9C0006;

constexpr std::size_t excel_list_characters = 255;  // of a list of choices that stands in the rule itself

void must(lxw_error error, const char* what)
{
    if (error != LXW_NO_ERROR) throw std::runtime_error(std::string("xlsx: ") + what + ": " + lxw_strerror(error));
}

/// A folder of its own that disappears with the object: the library writes to files only.
class ScratchFolder {
public:
    ScratchFolder()
    {
        std::string pattern = (std::filesystem::temp_directory_path() / "phoihop-xlsx-XXXXXX").string();
        if (mkdtemp(pattern.data()) == nullptr)
            throw std::runtime_error("xlsx: cannot make a folder for temporary files");
        m_path = pattern;
    }
    ScratchFolder(const ScratchFolder&) = delete;
    ScratchFolder& operator=(const ScratchFolder&) = delete;
    ~ScratchFolder()
    {
        std::error_code ignored;
        std::filesystem::remove_all(m_path, ignored);
    }
    [[nodiscard]] std::string path() const { return m_path.string(); }

private:
    std::filesystem::path m_path;
};

std::size_t significant_digits(std::string_view plain)
{
    std::string digits;
    for (const char c : plain)
        if (c >= '0' && c <= '9' && (c != '0' || !digits.empty())) digits += c;
    if (plain.find('.') == std::string_view::npos)
        while (!digits.empty() && digits.back() == '0') digits.pop_back();
    return digits.size();
}

/// The number as a spreadsheet keeps it, or nothing when that would change it.
std::optional<double> as_double(std::string_view plain)
{
    double value = 0;
    const auto [end, error] = std::from_chars(plain.data(), plain.data() + plain.size(), value);
    if (error != std::errc{} || end != plain.data() + plain.size() || significant_digits(plain) > 15)
        return std::nullopt;
    return value;
}

/// A sheet's name as spreadsheets take it.
std::string sheet_name(std::string_view wanted)
{
    std::string name;
    std::size_t characters = 0;
    for (const char c : wanted) {
        const bool starts = (static_cast<unsigned char>(c) & 0xC0) != 0x80;
        if (starts && characters++ == 31) break;
        name += std::string_view("[]:*?/\\'").find(c) == std::string_view::npos ? c : '-';
    }
    return name.empty() ? "Bảng" : name;
}

class WorkbookWriter {
public:
    WorkbookWriter(const std::string& path, const std::string& scratch, const WorkbookInfo& info)
    {
        lxw_workbook_options options{};
        m_scratch = scratch;
        options.tmpdir = m_scratch.data();
        m_book = workbook_new_opt(path.c_str(), &options);
        if (m_book == nullptr) throw std::runtime_error("xlsx: cannot begin a workbook");
        lxw_doc_properties properties{};
        m_title = info.title;
        m_author = info.author;
        properties.title = m_title.data();
        properties.author = m_author.data();
        // 0 would be read as "now": one second after the beginning of time is not.
        properties.created = std::max<std::time_t>(1, info.created.time_since_epoch().count() * 86400);
        must(workbook_set_properties(m_book, &properties), "properties");
    }
    WorkbookWriter(const WorkbookWriter&) = delete;
    WorkbookWriter& operator=(const WorkbookWriter&) = delete;
    ~WorkbookWriter()
    {
        if (m_book != nullptr) lxw_workbook_free(m_book);
    }

    void add(const StyledSheet& sheet);

    void close()
    {
        lxw_workbook* book = m_book;
        m_book = nullptr;  // the library frees it, also when it fails
        must(workbook_close(book), "close");
    }

private:
    lxw_format* format(const StyledCell& cell, bool outlined);
    void write_row(lxw_worksheet* out, const StyledSheet& sheet, lxw_row_t row);
    void write_cell(lxw_worksheet* out, const StyledCell& cell, lxw_row_t row, lxw_col_t column, lxw_format* look);
    void add_rules(lxw_worksheet* out, const StyledSheet& sheet);
    void add_rule(lxw_worksheet* out, const ColumnRule& rule, lxw_row_t first, lxw_row_t last, lxw_col_t column);
    std::string choices_range(const std::vector<std::string>& choices);

    lxw_workbook* m_book = nullptr;
    std::string m_scratch, m_title, m_author;
    std::map<std::tuple<CellRole, CellKind, int, bool, bool, bool>, lxw_format*> m_formats;
    lxw_worksheet* m_choices = nullptr;  // a hidden sheet for lists too long for a rule
    lxw_col_t m_choice_columns = 0;
};

void set_role(lxw_format* look, CellRole role)
{
    switch (role) {
        case CellRole::body: break;
        case CellRole::title:
            format_set_bold(look);
            format_set_font_size(look, 14);
            format_set_align(look, LXW_ALIGN_CENTER);
            format_set_text_wrap(look);
            break;
        case CellRole::note:
            format_set_italic(look);
            format_set_align(look, LXW_ALIGN_CENTER);
            format_set_text_wrap(look);
            break;
        case CellRole::header:
            format_set_bold(look);
            format_set_align(look, LXW_ALIGN_CENTER);
            format_set_text_wrap(look);
            format_set_bg_color(look, grey);
            break;
        case CellRole::total: format_set_bold(look); break;
        case CellRole::input:
            format_set_unlocked(look);
            format_set_bg_color(look, pale_yellow);
            break;
        case CellRole::wrong:
            format_set_unlocked(look);
            format_set_bg_color(look, pale_red);
            format_set_font_color(look, dark_red);
            break;
    }
}

lxw_format* WorkbookWriter::format(const StyledCell& cell, bool outlined)
{
    const CellKind kind = cell.cell.kind;
    const int decimals = kind == CellKind::number ? std::clamp(cell.decimals, 0, 6) : 0;
    lxw_format*& look = m_formats[{cell.role, kind, decimals, outlined, cell.cell.percent, cell.centred}];
    if (look != nullptr) return look;
    look = workbook_add_format(m_book);
    format_set_font_name(look, "Times New Roman");
    format_set_font_size(look, 12);
    format_set_align(look, LXW_ALIGN_VERTICAL_CENTER);
    if (outlined) format_set_border(look, LXW_BORDER_THIN);
    if (kind == CellKind::number) {
        const std::string percent = cell.cell.percent ? "%" : "";
        const std::string fraction = decimals > 0 ? "." + std::string(static_cast<std::size_t>(decimals), '0') : "";
        format_set_num_format(look, ("#,##0" + fraction + percent).c_str());
    } else if (kind == CellKind::date) {
        format_set_num_format(look, "dd/mm/yyyy");
        format_set_align(look, LXW_ALIGN_CENTER);
    } else if (kind == CellKind::text) {
        format_set_num_format(look, "@");
        if (cell.role == CellRole::body || cell.role == CellRole::total) format_set_text_wrap(look);
    }
    if (cell.centred) format_set_align(look, LXW_ALIGN_CENTER);
    set_role(look, cell.role);
    return look;
}

void WorkbookWriter::write_cell(lxw_worksheet* out, const StyledCell& styled, lxw_row_t row, lxw_col_t column,
                                lxw_format* look)
{
    const Cell& cell = styled.cell;
    const auto text = [&] { must(worksheet_write_string(out, row, column, cell.text.c_str(), look), "text"); };
    switch (cell.kind) {
        case CellKind::empty: must(worksheet_write_blank(out, row, column, look), "blank"); break;
        case CellKind::text:
        case CellKind::error: text(); break;
        case CellKind::number: {
            const auto value = as_double(cell.text);
            if (!value) return text();
            must(worksheet_write_number(out, row, column, *value, look), "number");
            break;
        }
        case CellKind::date: {
            const auto date = parse_date(cell.text);
            if (!date) return text();
            const auto serial = (*date - day(1899, 12, 30)).count();
            must(worksheet_write_number(out, row, column, static_cast<double>(serial), look), "date");
            break;
        }
    }
}

void WorkbookWriter::write_row(lxw_worksheet* out, const StyledSheet& sheet, lxw_row_t row)
{
    const StyledRow& source = sheet.rows[row];
    must(worksheet_set_row(out, row, source.height > 0 ? source.height : row_height(sheet, row), nullptr),
         "row height");
    for (std::size_t i = 0; i < source.cells.size(); ++i) {
        const StyledCell& cell = source.cells[i];
        const auto column = static_cast<lxw_col_t>(i);
        const MergedCells* merged = merged_at(sheet, row, column);
        if (merged != nullptr && (merged->row != row || merged->column != column)) continue;
        const bool outlined = cell.role != CellRole::title && cell.role != CellRole::note;
        lxw_format* look = format(cell, outlined);
        if (merged != nullptr) {
            const lxw_row_t last_row = merged->row + merged->rows - 1;
            const auto last_column = static_cast<lxw_col_t>(merged->column + merged->columns - 1);
            must(worksheet_merge_range(out, row, column, last_row, last_column, "", look), "merge");
        }
        if (!outlined && cell.cell.kind == CellKind::empty) continue;
        write_cell(out, cell, row, column, look);
        if (cell.comment.empty()) continue;
        lxw_comment_options box{};
        box.x_scale = 2;
        must(worksheet_write_comment_opt(out, row, column, cell.comment.c_str(), &box), "comment");
    }
}

std::string WorkbookWriter::choices_range(const std::vector<std::string>& choices)
{
    if (m_choices == nullptr) {
        m_choices = workbook_add_worksheet(m_book, "danh_muc");
        worksheet_hide(m_choices);
    }
    const lxw_col_t column = m_choice_columns++;
    for (std::size_t i = 0; i < choices.size(); ++i)
        must(worksheet_write_string(m_choices, static_cast<lxw_row_t>(i), column, choices[i].c_str(), nullptr),
             "choice");
    const std::string letters = column_name(column);
    return "=danh_muc!$" + letters + "$1:$" + letters + "$" + std::to_string(choices.size());
}

void WorkbookWriter::add_rule(lxw_worksheet* out, const ColumnRule& rule, lxw_row_t first, lxw_row_t last,
                              lxw_col_t column)
{
    lxw_data_validation check{};
    std::string range;
    std::vector<char*> list;  // the library takes plain char and does not write to it
    std::string title = "Giá trị chưa đúng";
    std::string message;
    if (!rule.choices.empty()) {
        std::size_t characters = rule.choices.size();
        for (const std::string& choice : rule.choices) characters += count_characters(choice);
        const bool has_comma = std::any_of(rule.choices.begin(), rule.choices.end(), [](const std::string& choice) {
            return choice.find(',') != std::string::npos;
        });
        if (characters > excel_list_characters || has_comma) {
            range = choices_range(rule.choices);
            check.validate = LXW_VALIDATION_TYPE_LIST_FORMULA;
            check.value_formula = range.data();
        } else {
            for (const std::string& choice : rule.choices) list.push_back(const_cast<char*>(choice.c_str()));
            list.push_back(nullptr);
            check.validate = LXW_VALIDATION_TYPE_LIST;
            check.value_list = list.data();
        }
        message = "Hãy chọn một giá trị trong danh sách.";
    } else {
        check.validate = rule.decimals > 0 ? LXW_VALIDATION_TYPE_DECIMAL : LXW_VALIDATION_TYPE_INTEGER;
        // Spreadsheets keep 15 digits: an open side reaches as far.
        check.minimum_number = static_cast<double>(rule.minimum.value_or(-999'999'999'999'999));
        check.maximum_number = static_cast<double>(rule.maximum.value_or(999'999'999'999'999));
        check.criteria = LXW_VALIDATION_CRITERIA_BETWEEN;
        message = rule.decimals > 0 ? "Hãy nhập một số." : "Hãy nhập một số nguyên.";
        if (rule.minimum == 0)
            message = rule.decimals > 0 ? "Hãy nhập một số không âm." : "Hãy nhập một số nguyên không âm.";
    }
    check.ignore_blank = LXW_VALIDATION_ON;
    check.error_title = title.data();
    check.error_message = message.data();
    must(worksheet_data_validation_range(out, first, column, last, column, &check), "rule");
}

/// Each run of input cells in a column gets the column's rule.
void WorkbookWriter::add_rules(lxw_worksheet* out, const StyledSheet& sheet)
{
    const auto is_input = [&](std::size_t row, std::size_t column) {
        const auto& cells = sheet.rows[row].cells;
        return column < cells.size() &&
               (cells[column].role == CellRole::input || cells[column].role == CellRole::wrong);
    };
    for (std::size_t column = 0; column < sheet.columns.size(); ++column) {
        const ColumnRule& rule = sheet.columns[column].rule;
        if (rule.choices.empty() && !rule.minimum && !rule.maximum) continue;
        for (std::size_t row = 0; row < sheet.rows.size(); ++row) {
            if (!is_input(row, column)) continue;
            const std::size_t first = row;
            while (row + 1 < sheet.rows.size() && is_input(row + 1, column)) ++row;
            add_rule(out, rule, static_cast<lxw_row_t>(first), static_cast<lxw_row_t>(row),
                     static_cast<lxw_col_t>(column));
        }
    }
}

void WorkbookWriter::add(const StyledSheet& sheet)
{
    lxw_worksheet* out = workbook_add_worksheet(m_book, sheet_name(sheet.name).c_str());
    if (out == nullptr) throw std::runtime_error("xlsx: cannot add the sheet " + sheet.name);
    for (std::size_t i = 0; i < sheet.columns.size(); ++i) {
        const auto column = static_cast<lxw_col_t>(i);
        must(worksheet_set_column(out, column, column, sheet.columns[i].width, nullptr), "column");
    }
    for (std::size_t row = 0; row < sheet.rows.size(); ++row) write_row(out, sheet, static_cast<lxw_row_t>(row));
    add_rules(out, sheet);
    if (sheet.frozen_rows > 0 || sheet.frozen_columns > 0)
        worksheet_freeze_panes(out, sheet.frozen_rows, static_cast<lxw_col_t>(sheet.frozen_columns));
    if (sheet.repeated_rows > 0)
        must(worksheet_repeat_rows(out, sheet.repeat_from, sheet.repeat_from + sheet.repeated_rows - 1),
             "repeated rows");
    worksheet_set_paper(out, 9);  // A4
    if (sheet.landscape) worksheet_set_landscape(out);
    worksheet_fit_to_pages(out, 1, 0);
    // Centimetres of Nghị định 30/2020/NĐ-CP in inches: left 30, right 15, top and bottom 20 mm.
    worksheet_set_margins(out, 30 / 25.4, 15 / 25.4, 20 / 25.4, 20 / 25.4);
    if (!sheet.mark.empty())
        must(worksheet_set_header(out, ("&C&\"Times New Roman,Bold\"" + sheet.mark).c_str()), "header");
    must(worksheet_set_footer(out, "&C&P/&N"), "footer");
    if (sheet.locked) {
        lxw_protection allowed{};
        allowed.format_columns = 1;
        allowed.format_rows = 1;
        worksheet_protect(out, nullptr, &allowed);
    }
}

}  // namespace

std::string write_xlsx(const std::vector<StyledSheet>& sheets, const WorkbookInfo& info)
{
    const ScratchFolder folder;
    const std::string path = folder.path() + "/workbook.xlsx";
    {
        WorkbookWriter writer(path, folder.path(), info);
        for (const StyledSheet& sheet : sheets) writer.add(sheet);
        writer.close();
    }
    std::ifstream file(path, std::ios::binary);
    std::string bytes(std::filesystem::file_size(path), '\0');
    if (!file.read(bytes.data(), static_cast<std::streamsize>(bytes.size())))
        throw std::runtime_error("xlsx: cannot read the file back");
    return bytes;
}

}  // namespace phoihop::documents
