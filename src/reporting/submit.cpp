// SPDX-License-Identifier: Apache-2.0
#include "reporting/submit.hpp"

#include "programme/period_id.hpp"
#include "reporting/keep_reports.hpp"
#include "reporting/submission_store.hpp"

#include <algorithm>
#include <map>
#include <thread>

namespace phoihop::reporting {

struct Reception::Impl {
    explicit Impl(Surroundings surroundings)
        : around(std::move(surroundings)), keeper(around.history, around.first_reports)
    {
        for (const programme::Form& form : around.programme->forms)
            judges.try_emplace(form.code, *around.programme, form);
    }

    [[nodiscard]] JudgedReport prepare(const Submission& submission, const Sender& sender) const;

    Surroundings around;
    ReportKeeper keeper;
    std::map<std::string, Judge, std::less<>> judges;  ///< by form code; filled once, then only read
};

Reception::Reception(Surroundings surroundings) : m_impl(std::make_unique<Impl>(std::move(surroundings))) {}

Reception::~Reception() = default;

const programme::Programme& Reception::programme() const
{
    return *m_impl->around.programme;
}

JudgedReport Reception::Impl::prepare(const Submission& submission, const Sender& sender) const
{
    JudgedReport prepared;
    prepared.submission = &submission;
    prepared.correct = sender.correct;
    prepared.commented =
        std::ranges::any_of(submission.cells, [](const CellInput& cell) { return !cell.comment.empty(); });
    const programme::Programme& programme = *around.programme;
    const auto refused = [&](ProblemCode code, Problem::Facts facts) {
        refuse_report(prepared.judged, {code, submission.where, std::move(facts)});
        return std::move(prepared);
    };
    if (submission.client_id.size() > SubmissionStore::client_id_max)
        return refused(ProblemCode::too_large, {{"limit", std::to_string(SubmissionStore::client_id_max)},
                                                {"found", std::to_string(submission.client_id.size())}});
    prepared.form = programme.form(submission.form);
    if (prepared.form == nullptr)
        return refused(ProblemCode::unknown_name, {{"what", "form"}, {"found", submission.form}});
    if (prepared.form->source != "typed")
        return refused(ProblemCode::machine_filled, {{"form", prepared.form->code}, {"source", prepared.form->source}});
    if (sender.allowed && !sender.allowed(submission.form, submission.unit))
        return refused(ProblemCode::not_allowed, {{"what", submission.form}});
    prepared.judge = &judges.at(submission.form);
    if (submission.period.frequency != prepared.form->frequency || !around.opened(submission.period))
        return refused(ProblemCode::period_not_open,
                       {{"period", submission.period.text()},
                        {"opens", format_date(programme.calendar.dates(submission.period).opens)}});
    if (submission.received_on && (!sender.may_set_received_on || *submission.received_on > sender.today))
        return refused(ProblemCode::not_allowed, {{"what", "received_on"}});
    // A simulation's days are drawn; nobody has a reason for them.
    if (submission.received_on && submission.reason.empty() && !programme.simulated)
        return refused(ProblemCode::missing, {{"what", "reason"}});
    facts::FactVersion& fact = prepared.fact;
    fact.key = {programme.id, prepared.form->number, programme::id_of(submission.period), submission.unit};
    fact.programme_version = programme.version;
    fact.received_on = submission.received_on.value_or(sender.today);
    fact.actor = sender.actor;
    fact.nil = submission.nil;
    fact.reason = submission.reason;
    prepared.judged.received_on = fact.received_on;
    if (submission.withdraw) {
        prepared.tried = true;
        return prepared;
    }
    // A patch is judged in its job, on the version that it changes.
    if (submission.scope == Scope::whole) {
        ReadCells read = prepared.judge->read(submission, nullptr);
        fact.cells = std::move(read.cells);
        prepared.judged.findings = std::move(read.findings);
        if (!has_error(prepared.judged.findings))
            for (Finding& finding : keeper.findings(prepared)) prepared.judged.findings.push_back(std::move(finding));
        place_findings(submission, prepared.judged.findings);
        if (has_error(prepared.judged.findings)) return prepared;
    }
    prepared.tried = true;
    return prepared;
}

Result<Outcome> Reception::submit(const Submission& submission, const Sender& sender)
{
    JudgedReport judged = m_impl->prepare(submission, sender);
    if (judged.tried) {
        PHOIHOP_CHECK_OK(m_impl->around.writer->run(m_impl->keeper, judged));
    }
    return judged.answer();
}

void Reception::submit_all(std::span<const Submission> submissions, const Sender& sender,
                           const std::function<void(std::size_t, Outcome&&)>& done)
{
    // Judging is pure and most of the work, so it is shared between the cores; a short list is not worth a thread.
    std::vector<JudgedReport> judged(submissions.size());
    const std::size_t half = submissions.size() < 200 ? submissions.size() : submissions.size() / 2;
    const auto judge_range = [&](std::size_t from, std::size_t to) {
        for (std::size_t i = from; i < to; ++i) judged[i] = m_impl->prepare(submissions[i], sender);
    };
    {
        std::jthread other;
        if (half < submissions.size()) other = std::jthread([&] { judge_range(half, submissions.size()); });
        judge_range(0, half);
    }
    std::vector<store::JobGroup::Item*> items;
    items.reserve(judged.size());
    for (JudgedReport& one : judged) items.push_back(&one);
    m_impl->around.writer->run_all(m_impl->keeper, items, [&](std::size_t i) { done(i, judged[i].answer()); });
}

Outcome Reception::judge(const Submission& submission, const Sender& sender) const
{
    return std::move(m_impl->prepare(submission, sender).judged);
}

}  // namespace phoihop::reporting
