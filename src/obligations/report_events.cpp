// SPDX-License-Identifier: Apache-2.0
#include "obligations/report_events.hpp"

#include "programme/period_id.hpp"

#include <algorithm>

namespace phoihop::obligations {

namespace {

tl::unexpected<Problem> nobody_asked(std::string_view form, PeriodId period)
{
    return refuse(ProblemCode::not_owed, {},
                  {{"form", std::string(form)}, {"period", programme::name_of(period).text()}});
}

bool stands(Progress progress)
{
    return progress == Progress::claimed || progress == Progress::evidenced;
}

Result<Event> claim_of(const Found& row, const ReportStep& step, Progress before)
{
    const std::string name = programme::name_of(step.period).text();
    if (step.on < row.opens)
        return refuse(ProblemCode::period_not_open, {}, {{"period", name}, {"opens", format_date(row.opens)}});
    if (row.closes < step.on && !stands(before))
        return refuse(ProblemCode::period_closed, {}, {{"period", name}, {"closed", format_date(row.closes)}});
    return Event{row.id, EventKind::claimed, step.on, step.at, step.actor, {}, {}, step.version};
}

/// Whether anything but `without` still leaves its duty to the heir.
bool still_owed(store::Connection& connection, ObligationId heir, ObligationId without)
{
    const auto origins = ObligationStore::origins(connection, heir);
    return std::any_of(origins.begin(), origins.end(), [&](const Inheritance& other) {
        return other.from != without &&
               progress(ObligationStore::find(connection, other.from).value().steps, forever) == Progress::passed_on;
    });
}

Result<Counted> take_step(store::WriteContext& context, const ReportStep& step)
{
    auto& connection = context.connection();
    auto row = ObligationStore::find(connection, step.programme, step.period, step.form, step.unit);
    PHOIHOP_TRY(event, event_of(row, step));
    if (step.kind == EventKind::claimed)
        for (const Consequence& relief : relieved_heirs(connection, *row, event))
            PHOIHOP_CHECK_OK(ObligationStore::append(context, relief.row, relief.event));
    PHOIHOP_CHECK_OK(ObligationStore::append(context, *row, event));
    row->steps.push_back({event.kind, event.on});
    return Counted{row->id, row->due, timing(row->opens, row->due, row->steps, event.on)};
}

}  // namespace

bool was_passed_on(const Found& row)
{
    return progress(row.steps, forever) == Progress::passed_on;
}

Result<Event> event_of(const std::optional<Found>& row, const ReportStep& step)
{
    if (!row) return nobody_asked(step.form, step.period);
    const Progress before = progress(row->steps, forever);
    if (step.kind == EventKind::claimed) return claim_of(*row, step, before);
    const bool withdraws = step.kind == EventKind::withdrawn && before == Progress::returned;
    if (!stands(before) && !withdraws)
        return refuse(ProblemCode::wrong_state, {},
                      {{"state", std::string(word(before))}, {"wanted", std::string(word(Progress::claimed))}});
    return Event{row->id, step.kind, step.on, step.at, step.actor, step.note, {}, step.version};
}

std::vector<Consequence> relieved_heirs(store::Connection& connection, const Found& row, const Event& claim)
{
    std::vector<Consequence> relieved;
    if (!was_passed_on(row)) return relieved;
    for (const Inheritance& left : ObligationStore::heirs(connection, row)) {
        // Heirs owe only what no origin of theirs has answered.
        if (!ObligationStore::is_inherited(connection, left.to) || still_owed(connection, left.to, row.id)) continue;
        Found heir = ObligationStore::find(connection, left.to).value();
        const Progress now = progress(heir.steps, forever);
        if (now != Progress::open && now != Progress::returned) continue;
        Event event = claim;
        event.obligation = heir.id;
        event.kind = EventKind::excused;
        event.on = std::max(claim.on, heir.opens);
        event.note = settled_by_origin;
        event.version = 0;
        relieved.push_back({std::move(heir), std::move(event)});
    }
    return relieved;
}

Result<Counted> claim(store::WriteContext& context, ProgrammeId programme, std::string_view form, PeriodId period,
                      UnitId unit, std::int64_t version, Date received_on, UserId actor)
{
    return take_step(context,
                     {programme, form, period, unit, EventKind::claimed, version, received_on, context.now(), actor});
}

Result<Counted> follow_report(store::WriteContext& context, ProgrammeId programme, std::string_view form,
                              PeriodId period, UnitId unit, std::int64_t version, EventKind kind, Date on, UserId actor,
                              std::string note)
{
    return take_step(context,
                     {programme, form, period, unit, kind, version, on, context.now(), actor, std::move(note)});
}

}  // namespace phoihop::obligations
