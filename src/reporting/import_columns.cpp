// SPDX-License-Identifier: Apache-2.0
#include "reporting/import_columns.hpp"

#include "text/fold.hpp"

#include <algorithm>

namespace phoihop::reporting {

namespace {

using Columns = ImportColumns;

/// Head words, folded: people write "Mã đơn vị" as often as "mã đơn vị".
constexpr std::pair<std::string_view, std::size_t Columns::*> known_columns[] = {{"period", &Columns::period},
                                                                                 {"ky", &Columns::period},
                                                                                 {"unit", &Columns::unit},
                                                                                 {"ma don vi", &Columns::unit},
                                                                                 {"indicator", &Columns::indicator},
                                                                                 {"chi tieu", &Columns::indicator},
                                                                                 {"value", &Columns::value},
                                                                                 {"gia tri", &Columns::value},
                                                                                 {"form", &Columns::form},
                                                                                 {"bieu", &Columns::form},
                                                                                 {"received on", &Columns::received_on},
                                                                                 {"ngay nhan", &Columns::received_on},
                                                                                 {"reason", &Columns::reason},
                                                                                 {"ly do", &Columns::reason},
                                                                                 {"comment", &Columns::comment},
                                                                                 {"giai trinh", &Columns::comment}};

/// "B1 comment", "B1 giải trình" → "B1".
std::string_view commented(std::string_view head)
{
    const std::size_t blank = head.find(' ');
    if (blank == std::string_view::npos) return {};
    const std::string rest = text::fold(head.substr(blank + 1));
    return rest == "comment" || rest == "giai trinh" ? head.substr(0, blank) : std::string_view{};
}

}  // namespace

Result<ImportColumns> read_columns(const documents::Row& head, const programme::Programme& programme,
                                   const std::string& file, bool period_known)
{
    Columns columns;
    const auto at = [&](std::size_t i) { return file + " " + documents::cell_name(head.number, i); };
    std::vector<std::pair<std::string_view, std::size_t>> comments;
    for (std::size_t i = 0; i < head.cells.size(); ++i) {
        const std::string& name = head.cells[i].text;
        if (name.empty() || name.starts_with('#')) continue;  // what our own sheets say to who reads them
        const std::string folded = text::fold(name);
        const auto* const match = std::find_if(std::begin(known_columns), std::end(known_columns),
                                               [&](const auto& known) { return known.first == folded; });
        if (programme.indicator(name) != nullptr || programme.form(name) != nullptr) {
            columns.wide.push_back({i, name});
        } else if (match != std::end(known_columns)) {
            if (columns.*(match->second) != absent) return refuse(ProblemCode::duplicate, at(i), {{"what", name}});
            columns.*(match->second) = i;
        } else if (const auto code = commented(name); programme.indicator(code) != nullptr) {
            comments.emplace_back(code, i);
        } else if (folded != "name" && folded != "ten don vi") {
            return refuse(ProblemCode::unknown_name, at(i), {{"what", "column"}, {"found", name}});
        }
    }
    for (Columns::Wide& wide : columns.wide)
        for (const auto& [code, column] : comments)
            if (wide.code == code) wide.comment = column;
    if (columns.unit == absent) return refuse(ProblemCode::missing, file, {{"what", "column “unit”"}});
    if (!columns.narrow() && columns.wide.empty())
        return refuse(ProblemCode::missing, file,
                      {{"what", "columns “indicator” and “value”, or a column for each indicator"}});
    if (columns.period == absent && !period_known)
        return refuse(ProblemCode::missing, file, {{"what", "column “period” (or --period)"}});
    if (columns.narrow()) columns.wide.clear();
    return columns;
}

}  // namespace phoihop::reporting
