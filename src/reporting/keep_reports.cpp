// SPDX-License-Identifier: Apache-2.0
#include "reporting/keep_reports.hpp"

#include "obligations/report_events.hpp"
#include "reporting/submission_store.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace phoihop::reporting {

namespace {

using Reports = std::vector<JudgedReport*>;

/// The reports cut, in their order, into rounds that can be decided on at once: no two of a round are about the same
/// thing or bear the same id of their sender.
std::vector<Reports> rounds_of(std::span<store::JobGroup::Item* const> items)
{
    std::vector<Reports> rounds(1);
    std::set<facts::FactKey> keys;
    std::set<std::string_view> ids;
    for (auto* item : items) {
        auto& report = static_cast<JudgedReport&>(*item);
        if (!report.tried) continue;
        const std::string& id = report.submission->client_id;
        if (keys.contains(report.fact.key) || (!id.empty() && ids.contains(id))) {
            rounds.emplace_back();
            keys.clear();
            ids.clear();
        }
        rounds.back().push_back(&report);
        keys.insert(report.fact.key);
        if (!id.empty()) ids.insert(id);
    }
    return rounds;
}

/// One report on its way: what stands, and what shall be done.
struct Case {
    JudgedReport* report = nullptr;
    std::optional<GivenAnswer> answer = {};
    std::optional<facts::CurrentFact> current = {};
    std::optional<obligations::Found> duty = {};
    std::vector<std::byte> encoded = {};  ///< for looking back
    bool first = false;                   ///< nothing stands, as far as was followed; `duty` is what was followed
    bool seen_before = false;
    bool open = true;  ///< nothing has been answered yet
    obligations::Event event = {};
    std::vector<obligations::Consequence> relieved = {};

    [[nodiscard]] const Submission& submission() const { return *report->submission; }
    [[nodiscard]] const facts::FactKey& key() const { return report->fact.key; }
    [[nodiscard]] facts::FactStanding standing() const
    {
        return current ? facts::FactStanding{current->fact.version, current->state} : facts::FactStanding{};
    }
    [[nodiscard]] std::int64_t version() const { return current ? current->fact.version : 0; }

    [[nodiscard]] obligations::ReportStep claim(Instant at) const
    {
        const facts::FactVersion& fact = report->fact;
        return {fact.key.programme,
                report->form->code,
                fact.key.period,
                fact.key.unit,
                obligations::EventKind::claimed,
                version() + 1,
                fact.received_on,
                at,
                fact.actor};
    }
    [[nodiscard]] bool passed_on() const { return open && !submission().withdraw && obligations::was_passed_on(*duty); }

    /// Both answer false: the case is no longer open.
    [[nodiscard]] bool refused(const Problem& problem) const
    {
        refuse_report(report->outcome, problem);
        return false;
    }
    [[nodiscard]] bool unchanged() const
    {
        report->outcome.verdict = Verdict::unchanged;
        return false;
    }
};

/// Reads, decides and writes for reports none of which looks at what another one changes.
class Round {
public:
    /// `first_reports` may be absent; then everything is read from the database.
    Round(const ReportKeeper& keeper, store::WriteContext& context, const FirstReports* first_reports)
        : m_keeper(keeper), m_context(context), m_first_reports(first_reports)
    {
    }

    void run(const Reports& reports)
    {
        std::vector<Case> cases;
        cases.reserve(reports.size());
        for (JudgedReport* report : reports) {
            report->outcome = report->judged;
            cases.push_back({report});
        }
        read(cases);
        for (Case& one : cases) one.open = weigh(one);
        look_back(cases);
        for (Case& one : cases) one.open = one.open && settle(one);
        const Reports later = reports.size() == 1 ? relieve(cases.front()) : set_aside(cases);
        write(cases);
        for (JudgedReport* report : later) Round(m_keeper, m_context, nullptr).run({report});
    }

private:
    void read(std::vector<Case>& cases)
    {
        find_first(cases);
        store::Together together(m_context.connection());
        for (Case& one : cases) {
            if (one.first) continue;
            const auto& key = one.report->fact.key;
            if (!one.submission().client_id.empty())
                SubmissionStore::answer(together, one.submission().client_id, one.answer);
            facts::FactStore::current(together, key, one.current);
            obligations::ObligationStore::find(together, {key.programme, key.period, one.report->form->code, key.unit},
                                               one.duty);
        }
        together.run();
    }

