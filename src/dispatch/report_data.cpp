// SPDX-License-Identifier: Apache-2.0
#include "dispatch/report_data.hpp"

#include "dispatch/wording.hpp"
#include "obligations/register_measure.hpp"
#include "programme/period_id.hpp"

#include <algorithm>

namespace phoihop::dispatch {

namespace {

using rollup::Note;
using rollup::UnitSelection;

/// The indicators of the register, read from the same books as everything else: asking the live register from within
/// its own reading would wait for itself.
class MeasuresOfBooks final : public rollup::RegisterMeasures {
public:
    explicit MeasuresOfBooks(const Sources& sources) : m_sources(sources) {}
    void each(ProgrammeId programme, std::string_view measure, const programme::PeriodName& period,
              const std::function<void(UnitId, bool)>& each) const override
    {
        if (programme == m_sources.programme.id)
            obligations::each_measured(m_sources.books, m_sources.programme, m_sources.territory, measure, period,
                                       each);
    }

private:
    const Sources& m_sources;
};

/// An indicator that is entered for longer periods has nothing to say about this one.
bool speaks(const rollup::Figure& figure)
{
    return figure.note != Note::finer;
}

Result<void> read_groups(ReportData& data)
{
    const Sources& sources = *data.sources;
    const ReportOrder& order = *data.order;
    rollup::Query query;
    for (const auto& indicator : sources.programme.indicators) query.indicators.push_back(indicator.code);
    query.periods = {order.period, data.before, data.last_year};
    query.units = {UnitSelection::Kind::list, {order.unit}, {}};
    query.on = data.dates.cut_off();
    query.measure = order.measure;
    const MeasuresOfBooks measures(sources);
    PHOIHOP_TRY(answer, rollup::query(sources.snapshot, sources.territory, sources.programme, query, &measures));
    data.as_of = answer.as_of;
    for (const auto& group : sources.programme.groups) {
        GroupData entry{&group, {}};
        for (std::size_t i = 0; i < query.indicators.size(); ++i) {
            const auto& indicator = sources.programme.indicators[i];
            if (indicator.group != group.code || !speaks(answer.figures[3 * i])) continue;
            entry.readings.push_back(
                {&indicator, answer.figures[3 * i], answer.figures[3 * i + 1], answer.figures[3 * i + 2]});
        }
        if (!entry.readings.empty()) data.groups.push_back(std::move(entry));
    }
    return {};
}

/// The n-th indicator of a group that adds up and is better when higher, null when there are fewer.
const programme::Indicator* fit(const GroupData& group, std::size_t n)
{
    std::size_t seen = 0;
    for (const Reading& reading : group.readings) {
        const bool fits = reading.indicator->over_units == programme::OverUnits::sum &&
                          reading.indicator->better == programme::Direction::up;
        if (fits && seen++ == n) return reading.indicator;
    }
    return nullptr;
}

/// Every group in turn gives its next fitting indicator, until the page is full.
void choose_main(ReportData& data)
{
    constexpr std::size_t columns_max = 8;
    std::vector<std::vector<const programme::Indicator*>> chosen(data.groups.size());
    std::size_t count = 0;
    for (std::size_t round = 0; round < columns_max; ++round) {
        for (std::size_t g = 0; g < data.groups.size() && count < columns_max; ++g) {
            const auto* indicator = fit(data.groups[g], round);
            if (indicator == nullptr) continue;
            chosen[g].push_back(indicator);
            ++count;
        }
    }
    for (const auto& of_group : chosen) data.main.insert(data.main.end(), of_group.begin(), of_group.end());
}

Result<void> read_localities(ReportData& data)
{
    const Sources& sources = *data.sources;
    const ReportOrder& order = *data.order;
    const auto map = sources.territory.map(data.dates.cut_off());
    if (data.main.empty() || map->children(map->node_of(order.unit)).empty()) return {};
    rollup::Query query;
    for (const auto* indicator : data.main) query.indicators.push_back(indicator->code);
    query.periods = {order.period};
    query.units = {UnitSelection::Kind::children, {order.unit}, {}};
    query.on = data.dates.cut_off();
    query.measure = order.measure;
    const MeasuresOfBooks measures(sources);
    PHOIHOP_TRY(answer, rollup::query(sources.snapshot, sources.territory, sources.programme, query, &measures));
    // Rows "own" and "undivided" are answered only for the indicators that have them.
    std::vector<LocalityRow> rows;
    const auto row_of = [&](const rollup::Figure& figure) -> LocalityRow& {
        const Note part = figure.unit == order.unit ? figure.note : Note::none;
        for (LocalityRow& row : rows)
            if (row.unit == figure.unit && row.note == part) return row;
        return rows.emplace_back(LocalityRow{figure.unit, part, std::vector<rollup::Figure>(data.main.size())});
    };
    for (const rollup::Figure& figure : answer.figures) {
        const auto column = std::find_if(data.main.begin(), data.main.end(),
                                         [&](const auto* indicator) { return indicator->code == figure.indicator; });
        row_of(figure).figures[static_cast<std::size_t>(column - data.main.begin())] = figure;
    }
    std::stable_sort(rows.begin(), rows.end(), [](const LocalityRow& a, const LocalityRow& b) {
        return (a.note == Note::none ? 0 : static_cast<int>(a.note)) <
               (b.note == Note::none ? 0 : static_cast<int>(b.note));
    });
    data.localities = std::move(rows);
    return {};
}

void count(Discipline::Place& place, const obligations::State& state)
{
    ++place.asked;
    switch (state.timing) {
        case obligations::Timing::done: ++place.on_time; break;
        case obligations::Timing::done_late: ++place.late; break;
        case obligations::Timing::not_due:
        case obligations::Timing::due:
        case obligations::Timing::overdue: ++place.missing; break;
    }
}

/// The columns of all reports that the period is made of.
std::vector<const obligations::Column*> report_columns(const Sources& sources, const programme::PeriodName& period)
{
    std::vector<const obligations::Column*> columns;
    for (const auto& form : sources.programme.forms) {
        const auto bases = programme::base_periods(period, form.frequency);
        if (!bases) continue;
        for (const auto& base : *bases)
            if (const auto* column = sources.books.column(sources.programme.id, programme::id_of(base), form.code))
                columns.push_back(column);
    }
    return columns;
}

/// Every frozen report that stands at or below the unit, once, by the child that holds it.
void read_discipline(ReportData& data)
{
    const Sources& sources = *data.sources;
    const auto map = sources.territory.map(data.dates.cut_off());
    const auto node = map->node_of(data.order->unit);
    const auto nodes = map->nodes();
    const auto children = map->children(node);
    const auto end = nodes[static_cast<std::size_t>(node)].subtree_end;
    std::vector<Discipline::Place> places(children.size() + 1);
    for (const auto* column : report_columns(sources, data.order->period)) {
        for (const auto& entry : column->entries) {
            const auto at = map->place_of(entry.unit()).node;
            if (entry.inherited() || at < node || at >= end) continue;
            const auto after = std::upper_bound(children.begin(), children.end(), at);
            const auto state = sources.books.state(entry, data.order->made_on);
            count(places[static_cast<std::size_t>(after - children.begin())], state);
            count(data.discipline.all, state);
        }
    }
    for (std::size_t i = 0; i < places.size(); ++i) {
        if (places[i].asked == 0) continue;
        const auto at = i == 0 ? node : children[i - 1];
        places[i].name = inside_a_sentence(data.state(nodes[static_cast<std::size_t>(at)].unit));
        data.discipline.places.push_back(std::move(places[i]));
    }
}

}  // namespace

Result<ReportData> gather(const Sources& sources, const ReportOrder& order)
{
    ReportData data;
    data.sources = &sources;
    data.order = &order;
    data.dates = sources.programme.calendar.dates(order.period);
    const auto map = sources.territory.map(data.dates.cut_off());
    if (!order.unit || map->node_of(order.unit) < 0)
        return refuse(ProblemCode::not_found, sources.territory.code_text(order.unit, data.dates.cut_off()));
    PHOIHOP_TRY(issuer, issuer_of(sources.programme, sources.territory, order.unit, order.party, data.dates.cut_off()));
    data.issuer = issuer;
    data.before = programme::previous(order.period);
    data.last_year = programme::same_period_last_year(order.period);
    PHOIHOP_CHECK_OK(read_groups(data));
    choose_main(data);
    PHOIHOP_CHECK_OK(read_localities(data));
    read_discipline(data);
    return data;
}

}  // namespace phoihop::dispatch
