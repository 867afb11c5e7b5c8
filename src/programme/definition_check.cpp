// SPDX-License-Identifier: Apache-2.0
#include "programme/definition_check.hpp"

#include "programme/definition_keys.hpp"
#include "programme/definition_reader.hpp"

#include <algorithm>
#include <limits>
#include <set>

namespace phoihop::programme {

namespace {

using units::Level;

/// The levels' words, in the order of the enumeration.
std::span<const std::string_view> level_words()
{
    return definition_object("duty").key("level")->words;
}

std::string level_word(Level level)
{
    return std::string(level_words()[static_cast<std::size_t>(level)]);
}

/// All checks of one programme. Each part says what it holds the definition to.
class Checker {
public:
    Checker(Programme& programme, const OtherProgrammes& others, Findings& findings)
        : m_programme(programme), m_others(others), m_findings(findings)
    {
    }

    void run()
    {
        check_codes();
        check_head();
        for (const DeadlineRule& rule : m_programme.calendar.deadlines) check_deadline(rule);
        check_swapped_days();
        for (Indicator& indicator : m_programme.indicators) check_indicator(indicator);
        for (const Form& form : m_programme.forms) check_form(form);
        for (const Standing& standing : m_programme.standings) check_standing(standing);
    }

private:
    void inconsistent(const std::string& path, std::string rule, std::string left, std::string right)
    {
        m_findings.add(path, ProblemCode::inconsistent,
                       {{"rule", std::move(rule)}, {"left", std::move(left)}, {"right", std::move(right)}});
    }

    /// `found` is none of `known`; the nearest is named.
    void unknown(const std::string& path, std::string what, const std::string& found,
                 const std::vector<std::string_view>& known)
    {
        m_findings.add(path, ProblemCode::unknown_name,
                       {{"what", std::move(what)}, {"found", found}, {"nearest", std::string(nearest(found, known))}});
    }

    template <class Things>
    static std::vector<std::string_view> codes_of(const Things& things)
    {
        std::vector<std::string_view> codes;
        for (const auto& thing : things) codes.push_back(thing.code);
        return codes;
    }

    /// One finding for each name that stands twice in a list.
    void check_unique(const std::string& list, const std::vector<std::string>& names)
    {
        std::set<std::string> seen;
        for (const std::string& name : names)
            if (!name.empty() && !seen.insert(name).second)
                m_findings.add(list + "[" + name + "]", ProblemCode::duplicate, {{"what", list}, {"first", name}});
    }

    template <class Things>
    void check_unique_codes(const std::string& list, const Things& things)
    {
        std::vector<std::string> codes;
        for (const auto& thing : things) codes.push_back(thing.code);
        check_unique(list, codes);
        if (things.empty()) m_findings.add(list, ProblemCode::missing, {{"what", list}});
    }

    void check_codes()
    {
        check_unique_codes("parties", m_programme.parties);
        check_unique_codes("objectives", m_programme.objectives);
        check_unique_codes("groups", m_programme.groups);
        check_unique_codes("indicators", m_programme.indicators);
        check_unique_codes("forms", m_programme.forms);
        check_unique_codes("standings", m_programme.standings);
        std::set<std::int32_t> numbers;
        for (const Form& form : m_programme.forms)
            if (!numbers.insert(form.number).second)
                m_findings.add("forms[" + form.code + "].number", ProblemCode::duplicate,
                               {{"what", "number"}, {"first", std::to_string(form.number)}});
        for (const Party& party : m_programme.parties) {
            std::vector<std::string> levels;
            for (const Party::Body& body : party.bodies) levels.push_back(level_word(body.level));
            check_unique("parties[" + party.code + "].bodies", levels);
        }
        std::set<std::pair<std::string, Frequency>> names;
        for (const DeadlineRule& rule : m_programme.calendar.deadlines)
            if (!names.insert({rule.name, rule.frequency}).second)
                m_findings.add("calendar.deadlines[" + rule.name + "]", ProblemCode::duplicate,
                               {{"what", "deadline"}, {"first", rule.name + " " + std::string(word(rule.frequency))}});
    }

