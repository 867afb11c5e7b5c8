// SPDX-License-Identifier: Apache-2.0
#include "units/listing.hpp"

namespace phoihop::units {
namespace {

/// Validities end before a day inside the program, and on a day for people.
std::string last_day(Date to)
{
    return to == forever ? "" : format_date(to - std::chrono::days{1});
}

std::string severity_word(Severity severity)
{
    return severity == Severity::error ? "error" : "notice";
}

std::string became(const Territory& territory, const Match& match)
{
    std::string text;
    for (const UnitId heir : match.became) {
        const UnitState& state = territory.state_near(heir, match.life.to);
        text += (text.empty() ? "" : "; ") + state.code.text() + " " + state.full_name;
    }
    return text;
}

}  // namespace

Listing list_matches(const Territory& territory, std::span<const Match> matches)
{
    Listing list{{"unit", "name", "level", "kind", "path", "valid_from", "valid_to", "became", "score"}, {}};
    for (const Match& match : matches) {
        const UnitState& state = *match.state;
        list.rows.push_back({state.code.text(), state.full_name, std::string(word(state.level)), state.kind, match.path,
                             format_date(match.life.from), last_day(match.life.to), became(territory, match),
                             std::to_string(match.score)});
    }
    return list;
}

Listing list_states(const Territory& territory, UnitId unit)
{
    Listing list{{"unit", "full_name", "level", "kind", "path", "valid_from", "valid_to", "act"}, {}};
    for (const UnitState& state : territory.unit(unit).states) {
        list.rows.push_back({state.code.text(), state.full_name, std::string(word(state.level)), state.kind,
                             territory.path(unit, state.validity.from), format_date(state.validity.from),
                             last_day(state.validity.to), state.act});
    }
    return list;
}

Listing list_successions(const Territory& territory, UnitId unit)
{
    Listing list{{"direction", "unit", "path", "on", "land", "people", "heir", "act"}, {}};
    const auto add = [&](std::string direction, const Succession& succession, UnitId other) {
        const Date day = other == succession.to ? succession.on : succession.on - std::chrono::days{1};
        list.rows.push_back({std::move(direction), territory.code_text(other, day), territory.path(other, day),
                             format_date(succession.on), std::string(word(succession.land)),
                             std::string(word(succession.people)), succession.default_heir ? "default" : "",
                             succession.act});
    };
    for (const Succession* origin : territory.origins_of(unit)) add("from", *origin, origin->from);
    for (const Succession* heir : territory.heirs_of(unit)) add("to", *heir, heir->to);
    return list;
}

Listing list_findings(std::span<const Finding> findings)
{
    Listing list{{"severity", "rule", "where", "facts"}, {}};
    for (const Finding& finding : findings) {
        std::string facts;
        for (const auto& [key, value] : finding.facts) facts += (facts.empty() ? "" : " ") + key + "=" + value;
        list.rows.push_back({severity_word(finding.severity), finding.rule, finding.origin.where(), facts});
    }
    return list;
}

Listing list_counts(const CheckReport& report)
{
    Listing list{{"scheme", "level", "units"}, {}};
    for (const LevelCount& count : report.counts) {
        list.rows.push_back({count.scheme, std::string(word(count.level)), std::to_string(count.count)});
    }
    return list;
}

Listing list_rules(const CheckReport& report)
{
    Listing list{{"severity", "rule", "times"}, {}};
    for (const RuleCount& rule : by_rule(report)) {
        list.rows.push_back({severity_word(rule.severity), rule.rule, std::to_string(rule.count)});
    }
    return list;
}

}  // namespace phoihop::units
