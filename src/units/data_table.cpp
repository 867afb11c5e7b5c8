// SPDX-License-Identifier: Apache-2.0
#include "units/data_table.hpp"

#include "base/date.hpp"
#include "documents/csv.hpp"
#include "text/fold.hpp"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace phoihop::units {
namespace {

/// The reader of CSV brings text to NFC, so the form of the file itself is judged on its lines.
void judge_form(const std::string& file, std::string_view bytes, std::vector<Finding>& findings)
{
    std::uint32_t row = 0;
    while (!bytes.empty()) {
        ++row;
        const auto end = std::min(bytes.find('\n'), bytes.size());
        const std::string_view line = bytes.substr(0, end);
        if (!text::is_nfc(line)) findings.push_back({Severity::error, "not_nfc", {file, row}, {}});
        bytes.remove_prefix(std::min(end + 1, bytes.size()));
    }
}

}  // namespace

Result<DataFiles> load_data_files(const std::string& directory)
{
    namespace fs = std::filesystem;
    std::error_code failed;
    if (!fs::is_directory(directory, failed)) {
        return refuse(ProblemCode::not_found, directory, {{"what", "directory"}, {"found", directory}});
    }
    DataFiles files;
    for (const auto& entry : fs::directory_iterator(directory)) {
        if (entry.path().extension() != ".csv" && entry.path().extension() != ".topojson") continue;
        std::ifstream in(entry.path(), std::ios::binary);
        std::string bytes{std::istreambuf_iterator<char>(in), {}};
        if (!in)
            return refuse(ProblemCode::malformed, entry.path().filename().string(), {{"expected", "a readable file"}});
        files.emplace(entry.path().filename().string(), std::move(bytes));
    }
    if (files.empty()) return refuse(ProblemCode::missing, directory, {{"what", "*.csv"}});
    return files;
}

Result<DataTable> DataTable::open(const DataFiles& files, const std::string& file,
                                  std::span<const std::string_view> columns, std::vector<Finding>& findings)
{
    const auto found = files.find(file);
    if (found == files.end()) return refuse(ProblemCode::missing, file, {{"what", "file " + file}});
    auto sheet = documents::read_csv(found->second, {.limits = {}, .separator = ','});
    if (!sheet) {
        Problem problem = std::move(sheet).error();
        problem.where = problem.where.empty() ? file : file + ":" + problem.where;
        return tl::make_unexpected(std::move(problem));
    }
    DataTable table;
    table.m_file = file;
    table.m_findings = &findings;
    if (sheet->rows.empty()) return refuse(ProblemCode::missing, file, {{"what", "header row"}});
    for (const documents::Cell& cell : sheet->rows.front().cells) table.m_columns.push_back(cell.text);
    for (const std::string_view column : columns) {
        if (std::find(table.m_columns.begin(), table.m_columns.end(), column) == table.m_columns.end()) {
            return refuse(ProblemCode::missing, file + ":1", {{"what", "column " + std::string(column)}});
        }
    }
    table.m_rows.assign(std::make_move_iterator(sheet->rows.begin() + 1), std::make_move_iterator(sheet->rows.end()));
    judge_form(file, found->second, findings);
    return table;
}

bool DataTable::Row::has(std::string_view column) const
{
    return std::find(m_table.m_columns.begin(), m_table.m_columns.end(), column) != m_table.m_columns.end();
}

const std::string& DataTable::Row::text(std::string_view column) const
{
    const auto found = std::find(m_table.m_columns.begin(), m_table.m_columns.end(), column);
    return m_row.at(static_cast<std::size_t>(found - m_table.m_columns.begin())).text;
}

void DataTable::Row::unreadable(std::string_view column, std::string_view expected) const
{
    m_table.m_findings->push_back(
        {Severity::error,
         "unreadable",
         origin(),
         {{"column", std::string(column)}, {"expected", std::string(expected)}, {"found", text(column)}}});
}

std::optional<std::string> DataTable::Row::digits(std::string_view column, std::size_t length) const
{
    const std::string& found = text(column);
    if (found.size() == length && found.find_first_not_of("0123456789") == std::string::npos) return found;
    unreadable(column, std::to_string(length) + " digits");
    return std::nullopt;
}

std::optional<std::int64_t> DataTable::Row::count(std::string_view column) const
{
    const std::string& found = text(column);
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(found.data(), found.data() + found.size(), value);
    if (error == std::errc{} && end == found.data() + found.size() && value >= 0) return value;
    unreadable(column, "a whole number from 0");
    return std::nullopt;
}

std::optional<Date> DataTable::Row::date(std::string_view column) const
{
    if (const auto found = parse_date(text(column))) return *found;
    unreadable(column, "a date like 2025-07-01");
    return std::nullopt;
}

std::optional<Part> DataTable::Row::part(std::string_view column) const
{
    if (const auto found = part_from_word(text(column))) return found;
    unreadable(column, "none, part or full");
    return std::nullopt;
}

std::optional<bool> DataTable::Row::flag(std::string_view column) const
{
    if (text(column) == "0" || text(column) == "1") return text(column) == "1";
    unreadable(column, "0 or 1");
    return std::nullopt;
}

std::optional<std::string> DataTable::Row::one_of(std::string_view column,
                                                  std::span<const std::string_view> words) const
{
    if (std::find(words.begin(), words.end(), text(column)) != words.end()) return text(column);
    std::string expected;
    for (const std::string_view word : words) expected += (expected.empty() ? "" : ", ") + std::string(word);
    unreadable(column, expected);
    return std::nullopt;
}

std::optional<std::string> DataTable::Row::name(std::string_view column) const
{
    const std::string& found = text(column);
    const bool clean = !found.empty() && found.front() != ' ' && found.back() != ' ' &&
                       found.find("  ") == std::string::npos && found.find('\t') == std::string::npos;
    if (clean) return found;
    unreadable(column, "a name without surplus blanks");
    return std::nullopt;
}

}  // namespace phoihop::units