    void check_head()
    {
        const Programme& p = m_programme;
        if (p.validity.to <= p.validity.from)
            inconsistent("programme.last_day", "first_day <= last_day", format_date(p.validity.from),
                         format_date(p.validity.to - std::chrono::days{1}));
        if (!p.issuing_party.empty() && p.party(p.issuing_party) == nullptr)
            unknown("programme.issuing_party", "party", p.issuing_party, codes_of(p.parties));
        if (!p.continues.empty() && m_others && m_others(p.continues) == nullptr)
            unknown("programme.continues", "programme", p.continues, {});
        if (p.continues == p.code && !p.code.empty())
            inconsistent("programme.continues", "another programme", p.code, p.continues);
    }

    /// A report cannot be due before its figures are final.
    void check_deadline(const DeadlineRule& rule)
    {
        if (rule.frequency == Frequency::once || rule.day == 0) return;
        const bool decree = m_programme.calendar.windows == Calendar::Windows::decree_09_2019;
        const int first_day = decree ? 15 : 32;
        if (rule.month_offset > 0 || rule.day >= first_day) return;
        inconsistent("calendar.deadlines[" + rule.name + "].day",
                     decree ? "day > 14 or month_offset >= 1" : "month_offset >= 1", std::to_string(rule.day),
                     "cut-off");
    }

    void check_swapped_days()
    {
        for (const Date day : m_programme.calendar.working_days) {
            const std::chrono::weekday weekday{day};
            if (weekday != std::chrono::Saturday && weekday != std::chrono::Sunday)
                inconsistent("calendar.working_days", "a Saturday or Sunday", format_date(day), "weekday");
        }
    }

    void check_indicator(Indicator& indicator)
    {
        const std::string path = "indicators[" + indicator.code + "]";
        const auto& groups = m_programme.groups;
        if (!indicator.group.empty() && std::none_of(groups.begin(), groups.end(),
                                                     [&](const Group& group) { return group.code == indicator.group; }))
            unknown(path + ".group", "group", indicator.group, codes_of(groups));
        if (indicator.code == "prev" || indicator.code == "units" || indicator.code == "implies")
            inconsistent(path + ".code", "not a word of formulas", indicator.code, "prev, units, implies");
        check_source(indicator, path);
        check_cap(indicator, path);
        if (indicator.formula) check_formula(indicator, path);
        check_links(indicator, path);
    }

    /// Typed figures stand in exactly one typed form, a module's in its form or in the register, computed ones in
    /// none; and only computed ones have a formula and add up by it.
    void check_source(const Indicator& indicator, const std::string& path)
    {
        std::vector<std::string> in;
        for (const Form& form : m_programme.forms)
            if (form.cell_of(indicator.code) >= 0) in.push_back(form.code);
        std::string listed;
        for (const std::string& form : in) listed += (listed.empty() ? "" : ", ") + form;
        const bool from_register = !indicator.register_measure.empty();
        const std::size_t wanted =
            indicator.source == Source::typed || (indicator.source == Source::module && !from_register) ? 1 : 0;
        if (in.size() != wanted)
            inconsistent(path, wanted == 1 ? "in exactly one form" : "in no form", indicator.code,
                         listed.empty() ? "no form" : listed);
        if (from_register && indicator.source != Source::module)
            inconsistent(path + ".register_measure", "source: module", indicator.code, "register_measure");

        const bool share = indicator.register_measure == "reports_on_time";
        const bool by_formula = indicator.over_units == OverUnits::formula;
        if (by_formula != (indicator.over_time == OverTime::formula))
            inconsistent(path + ".over_time", "over_units: formula goes with over_time: formula", "over_units",
                         "over_time");
        if ((indicator.source == Source::computed || share) != by_formula)
            inconsistent(path + ".over_units",
                         by_formula ? "sum or distinct without a formula" : "formula with a formula", indicator.code,
                         by_formula ? "formula" : "sum");
    }

    /// The largest sum must fit: 63 bits for one figure, 127 for a sum, and the roll-up is told which.
    void check_cap(Indicator& indicator, const std::string& path)
    {
        if (indicator.over_units == OverUnits::formula) return;
        if (indicator.cap == 0) {
            if (!m_findings.has(path + ".cap")) m_findings.add(path + ".cap", ProblemCode::missing, {{"what", "cap"}});
            return;
        }
        constexpr Int128 limit = std::numeric_limits<std::int64_t>::max();
        const Int128 largest = static_cast<Int128>(indicator.cap) * power_of_ten(indicator.scale);
        if (largest > limit)
            m_findings.add(path + ".cap", ProblemCode::out_of_range,
                           {{"min", "1"},
                            {"max", format_decimal(limit / power_of_ten(indicator.scale), 0)},
                            {"found", std::to_string(indicator.cap)}});
        indicator.wide_sums = largest > limit / units_max;
    }

