// SPDX-License-Identifier: Apache-2.0
#include "http/json.hpp"
#include "programme/period_id.hpp"
#include "reporting/decide.hpp"
#include "web/report_reading.hpp"

namespace phoihop::web {

namespace {

using http::JsonView;
using http::JsonWriter;
using reporting::Decided;

/// The longest reason, and the longest comment at a cell, bytes.
constexpr std::size_t words_max = 2000;
/// Reports that one request decides on: a moment of the writer's, and few enough to be told one by one.
constexpr std::size_t decisions_max = 500;

accounts::Act act_for(reporting::Decision decision)
{
    switch (decision) {
        case reporting::Decision::give_back: return accounts::Act::return_report;
        case reporting::Decision::verify: return accounts::Act::verify;
        case reporting::Decision::lock:
        case reporting::Decision::unlock: return accounts::Act::lock;
    }
    return accounts::Act::lock;
}

Result<reporting::Decision> step_of(const JsonView& body)
{
    PHOIHOP_TRY(step, body.text("step"));
    if (const auto decision = reporting::decision_from_word(step)) return *decision;
    return refuse(ProblemCode::unknown_name, "step", {{"what", "step"}, {"found", step}});
}

Result<std::string> note_of(const JsonView& body)
{
    PHOIHOP_TRY(note, body.text_or("note", ""));
    if (note.size() > words_max) return refuse(ProblemCode::too_large, "note", {{"limit", std::to_string(words_max)}});
    return note;
}

Result<reporting::CellComments> comments_of(const JsonView& body)
{
    reporting::CellComments comments;
    PHOIHOP_TRY(given, body.optional_member("comments"));
    if (!given) return comments;
    PHOIHOP_TRY(members, given->members());
    for (const auto& [indicator, value] : members) {
        PHOIHOP_TRY(comment, value.text());
        if (comment.size() > words_max)
            return refuse(ProblemCode::too_large, value.where(), {{"limit", std::to_string(words_max)}});
        if (!comment.empty()) comments.emplace_back(indicator, comment);
    }
    return comments;
}

Result<http::Response> decide(Call& call)
{
    PHOIHOP_TRY(path, report_path(call));
    PHOIHOP_TRY(json, http::Json::parse(call.request.body));
    const JsonView body(json);
    PHOIHOP_CHECK_OK(body.only({"step", "version", "note", "comments"}));
    PHOIHOP_TRY(decision, step_of(body));
    PHOIHOP_CHECK_OK(call.demand(act_for(decision), path.unit, path.form->party));
    PHOIHOP_TRY(version, body.integer("version", 1, INT64_MAX));
    PHOIHOP_TRY(note, note_of(body));
    PHOIHOP_TRY(comments, comments_of(body));
    const Decided decided{path.key, version, std::move(comments)};
    const reporting::Decider decider{call.actor.id, call.today, note};
    PHOIHOP_CHECK_OK(
        reporting::decide(call.services.instance.writer(), *call.programme, std::span(&decided, 1), decision, decider));
    return report_answer(call, path);
}

/// One of the reports that a request names, as it names it.
struct Named {
    std::string form;
    std::string period;
    std::string unit;
    std::int64_t version = 0;
};

Result<std::vector<Named>> named_reports(const JsonView& body)
{
    PHOIHOP_TRY(list, body.member("reports"));
    PHOIHOP_TRY(items, list.items());
    if (items.size() > decisions_max)
        return refuse(ProblemCode::too_large, "reports", {{"limit", std::to_string(decisions_max)}});
    std::vector<Named> reports;
    for (const JsonView& item : items) {
        PHOIHOP_CHECK_OK(item.only({"form", "period", "unit", "version"}));
        PHOIHOP_TRY(form, item.text("form"));
        PHOIHOP_TRY(period, item.text("period"));
        PHOIHOP_TRY(unit, item.text("unit"));
        PHOIHOP_TRY(version, item.integer("version", 1, INT64_MAX));
        reports.push_back({form, period, unit, version});
    }
    return reports;
}

/// The report that is meant, where there is one on which the actor may decide so.
Result<Decided> meant(const Call& call, const Named& named, accounts::Act act)
{
    const programme::Form* form = call.programme->form(named.form);
    if (form == nullptr) return refuse(ProblemCode::not_found, "form", {{"what", "form " + named.form}});
    PHOIHOP_TRY(period, read_at("period", programme::parse_period(named.period)));
    PHOIHOP_TRY(unit,
                read_at("unit", call.territory->by_code(named.unit, call.programme->calendar.dates(period).cut_off())));
    PHOIHOP_CHECK_OK(call.demand(act, unit, form->party));
    return Decided{{call.programme->id, form->number, programme::id_of(period), unit}, named.version};
}

void write_answer(JsonWriter& json, const Named& named, const Result<void>& answer)
{
    json.object().member("form", named.form).member("period", named.period).member("unit", named.unit);
    json.member("version", named.version).member("done", answer.has_value()).key("problem");
    if (answer)
        json.null();
    else
        json.raw(std::string(problem_answer(answer.error()).body()));
    json.end();
}

/// Many reports, each by itself: what was done stays done, whatever is refused beside it.
Result<http::Response> decide_on_many(Call& call)
{
    PHOIHOP_TRY(json, http::Json::parse(call.request.body));
    const JsonView body(json);
    PHOIHOP_CHECK_OK(body.only({"step", "note", "reports"}));
    PHOIHOP_TRY(decision, step_of(body));
    const accounts::Act act = act_for(decision);
    if (!call.allowed_somewhere(act))
        return refuse(ProblemCode::not_allowed, {}, {{"what", std::string(accounts::word(act))}});
    PHOIHOP_TRY(note, note_of(body));
    PHOIHOP_TRY(named, named_reports(body));
    std::vector<Result<void>> answers(named.size());
    std::vector<Decided> decided;
    std::vector<std::size_t> places;
    for (std::size_t i = 0; i < named.size(); ++i) {
        auto found = meant(call, named[i], act);
        if (!found) {
            answers[i] = tl::make_unexpected(std::move(found).error());
            continue;
        }
        decided.push_back(std::move(*found));
        places.push_back(i);
    }
    auto made = reporting::decide_each(call.services.instance.writer(), *call.programme, decided, decision,
                                       {call.actor.id, call.today, note});
    std::int64_t done = 0;
    for (std::size_t i = 0; i < made.size(); ++i) {
        if (made[i]) ++done;
        answers[places[i]] = std::move(made[i]);
    }
    JsonWriter answer;
    answer.object().member("done", done).member("refused", static_cast<std::int64_t>(named.size()) - done);
    answer.key("reports").array();
    for (std::size_t i = 0; i < named.size(); ++i) write_answer(answer, named[i], answers[i]);
    answer.end().end();
    return http::json_answer(200, answer.take());
}

}  // namespace

void add_decision_routes(http::Router& router, Services& services)
{
    router.post("/api/v1/programmes/{programme}/reports/{form}/{period}/{unit}/decision", handler(services, decide));
    router.post("/api/v1/programmes/{programme}/decisions", handler(services, decide_on_many));
}

}  // namespace phoihop::web
