// SPDX-License-Identifier: Apache-2.0
#include "units/check.hpp"

#include "units/assemble.hpp"
#include "units/checker.hpp"
#include "units/territory.hpp"

#include <algorithm>
#include <tuple>

namespace phoihop::units {

void Checker::count_levels()
{
    std::map<std::tuple<Date, std::string, Level>, std::int64_t> counts;
    std::map<std::string, Date> begins;
    for (const StatedUnit& unit : set.units) {
        auto [it, fresh] = begins.emplace(unit.state.code.scheme, unit.state.validity.from);
        if (!fresh) it->second = std::min(it->second, unit.state.validity.from);
    }
    for (const StatedUnit& unit : set.units) {
        if (unit.state.level == Level::nation) continue;
        const std::string& scheme = unit.state.code.scheme;
        ++counts[{begins.at(scheme), scheme, unit.state.level}];
    }
    for (const auto& [key, count] : counts) {
        report.counts.push_back({std::get<1>(key), std::get<2>(key), count});
    }
}

void Checker::codes()
{
    for (const auto& [code, stated] : units) {
        for (std::size_t i = 1; i < stated.size(); ++i) {
            const StatedUnit& first = *stated[i - 1];
            const StatedUnit& second = *stated[i];
            if (!overlap(first.state.validity, second.state.validity)) continue;
            const bool twice = first.state.validity == second.state.validity;
            error(second.origin, twice ? "duplicate_code" : "overlap",
                  {{"unit", code.text()},
                   {"validity", span_text(second.state.validity)},
                   {"first", first.origin.where()},
                   {"first_validity", span_text(first.state.validity)}});
        }
    }
}

void Checker::parents()
{
    std::set<Code> with_children;
    for (const StatedUnit& unit : set.units) {
        if (unit.state.level == Level::nation) continue;
        with_children.insert(unit.parent);
        const StatedUnit* parent = find(unit.parent, unit.state.validity.from);
        if (!parent) {
            error(unit.origin, "orphan", {{"unit", unit.state.code.text()}, {"parent", unit.parent.text()}});
        } else if (parent->state.level >= unit.state.level) {
            error(unit.origin, "level_turned_round",
                  {{"unit", unit.state.code.text()},
                   {"level", std::string(word(unit.state.level))},
                   {"parent", unit.parent.text()},
                   {"parent_level", std::string(word(parent->state.level))}});
        } else if (parent->state.validity.to < unit.state.validity.to &&
                   !find(unit.parent, unit.state.validity.to - std::chrono::days{1})) {
            error(unit.origin, "orphan",
                  {{"unit", unit.state.code.text()},
                   {"parent", unit.parent.text()},
                   {"from", format_date(parent->state.validity.to)}});
        }
    }
    for (const StatedUnit& unit : set.units) {
        if (unit.state.level < Level::commune && !with_children.contains(unit.state.code)) {
            notice(unit.origin, "nothing_below", {{"unit", unit.state.code.text()}, {"name", unit.state.full_name}});
        }
    }
}

/// The units from `from` upwards until the nation, a unit that is `settled` already, or one that was met before: that
/// one stands twice, first and last.
std::vector<Code> Checker::way_up(const Code& from, const std::set<Code>& settled)
{
    std::vector<Code> way;
    for (Code at = from; !settled.contains(at);) {
        const bool met = std::find(way.begin(), way.end(), at) != way.end();
        way.push_back(at);
        const StatedUnit* unit = find(at);
        if (met || !unit || unit->state.level == Level::nation) break;
        at = unit->parent;
    }
    return way;
}

void Checker::cycles()
{
    std::set<Code> settled;
    for (const StatedUnit& start : set.units) {
        const std::vector<Code> way = way_up(start.state.code, settled);
        if (way.empty()) continue;
        const auto first = std::find(way.begin(), way.end(), way.back());
        if (first + 1 != way.end()) {
            std::string circle;
            for (auto at = first; at != way.end(); ++at) circle += (at == first ? "" : " > ") + at->text();
            error(find(*first)->origin, "cycle", {{"units", circle}});
        }
        settled.insert(way.begin(), way.end());
    }
}

void Checker::siblings()
{
    std::map<std::tuple<Code, Date, std::string>, const StatedUnit*> names;
    for (const StatedUnit& unit : set.units) {
        const auto [it, fresh] =
            names.emplace(std::tuple{unit.parent, unit.state.validity.from, unit.state.full_name}, &unit);
        if (fresh) continue;
        notice(
            unit.origin, "same_name_beside",
            {{"unit", unit.state.code.text()}, {"name", unit.state.full_name}, {"first", it->second->origin.where()}});
    }
}

void Checker::gaps()
{
    std::map<Level, std::set<Validity>> distinct;
    for (const StatedUnit& unit : set.units) distinct[unit.state.level].insert(unit.state.validity);
    const auto level_goes_on = [&](Level level, Date day) {
        const auto& lives = distinct[level];
        return std::any_of(lives.begin(), lives.end(), [&](const Validity& life) { return life.contains(day); });
    };
    for (const StatedUnit& unit : set.units) {
        const Validity& life = unit.state.validity;
        const Code& code = unit.state.code;
        if (life.to != forever && !heirs.contains(code) && !find(code, life.to)) {
            const Problem::Facts facts{
                {"unit", code.text()}, {"name", unit.state.full_name}, {"ends", format_date(life.to)}};
            if (level_goes_on(unit.state.level, life.to)) {
                error(unit.origin, "gap", facts);
            } else {
                notice(unit.origin, "level_ended", facts);
            }
        }
        if (life.from != before_data && !origins.contains(code) && !find(code, life.from - std::chrono::days{1})) {
            error(unit.origin, "no_origin",
                  {{"unit", code.text()}, {"name", unit.state.full_name}, {"begins", format_date(life.from)}});
        }
    }
}

CheckReport check(const DataSet& set)
{
    Checker checker(set);
    checker.count_levels();
    checker.codes();
    checker.parents();
    checker.cycles();
    checker.siblings();
    checker.references();
    checker.shares();
    checker.gaps();
    checker.stated_counts();
    checker.claims();
    checker.borders();
    checker.changes();
    CheckReport& report = checker.report;
    const auto is_error = [](const Finding& finding) { return finding.severity == Severity::error; };
    if (std::none_of(report.findings.begin(), report.findings.end(), is_error)) {
        // The last word has the rule that the program itself lives by.
        Result<Assembly> made = assemble(set);
        auto problems = made ? inconsistencies(made->units, made->successions) : std::vector<Problem>{made.error()};
        for (Problem& problem : problems) {
            problem.facts.emplace_back("where", problem.where);
            checker.error({"(territory)", 0}, "no_territory", std::move(problem.facts));
        }
    }
    std::stable_sort(report.findings.begin(), report.findings.end(), [](const Finding& a, const Finding& b) {
        return std::tie(b.severity, a.rule, a.origin) < std::tie(a.severity, b.rule, b.origin);
    });
    report.errors = std::count_if(report.findings.begin(), report.findings.end(), is_error);
    report.notices = static_cast<std::int64_t>(report.findings.size()) - report.errors;
    return report;
}

std::vector<RuleCount> by_rule(const CheckReport& report)
{
    std::vector<RuleCount> counts;
    for (const Finding& finding : report.findings) {
        if (counts.empty() || counts.back().rule != finding.rule || counts.back().severity != finding.severity) {
            counts.push_back({finding.severity, finding.rule, 0});
        }
        ++counts.back().count;
    }
    return counts;
}

}  // namespace phoihop::units
