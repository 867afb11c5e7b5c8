// SPDX-License-Identifier: Apache-2.0
#include "units/checker.hpp"

#include <algorithm>

namespace phoihop::units {

void Checker::stated_counts()
{
    std::map<std::pair<Code, std::string>, std::int64_t> below;
    for (const StatedUnit& unit : set.units) {
        ++below[{unit.parent, ""}];
        ++below[{unit.parent, unit.state.kind}];
    }
    for (const StatedCount& stated : set.counts) {
        const auto found = below.find({stated.code, stated.kind});
        const std::int64_t counted = found == below.end() ? 0 : found->second;
        if (counted == stated.count) continue;
        error(stated.origin, "count_differs",
              {{"unit", stated.code.text()},
               {"column", stated.column},
               {"stated", std::to_string(stated.count)},
               {"rows", std::to_string(counted)}});
    }
}

std::string Checker::heir_of(const Code& code) const
{
    const auto found = heirs.find(code);
    return found == heirs.end() ? std::string() : found->second.front()->to.digits;
}

/// What the other rows say about the thing that `claim` repeats.
std::string Checker::said_by_rows(const StatedClaim& claim, const StatedUnit& unit) const
{
    switch (claim.about) {
        case StatedClaim::About::ancestor: {
            // The parent's parent: a commune repeats the province of its district. An orphan is told as one.
            const StatedUnit* parent = find(unit.parent);
            return parent ? parent->parent.digits : claim.value;
        }
        case StatedClaim::About::heir: return heir_of(claim.code);
        case StatedClaim::About::heir_of_parent: return heir_of(unit.parent);
        case StatedClaim::About::full_name: return unit.state.full_name;
        case StatedClaim::About::origins: break;
    }
    std::set<std::string> digits;
    if (const auto found = origins.find(claim.code); found != origins.end()) {
        for (const StatedLink* link : found->second) digits.insert(link->from.digits);
    }
    std::string rows;
    for (const std::string& each : digits) rows += (rows.empty() ? "" : " ") + each;
    return rows;
}

void Checker::claims()
{
    for (const StatedClaim& claim : set.claims) {
        const StatedUnit* unit = find(claim.code);
        if (!unit) {
            error(claim.origin, "unknown_reference", {{"unit", claim.code.text()}});
            continue;
        }
        const std::string rows = said_by_rows(claim, *unit);
        if (rows == claim.value) continue;
        error(claim.origin, "claim_differs",
              {{"unit", claim.code.text()}, {"column", claim.column}, {"stated", claim.value}, {"rows", rows}});
    }
}

/// A commune's heirs must stand in the province that its own province became: otherwise the history of the 63
/// provinces could not be computed from the communes of the 34.
void Checker::borders()
{
    for (const StatedLink& link : set.links) {
        const StatedUnit* from = find(link.from);
        const StatedUnit* to = find(link.to);
        if (!from || !to || to->state.level != Level::commune) continue;
        const StatedUnit* above = from;
        while (above && above->state.level > Level::province) above = find(above->parent);
        const auto became = above ? heirs.find(above->state.code) : heirs.end();
        if (became == heirs.end() || became->second.front()->to == to->parent) continue;
        error(link.origin, "claim_differs",
              {{"unit", link.from.text()},
               {"column", "new_code"},
               {"stated", to->parent.text()},
               {"rows", became->second.front()->to.text()}});
    }
}

void Checker::changes()
{
    std::map<Code, std::string> names;
    for (const StatedChange& change : set.changes) {
        const StatedUnit* unit = find(change.code);
        if (!unit) {
            error(change.origin, "unknown_reference", {{"unit", change.code.text()}});
            continue;
        }
        auto [name, fresh] = names.emplace(change.code, unit->state.full_name);
        if (name->second != change.old_full_name) {
            error(change.origin, "claim_differs",
                  {{"unit", change.code.text()},
                   {"column", "old_value"},
                   {"stated", change.old_full_name},
                   {"rows", name->second}});
        }
        name->second = change.new_full_name;
        if (!change.act_read) {
            notice(change.origin, "act_not_read", {{"unit", change.code.text()}, {"act", change.act}});
        }
    }
}

}  // namespace phoihop::units