    /// Which of the reports are taken as the first of their duties: those that change none and would be accepted.
    void find_first(std::vector<Case>& cases)
    {
        if (m_first_reports == nullptr) return;
        std::vector<FirstReport> asked;
        std::vector<Case*> asking;
        for (Case& one : cases) {
            const Submission& submission = one.submission();
            const bool changes =
                submission.withdraw || submission.scope != Scope::whole || submission.based_on.value_or(0) != 0;
            if (one.report->doubted || changes) continue;
            asked.push_back({one.key(), one.report->form->code});
            asking.push_back(&one);
        }
        (*m_first_reports)(asked);
        for (std::size_t i = 0; i < asked.size(); ++i) {
            Case& one = *asking[i];
            if (!asked[i].duty || obligations::was_passed_on(*asked[i].duty)) continue;
            if (!obligations::event_of(asked[i].duty, one.claim(m_context.now()))) continue;
            one.duty = std::move(asked[i].duty);
            one.first = true;
        }
    }

    /// The part of the rules that needs what stands only.
    [[nodiscard]] bool weigh(Case& one) const
    {
        const Submission& submission = one.submission();
        Outcome& outcome = one.report->outcome;
        if (one.answer) return again(one);
        outcome.version = one.version();
        if (submission.based_on && *submission.based_on != one.version())
            return one.refused(
                {ProblemCode::conflict,
                 submission.where,
                 {{"base", std::to_string(*submission.based_on)}, {"current", std::to_string(one.version())}}});
        if (one.current && one.current->state == facts::FactState::locked)
            return one.refused(
                {ProblemCode::wrong_state, submission.where, {{"state", "locked"}, {"wanted", "submitted"}}});
        if (submission.withdraw) {
            if (!one.current) return one.refused({ProblemCode::not_found, submission.where, {{"what", "report"}}});
            return one.current->state != facts::FactState::withdrawn || one.unchanged();
        }
        return submission.scope == Scope::whole || patch(one);
    }

    /// The sender's id was seen before: the same answer, if it is about the same report.
    [[nodiscard]] static bool again(Case& one)
    {
        // An id belongs to one report: answering "accepted" about another one would lose this one.
        if (one.answer->key != one.report->fact.key)
            return one.refused({ProblemCode::duplicate,
                                one.submission().where,
                                {{"what", "client_id"}, {"first", facts::subject(one.answer->key)}}});
        Outcome& outcome = one.report->outcome;
        one.answer->outcome.findings = std::move(outcome.findings);
        outcome = std::move(one.answer->outcome);
        return false;
    }

    /// A patch is judged here, on the version that it changes.
    [[nodiscard]] bool patch(Case& one) const
    {
        JudgedReport& report = *one.report;
        ReadCells read = report.judge->read(one.submission(), one.current ? &one.current->fact.cells : nullptr);
        report.fact.cells = std::move(read.cells);
        auto& findings = report.outcome.findings;
        findings = std::move(read.findings);
        if (!has_error(findings))
            for (Finding& finding : m_keeper.findings(report)) findings.push_back(std::move(finding));
        place_findings(one.submission(), findings);
        return !has_error(findings);
    }

    /// A file says no base: figures that were once accepted are an old file. Whoever names the base means it.
    void look_back(std::vector<Case>& cases)
    {
        store::Together together(m_context.connection());
        bool any = false;
        for (Case& one : cases) {
            const Submission& submission = one.submission();
            if (!one.open || !one.current || submission.withdraw || submission.based_on || one.report->correct)
                continue;
            one.encoded = facts::encode(one.report->fact);
            facts::FactStore::seen_before(together, one.report->fact.key, one.encoded, one.seen_before);
            any = true;
        }
        if (any) together.run();
    }

    /// The rest of the rules; what the register makes of it.
    [[nodiscard]] bool settle(Case& one) const
    {
        facts::FactVersion& fact = one.report->fact;
        const bool withdraws = one.submission().withdraw;
        if (one.current && !withdraws) {
            const auto state = one.current->state;
            const bool same = one.current->fact.cells == fact.cells && one.current->fact.nil == fact.nil;
            const bool counts = state != facts::FactState::withdrawn && state != facts::FactState::returned;
            if ((same && counts) || one.seen_before) return one.unchanged();
        }
        fact.at = m_context.now();
        fact.version = withdraws ? one.version() : one.version() + 1;
        auto step = one.claim(fact.at);
        if (withdraws) {
            step.kind = obligations::EventKind::withdrawn;
            step.version = fact.version;
            step.note = fact.reason;
        }
        auto event = obligations::event_of(one.duty, step);
        if (!event)
            return one.refused(
                {event.error().code, withdraws ? event.error().where : one.submission().where, event.error().facts});
        one.event = std::move(*event);
        return true;
    }

