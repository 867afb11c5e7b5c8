// SPDX-License-Identifier: Apache-2.0
#include "http/json.hpp"
#include "http/multipart.hpp"
#include "programme/period_id.hpp"
#include "reporting/import_reports.hpp"
#include "reporting/reject_sheet.hpp"
#include "reporting/submission_store.hpp"
#include "web/report_reading.hpp"
#include "web/report_template.hpp"

namespace phoihop::web {

namespace {

using http::JsonView;
using http::JsonWriter;
using reporting::Outcome;
using reporting::Submission;

reporting::Sender sender_of(const Call& call)
{
    reporting::Sender sender;
    sender.actor = call.actor.id;
    sender.today = call.today;
    sender.may_set_received_on = call.allowed(accounts::Act::set_received_day, call.territory->nation());
    return sender;
}

Result<std::vector<std::pair<std::string, std::string>>> texts_of(const JsonView& body, std::string_view key)
{
    std::vector<std::pair<std::string, std::string>> texts;
    PHOIHOP_TRY(given, body.optional_member(key));
    if (!given) return texts;
    PHOIHOP_TRY(members, given->members());
    for (const auto& [name, value] : members) {
        if (value.json().as_number() != nullptr) {
            PHOIHOP_TRY(figure, value.decimal());
            texts.emplace_back(name, figure);
        } else {
            PHOIHOP_TRY(text, value.text());
            texts.emplace_back(name, text);
        }
    }
    return texts;
}

/// The longest explanation of a cell, bytes.
constexpr std::size_t comment_max = 2000;

Result<Submission> submission_of(const Call& call, const JsonView& body)
{
    PHOIHOP_CHECK_OK(body.only({"form", "period", "unit", "cells", "comments", "nil", "withdraw", "patch", "based_on",
                                "client_id", "reason", "received_on"}));
    Submission submission;
    PHOIHOP_TRY(form, body.text("form"));
    submission.form = form;
    PHOIHOP_TRY(period_text, body.text("period"));
    PHOIHOP_TRY(period, read_at("period", programme::parse_period(period_text)));
    submission.period = period;
    PHOIHOP_TRY(code, body.text("unit"));
    PHOIHOP_TRY(unit, call.territory->by_code(code, call.programme->calendar.dates(period).cut_off()));
    submission.unit = unit;
    PHOIHOP_TRY(cells, texts_of(body, "cells"));
    for (auto& [indicator, text] : cells) submission.cells.push_back({indicator, text, {}, {}});
    PHOIHOP_TRY(comments, texts_of(body, "comments"));
    for (const auto& [indicator, comment] : comments) {
        if (comment.size() > comment_max)
            return refuse(ProblemCode::too_large, "comments." + indicator, {{"limit", std::to_string(comment_max)}});
        for (reporting::CellInput& cell : submission.cells)
            if (cell.indicator == indicator) cell.comment = comment;
    }
    PHOIHOP_TRY(nil, body.boolean_or("nil", false));
    submission.nil = nil;
    PHOIHOP_TRY(withdraw, body.boolean_or("withdraw", false));
    submission.withdraw = withdraw;
    PHOIHOP_TRY(patch, body.boolean_or("patch", false));
    submission.scope = patch ? reporting::Scope::patch : reporting::Scope::whole;
    PHOIHOP_TRY(based_on, body.optional_member("based_on"));
    if (based_on) {
        PHOIHOP_TRY(version, based_on->integer(0, INT64_MAX));
        submission.based_on = version;
    }
    PHOIHOP_TRY(client_id, body.text_or("client_id", ""));
    if (client_id.size() > reporting::SubmissionStore::client_id_max)
        return refuse(ProblemCode::too_large, "client_id",
                      {{"limit", std::to_string(reporting::SubmissionStore::client_id_max)}});
    // Two people's ids must not meet: the answer to one would be told to the other.
    if (!client_id.empty()) submission.client_id = std::to_string(call.actor.id.value) + ":" + client_id;
    PHOIHOP_TRY(reason, body.text_or("reason", ""));
    submission.reason = reason;
    PHOIHOP_TRY(received_on, body.text_or("received_on", ""));
    if (!received_on.empty()) {
        PHOIHOP_TRY(day, read_at("received_on", parse_date(received_on)));
        submission.received_on = day;
    }
    return submission;
}

Result<http::Response> submit(Call& call)
{
    PHOIHOP_TRY(json, http::Json::parse(call.request.body));
    PHOIHOP_TRY(submission, submission_of(call, JsonView(json)));
    const programme::Form* form = call.programme->form(submission.form);
    PHOIHOP_CHECK_OK(
        call.demand(accounts::Act::submit, submission.unit, form == nullptr ? std::string{} : form->party));
    const auto reception = call.services.instance.reception(call.programme);
    PHOIHOP_TRY(outcome, reception->submit(submission, sender_of(call)));
    for (const reporting::Finding& finding : outcome.findings)
        if (finding.code == reporting::FindingCode::refused && finding.problem == ProblemCode::conflict)
            return refuse(finding.problem, finding.where, finding.facts);
    JsonWriter answer;
    write(answer, outcome);
    return http::json_answer(outcome.verdict == reporting::Verdict::refused ? 422 : 200, answer.take());
}

/// The most cells of a draft; no form has as many.
constexpr std::size_t draft_cells_max = 1000;

/// What is wrong already with the figures that are there; what is still empty is not said of a draft.
std::vector<reporting::Finding> findings_so_far(const Call& call, const ReportPath& path, const reporting::Draft& draft)
{
    Submission submission;
    for (const auto& [indicator, text] : draft.cells) submission.cells.push_back({indicator, text, {}, {}});
    const reporting::Judge judge(*call.programme, *path.form);
    reporting::ReadCells read = judge.read(submission, nullptr);
    for (reporting::Finding& finding : judge.findings(read.cells, false, {}))
        if (finding.code != reporting::FindingCode::required) read.findings.push_back(std::move(finding));
    return std::move(read.findings);
}

/// Two devices of one person: the later one does not overwrite what it has not seen.
Result<void> has_seen(const std::string& moment, const std::optional<reporting::Draft>& standing)
{
    const std::string at = standing ? format_instant(standing->at) : std::string{};
    if (at == moment) return {};
    const auto named = [](const std::string& when) { return when.empty() ? std::string("0") : when; };
    return refuse(ProblemCode::conflict, "seen", {{"base", named(moment)}, {"current", named(at)}});
}

Result<http::Response> keep_draft(Call& call)
{
    PHOIHOP_TRY(path, report_path(call));
    PHOIHOP_CHECK_OK(call.demand(accounts::Act::enter, path.unit, path.form->party));
    PHOIHOP_TRY(json, http::Json::parse(call.request.body));
    const JsonView body(json);
    PHOIHOP_CHECK_OK(body.only({"cells", "based_on", "seen"}));
    reporting::Draft draft{path.key, call.actor.id, {}, 0, {}};
    PHOIHOP_TRY(cells, texts_of(body, "cells"));
    draft.cells = std::move(cells);
    if (draft.cells.size() > draft_cells_max)
        return refuse(ProblemCode::too_large, "cells", {{"limit", std::to_string(draft_cells_max)}});
    PHOIHOP_TRY(based_on, body.integer("based_on", 0, INT64_MAX));
    draft.based_on = based_on;
    PHOIHOP_TRY(told, body.optional_member("seen"));
    std::optional<std::string> seen;
    if (told) {
        PHOIHOP_TRY(moment, told->text());
        seen = moment;
    }
    Instant at{};
    const auto kept = call.services.instance.writer().run([&](store::WriteContext& context) -> Result<void> {
        if (seen)
            PHOIHOP_CHECK_OK(
                has_seen(*seen, reporting::SubmissionStore::draft(context.connection(), path.key, call.actor.id)));
        reporting::SubmissionStore::keep_draft(context, draft);
        at = context.now();
        return {};
    });
    if (!kept) return tl::make_unexpected(kept.error());
    JsonWriter answer;
    answer.object().member("at", format_instant(at)).key("findings").array();
    for (const reporting::Finding& finding : findings_so_far(call, path, draft)) write(answer, finding);
    answer.end().end();
    return http::json_answer(200, answer.take());
}

/// The most reports that are listed with their cells when a file is only read.
constexpr std::size_t checked_max = 1000;

/// What becomes of the reports of a file, as the answer lists them: the refused ones; all of a file that is only read.
class ImportAnswer {
public:
    ImportAnswer(const Call& call, bool only_judged)
        : m_call(call), m_only_judged(only_judged), m_rejects(reporting::reject_head()), m_sheet(*call.programme)
    {
        m_reports.array();
    }

