// SPDX-License-Identifier: Apache-2.0
#include "obligations/settle.hpp"

#include "store/files.hpp"

#include <algorithm>

namespace phoihop::obligations {

namespace {

/// The earliest day that anything may be dated: the founding of the Republic.
constexpr Date earliest = day(1945, 9, 2);

enum class Reason : std::uint8_t { free, required };
enum class Rows : std::uint8_t { by_hand, all };

Result<void> check_day(Date day, Date today, const char* where)
{
    if (earliest <= day && day <= today) return {};
    return refuse(ProblemCode::out_of_range, where,
                  {{"min", format_date(earliest)}, {"max", format_date(today)}, {"found", format_date(day)}});
}

Result<void> check_length(std::string_view text, std::size_t most, const char* where)
{
    if (text.size() <= most) return {};
    return refuse(ProblemCode::too_large, where,
                  {{"limit", std::to_string(most)}, {"found", std::to_string(text.size())}});
}

/// The words of `states`, joined as in "open, returned".
std::string joined(std::initializer_list<Progress> states)
{
    std::string text;
    for (const Progress state : states) text.append(text.empty() ? "" : ", ").append(word(state));
    return text;
}

/// Everything that all acts check, and the event that comes of it.
Result<Event> act_on(store::WriteContext& context, const Act& act, EventKind kind,
                     std::initializer_list<Progress> wanted, Reason reason, Rows rows, const Evidence& evidence = {})
{
    auto& connection = context.connection();
    const Date on = act.on.value_or(act.today);
    PHOIHOP_CHECK_OK(check_day(on, act.today, "on"));
    PHOIHOP_CHECK_OK(check_length(act.note, note_max, "note"));
    if (reason == Reason::required && act.note.empty())
        return refuse(ProblemCode::missing, "note", {{"what", "reason"}});
    const auto row = ObligationStore::find(connection, act.obligation);
    if (!row) return refuse(ProblemCode::not_found, "obligation");
    if (rows == Rows::by_hand && ObligationStore::obligation(connection, act.obligation)->kind == report_kind)
        return refuse(ProblemCode::not_allowed, "obligation", {{"what", std::string(report_kind)}});
    const Progress before = progress(row->steps, forever);
    if (std::find(wanted.begin(), wanted.end(), before) == wanted.end())
        return refuse(ProblemCode::wrong_state, "obligation",
                      {{"state", std::string(word(before))}, {"wanted", joined(wanted)}});
    Event event;
    event.obligation = act.obligation;
    event.kind = kind;
    event.on = on;
    event.at = context.now();
    event.actor = act.actor;
    event.note = act.note;
    event.evidence = evidence;
    PHOIHOP_CHECK_OK(ObligationStore::append(context, *row, event));
    return event;
}

Result<void> check_evidence(store::WriteContext& context, const programme::Programme& programme, const Act& act,
                            const Evidence& evidence)
{
    PHOIHOP_CHECK_OK(check_length(evidence.decision_number, decision_number_max, "decision_number"));
    if (evidence.decision_date) PHOIHOP_CHECK_OK(check_day(*evidence.decision_date, act.today, "decision_date"));
    if (evidence.file && !store::find_file(context.connection(), evidence.file))
        return refuse(ProblemCode::not_found, "file");
    const auto obligation = ObligationStore::obligation(context.connection(), act.obligation);
    if (!obligation) return refuse(ProblemCode::not_found, "obligation");
    const programme::Standing* standing = programme.standing(obligation->subject);
    const bool needs_decision = standing != nullptr && standing->needs_decision;
    if (needs_decision && evidence.decision_number.empty())
        return refuse(ProblemCode::missing, "decision_number", {{"what", "decision_number"}});
    if (needs_decision && !evidence.decision_date)
        return refuse(ProblemCode::missing, "decision_date", {{"what", "decision_date"}});
    if (evidence.empty() && act.note.empty()) return refuse(ProblemCode::missing, "evidence", {{"what", "evidence"}});
    return {};
}

}  // namespace

Result<Event> claim_by_hand(store::WriteContext& context, const Act& act)
{
    return act_on(context, act, EventKind::claimed, {Progress::open, Progress::returned}, Reason::free, Rows::by_hand);
}

Result<Event> give_evidence(store::WriteContext& context, const programme::Programme& programme, const Act& act,
                            const Evidence& evidence)
{
    PHOIHOP_CHECK_OK(check_evidence(context, programme, act, evidence));
    return act_on(context, act, EventKind::evidenced, {Progress::open, Progress::claimed, Progress::returned},
                  Reason::free, Rows::by_hand, evidence);
}

Result<Event> return_claim(store::WriteContext& context, const Act& act)
{
    return act_on(context, act, EventKind::returned, {Progress::claimed, Progress::evidenced}, Reason::required,
                  Rows::by_hand);
}

Result<Event> excuse(store::WriteContext& context, const Act& act)
{
    return act_on(context, act, EventKind::excused, {Progress::open, Progress::returned}, Reason::required, Rows::all);
}

Result<Event> reopen(store::WriteContext& context, const Act& act)
{
    // A report that stands is sent back by reporting; only its excuse can be taken back here.
    const auto obligation = ObligationStore::obligation(context.connection(), act.obligation);
    if (obligation && obligation->kind == report_kind)
        return act_on(context, act, EventKind::reopened, {Progress::excused}, Reason::required, Rows::all);
    return act_on(context, act, EventKind::reopened, {Progress::claimed, Progress::evidenced, Progress::excused},
                  Reason::required, Rows::by_hand);
}

}  // namespace phoihop::obligations
