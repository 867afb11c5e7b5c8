// SPDX-License-Identifier: Apache-2.0
#include "web/answers.hpp"

#include "reporting/finding_text.hpp"
#include "text/messages.hpp"
#include "web/problem_status.hpp"

namespace phoihop::web {

using http::JsonWriter;

http::Response problem_answer(const Problem& problem)
{
    http::Response answer = http::problem_answer(status_of(problem.code), problem);
    if (const std::string_view seconds = fact(problem, "retry_s"); !seconds.empty())
        answer.with("Retry-After", std::string(seconds));
    return answer;
}

void write(JsonWriter& json, const programme::Wording& wording)
{
    json.object().member("vi", wording.vi).member("en", wording.en).end();
}

void write(JsonWriter& json, const reporting::Finding& finding)
{
    json.object().member("code", word(finding.code));
    json.member("severity", finding.severity == reporting::Severity::error ? "error" : "warning");
    json.member("indicator", finding.indicator).member("where", finding.where);
    json.key("message").object();
    json.member("vi", sentence(finding, text::Language::vi));
    json.member("en", sentence(finding, text::Language::en)).end().end();
}

void write(JsonWriter& json, const reporting::Outcome& outcome)
{
    json.object().member("verdict", word(outcome.verdict)).member("version", outcome.version);
    // A submission that names no form of the programme was not received at all.
    json.member("received_on", outcome.received_on == Date{} ? std::string{} : format_date(outcome.received_on))
        .member("late", outcome.late);
    json.key("findings").array();
    for (const reporting::Finding& finding : outcome.findings) write(json, finding);
    json.end().end();
}

void write(JsonWriter& json, const rollup::Figure& figure, const Reading& reading)
{
    json.object().member("indicator", figure.indicator).member("period", figure.period.text());
    json.key("unit");
    write_unit(json, figure.unit, reading);
    json.member("value", figure.text()).member("reported", figure.reported).member("expected", figure.expected);
    json.member("note", rollup::word(figure.note)).end();
}

void write_unit_members(JsonWriter& json, UnitId unit, const Reading& reading, Path path)
{
    const units::UnitState& state = reading.territory.state_near(unit, reading.on);
    json.member("code", state.code.text()).member("name", state.full_name).member("level", word(state.level));
    if (path == Path::with) json.member("path", reading.territory.path(unit, reading.on));
}

void write_unit(JsonWriter& json, UnitId unit, const Reading& reading, Path path)
{
    json.object();
    write_unit_members(json, unit, reading, path);
    json.end();
}

std::int64_t days_beside(const programme::Calendar& calendar, Date due, Date on)
{
    const Date next = std::chrono::days{1} + (due < on ? due : on);
    return calendar.working_days_between(next, std::chrono::days{1} + (due < on ? on : due));
}

programme::Wording title_of(const programme::Programme& programme, std::string_view subject)
{
    if (const programme::Form* form = programme.form(subject)) return form->title;
    if (const programme::Standing* standing = programme.standing(subject)) return standing->title;
    return {std::string(subject), std::string(subject)};
}

}  // namespace phoihop::web
