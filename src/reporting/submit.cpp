// SPDX-License-Identifier: Apache-2.0
#include "reporting/submit.hpp"

#include "obligations/report_events.hpp"
#include "programme/period_id.hpp"
#include "reporting/submission_store.hpp"

#include <algorithm>
#include <map>
#include <thread>

namespace phoihop::reporting {

/// A submission that was judged and may be tried in a job.
struct Reception::Prepared {
    const Submission* submission = nullptr;
    const programme::Form* form = nullptr;
    const Judge* judge = nullptr;
    facts::FactVersion fact;
    Outcome outcome;
    bool tried = true;  ///< false: refused before any job
};

struct Reception::Impl {
    Surroundings around;
    std::map<std::string, Judge, std::less<>> judges;  ///< by form code; filled once, then only read

    [[nodiscard]] Prepared prepare(const Submission& submission, const Sender& sender) const;
    bool keep(store::WriteContext& context, Prepared& prepared, const Sender& sender) const;
    bool withdraw(store::WriteContext& context, Prepared& prepared, const facts::CurrentFact& current) const;
    [[nodiscard]] History history(const Prepared& prepared) const;
};

namespace {

/// Refuses the report as a whole, saying why.
void refuse_report(Outcome& outcome, const Problem& problem)
{
    Finding finding;
    finding.code = FindingCode::refused;
    finding.problem = problem.code;
    finding.where = problem.where;
    finding.facts = problem.facts;
    outcome.verdict = Verdict::refused;
    outcome.findings.push_back(std::move(finding));
}

/// Findings of a rule name a cell; the file's place of that cell is what the sender can find again.
void place_findings(const Submission& submission, std::vector<Finding>& findings)
{
    for (Finding& finding : findings) {
        if (!finding.where.empty()) continue;
        for (const CellInput& cell : submission.cells)
            if (cell.indicator == finding.indicator) {
                finding.where = cell.where;
                // A warning that the sender has explained is answered, not silenced: the comment goes with it.
                if (!cell.comment.empty()) finding.facts.emplace_back("comment", cell.comment);
            }
        if (finding.where.empty()) finding.where = submission.where;
    }
}

}  // namespace

Reception::Reception(Surroundings surroundings) : m_impl(std::make_unique<Impl>())
{
    m_impl->around = std::move(surroundings);
    for (const programme::Form& form : m_impl->around.programme->forms)
        m_impl->judges.try_emplace(form.code, *m_impl->around.programme, form);
}

Reception::~Reception() = default;

const programme::Programme& Reception::programme() const
{
    return *m_impl->around.programme;
}

History Reception::Impl::history(const Prepared& prepared) const
{
    return around.history ? around.history(prepared.fact.key, prepared.submission->period) : History{};
}

Reception::Prepared Reception::Impl::prepare(const Submission& submission, const Sender& sender) const
{
    Prepared prepared;
    prepared.submission = &submission;
    prepared.tried = false;
    const programme::Programme& programme = *around.programme;
    const auto refused = [&](ProblemCode code, Problem::Facts facts) {
        refuse_report(prepared.outcome, {code, submission.where, std::move(facts)});
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
    prepared.outcome.received_on = fact.received_on;
    if (submission.withdraw) {
        prepared.tried = true;
        return prepared;
    }
    // A patch is judged in its job, on the version that it changes.
    if (submission.scope == Scope::whole) {
        ReadCells read = read_cells(programme, *prepared.form, submission, nullptr);
        fact.cells = std::move(read.cells);
        prepared.outcome.findings = std::move(read.findings);
        if (!has_error(prepared.outcome.findings))
            for (Finding& finding : prepared.judge->findings(fact.cells, fact.nil, history(prepared)))
                prepared.outcome.findings.push_back(std::move(finding));
        place_findings(submission, prepared.outcome.findings);
        if (has_error(prepared.outcome.findings)) return prepared;
    }
    prepared.tried = true;
    return prepared;
}

bool Reception::Impl::withdraw(store::WriteContext& context, Prepared& prepared,
                               const facts::CurrentFact& current) const
{
    Outcome& outcome = prepared.outcome;
    outcome.version = current.fact.version;
    if (current.state == facts::FactState::withdrawn) {
        outcome.verdict = Verdict::unchanged;
        return false;
    }
    facts::FactEvent event{current.fact.key, current.fact.version, facts::FactState::withdrawn,
                           context.now(),    prepared.fact.actor,  prepared.fact.reason};
    if (const auto done = facts::FactStore::set_state(context, event); !done) {
        refuse_report(outcome, done.error());
        return false;
    }
    const facts::FactKey& key = current.fact.key;
    const auto taken = obligations::follow_report(context, key.programme, prepared.form->code, key.period, key.unit,
                                                  current.fact.version, obligations::EventKind::withdrawn,
                                                  prepared.fact.received_on, prepared.fact.actor, prepared.fact.reason);
    if (!taken) {
        refuse_report(outcome, taken.error());
        return false;
    }
    outcome.verdict = Verdict::withdrawn;
    const std::string& client_id = prepared.submission->client_id;
    if (!client_id.empty()) SubmissionStore::keep_answer(context, client_id, key, outcome);
    return true;
}

bool Reception::Impl::keep(store::WriteContext& context, Prepared& prepared, const Sender& sender) const
{
    const Submission& submission = *prepared.submission;
    facts::FactVersion& fact = prepared.fact;
    Outcome& outcome = prepared.outcome;
    const auto refused = [&](const Problem& problem) {
        refuse_report(outcome, problem);
        return false;
    };
    if (!submission.client_id.empty())
        if (auto before = SubmissionStore::answer(context.connection(), submission.client_id)) {
            // An id belongs to one report: answering "accepted" about another one would lose this one.
            if (before->key != fact.key)
                return refused({ProblemCode::duplicate,
                                submission.where,
                                {{"what", "client_id"}, {"first", facts::subject(before->key)}}});
            before->outcome.findings = std::move(outcome.findings);
            outcome = std::move(before->outcome);
            return false;
        }
    const std::optional<facts::CurrentFact> current = facts::FactStore::current(context.connection(), fact.key);
    const std::int64_t current_version = current ? current->fact.version : 0;
    outcome.version = current_version;
    if (submission.based_on && *submission.based_on != current_version)
        return refused(
            {ProblemCode::conflict,
             submission.where,
             {{"base", std::to_string(*submission.based_on)}, {"current", std::to_string(current_version)}}});
    if (current && current->state == facts::FactState::locked)
        return refused({ProblemCode::wrong_state, submission.where, {{"state", "locked"}, {"wanted", "submitted"}}});
    if (submission.withdraw) {
        if (!current) return refused({ProblemCode::not_found, submission.where, {{"what", "report"}}});
        return withdraw(context, prepared, *current);
    }
    if (submission.scope == Scope::patch) {
        ReadCells read =
            read_cells(*around.programme, *prepared.form, submission, current ? &current->fact.cells : nullptr);
        fact.cells = std::move(read.cells);
        outcome.findings = std::move(read.findings);
        if (!has_error(outcome.findings))
            for (Finding& finding : prepared.judge->findings(fact.cells, fact.nil, history(prepared)))
                outcome.findings.push_back(std::move(finding));
        place_findings(submission, outcome.findings);
        if (has_error(outcome.findings)) return false;
    }
    if (current) {
        const bool same = current->fact.cells == fact.cells && current->fact.nil == fact.nil;
        const bool counts =
            current->state != facts::FactState::withdrawn && current->state != facts::FactState::returned;
        // A file says no base: figures that were once accepted are an old file. Whoever names the base means it.
        const bool old = !sender.correct && !submission.based_on &&
                         facts::FactStore::seen_before(context.connection(), fact.key, facts::encode(fact));
        if ((same && counts) || old) {
            outcome.verdict = Verdict::unchanged;
            return false;
        }
    }
    fact.at = context.now();
    const std::int64_t version = facts::FactStore::append(context, fact);
    const auto claimed = obligations::claim(context, fact.key.programme, prepared.form->code, fact.key.period,
                                            fact.key.unit, version, fact.received_on, fact.actor);
    if (!claimed) return refused({claimed.error().code, submission.where, claimed.error().facts});
    outcome.version = version;
    outcome.verdict = version == 1 ? Verdict::accepted : Verdict::corrected;
    outcome.late = fact.received_on > claimed->due;
    SubmissionStore::keep_comments(context, fact.key, version, submission.cells);
    // Only somebody who saw a version can have left a draft; files come by the hundred thousand.
    if (submission.based_on) SubmissionStore::drop_draft(context, fact.key, fact.actor);
    if (!submission.client_id.empty()) SubmissionStore::keep_answer(context, submission.client_id, fact.key, outcome);
    return true;
}

Result<Outcome> Reception::submit(const Submission& submission, const Sender& sender)
{
    Prepared prepared = m_impl->prepare(submission, sender);
    if (!prepared.tried) return std::move(prepared.outcome);
    // A job that is refused answers no value, so that nothing of it is kept; what it found out is in `prepared`.
    const auto answer = m_impl->around.writer->run([&](store::WriteContext& context) -> Result<bool> {
        if (m_impl->keep(context, prepared, sender)) return true;
        return refuse(ProblemCode::unsupported);
    });
    if (!answer && answer.error().code == ProblemCode::busy) return tl::make_unexpected(answer.error());
    return std::move(prepared.outcome);
}

void Reception::submit_all(std::span<const Submission> submissions, const Sender& sender,
                           const std::function<void(std::size_t, Outcome&&)>& done)
{
    // Judging is pure and most of the work, so it is shared between the cores; a short list is not worth a thread.
    std::vector<Prepared> prepared(submissions.size());
    const std::size_t half = submissions.size() < 200 ? submissions.size() : submissions.size() / 2;
    const auto judge_range = [&](std::size_t from, std::size_t to) {
        for (std::size_t i = from; i < to; ++i) prepared[i] = m_impl->prepare(submissions[i], sender);
    };
    {
        std::jthread other;
        if (half < submissions.size()) other = std::jthread([&] { judge_range(half, submissions.size()); });
        judge_range(0, half);
    }
    std::vector<std::function<bool(store::WriteContext&)>> jobs;
    jobs.reserve(submissions.size());
    for (Prepared& one : prepared)
        jobs.emplace_back([this, &one, &sender](store::WriteContext& context) {
            return one.tried && m_impl->keep(context, one, sender);
        });
    m_impl->around.writer->run_all(jobs, [&](std::size_t i) { done(i, std::move(prepared[i].outcome)); });
}

Outcome Reception::judge(const Submission& submission, const Sender& sender) const
{
    Prepared prepared = m_impl->prepare(submission, sender);
    return std::move(prepared.outcome);
}

}  // namespace phoihop::reporting
