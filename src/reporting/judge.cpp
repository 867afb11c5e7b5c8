// SPDX-License-Identifier: Apache-2.0
#include "reporting/submission.hpp"

#include <algorithm>
#include <limits>

namespace phoihop::reporting {

namespace {

/// No cell of this form: an indicator of another form, or units(level).
constexpr int no_cell = std::numeric_limits<int>::max();

std::string printed(std::int64_t value, const programme::Indicator& indicator)
{
    return format_decimal(value, indicator.scale);
}

Finding at_cell(const programme::Cell& cell, FindingCode code, Severity severity, Problem::Facts facts)
{
    Finding finding;
    finding.code = code;
    finding.severity = severity;
    finding.indicator = cell.indicator;
    finding.facts = std::move(facts);
    return finding;
}

/// "prev(C2)" → "C2"; anything else → "".
std::string_view inside_prev(std::string_view name)
{
    constexpr std::string_view open = "prev(";
    if (!name.starts_with(open) || !name.ends_with(')')) return {};
    return name.substr(open.size(), name.size() - open.size() - 1);
}

}  // namespace

Judge::Judge(const programme::Programme& programme, const programme::Form& form) : m_programme(programme), m_form(form)
{
    for (const programme::Cell& cell : form.cells) {
        m_cells.emplace(cell.indicator, static_cast<int>(m_indicators.size()));
        m_indicators.push_back(programme.indicator(cell.indicator));
        m_looks_back = m_looks_back || cell.jump_percent != 0;
    }
    for (const programme::CellRule& rule : form.rules) {
        Rule compiled{&rule, {}};
        for (const std::string& name : rule.condition.names()) {
            const std::string_view before = inside_prev(name);
            const int index = form.cell_of(before.empty() ? std::string_view(name) : before);
            m_looks_back = m_looks_back || !before.empty();
            compiled.cells.push_back(index < 0 ? no_cell : before.empty() ? index : ~index);
        }
        m_rules.push_back(std::move(compiled));
    }
}

std::vector<Finding> Judge::findings(const facts::Cells& cells, bool nil, const History& history) const
{
    std::vector<Finding> found;
    ranges(cells, nil, found);
    rules(cells, history, found);
    if (!nil) jumps(cells, history, found);
    return found;
}

void Judge::ranges(const facts::Cells& cells, bool nil, std::vector<Finding>& findings) const
{
    for (std::size_t i = 0; i < m_form.cells.size(); ++i) {
        const programme::Cell& cell = m_form.cells[i];
        if (!cells[i]) {
            if (cell.required && !nil) findings.push_back(at_cell(cell, FindingCode::required, Severity::error, {}));
            continue;
        }
        const bool below = cell.min && *cells[i] < *cell.min;
        const bool above = cell.max && *cells[i] > *cell.max;
        if (!below && !above) continue;
        const programme::Indicator& indicator = *m_indicators[i];
        findings.push_back(at_cell(cell, FindingCode::out_of_range, Severity::error,
                                   {{"found", printed(*cells[i], indicator)},
                                    {"min", cell.min ? printed(*cell.min, indicator) : ""},
                                    {"max", cell.max ? printed(*cell.max, indicator) : ""}}));
    }
}

void Judge::rules(const facts::Cells& cells, const History& history, std::vector<Finding>& findings) const
{
    const facts::Cells* before = !history.empty() && history.front() ? &*history.front() : nullptr;
    for (const Rule& rule : m_rules) {
        const std::vector<std::string>& names = rule.rule->condition.names();
        const auto lookup = [&](std::string_view name) -> std::optional<programme::Rational> {
            const auto position = static_cast<std::size_t>(std::find(names.begin(), names.end(), name) - names.begin());
            const int index = rule.cells[position];
            if (index == no_cell) return std::nullopt;
            const facts::Cells* from = index >= 0 ? &cells : before;
            const auto at = static_cast<std::size_t>(index >= 0 ? index : ~index);
            if (from == nullptr || at >= from->size() || !(*from)[at]) return std::nullopt;
            return programme::Rational{*(*from)[at], power_of_ten(m_indicators[at]->scale)};
        };
        const std::optional<programme::Rational> holds = rule.rule->condition.evaluate(lookup);
        if (!holds || holds->numerator != 0) continue;
        Finding finding;
        finding.code = FindingCode::rule;
        finding.severity = rule.rule->severity;
        finding.indicator = rule.rule->cell;
        finding.facts = {
            {"rule", rule.rule->condition.text()}, {"text_vi", rule.rule->text.vi}, {"text_en", rule.rule->text.en}};
        for (std::size_t i = 0; i < names.size(); ++i)
            if (const auto value = lookup(names[i])) {
                const int index = rule.cells[i];
                const programme::Indicator& indicator =
                    *m_indicators[static_cast<std::size_t>(index >= 0 ? index : ~index)];
                finding.facts.emplace_back(names[i], format_decimal(value->numerator, indicator.scale));
            }
        findings.push_back(std::move(finding));
    }
}

void Judge::jumps(const facts::Cells& cells, const History& history, std::vector<Finding>& findings) const
{
    for (std::size_t i = 0; i < m_form.cells.size(); ++i) {
        const programme::Cell& cell = m_form.cells[i];
        if (cell.jump_percent == 0 || !cells[i]) continue;
        Int128 sum = 0;
        Int128 count = 0;
        for (const auto& past : history)
            if (past && i < past->size() && (*past)[i]) {
                sum += *(*past)[i];
                ++count;
            }
        // One past figure is no habit, and tiny numbers jump by nature: both would only teach people to ignore
        // warnings.
        const Int128 small = 10 * static_cast<Int128>(power_of_ten(m_indicators[i]->scale));
        if (count < 2 || sum < small * count) continue;
        const Int128 difference = *cells[i] * count - sum;
        const Int128 size = difference < 0 ? -difference : difference;
        if (size * 100 <= sum * cell.jump_percent) continue;
        findings.push_back(at_cell(cell, FindingCode::jump, Severity::warning,
                                   {{"found", printed(*cells[i], *m_indicators[i])},
                                    {"mean", format_decimal(divide_rounded(sum, count), m_indicators[i]->scale)},
                                    {"percent", format_decimal(divide_rounded(difference * 100, sum), 0)}}));
    }
}

}  // namespace phoihop::reporting
