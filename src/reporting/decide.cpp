// SPDX-License-Identifier: Apache-2.0
#include "reporting/decide.hpp"

#include "obligations/report_events.hpp"
#include "reporting/submission_store.hpp"

#include <algorithm>
#include <numeric>

namespace phoihop::reporting {

using facts::FactState;

std::string_view word(Decision decision)
{
    switch (decision) {
        case Decision::give_back: return "return";
        case Decision::verify: return "verify";
        case Decision::lock: return "lock";
        case Decision::unlock: return "unlock";
    }
    return "return";
}

std::optional<Decision> decision_from_word(std::string_view text)
{
    for (const Decision decision : {Decision::give_back, Decision::verify, Decision::lock, Decision::unlock})
        if (word(decision) == text) return decision;
    return std::nullopt;
}

Result<FactState> next_state(FactState from, Decision decision)
{
    const auto refused = [&]() -> Result<FactState> {
        return refuse(ProblemCode::wrong_state, {},
                      {{"state", std::string(facts::word(from))}, {"wanted", std::string(word(decision))}});
    };
    switch (decision) {
        case Decision::give_back:
            return from == FactState::submitted || from == FactState::verified ? FactState::returned : refused();
        case Decision::verify: return from == FactState::submitted ? FactState::verified : refused();
        case Decision::lock: return from == FactState::verified ? FactState::locked : refused();
        case Decision::unlock: return from == FactState::locked ? FactState::verified : refused();
    }
    return refused();
}

namespace {

/// The step that the register takes with a decision; locking says nothing new about the duty.
std::optional<obligations::EventKind> step_of(Decision decision)
{
    switch (decision) {
        case Decision::give_back: return obligations::EventKind::returned;
        case Decision::verify: return obligations::EventKind::evidenced;
        case Decision::lock:
        case Decision::unlock: return std::nullopt;
    }
    return std::nullopt;
}

/// What holds before anything is read: a reason where one is owed, comments at cells that there are.
Result<void> check_said(const programme::Programme& programme, const Decided& report, Decision decision,
                        const std::string& note)
{
    const bool gives_back = decision == Decision::give_back;
    const bool needs_reason = decision == Decision::unlock || (gives_back && report.comments.empty());
    if (needs_reason && note.empty()) return refuse(ProblemCode::missing, "note", {{"what", "note"}});
    if (!gives_back && !report.comments.empty())
        return refuse(
            ProblemCode::inconsistent, "comments",
            {{"rule", "comments_are_for_return"}, {"left", "comments"}, {"right", std::string(word(decision))}});
    const programme::Form* form = programme.form(report.key.form);
    for (const auto& [indicator, comment] : report.comments)
        if (form == nullptr || form->cell_of(indicator) < 0)
            return refuse(ProblemCode::unknown_name, "comments." + indicator,
                          {{"what", "indicator"}, {"found", indicator}});
    return {};
}

Result<void> decide_one(store::WriteContext& context, const programme::Programme& programme, const Decided& report,
                        Decision decision, const Decider& decider)
{
    const auto current = facts::FactStore::current(context.connection(), report.key);
    const std::string where = facts::subject(report.key);
    if (!current) return refuse(ProblemCode::not_found, where, {{"what", "report"}});
    if (current->fact.version != report.version)
        return refuse(ProblemCode::conflict, where,
                      {{"base", std::to_string(report.version)}, {"current", std::to_string(current->fact.version)}});
    PHOIHOP_TRY(state, next_state(current->state, decision));
    const facts::FactEvent event{report.key, report.version, state, context.now(), decider.actor, decider.note};
    store::Together together(context.connection());
    facts::FactStore::advance(together, report.key, {report.version, current->state}, {report.version, state});
    facts::FactStore::note_state(together, context, event);
    SubmissionStore::keep_return_comments(together, report.key, report.version, report.comments);
    together.run();
    const auto step = step_of(decision);
    const programme::Form* form = programme.form(report.key.form);
    if (!step || form == nullptr) return {};
    PHOIHOP_CHECK_OK(obligations::follow_report(context, report.key.programme, form->code, report.key.period,
                                                report.key.unit, report.version, *step, decider.today, decider.actor,
                                                decider.note));
    return {};
}

}  // namespace

Result<void> decide(store::Writer& writer, const programme::Programme& programme, std::span<const Decided> reports,
                    Decision decision, const Decider& decider)
{
    for (const Decided& report : reports) PHOIHOP_CHECK_OK(check_said(programme, report, decision, decider.note));
    return writer.run([&](store::WriteContext& context) -> Result<void> {
        for (const Decided& report : reports)
            PHOIHOP_CHECK_OK(decide_one(context, programme, report, decision, decider));
        return {};
    });
}

std::vector<Result<void>> decide_each(store::Writer& writer, const programme::Programme& programme,
                                      std::span<const Decided> reports, Decision decision, const Decider& decider)
{
    std::vector<Result<void>> answers(reports.size());
    // By key, as all reports ask for their rows: two processes do not wait for each other in a circle.
    std::vector<std::size_t> order(reports.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, {}, [&](std::size_t i) { return reports[i].key; });
    std::vector<std::function<bool(store::WriteContext&)>> jobs;
    jobs.reserve(reports.size());
    for (const std::size_t i : order)
        jobs.emplace_back([&, i](store::WriteContext& context) {
            answers[i] = check_said(programme, reports[i], decision, decider.note);
            if (answers[i]) answers[i] = decide_one(context, programme, reports[i], decision, decider);
            return answers[i].has_value();
        });
    writer.run_all(jobs, [](std::size_t) {});
    return answers;
}

}  // namespace phoihop::reporting
