// SPDX-License-Identifier: Apache-2.0
#include "units/assemble.hpp"

#include <algorithm>
#include <array>

namespace phoihop::units {
namespace {

struct KindWord {
    Level level;
    std::string_view prefix;
    std::string_view kind;
};

// The kinds of Luật Tổ chức chính quyền địa phương (77/2015/QH13 before, 72/2025/QH15 since 1 July 2025).
constexpr std::array<KindWord, 11> kind_words{{
    {Level::province, "Tỉnh ", "province"},
    {Level::province, "Thành phố ", "municipality"},
    {Level::district, "Quận ", "urban_district"},
    {Level::district, "Huyện ", "rural_district"},
    {Level::district, "Thành phố ", "district_city"},
    {Level::district, "Thị xã ", "district_town"},
    {Level::commune, "Phường ", "ward"},
    {Level::commune, "Xã ", "commune"},
    {Level::commune, "Thị trấn ", "township"},
    {Level::commune, "Đặc khu ", "special_zone"},
    {Level::residential_area, "Thôn ", "village"},
}};

/// Codes stand for units while ids are given out.
struct Assembler {
    const DataSet& set;
    Assembly made{};
    std::map<Code, UnitId> by_code{};

    Unit& at(UnitId id) { return made.units[static_cast<std::size_t>(id.value - 1)]; }

    Result<UnitId> find(const Code& code, const Origin& origin) const
    {
        const auto found = by_code.find(code);
        if (found != by_code.end()) return found->second;
        return refuse(ProblemCode::unknown_name, origin.where(), {{"what", "unit code"}, {"found", code.text()}});
    }

    void lives()
    {
        std::map<Code, Code> same;  // the new code of a unit that goes on → its old code
        for (const StatedLink& link : set.links) {
            if (link.goes_on) same.emplace(link.to, link.from);
        }
        for (const StatedUnit& stated : set.units) {
            const auto earlier = same.find(stated.state.code);
            auto known = by_code.find(earlier == same.end() ? stated.state.code : earlier->second);
            UnitId id;
            if (known != by_code.end()) {
                id = known->second;
            } else {
                id = UnitId{static_cast<std::int64_t>(made.units.size()) + 1};
                made.units.push_back(Unit{id, {}});
            }
            by_code.emplace(stated.state.code, id);
            at(id).states.push_back(stated.state);
        }
    }

    Result<void> parents()
    {
        for (const StatedUnit& stated : set.units) {
            if (stated.state.level == Level::nation) continue;
            PHOIHOP_TRY(id, find(stated.state.code, stated.origin));
            PHOIHOP_TRY(parent, find(stated.parent, stated.origin));
            for (UnitState& state : at(id).states) {
                if (state.code == stated.state.code && state.validity == stated.state.validity) state.parent = parent;
            }
        }
        for (Unit& unit : made.units) {
            std::sort(unit.states.begin(), unit.states.end(),
                      [](const UnitState& a, const UnitState& b) { return a.validity < b.validity; });
        }
        return {};
    }

    Result<void> changes()
    {
        auto ordered = set.changes;
        std::stable_sort(ordered.begin(), ordered.end(),
                         [](const StatedChange& a, const StatedChange& b) { return a.on < b.on; });
        for (const StatedChange& change : ordered) {
            PHOIHOP_TRY(id, find(change.code, change.origin));
            UnitState& last = at(id).states.back();
            if (last.validity.from >= change.on || last.validity.to <= change.on) {
                return refuse(ProblemCode::inconsistent, change.origin.where(),
                              {{"rule", "a change falls inside a validity"},
                               {"left", format_date(change.on)},
                               {"right", format_date(last.validity.from) + ".." + format_date(last.validity.to)}});
            }
            UnitState next = last;
            next.validity.from = change.on;
            next.full_name = change.new_full_name;
            if (auto kind = kind_of_name(next.full_name, next.level); !kind.empty()) next.kind = std::move(kind);
            next.act = change.act;
            last.validity.to = change.on;
            at(id).states.push_back(std::move(next));
        }
        return {};
    }

    Result<void> links()
    {
        for (const StatedLink& link : set.links) {
            PHOIHOP_TRY(from, find(link.from, link.origin));
            PHOIHOP_TRY(to, find(link.to, link.origin));
            if (link.goes_on) continue;
            made.successions.push_back({from, to, link.on, link.land, link.people, link.main, link.act});
        }
        // A province's act is stated with the new province, not with the row of the map.
        for (Succession& succession : made.successions) {
            if (succession.act.empty()) {
                if (const UnitState* state = at(succession.to).on(succession.on)) succession.act = state->act;
            }
        }
        return {};
    }

    Result<void> aliases()
    {
        for (const StatedAlias& alias : set.aliases) {
            PHOIHOP_TRY(id, find(alias.code, alias.origin));
            made.aliases.push_back({id, alias.alias, alias.source});
        }
        std::sort(made.aliases.begin(), made.aliases.end());
        made.aliases.erase(std::unique(made.aliases.begin(), made.aliases.end()), made.aliases.end());
        return {};
    }
};

}  // namespace

std::string kind_of_name(std::string_view full_name, Level level)
{
    for (const KindWord& word : kind_words) {
        if (word.level == level && full_name.starts_with(word.prefix)) return std::string(word.kind);
    }
    return {};
}

Result<Assembly> assemble(const DataSet& set)
{
    Assembler assembler{set};
    assembler.lives();
    PHOIHOP_CHECK_OK(assembler.parents());
    PHOIHOP_CHECK_OK(assembler.changes());
    PHOIHOP_CHECK_OK(assembler.links());
    PHOIHOP_CHECK_OK(assembler.aliases());
    return std::move(assembler.made);
}

}  // namespace phoihop::units
