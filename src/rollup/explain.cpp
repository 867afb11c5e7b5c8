// SPDX-License-Identifier: Apache-2.0
#include "rollup/evaluator.hpp"

#include "programme/period_id.hpp"

#include <algorithm>

namespace phoihop::rollup {
namespace {

using programme::Indicator;
using programme::PeriodName;
using programme::Programme;

constexpr int depth_max = 16;

class Explainer {
public:
    Explainer(Evaluator& evaluator, const Snapshot& snapshot, std::int32_t node, Measure measure)
        : m_evaluator(evaluator), m_snapshot(snapshot), m_map(evaluator.map()), m_node(node), m_measure(measure)
    {
    }

    void parts(const Programme& programme, const Indicator& indicator, const PeriodName& period, Explanation& out)
    {
        if (indicator.formula) {
            out.formula = indicator.formula->text();
            for (const auto& name : indicator.formula->names())
                if (auto part = m_evaluator.named(programme, name, period, {m_node, Part::whole}))
                    out.parts.push_back(std::move(*part));
            return;
        }
        for (const auto child : m_map.map().children(m_node))
            out.parts.push_back(m_evaluator.figure(programme, indicator, period, {child, Part::whole}));
        for (const auto part : {Part::own, Part::undivided}) {
            auto figure = m_evaluator.figure(programme, indicator, period, {m_node, part});
            if (figure.reported > 0 || figure.expected > 0) out.parts.push_back(std::move(figure));
        }
    }

    /// Follows the figure down to the reports behind it, through formulas and continued codes.
    void reports(const Programme& programme, const Indicator& indicator, const PeriodName& period,
                 std::string_view from, Explanation& out)
    {
        if (m_depth >= depth_max) return;
        ++m_depth;
        if (!from.empty()) {
            const auto slash = from.find('/');
            const auto* before = m_snapshot.programme(from.substr(0, slash));
            const auto* code = before == nullptr ? nullptr : before->indicator(from.substr(slash + 1));
            if (code != nullptr) reports(*before, *code, period, {}, out);
        } else if (indicator.formula) {
            for (const auto& name : indicator.formula->names()) named_reports(programme, name, period, out);
        } else if (indicator.register_measure.empty()) {
            const auto& series = m_evaluator.series(programme, indicator, period);
            for (const auto& [id, reader] : series.periods)
                if (reader != nullptr) sources(indicator, series.column, id, *reader, out);
        }
        --m_depth;
    }

private:
    void named_reports(const Programme& programme, std::string_view name, const PeriodName& period, Explanation& out)
    {
        const bool previous_one = name.starts_with("prev(") && name.ends_with(')');
        const auto* indicator = programme.indicator(previous_one ? name.substr(5, name.size() - 6) : name);
        if (indicator == nullptr) return;
        const auto which = previous_one ? previous(period) : period;
        const auto figure = m_evaluator.figure(programme, *indicator, which, {m_node, Part::whole});
        reports(programme, *indicator, which, figure.from, out);
    }

    void sources(const Indicator& indicator, std::int32_t column, PeriodId period, const PeriodReader& reader,
                 Explanation& out)
    {
        const auto end = m_map.map().nodes()[static_cast<std::size_t>(m_node)].subtree_end;
        for (std::int32_t node = m_node; node < end; ++node)
            for (const auto unit : m_map.sources(node)) {
                if (report(indicator, column, period, reader, node, unit, out)) continue;
                const std::pair gap(unit, programme::name_of(period));
                const auto& owed = reader.block().owed;
                if (owed && owed->owes(unit) && std::ranges::find(out.missing, gap) == out.missing.end())
                    out.missing.push_back(gap);
            }
    }

    bool report(const Indicator& indicator, std::int32_t column, PeriodId period, const PeriodReader& reader,
                std::int32_t node, UnitId unit, Explanation& out)
    {
        const auto& leaves = *reader.block().leaves;
        if (!leaves.counted(unit, m_measure) || !leaves.read(unit, m_report)) return false;
        const auto& fact = m_report.fact;
        const auto& layout = *reader.form().layout;
        const auto& columns = layout.columns_of(fact.programme_version);
        for (std::size_t cell = 0; cell < std::min(fact.cells.size(), columns.size()); ++cell) {
            if (columns[cell] != column || !fact.cells[cell]) continue;
            out.reports.push_back({indicator.code,
                                   {layout.programme, layout.form, period, unit},
                                   m_report.version,
                                   *fact.cells[cell],
                                   m_report.state,
                                   node == m_node && m_map.undivided(unit)});
            return true;
        }
        return false;
    }

    Evaluator& m_evaluator;
    const Snapshot& m_snapshot;
    const MapRows& m_map;
    std::int32_t m_node;
    Measure m_measure;
    int m_depth = 0;
    PageReport m_report;
};

}  // namespace

Result<Explanation> explain(const Snapshot& snapshot, const units::Territory& territory, const Programme& programme,
                            std::string_view indicator, const PeriodName& period, UnitId unit, Date on, Measure measure,
                            const RegisterMeasures* register_measures)
{
    const auto* found = programme.indicator(indicator);
    if (found == nullptr)
        return refuse(ProblemCode::unknown_name, "indicator",
                      {{"what", "indicator"}, {"found", std::string(indicator)}});
    Evaluator evaluator(snapshot, territory, on, measure, register_measures);
    const auto node = evaluator.map().map().nodes().empty() ? -1 : evaluator.map().map().node_of(unit);
    if (node < 0)
        return refuse(ProblemCode::not_found, territory.code_text(unit, on),
                      {{"what", "unit"}, {"on", format_date(on)}});
    Explanation answer;
    answer.figure = evaluator.figure(programme, *found, period, {node, Part::whole});
    Explainer explainer(evaluator, snapshot, node, measure);
    explainer.parts(programme, *found, period, answer);
    explainer.reports(programme, *found, period, answer.figure.from, answer);
    return answer;
}

}  // namespace phoihop::rollup
