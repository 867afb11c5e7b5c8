// SPDX-License-Identifier: Apache-2.0
#include "reporting/submission.hpp"

#include "base/decimal.hpp"

#include <algorithm>

namespace phoihop::reporting {

std::string_view word(Verdict verdict)
{
    switch (verdict) {
        case Verdict::accepted: return "accepted";
        case Verdict::corrected: return "corrected";
        case Verdict::unchanged: return "unchanged";
        case Verdict::withdrawn: return "withdrawn";
        case Verdict::refused: return "refused";
    }
    return "refused";
}

namespace {

Finding finding_at(const CellInput& input, FindingCode code, Problem::Facts facts)
{
    Finding finding;
    finding.code = code;
    finding.indicator = input.indicator;
    finding.where = input.where;
    finding.facts = std::move(facts);
    return finding;
}

/// Why the text of one cell is not a figure of its indicator.
Finding text_finding(const CellInput& input, const Problem& problem)
{
    const bool fraction = problem.code == ProblemCode::not_whole;
    const bool size = problem.code == ProblemCode::out_of_range;
    return finding_at(input,
                      fraction ? FindingCode::not_whole
                      : size   ? FindingCode::out_of_range
                               : FindingCode::malformed,
                      problem.facts);
}

}  // namespace

/// The cell of the form that `input` names, or the finding that says why there is none.
int Judge::cell_index(const CellInput& input, std::vector<Finding>& findings) const
{
    const auto found = m_cells.find(input.indicator);
    const programme::Indicator* indicator = found != m_cells.end()
                                                ? m_indicators[static_cast<std::size_t>(found->second)]
                                                : m_programme.indicator(input.indicator);
    if (indicator != nullptr && indicator->source != programme::Source::typed) {
        findings.push_back(finding_at(input, FindingCode::machine, {{"indicator", input.indicator}}));
        return -1;
    }
    if (found != m_cells.end()) return found->second;
    findings.push_back(finding_at(input, FindingCode::unknown, {{"found", input.indicator}, {"form", m_form.code}}));
    return -1;
}

/// Nothing happened: every flow is zero; stocks go on as they were and stay empty.
void Judge::fill_nil(facts::Cells& cells) const
{
    for (std::size_t i = 0; i < cells.size(); ++i)
        if (!cells[i] && m_indicators[i] != nullptr && m_indicators[i]->over_time == programme::OverTime::sum)
            cells[i] = 0;
}

ReadCells Judge::read(const Submission& submission, const facts::Cells* current) const
{
    ReadCells read;
    read.cells.resize(m_form.cells.size());
    if (submission.scope == Scope::patch && current != nullptr)
        std::copy_n(current->begin(), std::min(current->size(), read.cells.size()), read.cells.begin());

    std::vector<const CellInput*> seen(m_form.cells.size(), nullptr);
    for (const CellInput& input : submission.cells) {
        const int index = cell_index(input, read.findings);
        if (index < 0) continue;
        const auto at = static_cast<std::size_t>(index);
        if (seen[at] != nullptr) {
            read.findings.push_back(finding_at(input, FindingCode::duplicate, {{"first", seen[at]->where}}));
            continue;
        }
        seen[at] = &input;
        if (input.text.empty()) {
            read.cells[at].reset();
            continue;
        }
        const auto value = parse_decimal(input.text, m_indicators[at]->scale);
        if (value)
            read.cells[at] = *value;
        else
            read.findings.push_back(text_finding(input, value.error()));
    }
    if (submission.nil) fill_nil(read.cells);
    return read;
}

}  // namespace phoihop::reporting
