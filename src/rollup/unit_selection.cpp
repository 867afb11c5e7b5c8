// SPDX-License-Identifier: Apache-2.0
#include "rollup/query.hpp"

namespace phoihop::rollup {
namespace {

Result<units::Level> level_of(std::string_view text)
{
    const auto level = units::level_from_word(text);
    if (!level)
        return refuse(ProblemCode::unknown_name, std::string(text), {{"what", "level"}, {"found", std::string(text)}});
    return *level;
}

}  // namespace

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