    /// What the claim of a duty that was passed on settles for its heirs.
    Reports relieve(Case& one)
    {
        if (one.passed_on()) one.relieved = obligations::relieved_heirs(m_context.connection(), *one.duty, one.event);
        return {};
    }

    /// Claims of passed-on duties look at the rows of their heirs. They, and what comes behind them in the name of such
    /// an heir, are taken out to be kept one by one after the others, in their order.
    Reports set_aside(std::vector<Case>& cases)
    {
        Reports later;
        std::set<ObligationId> heirs;
        for (Case& one : cases) {
            if (!one.open) continue;
            if (one.passed_on())
                for (const auto& left : obligations::ObligationStore::heirs(m_context.connection(), *one.duty))
                    heirs.insert(left.to);
            else if (!heirs.contains(one.duty->id))
                continue;
            one.open = false;
            later.push_back(one.report);
        }
        return later;
    }

    void write(std::vector<Case>& cases)
    {
        // In one order everywhere, so that no two processes wait for each other's rows in a circle.
        std::vector<Case*> changing;
        for (Case& one : cases)
            if (one.open) changing.push_back(&one);
        std::ranges::sort(changing, {}, [](const Case* one) { return std::pair(one->version() != 0, one->key()); });
        store::Together together(m_context.connection());
        for (const Case* one : changing) {
            const auto state = one->submission().withdraw ? facts::FactState::withdrawn : facts::FactState::submitted;
            facts::FactStore::advance(together, one->key(), one->standing(), {one->report->fact.version, state});
        }
        for (Case* one : changing) write(together, *one);
        together.run();
    }

    void write(store::Together& together, Case& one)
    {
        const Submission& submission = one.submission();
        const facts::FactVersion& fact = one.report->fact;
        Outcome& outcome = one.report->outcome;
        outcome.version = fact.version;
        if (submission.withdraw) {
            facts::FactStore::note_state(
                together, m_context,
                {fact.key, fact.version, facts::FactState::withdrawn, fact.at, fact.actor, fact.reason});
            outcome.verdict = Verdict::withdrawn;
        } else {
            facts::FactStore::append(together, m_context, fact);
            for (const auto& relief : one.relieved)
                obligations::ObligationStore::append(together, m_context, relief.row, relief.event);
            outcome.verdict = fact.version == 1 ? Verdict::accepted : Verdict::corrected;
            outcome.late = fact.received_on > one.duty->due;
            if (one.report->commented)
                SubmissionStore::keep_comments(together, fact.key, fact.version, submission.cells);
            // Only somebody who saw a version can have left a draft; files come by the hundred thousand.
            if (submission.based_on) SubmissionStore::drop_draft(together, fact.key, fact.actor);
        }
        obligations::ObligationStore::append(together, m_context, *one.duty, one.event);
        if (!submission.client_id.empty())
            SubmissionStore::keep_answer(together, submission.client_id, fact.key, outcome, fact.at);
    }

    const ReportKeeper& m_keeper;
    store::WriteContext& m_context;
    const FirstReports* m_first_reports;
};

}  // namespace

ReportKeeper::ReportKeeper(HistoryOf history, FirstReports first_reports)
    : m_history(std::move(history)), m_first_reports(std::move(first_reports))
{
}

void ReportKeeper::run(store::WriteContext& context, std::span<Item* const> items)
{
    try {
        // What an earlier round of this call has written nobody has followed yet.
        const FirstReports* first_reports = m_first_reports ? &m_first_reports : nullptr;
        for (const Reports& reports : rounds_of(items))
            Round(*this, context, std::exchange(first_reports, nullptr)).run(reports);
    } catch (const store::ConstraintError&) {
        for (Item* item : items) static_cast<JudgedReport*>(item)->doubted = true;
        throw;
    }
}

std::vector<Finding> ReportKeeper::findings(const JudgedReport& report) const
{
    const bool looks_back = m_history && report.judge->looks_back();
    const History history = looks_back ? m_history(report.fact.key, report.submission->period) : History{};
    return report.judge->findings(report.fact.cells, report.fact.nil, history);
}

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

void place_findings(const Submission& submission, std::vector<Finding>& findings)
{
    const auto place = [&](Finding& finding) {
        for (const CellInput& cell : submission.cells) {
            if (cell.indicator != finding.indicator) continue;
            finding.where = cell.where;
            // A warning that the sender has explained is answered, not silenced: the comment goes with it.
            if (!cell.comment.empty()) finding.facts.emplace_back("comment", cell.comment);
        }
        if (finding.where.empty()) finding.where = submission.where;
    };
    for (Finding& finding : findings)
        if (finding.where.empty()) place(finding);
}

}  // namespace phoihop::reporting