    void add(const Submission& submission, const Outcome& outcome)
    {
        ++m_counts[static_cast<std::size_t>(outcome.verdict)];
        const bool refused = outcome.verdict == reporting::Verdict::refused;
        const std::string unit = unit_code(submission, *m_call.programme, *m_call.territory);
        if (refused) {
            reporting::append_rejected(m_rejects, submission, unit, outcome.findings);
            if (m_only_judged) m_sheet.add(submission, unit.empty() ? submission.unit_text : unit, outcome.findings);
        }
        if (refused ? m_only_judged && m_listed >= checked_max : !m_only_judged || m_listed >= checked_max) return;
        ++m_listed;
        m_reports.object().member("unit", unit).member("form", submission.form);
        m_reports.member("period", submission.period.year == 0 ? std::string{} : submission.period.text());
        m_reports.member("verdict", word(outcome.verdict)).key("findings").array();
        for (const reporting::Finding& finding : outcome.findings) write(m_reports, finding);
        m_reports.end();
        if (m_only_judged) write_cells(submission);
        m_reports.end();
    }

    [[nodiscard]] http::Response json()
    {
        m_reports.end();
        JsonWriter json;
        json.object().member("accepted", m_counts[0]).member("corrected", m_counts[1]);
        json.member("unchanged", m_counts[2]).member("withdrawn", m_counts[3]).member("refused", m_counts[4]);
        json.key("reports").raw(m_reports.take());
        json.member("rejects", m_counts[4] == 0 ? std::string{} : m_rejects).end();
        return http::json_answer(200, json.take());
    }
    [[nodiscard]] Result<http::Response> workbook() const
    {
        PHOIHOP_TRY(content, m_sheet.xlsx(m_call.today));
        return http::download(std::move(content), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                              "rejects.xlsx");
    }

private:
    void write_cells(const Submission& submission)
    {
        m_reports.member("name", submission.unit ? m_call.territory->state_near(submission.unit, m_call.today).full_name
                                                 : submission.unit_text);
        m_reports.member("nil", submission.nil).key("cells").object();
        for (const reporting::CellInput& cell : submission.cells) m_reports.member(cell.indicator, cell.text);
        m_reports.end().key("comments").object();
        for (const reporting::CellInput& cell : submission.cells)
            if (!cell.comment.empty()) m_reports.member(cell.indicator, cell.comment);
        m_reports.end();
    }

