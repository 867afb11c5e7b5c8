// SPDX-License-Identifier: Apache-2.0
#include "units/check.hpp"

#include "units/assemble.hpp"
#include "units/territory.hpp"

#include <algorithm>
#include <set>
#include <tuple>

namespace phoihop::units {
namespace {

bool overlap(const Validity& a, const Validity& b)
{
    return a.from < b.to && b.from < a.to;
}

std::string span_text(const Validity& validity)
{
    return format_date(validity.from) + ".." + format_date(validity.to);
}

/// One question after the other over the whole data set; each member function is one group of rules.
struct Checker {
    const DataSet& set;
    CheckReport report{};
    std::map<Code, std::vector<const StatedUnit*>> units{};
    std::map<Code, std::vector<const StatedLink*>> heirs{};
    std::map<Code, std::vector<const StatedLink*>> origins{};

    explicit Checker(const DataSet& data) : set(data)
    {
        for (const StatedUnit& unit : set.units) units[unit.state.code].push_back(&unit);
        for (const StatedLink& link : set.links) {
            heirs[link.from].push_back(&link);
            origins[link.to].push_back(&link);
        }
        report.findings = set.findings;
    }

    void error(const Origin& origin, std::string rule, Problem::Facts facts)
    {
        report.findings.push_back({Severity::error, std::move(rule), origin, std::move(facts)});
    }
    void notice(const Origin& origin, std::string rule, Problem::Facts facts)
    {
        report.findings.push_back({Severity::notice, std::move(rule), origin, std::move(facts)});
    }

    /// The statement about `code` on `day`, or the last one when `day` is left out.
    [[nodiscard]] const StatedUnit* find(const Code& code, std::optional<Date> day = {}) const
    {
        const auto found = units.find(code);
        if (found == units.end()) return nullptr;
        for (const StatedUnit* unit : found->second) {
            if (!day || unit->state.validity.contains(*day)) return unit;
        }
        return nullptr;
    }

    void count_levels();
    void codes();
    void parents();
    void cycles();
    void siblings();
    void references();
    void shares();
    void shares_of(const std::vector<const StatedLink*>& links);
    void part_adds_up(const std::vector<const StatedLink*>& links, Part StatedLink::* part, std::string_view what);
    void gaps();
    void stated_counts();
    void claims();
    void claim(const StatedClaim& claim);
    void changes();
    void borders();
};

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

void Checker::cycles()
{
    std::set<Code> settled;
    for (const StatedUnit& start : set.units) {
        std::vector<Code> way;
        Code at = start.state.code;
        while (!settled.contains(at)) {
            const auto seen = std::find(way.begin(), way.end(), at);
            if (seen != way.end()) {
                std::string circle;
                for (auto it = seen; it != way.end(); ++it) circle += it->text() + " > ";
                error(find(at)->origin, "cycle", {{"units", circle + at.text()}});
                break;
            }
            way.push_back(at);
            const StatedUnit* unit = find(at);
            if (!unit || unit->state.level == Level::nation) break;
            at = unit->parent;
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

void Checker::claim(const StatedClaim& claim)
{
    const auto differs = [&](const std::string& rows) {
        error(claim.origin, "claim_differs",
              {{"unit", claim.code.text()}, {"column", claim.column}, {"stated", claim.value}, {"rows", rows}});
    };
    const auto heir_of = [&](const Code& code) {
        const auto found = heirs.find(code);
        return found == heirs.end() ? std::string() : found->second.front()->to.digits;
    };
    const StatedUnit* unit = find(claim.code);
    if (!unit) {
        if (claim.about == StatedClaim::About::full_name) {
            error(claim.origin, "unknown_reference", {{"unit", claim.code.text()}});
        }
        return;
    }
    switch (claim.about) {
        case StatedClaim::About::ancestor: {
            // The parent's parent: a commune repeats the province of its district.
            const StatedUnit* parent = find(unit->parent);
            if (parent && parent->parent.digits != claim.value) differs(parent->parent.digits);
            return;
        }
        case StatedClaim::About::heir:
            if (heir_of(claim.code) != claim.value) differs(heir_of(claim.code));
            return;
        case StatedClaim::About::heir_of_parent:
            if (heir_of(unit->parent) != claim.value) differs(heir_of(unit->parent));
            return;
        case StatedClaim::About::origins: {
            std::set<std::string> digits;
            if (const auto found = origins.find(claim.code); found != origins.end()) {
                for (const StatedLink* link : found->second) digits.insert(link->from.digits);
            }
            std::string rows;
            for (const std::string& each : digits) rows += (rows.empty() ? "" : " ") + each;
            if (rows != claim.value) differs(rows);
            return;
        }
        case StatedClaim::About::full_name:
            if (unit->state.full_name != claim.value) differs(unit->state.full_name);
            return;
    }
}

void Checker::claims()
{
    for (const StatedClaim& each : set.claims) claim(each);
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

}  // namespace

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
