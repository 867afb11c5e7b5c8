// SPDX-License-Identifier: Apache-2.0
#include "units/bring_to.hpp"
#include "units/check.hpp"
#include "units/data_table.hpp"

#include <algorithm>
#include <array>

namespace phoihop::units {
namespace {

/// What residential areas are called across the country (Thông tư 04/2012/TT-BNV and 14/2018/TT-BNV name thôn and tổ
/// dân phố with their local words), and how the word stands in a name.
constexpr std::array<std::pair<std::string_view, std::string_view>, 17> local_kinds{{
    {"thôn", "Thôn"},
    {"làng", "Làng"},
    {"bản", "Bản"},
    {"ấp", "Ấp"},
    {"buôn", "Buôn"},
    {"bon", "Bon"},
    {"phum", "Phum"},
    {"sóc", "Sóc"},
    {"xóm", "Xóm"},
    {"khóm", "Khóm"},
    {"khu", "Khu"},
    {"khối", "Khối"},
    {"khu phố", "Khu phố"},
    {"khối phố", "Khối phố"},
    {"tiểu khu", "Tiểu khu"},
    {"tổ dân phố", "Tổ dân phố"},
    {"khu dân cư", "Khu dân cư"},
}};

struct LocalRow {
    Origin origin;
    UnitState state;
    std::string parent;
};

constexpr std::size_t code_length_max = 20;

bool is_local_code(std::string_view code)
{
    const auto allowed = [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-' || c == '.';
    };
    return !code.empty() && code.size() <= code_length_max && std::all_of(code.begin(), code.end(), allowed);
}

std::optional<LocalRow> read_row(const DataTable::Row& row)
{
    const bool coded = is_local_code(row.text("code"));
    if (!coded) row.unreadable("code", "1 to 20 letters A-Z, digits, - and .");
    std::array<std::string_view, local_kinds.size()> words;
    std::transform(local_kinds.begin(), local_kinds.end(), words.begin(), [](const auto& kind) { return kind.first; });
    const auto name = row.name("name");
    const auto kind = row.one_of("kind", words);
    const auto from = row.date("valid_from");
    std::optional<Date> to = forever;
    if (row.has("valid_to") && !row.text("valid_to").empty()) {
        to = row.date("valid_to");
        if (to) *to += std::chrono::days{1};
    }
    if (!coded || !name || !kind || !from || !to) return std::nullopt;
    if (*to <= *from) {
        row.unreadable("valid_to", "a day from " + format_date(*from) + " on");
        return std::nullopt;
    }
    LocalRow read{row.origin(), {}, row.text("parent")};
    read.state.validity = {*from, *to};
    read.state.code = {std::string(local_scheme), row.text("code")};
    read.state.level = Level::residential_area;
    read.state.kind = *kind;
    read.state.name = *name;
    const auto word =
        std::find_if(local_kinds.begin(), local_kinds.end(), [&](const auto& each) { return each.first == *kind; });
    const std::string prefix = std::string(word->second) + " ";
    read.state.full_name = name->starts_with(prefix) ? *name : prefix + *name;
    if (name->starts_with(prefix)) read.state.name = name->substr(prefix.size());
    return read;
}

/// The rows by code, in order of time, with what is wrong between them.
struct LocalUnits {
    const Territory& territory;
    std::vector<Finding>& findings;
    std::map<std::string, std::vector<LocalRow>> by_code{};

    void error(const Origin& origin, std::string rule, Problem::Facts facts)
    {
        findings.push_back({Severity::error, std::move(rule), origin, std::move(facts)});
    }

    void find_parent(LocalRow& row)
    {
        const auto parent = territory.by_code(row.parent, row.state.validity.from);
        if (!parent) {
            return error(row.origin, "unknown_reference", {{"column", "parent"}, {"unit", row.parent}});
        }
        const Unit& unit = territory.unit(*parent);
        const UnitState* first = unit.on(row.state.validity.from);
        if (!first || unit.ends() < row.state.validity.to) {
            return error(row.origin, "orphan",
                         {{"unit", row.state.code.text()},
                          {"parent", row.parent},
                          {"validity", format_date(unit.begins()) + ".." + format_date(unit.ends())}});
        }
        if (first->level != Level::commune) {
            return error(row.origin, "level_turned_round",
                         {{"unit", row.state.code.text()},
                          {"parent", row.parent},
                          {"parent_level", std::string(word(first->level))}});
        }
        row.state.parent = *parent;
    }

    void order()
    {
        for (auto& [code, rows] : by_code) {
            std::sort(rows.begin(), rows.end(),
                      [](const LocalRow& a, const LocalRow& b) { return a.state.validity < b.state.validity; });
            for (std::size_t i = 1; i < rows.size(); ++i) {
                const Validity& first = rows[i - 1].state.validity;
                const Validity& second = rows[i].state.validity;
                if (first.to == second.from) continue;
                error(rows[i].origin, first.to > second.from ? "overlap" : "gap",
                      {{"unit", "local:" + code}, {"first", rows[i - 1].origin.where()}});
            }
        }
    }
};

Result<ImportedUnits> keep(store::WriteContext& context, UserId actor, const StoredUnits& stored,
                           const std::map<std::string, std::vector<LocalRow>>& by_code)
{
    std::map<std::string, UnitId> known;
    for (const Unit& unit : stored.units) {
        const Code& code = unit.states.front().code;
        if (code.scheme == local_scheme) known.emplace(code.digits, unit.id);
    }
    auto next = static_cast<std::int64_t>(stored.units.size());
    std::vector<UnitChange> changes;
    for (const auto& [code, rows] : by_code) {
        UnitChange change;
        const auto found = known.find(code);
        change.unit.id = found == known.end() ? UnitId{++next} : found->second;
        for (const LocalRow& row : rows) change.unit.states.push_back(row.state);
        changes.push_back(std::move(change));
    }
    return bring_to(context, actor, stored, std::move(changes));
}

}  // namespace

Result<ImportedLocalUnits> import_local_units(store::Writer& writer, const std::string& file, const std::string& csv,
                                              UserId actor)
{
    ImportedLocalUnits answer;
    constexpr std::array<std::string_view, 5> columns{"code", "name", "kind", "parent", "valid_from"};
    PHOIHOP_TRY(table, DataTable::open({{file, csv}}, file, columns, answer.findings));
    std::vector<LocalRow> rows;
    table.each([&](const DataTable::Row& row) {
        if (auto read = read_row(row)) rows.push_back(std::move(*read));
    });
    return writer.run([&](store::WriteContext& context) -> Result<ImportedLocalUnits> {
        const StoredUnits stored = UnitStore::read(context.connection());
        if (stored.units.empty()) return refuse(ProblemCode::missing, "database", {{"what", "units"}});
        PHOIHOP_TRY(territory, Territory::make(stored.units, stored.decided()));
        LocalUnits local{*territory, answer.findings};
        for (LocalRow& row : rows) {
            local.find_parent(row);
            local.by_code[row.state.code.digits].push_back(row);
        }
        local.order();
        if (!answer.findings.empty()) return std::move(answer);
        PHOIHOP_TRY(counts, keep(context, actor, stored, local.by_code));
        answer.counts = counts;
        return std::move(answer);
    });
}

}  // namespace phoihop::units