    const Call& m_call;
    bool m_only_judged;
    std::int64_t m_counts[5] = {};
    std::size_t m_listed = 0;
    JsonWriter m_reports;
    std::string m_rejects;
    reporting::RejectSheet m_sheet;
};

Result<http::Response> import_file(Call& call)
{
    PHOIHOP_TRY(parts, http::parse_multipart(call.request));
    PHOIHOP_TRY(part, http::find_part(parts, "file"));
    reporting::ImportFile file{part.file_name, part.content, {}, call.query("check") == "1"};
    file.defaults.form = call.query("form");
    if (const std::string period = call.query("period"); !period.empty()) {
        PHOIHOP_TRY(name, read_at("period", programme::parse_period(period)));
        file.defaults.period = name;
    }
    if (call.query("patch") == "1") file.defaults.scope = reporting::Scope::patch;
    const auto reception = call.services.instance.reception(call.programme);
    // A file is judged report by report by the rights of its sender: what is not theirs is refused, the rest is taken.
    reporting::Sender sender = sender_of(call);
    sender.allowed = [&call](const std::string& form, UnitId unit) {
        const programme::Form* known = call.programme->form(form);
        return call.allowed(accounts::Act::submit, unit, known == nullptr ? std::string{} : known->party);
    };
    ImportAnswer answer(call, file.only_judged);
    PHOIHOP_CHECK_OK(reporting::import_reports(
        *reception, call.programme, call.territory, file, sender,
        [&](const Submission& submission, const Outcome& outcome) { answer.add(submission, outcome); }));
    if (file.only_judged && call.query("answer") == "xlsx") return answer.workbook();
    return answer.json();
}

Result<http::Response> send_template(Call& call)
{
    PHOIHOP_TRY(path, report_path(call));
    PHOIHOP_CHECK_OK(call.demand(accounts::Act::read_figures, path.unit, path.form->party));
    std::optional<facts::CurrentFact> current;
    call.services.instance.database().read(
        [&](store::Connection& connection) { current = facts::FactStore::current(connection, path.key); });
    const std::string bytes =
        report_template(*call.programme, *path.form, path.period,
                        {path.unit, *call.territory, current ? &current->fact.cells : nullptr}, call.today);
    return http::download(bytes, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                          path.form->code + "-" + path.period.text() + ".xlsx");
}

}  // namespace

void add_submission_routes(http::Router& router, Services& services)
{
    router.post("/api/v1/programmes/{programme}/submissions", handler(services, submit));
    router.put("/api/v1/programmes/{programme}/reports/{form}/{period}/{unit}/draft", handler(services, keep_draft));
    router.post("/api/v1/programmes/{programme}/imports", handler(services, import_file)).body_up_to(21U << 20U);
    router.get("/api/v1/programmes/{programme}/templates/{form}/{period}/{unit}", handler(services, send_template));
}

}  // namespace phoihop::web