    void check_formula(const Indicator& indicator, const std::string& path)
    {
        const std::string at = path + ".formula";
        std::optional<std::pair<std::string, Frequency>> base;
        for (const std::string& name : indicator.formula->names()) {
            const ExpressionName part = split_name(name);
            if (part.kind == ExpressionName::Kind::units) {
                check_level(at, part.code);
                continue;
            }
            if (part.kind == ExpressionName::Kind::previous) {
                inconsistent(at, "no prev() in an indicator's formula", indicator.code, name);
                continue;
            }
            const Indicator* used = m_programme.indicator(part.code);
            if (used == nullptr) {
                unknown(at, "indicator", part.code, codes_of(m_programme.indicators));
            } else if (used->formula) {
                inconsistent(at,
                             leads_to(*used, indicator.code, 0) ? "formulas do not run in a circle"
                                                                : "a formula stands on sums, not on other formulas",
                             indicator.code, part.code);
            } else if (used->over_units != OverUnits::sum) {
                inconsistent(at, "a formula stands on sums", indicator.code, part.code);
            } else if (const Form* form = m_programme.form_of(part.code)) {
                if (base && base->second != form->frequency)
                    inconsistent(at, "all parts are entered at one frequency", base->first, part.code);
                base = {part.code, form->frequency};
            }
        }
    }

    /// Whether `from` uses `wanted`, directly or through other formulas.
    [[nodiscard]] bool leads_to(const Indicator& from, std::string_view wanted, std::size_t steps) const
    {
        if (from.code == wanted) return true;
        if (!from.formula || steps > m_programme.indicators.size()) return false;
        for (const std::string& name : from.formula->names()) {
            const Indicator* used = m_programme.indicator(split_name(name).code);
            if (used != nullptr && leads_to(*used, wanted, steps + 1)) return true;
        }
        return false;
    }

    void check_level(const std::string& path, const std::string& found)
    {
        const auto words = level_words();
        if (!counted_units(found)) unknown(path, "level", found, {words.begin(), words.end()});
    }

    void check_links(const Indicator& indicator, const std::string& path)
    {
        if (!indicator.of.empty()) {
            const Indicator* whole = m_programme.indicator(indicator.of);
            if (whole == nullptr)
                unknown(path + ".of", "indicator", indicator.of, codes_of(m_programme.indicators));
            else if (whole->code == indicator.code || whole->scale != indicator.scale ||
                     whole->unit.vi != indicator.unit.vi)
                inconsistent(path + ".of", "another indicator of the same unit and scale", indicator.code, whole->code);
        }
        if (!indicator.continues.empty()) check_continues(indicator, path + ".continues");
    }

    /// "B1" of this programme, or "ctr-09/B1" of another.
    void check_continues(const Indicator& indicator, const std::string& path)
    {
        const std::string& text = indicator.continues;
        const std::size_t slash = text.find('/');
        if (slash == std::string::npos) {
            if (m_programme.indicator(text) == nullptr || text == indicator.code)
                unknown(path, "indicator", text, codes_of(m_programme.indicators));
            return;
        }
        if (!m_others) return;
        const std::string other = text.substr(0, slash);
        if (!m_other || m_other->code != other) m_other = m_others(other);
        if (m_other == nullptr)
            unknown(path, "programme", other, {});
        else if (m_other->indicator(text.substr(slash + 1)) == nullptr)
            unknown(path, "indicator", text.substr(slash + 1), codes_of(m_other->indicators));
    }

    /// Whoever owes something must have a body that can answer for it.
    void check_bodies(const std::string& path, const std::string& code, const std::vector<Level>& levels)
    {
        const Party* party = m_programme.party(code);
        if (party == nullptr) {
            if (!code.empty()) unknown(path + ".party", "party", code, codes_of(m_programme.parties));
            return;
        }
        for (const Level level : levels)
            if (party->body(level) == nullptr)
                inconsistent(path, "the party has a body at the level", code, level_word(level));
    }

    void check_deadline_known(const std::string& path, const std::string& name, Frequency frequency)
    {
        if (name.empty() || m_programme.calendar.deadline(name, frequency) != nullptr) return;
        std::vector<std::string_view> known;
        for (const DeadlineRule& rule : m_programme.calendar.deadlines)
            if (rule.frequency == frequency) known.push_back(rule.name);
        unknown(path, "deadline of frequency " + std::string(word(frequency)), name, known);
    }

