// SPDX-License-Identifier: Apache-2.0
#include "units/checker.hpp"

namespace phoihop::units {

void Checker::references()
{
    std::map<std::pair<Code, Code>, Origin> seen;
    for (const StatedLink& link : set.links) {
        for (const Code* code : {&link.from, &link.to}) {
            if (!find(*code)) error(link.origin, "unknown_reference", {{"unit", code->text()}});
        }
        const auto [it, fresh] = seen.emplace(std::pair{link.from, link.to}, link.origin);
        if (!fresh) {
            error(link.origin, "twice",
                  {{"from", link.from.text()}, {"to", link.to.text()}, {"first", it->second.where()}});
        }
        if (link.settled_by_sources) {
            notice(link.origin, "act_spells_otherwise",
                   {{"from", link.from.text()}, {"to", link.to.text()}, {"act", link.act}});
        }
        const StatedUnit* from = find(link.from);
        const StatedUnit* to = find(link.to);
        if (from && from->state.validity.to != link.on && !find(link.from, link.on - std::chrono::days{1})) {
            error(link.origin, "gap",
                  {{"unit", link.from.text()},
                   {"ends", format_date(from->state.validity.to)},
                   {"succession", format_date(link.on)}});
        }
        if (to && !find(link.to, link.on)) {
            error(link.origin, "heir_not_valid",
                  {{"heir", link.to.text()},
                   {"validity", span_text(to->state.validity)},
                   {"succession", format_date(link.on)}});
        }
    }
    for (const StatedAlias& alias : set.aliases) {
        if (!find(alias.code)) error(alias.origin, "unknown_reference", {{"unit", alias.code.text()}});
    }
}

/// Words stand for shares: the parts of one unit are one whole when one heir has all and the others nothing, or
/// when at least two share it.
void Checker::part_adds_up(const std::vector<const StatedLink*>& links, Part StatedLink::* part, std::string_view what)
{
    std::size_t full = 0;
    std::size_t some = 0;
    for (const StatedLink* link : links) {
        full += link->*part == Part::full ? 1U : 0U;
        some += link->*part == Part::part ? 1U : 0U;
    }
    if ((full == 1 && some == 0) || (full == 0 && some >= 2)) return;
    error(links.front()->origin, "parts_not_one",
          {{"from", links.front()->from.text()},
           {"what", std::string(what)},
           {"rows", std::to_string(links.size())},
           {"full", std::to_string(full)},
           {"part", std::to_string(some)}});
}

void Checker::shares_of(const std::vector<const StatedLink*>& links)
{
    part_adds_up(links, &StatedLink::land, "land");
    part_adds_up(links, &StatedLink::people, "people");
    std::string names;
    bool has_main = false;
    for (const StatedLink* link : links) {
        has_main = has_main || link->main;
        names += (names.empty() ? "" : " ") + link->to.text();
        if (link->main != (link->people == Part::full)) {
            error(link->origin, "main_contradicts",
                  {{"from", link->from.text()},
                   {"main", link->main ? "1" : "0"},
                   {"people", std::string(word(link->people))}});
        }
        if (link->goes_on && links.size() > 1) {
            error(link->origin, "main_contradicts",
                  {{"from", link->from.text()}, {"goes_on", "1"}, {"heirs", std::to_string(links.size())}});
        }
    }
    if (!has_main && links.size() > 1) {
        notice(links.front()->origin, "split_without_heir", {{"from", links.front()->from.text()}, {"heirs", names}});
    }
}

void Checker::shares()
{
    for (const auto& [from, links] : heirs) {
        shares_of(links);
        for (const StatedLink* link : links) {
            if (link->targets == static_cast<std::int64_t>(links.size())) continue;
            error(link->origin, "targets_contradict",
                  {{"from", from.text()},
                   {"stated", std::to_string(link->targets)},
                   {"rows", std::to_string(links.size())}});
        }
    }
}

}  // namespace phoihop::units
