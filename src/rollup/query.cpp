// SPDX-License-Identifier: Apache-2.0
#include "rollup/query.hpp"

#include "rollup/evaluator.hpp"

namespace phoihop::rollup {
namespace {

/// Every level above `level` gives its own and its undivided row, so that the rows add up to the whole.
void walk_down(const units::Map& map, std::int32_t node, units::Level level, std::vector<RowRef>& rows)
{
    const auto& here = map.nodes()[static_cast<std::size_t>(node)];
    if (here.level == level) {
        rows.push_back({node, Part::whole});
        return;
    }
    if (here.level > level) return;
    for (const auto child : map.children(node)) walk_down(map, child, level, rows);
    rows.push_back({node, Part::own});
    rows.push_back({node, Part::undivided});
}

Result<std::vector<RowRef>> rows_of(const UnitSelection& selection, const units::Territory& territory,
                                    const units::Map& map)
{
    std::vector<RowRef> rows;
    if (map.nodes().empty()) return rows;
    if (selection.kind == UnitSelection::Kind::level) {
        walk_down(map, 0, selection.level, rows);
        return rows;
    }
    for (const auto unit : selection.units) {
        const auto node = map.node_of(unit);
        if (node < 0)
            return refuse(ProblemCode::not_found, territory.code_text(unit, map.date()),
                          {{"what", "unit"}, {"on", format_date(map.date())}});
        switch (selection.kind) {
            case UnitSelection::Kind::list: rows.push_back({node, Part::whole}); break;
            case UnitSelection::Kind::under: walk_down(map, node, selection.level, rows); break;
            case UnitSelection::Kind::children:
                for (const auto child : map.children(node)) rows.push_back({child, Part::whole});
                rows.push_back({node, Part::own});
                rows.push_back({node, Part::undivided});
                break;
            case UnitSelection::Kind::level: break;
        }
    }
    return rows;
}

/// Rows of a part are answered where somebody stands behind them.
bool answered(const Figure& figure, Part part)
{
    return part == Part::whole || figure.reported > 0 || figure.expected > 0;
}

}  // namespace

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

std::string Figure::text() const
{
    if (!value) return "";
    const Int128 factor = power_of_ten(scale);
    // Whole part and rest apart, so that nothing passes 128 bits that would fit.
    const Int128 whole = value->numerator / value->denominator;
    const Int128 rest = value->numerator % value->denominator;
    if (rest == 0) return format_decimal(whole * factor, scale);
    return format_decimal(whole * factor + divide_rounded(rest * factor, value->denominator), scale);
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
