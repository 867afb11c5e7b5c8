// SPDX-License-Identifier: Apache-2.0
#include "obligations/register_measure.hpp"

#include "programme/period_id.hpp"

#include <array>
#include <map>

namespace phoihop::obligations {

namespace {

using programme::Frequency;
using programme::PeriodName;

/// Which obligations a measure is about and what meets them.
struct Measure {
    std::string_view word;
    std::string_view kind;
    bool late_too;  ///< done late counts as well
};

constexpr std::array<Measure, 3> flows{{
    {"reports_on_time", report_kind, false},
    {"plan_on_time", "plan", false},
    {"review_held", "review", true},
}};
constexpr std::string_view committee_measure = "committee_done";
constexpr std::string_view committee_kind = "committee";

/// Whether figures of `asked` belong to `wanted`: inside it, or the longer one that `wanted` is the end of.
bool belongs(const PeriodName& asked, const PeriodName& wanted, const programme::Calendar& calendar)
{
    if (asked.frequency == Frequency::once || wanted.frequency == Frequency::once) return asked == wanted;
    const Validity of_asked = calendar.dates(asked).window;
    const Validity of_wanted = calendar.dates(wanted).window;
    if (of_wanted.from <= of_asked.from && of_asked.to <= of_wanted.to) return true;
    return of_asked.from < of_wanted.from && of_asked.to == of_wanted.to;
}

void each_flow(const Books& books, const programme::Programme& programme, const Measure& measure,
               const PeriodName& period, const std::function<void(UnitId, bool)>& each)
{
    for (const Column& column : books.columns()) {
        if (column.asked.programme != programme.id || column.asked.kind != measure.kind) continue;
        if (!belongs(programme::name_of(column.asked.period), period, programme.calendar)) continue;
        for (const Entry& entry : column.entries) {
            if (entry.inherited()) continue;
            const Timing timing = books.state(entry, forever).timing;
            each(entry.unit(), timing == Timing::done || (measure.late_too && timing == Timing::done_late));
        }
    }
}

void each_committee(const Books& books, const programme::Programme& programme, const units::Territory& territory,
                    const PeriodName& period, const std::function<void(UnitId, bool)>& each)
{
    const Date on = programme.calendar.dates(period).cut_off();
    const auto map = territory.map(on);
    std::map<std::int32_t, bool> done_by_node;
    for (const Column& column : books.columns()) {
        if (column.asked.programme != programme.id || column.asked.kind != committee_kind) continue;
        for (const Entry& entry : column.entries) {
            const State state = books.own_state(entry, on);
            if (on < entry.opens() || state.progress == Progress::passed_on) continue;
            const units::Place place = map->place_of(entry.unit());
            if (place.node < 0 || place.undivided) continue;
            const auto [at, first] = done_by_node.emplace(place.node, true);
            at->second = at->second && state.done();
        }
    }
    for (const auto& [node, done] : done_by_node) each(map->nodes()[static_cast<std::size_t>(node)].unit, done);
}

}  // namespace

void each_measured(const Books& books, const programme::Programme& programme, const units::Territory& territory,
                   std::string_view measure, const PeriodName& period, const std::function<void(UnitId, bool)>& each)
{
    if (measure == committee_measure) return each_committee(books, programme, territory, period, each);
    for (const Measure& flow : flows)
        if (flow.word == measure) each_flow(books, programme, flow, period, each);
}

std::pair<std::int64_t, std::int64_t> register_measure(const Books& books, const programme::Programme& programme,
                                                       const units::Territory& territory, std::string_view measure,
                                                       UnitId unit, const PeriodName& period)
{
    std::pair<std::int64_t, std::int64_t> answer;
    each_measured(books, programme, territory, measure, period, [&](UnitId owing, bool met) {
        if (owing != unit) return;
        answer.first += met ? 1 : 0;
        ++answer.second;
    });
    return answer;
}

void each_report_obligation(const Books& books, ProgrammeId programme, std::string_view form, PeriodId period,
                            const std::function<void(UnitId, bool)>& each)
{
    const Column* column = books.column(programme, period, form);
    if (column == nullptr) return;
    for (const Entry& entry : column->entries)
        if (!entry.inherited()) each(entry.unit(), books.own_state(entry, forever).progress == Progress::passed_on);
}

}  // namespace phoihop::obligations
