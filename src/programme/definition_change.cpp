// SPDX-License-Identifier: Apache-2.0
#include "programme/definition.hpp"

namespace phoihop::programme {

namespace {

std::string formula_text(const Indicator& indicator)
{
    return indicator.formula ? indicator.formula->text() : std::string();
}

class Comparison {
public:
    std::vector<Problem> found;

    void same(const std::string& path, const std::string& before, const std::string& after)
    {
        if (before == after) return;
        found.push_back({ProblemCode::inconsistent,
                         path,
                         {{"key", path},
                          {"rule", "does not change; a new code says continues:"},
                          {"left", before},
                          {"right", after}}});
    }

    void stays(const std::string& path, const void* after)
    {
        if (after == nullptr) found.push_back({ProblemCode::missing, path, {{"key", path}, {"what", path}}});
    }
};

void compare_indicator(Comparison& comparison, const Programme& before, const Programme& after, const Indicator& old)
{
    const std::string path = "indicators[" + old.code + "]";
    const Indicator* now = after.indicator(old.code);
    comparison.stays(path, now);
    if (now == nullptr) return;
    const auto number = [](auto value) { return std::to_string(static_cast<int>(value)); };
    comparison.same(path + ".unit", old.unit.vi, now->unit.vi);
    comparison.same(path + ".scale", number(old.scale), number(now->scale));
    comparison.same(path + ".over_units", number(old.over_units), number(now->over_units));
    comparison.same(path + ".over_time", number(old.over_time), number(now->over_time));
    comparison.same(path + ".source", number(old.source), number(now->source));
    comparison.same(path + ".formula", formula_text(old), formula_text(*now));
    comparison.same(path + ".register_measure", old.register_measure, now->register_measure);
    const Form* old_form = before.form_of(old.code);
    const Form* new_form = after.form_of(old.code);
    comparison.same(path + ".form", old_form == nullptr ? "" : old_form->code,
                    new_form == nullptr ? "" : new_form->code);
}

void compare_form(Comparison& comparison, const Programme& after, const Form& old)
{
    const std::string path = "forms[" + old.code + "]";
    const Form* now = after.form(old.code);
    comparison.stays(path, now);
    if (now == nullptr) return;
    comparison.same(path + ".number", std::to_string(old.number), std::to_string(now->number));
    comparison.same(path + ".frequency", std::string(word(old.frequency)), std::string(word(now->frequency)));
    comparison.same(path + ".party", old.party, now->party);
    for (std::size_t i = 0; i < old.cells.size(); ++i)
        comparison.same(path + ".cells[" + std::to_string(i + 1) + "]", old.cells[i].indicator,
                        i < now->cells.size() ? now->cells[i].indicator : std::string());
}

}  // namespace

std::vector<Problem> refused_changes(const Programme& before, const Programme& after)
{
    Comparison comparison;
    comparison.same("programme.code", before.code, after.code);
    comparison.same("programme.first_day", format_date(before.validity.from), format_date(after.validity.from));
    comparison.same("calendar.windows", std::to_string(static_cast<int>(before.calendar.windows)),
                    std::to_string(static_cast<int>(after.calendar.windows)));
    for (const Indicator& old : before.indicators) compare_indicator(comparison, before, after, old);
    for (const Form& old : before.forms) compare_form(comparison, after, old);
    for (const Form& now : after.forms)
        for (const Form& old : before.forms)
            if (old.number == now.number) comparison.same("forms[" + now.code + "].number", old.code, now.code);
    return std::move(comparison.found);
}

}  // namespace phoihop::programme
