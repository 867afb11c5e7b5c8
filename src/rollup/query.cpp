// SPDX-License-Identifier: Apache-2.0
#include "rollup/query.hpp"

#include "rollup/evaluator.hpp"

namespace phoihop::rollup {
std::string_view word(Note note)
{
    switch (note) {
        case Note::none: return "";
        case Note::own: return "own";
        case Note::undivided: return "undivided";
        case Note::not_additive: return "not_additive";
        case Note::no_value: return "no_value";
        case Note::finer: return "finer";
    }
    return "";
}

Int128 rounded(const programme::Rational& value, int scale)
{
    const Int128 factor = power_of_ten(scale);
    Int128 scaled = 0;
    if (!__builtin_mul_overflow(value.numerator, factor, &scaled)) return divide_rounded(scaled, value.denominator);
    // Whole part and rest apart, so that nothing passes 128 bits that would fit.
    const Int128 whole = value.numerator / value.denominator;
    const Int128 rest = value.numerator % value.denominator;
    return whole * factor + (rest == 0 ? 0 : divide_rounded(rest * factor, value.denominator));
}

std::string Figure::text() const
{
    return value ? format_decimal(rounded(*value, scale), scale) : std::string{};
}

Result<Answer> query(const Snapshot& snapshot, const units::Territory& territory, const programme::Programme& programme,
                     const Query& query, const RegisterMeasures* register_measures)
{
    std::vector<const programme::Indicator*> indicators;
    for (const auto& code : query.indicators) {
        indicators.push_back(programme.indicator(code));
        if (indicators.back() == nullptr)
            return refuse(ProblemCode::unknown_name, "indicator", {{"what", "indicator"}, {"found", code}});
    }
    Evaluator evaluator(snapshot, territory, query.on, query.measure, register_measures);
    PHOIHOP_TRY(rows, rows_of(query.units, territory, evaluator.map().map()));

    // Node by node, because a node's reports are decoded once for all indicators; placed indicator by indicator.
    Answer answer;
    answer.as_of = snapshot.as_of();
    answer.figures.resize(indicators.size() * query.periods.size() * rows.size());
    std::vector<bool> silent(answer.figures.size(), false);
    for (std::size_t period = 0; period < query.periods.size(); ++period)
        for (std::size_t row = 0; row < rows.size(); ++row)
            for (std::size_t i = 0; i < indicators.size(); ++i) {
                const auto at = (i * query.periods.size() + period) * rows.size() + row;
                answer.figures[at] = evaluator.figure(programme, *indicators[i], query.periods[period], rows[row]);
                silent[at] = !answered(answer.figures[at], rows[row].part);
            }
    std::size_t at = 0;
    std::erase_if(answer.figures, [&](const Figure&) { return silent[at++]; });
    return answer;
}

}  // namespace phoihop::rollup