    void check_form(const Form& form)
    {
        const std::string path = "forms[" + form.code + "]";
        if (form.duties.empty()) m_findings.add(path + ".duties", ProblemCode::missing, {{"what", "duties"}});
        if (form.cells.empty()) m_findings.add(path + ".cells", ProblemCode::missing, {{"what", "cells"}});
        std::vector<std::string> levels;
        for (const FormDuty& duty : form.duties) {
            const std::string at = path + ".duties[" + level_word(duty.level) + "]";
            levels.push_back(level_word(duty.level));
            check_deadline_known(at + ".deadline", duty.deadline, form.frequency);
            std::vector<Level> owing{duty.level};
            // `or_lowest` reaches the levels between the province and the duty's own.
            for (int above = static_cast<int>(Level::province) + 1;
                 duty.or_lowest && above < static_cast<int>(duty.level); ++above)
                owing.push_back(static_cast<Level>(above));
            check_bodies(at, form.party, owing);
        }
        check_unique(path + ".duties", levels);
        std::vector<std::string> cells;
        for (const Cell& cell : form.cells) {
            cells.push_back(cell.indicator);
            check_cell(form, cell, path + ".cells[" + cell.indicator + "]");
        }
        check_unique(path + ".cells", cells);
        for (std::size_t i = 0; i < form.rules.size(); ++i)
            check_rule(form, form.rules[i], path + ".rules[" + std::to_string(i + 1) + "]");
    }

    void check_cell(const Form& form, const Cell& cell, const std::string& path)
    {
        const Indicator* indicator = m_programme.indicator(cell.indicator);
        if (indicator == nullptr) {
            if (!cell.indicator.empty())
                unknown(path + ".indicator", "indicator", cell.indicator, codes_of(m_programme.indicators));
            return;
        }
        const bool typed_form = form.source == "typed";
        const Source wanted = typed_form ? Source::typed : Source::module;
        if (indicator->source != wanted)
            inconsistent(path + ".indicator",
                         typed_form ? "a typed form takes typed indicators"
                                    : "a machine-filled form takes a module's indicators",
                         form.code, cell.indicator);
        if (cell.max && cell.min && *cell.max < *cell.min)
            inconsistent(path + ".max", "min <= max", format_decimal(*cell.min, indicator->scale),
                         format_decimal(*cell.max, indicator->scale));
    }

    void check_rule(const Form& form, const CellRule& rule, const std::string& path)
    {
        std::vector<std::string_view> cells;
        for (const Cell& cell : form.cells) cells.push_back(cell.indicator);
        if (!rule.cell.empty() && form.cell_of(rule.cell) < 0) unknown(path + ".cell", "cell", rule.cell, cells);
        for (const std::string& name : rule.condition.names()) {
            const ExpressionName part = split_name(name);
            if (part.kind == ExpressionName::Kind::units)
                check_level(path + ".condition", part.code);
            else if (form.cell_of(part.code) < 0)
                unknown(path + ".condition", "cell", part.code, cells);
        }
    }

    void check_standing(const Standing& standing)
    {
        const std::string path = "standings[" + standing.code + "]";
        if (standing.levels.empty()) m_findings.add(path + ".levels", ProblemCode::missing, {{"what", "levels"}});
        check_bodies(path, standing.party, standing.levels);
        check_deadline_known(path + ".deadline", standing.deadline, standing.frequency);
        if (!standing.years.empty() && standing.frequency != Frequency::year)
            inconsistent(path + ".years", "frequency: year", standing.code, std::string(word(standing.frequency)));
        for (const int year : standing.years) {
            const Validity window = m_programme.calendar.dates({year, Frequency::year, 1}).window;
            if (window.to <= m_programme.validity.from || window.from >= m_programme.validity.to)
                inconsistent(path + ".years", "a year of the programme", standing.code, std::to_string(year));
        }
    }

    Programme& m_programme;
    const OtherProgrammes& m_others;
    Findings& m_findings;
    std::shared_ptr<const Programme> m_other;  // the last one asked for
};

}  // namespace

void check_programme(Programme& programme, const OtherProgrammes& others, Findings& findings)
{
    Checker(programme, others, findings).run();
}

}  // namespace phoihop::programme
