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

Result<Counted> append(store::WriteContext& context, Found& row, const Event& event)
{
    PHOIHOP_CHECK_OK(ObligationStore::append(context, row, event));
    row.steps.push_back({event.kind, event.on});
    return Counted{row.id, row.due, timing(row.opens, row.due, row.steps, event.on)};
}

/// Heirs owe only what no origin of theirs has answered.
Result<void> relieve_heirs(store::WriteContext& context, const Found& origin, const Event& claim)
{
    auto& connection = context.connection();
    for (const Inheritance& left : ObligationStore::heirs(connection, origin)) {
        if (!ObligationStore::is_inherited(connection, left.to)) continue;
        const auto origins = ObligationStore::origins(connection, left.to);
        const bool still_owed = std::any_of(origins.begin(), origins.end(), [&](const Inheritance& other) {
            if (other.from == origin.id) return false;
            return progress(ObligationStore::find(connection, other.from).value().steps, forever) ==
                   Progress::passed_on;
        });
        const Found heir = ObligationStore::find(connection, left.to).value();
        const Progress now = progress(heir.steps, forever);
        if (still_owed || (now != Progress::open && now != Progress::returned)) continue;
        Event event = claim;
        event.obligation = heir.id;
        event.kind = EventKind::excused;
        event.on = std::max(claim.on, heir.opens);
        event.note = settled_by_origin;
        event.version = 0;
        PHOIHOP_CHECK_OK(ObligationStore::append(context, heir, event));
    }
    return {};
}

}  // namespace

Result<Counted> claim(store::WriteContext& context, ProgrammeId programme, std::string_view form, PeriodId period,
                      UnitId unit, std::int64_t version, Date received_on, UserId actor)
{
    auto row = ObligationStore::find(context.connection(), programme, period, form, unit);
    if (!row) return nobody_asked(form, period);
    const std::string name = programme::name_of(period).text();
    if (received_on < row->opens)
        return refuse(ProblemCode::period_not_open, {}, {{"period", name}, {"opens", format_date(row->opens)}});
    const Progress before = progress(row->steps, forever);
    if (row->closes < received_on && !stands(before))
        return refuse(ProblemCode::period_closed, {}, {{"period", name}, {"closed", format_date(row->closes)}});
    Event event;
    event.obligation = row->id;
    event.kind = EventKind::claimed;
    event.on = received_on;
    event.at = context.now();
    event.actor = actor;
    event.version = version;
    if (before == Progress::passed_on) PHOIHOP_CHECK_OK(relieve_heirs(context, *row, event));
    return append(context, *row, event);
}

Result<Counted> follow_report(store::WriteContext& context, ProgrammeId programme, std::string_view form,
                              PeriodId period, UnitId unit, std::int64_t version, EventKind kind, Date on, UserId actor,
                              std::string note)
{
    auto row = ObligationStore::find(context.connection(), programme, period, form, unit);
    if (!row) return nobody_asked(form, period);
    const Progress before = progress(row->steps, forever);
    const bool withdraws = kind == EventKind::withdrawn && before == Progress::returned;
    if (!stands(before) && !withdraws)
        return refuse(ProblemCode::wrong_state, {},
                      {{"state", std::string(word(before))}, {"wanted", std::string(word(Progress::claimed))}});
    Event event;
    event.obligation = row->id;
    event.kind = kind;
    event.on = on;
    event.at = context.now();
    event.actor = actor;
    event.note = std::move(note);
    event.version = version;
    return append(context, *row, event);
}

}  // namespace phoihop::obligations
