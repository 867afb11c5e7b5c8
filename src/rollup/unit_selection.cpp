// SPDX-License-Identifier: Apache-2.0
#include "rollup/evaluator.hpp"

namespace phoihop::rollup {
namespace {

Result<units::Level> level_of(std::string_view text)
{
    const auto level = units::level_from_word(text);
    if (!level)
        return refuse(ProblemCode::unknown_name, std::string(text), {{"what", "level"}, {"found", std::string(text)}});
    return *level;
}

/// Every level above `level` gives its own and its undivided row, so that the rows add up to the whole.
void walk_down(const units::Map& map, std::int32_t node, units::Level level, std::vector<RowRef>& rows)
{
    const auto& here = map.nodes()[static_cast<std::size_t>(node)];
    if (here.level == level) {
        rows.push_back({node, Part::whole});
        return;
    }
    if (here.level > level) return;
    for (const auto child : map.children(node)) walk_down(map, child, level, rows);
    rows.push_back({node, Part::own});
    rows.push_back({node, Part::undivided});
}

}  // namespace

Result<std::vector<RowRef>> rows_of(const UnitSelection& selection, const units::Territory& territory,
                                    const units::Map& map)
{
    std::vector<RowRef> rows;
    if (map.nodes().empty()) return rows;
    if (selection.kind == UnitSelection::Kind::level) {
        walk_down(map, 0, selection.level, rows);
        return rows;
    }
    for (const auto unit : selection.units) {
        const auto node = map.node_of(unit);
        if (node < 0)
            return refuse(ProblemCode::not_found, territory.code_text(unit, map.date()),
                          {{"what", "unit"}, {"on", format_date(map.date())}});
        switch (selection.kind) {
            case UnitSelection::Kind::list: rows.push_back({node, Part::whole}); break;
            case UnitSelection::Kind::under: walk_down(map, node, selection.level, rows); break;
            case UnitSelection::Kind::children:
                for (const auto child : map.children(node)) rows.push_back({child, Part::whole});
                rows.push_back({node, Part::own});
                rows.push_back({node, Part::undivided});
                break;
            case UnitSelection::Kind::level: break;
        }
    }
    return rows;
}

bool answered(const Figure& figure, Part part)
{
    return part == Part::whole || figure.reported > 0 || figure.expected > 0;
}

Result<UnitSelection> parse_units(std::string_view text, const units::Territory& territory, Date on)
{
    UnitSelection selection;
    if (text == "nation") {
        selection.units = {territory.nation()};
        return selection;
    }
    if (text.starts_with("level:")) {
        PHOIHOP_TRY(level, level_of(text.substr(6)));
        selection.kind = UnitSelection::Kind::level;
        selection.level = level;
        return selection;
    }
    if (text.starts_with("under:")) {
        // A code may hold a colon ("vn63:00004"), a level never does.
        const auto last = text.rfind(':');
        if (last == 5) return refuse(ProblemCode::malformed, std::string(text), {{"expected", "under:CODE:level"}});
        PHOIHOP_TRY(level, level_of(text.substr(last + 1)));
        selection.level = level;
        selection.kind = UnitSelection::Kind::under;
        text = text.substr(6, last - 6);
    } else if (text.starts_with("children:")) {
        selection.kind = UnitSelection::Kind::children;
        text.remove_prefix(9);
    }
    while (true) {
        const auto comma = text.find(',');
        const auto code = text.substr(0, comma);
        if (code.empty())
            return refuse(ProblemCode::malformed, "units", {{"expected", "code"}, {"found", std::string(text)}});
        if (selection.units.size() == listed_units_max)
            return refuse(ProblemCode::too_large, "units", {{"limit", std::to_string(listed_units_max)}});
        if (code == "nation") {
            selection.units.push_back(territory.nation());
        } else {
            PHOIHOP_TRY(unit, territory.by_code(code, on));
            selection.units.push_back(unit);
        }
        if (comma == std::string_view::npos) return selection;
        text.remove_prefix(comma + 1);
    }
}

}  // namespace phoihop::rollup
