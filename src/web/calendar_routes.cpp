// SPDX-License-Identifier: Apache-2.0
#include "accounts/calendar_address.hpp"
#include "dispatch/wording.hpp"
#include "documents/icalendar.hpp"
#include "programme/period_id.hpp"
#include "text/date_words.hpp"
#include "text/messages.hpp"
#include "web/own_work.hpp"

namespace phoihop::web {

namespace {

using http::JsonWriter;
using text::Language;

constexpr std::string_view path_of_calendar = "/api/v1/calendar.ics";

/// The states as the desk says them.
std::string_view state_in_words(obligations::StateWord state, Language language)
{
    using obligations::StateWord;
    const auto in = [&](std::string_view vi, std::string_view en) { return language == Language::vi ? vi : en; };
    switch (state) {
        case StateWord::not_due: return in("Chưa đến hạn", "Not due");
        case StateWord::due: return in("Trong hạn", "Due");
        case StateWord::late: return in("Quá hạn", "Late");
        case StateWord::claimed: return in("Đã báo, chờ duyệt", "Claimed");
        case StateWord::evidenced: return in("Có minh chứng", "Evidenced");
        case StateWord::returned: return in("Bị trả lại", "Returned");
        case StateWord::excused: return in("Được miễn", "Excused");
        case StateWord::done_late: return in("Xong trễ hạn", "Done late");
        case StateWord::passed_on: return in("Chuyển đơn vị kế thừa", "Passed on");
    }
    return {};
}

/// Names what is owed for ever: the keys of the register, which the same duty has on every server.
std::string uid_of(const Call& call, const Shown& shown, const std::string& unit)
{
    std::string uid = shown.asked.kind + '.' + shown.asked.subject + '.' +
                      programme::name_of(shown.asked.period).text() + '.' + unit + '.' + call.programme->code +
                      "@phoihop";
    for (char& c : uid)
        if (c == ':') c = '-';
    return uid;
}

/// Where the desk shows it. The Host header was judged before any handler is asked.
std::string address_of(const Call& call, const Shown& shown, const std::string& unit)
{
    std::string address = call.request.secure ? "https://" : "http://";
    address += std::string(call.request.header("Host")) + '/' + call.programme->code;
    if (call.programme->form(shown.asked.subject) == nullptr) return address + "/work";
    return address + "/reports/" + shown.asked.subject + '/' + programme::name_of(shown.asked.period).text() + '/' +
           unit;
}

documents::CalendarEvent event_of(const Call& call, const Shown& shown, Language language)
{
    const units::UnitState& unit = call.territory->state_near(shown.unit, call.on);
    const auto title = title_of(*call.programme, shown.asked.subject);
    const programme::PeriodName period = programme::name_of(shown.asked.period);
    const std::string state(state_in_words(state_word(shown.state), language));
    const bool vi = language == Language::vi;
    documents::CalendarEvent event;
    event.uid = uid_of(call, shown, unit.code.text());
    event.day = shown.due;
    event.summary =
        state + ": " + (vi ? title.vi : title.en) + " · " + (vi ? dispatch::period_words(period) : period.text());
    event.description = unit.full_name + '\n' + (vi ? "Hạn: " : "Due: ") + text::date_numeric(shown.due) + '\n' +
                        call.programme->symbol;
    if (call.programme->simulated) event.description += vi ? "\nDữ liệu mô phỏng" : "\nSimulated data";
    event.address = address_of(call, shown, unit.code.text());
    event.category = state;
    return event;
}

/// What the account's own unit owes in all programmes, whoever asks: the key in the address is all that is known.
Result<http::Response> calendar(Services& services, const http::Request& request)
{
    PHOIHOP_TRY(reader, accounts::calendar_reader(services.door.accounts(), request.query_value("key").value_or("")));
    PHOIHOP_TRY(territory, services.instance.territory());
    Call call{services, request, {}, territory, nullptr, services.instance.today(), {}};
    call.actor.id = reader.user;
    call.actor.grants = reader.grants;
    call.on = call.today;
    const Language language = call.query("lang") == "en" ? Language::en : Language::vi;
    const UnitId unit = home_of(call.actor, *territory);
    documents::CalendarFile file;
    file.name =
        (language == Language::vi ? "Hạn việc: " : "Deadlines: ") + territory->state_near(unit, call.on).full_name;
    file.stamp = Instant(call.today);
    for (const auto& programme : services.instance.programmes()) {
        call.programme = programme;
        for (const Shown& shown : own_work(call, unit).items) file.events.push_back(event_of(call, shown, language));
    }
    std::string bytes = documents::write_calendar(file);
    std::string etag = "calendar-" + std::to_string(std::hash<std::string>{}(bytes));
    const auto content =
        std::make_shared<http::Content>(std::move(bytes), "text/calendar; charset=utf-8", std::move(etag));
    http::Response answer = http::cached_answer(content);
    answer.actor = reader.user.value;
    return std::move(answer).with("Cache-Control", "private, no-cache").with("Referrer-Policy", "no-referrer");
}

void write_since(JsonWriter& json, const std::optional<Instant>& since)
{
    json.key("since");
    if (since)
        json.text(format_instant(*since));
    else
        json.null();
}

accounts::Actor account_of(const Call& call)
{
    return {call.actor.id, call.actor.grants, call.actor.must_change};
}

Result<http::Response> show(Call& call)
{
    JsonWriter json;
    json.object();
    write_since(json, accounts::calendar_address_since(call.services.door.accounts(), call.actor.id));
    json.end();
    return http::json_answer(200, json.take()).with("Cache-Control", "no-store");
}

Result<http::Response> draw(Call& call)
{
    PHOIHOP_TRY(drawn, accounts::draw_calendar_address(call.services.door.accounts(), account_of(call)));
    JsonWriter json;
    json.object().member("address", std::string(path_of_calendar) + "?key=" + drawn.key);
    write_since(json, drawn.since);
    json.end();
    return http::json_answer(200, json.take()).with("Cache-Control", "no-store");
}

Result<http::Response> revoke(Call& call)
{
    PHOIHOP_CHECK_OK(accounts::revoke_calendar_address(call.services.door.accounts(), account_of(call)));
    return http::empty_answer();
}

}  // namespace

void add_calendar_routes(http::Router& router, Services& services)
{
    // The key stands in the query, because the access log keeps paths.
    router.get(std::string(path_of_calendar), [&services](const http::Request& request) {
        auto answer = calendar(services, request);
        return answer ? std::move(*answer) : problem_answer(answer.error());
    });
    router.get("/api/v1/session/calendar", handler(services, show));
    router.post("/api/v1/session/calendar", handler(services, draw));
    router.remove("/api/v1/session/calendar", handler(services, revoke));
}

}  // namespace phoihop::web
