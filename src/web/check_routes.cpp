// SPDX-License-Identifier: Apache-2.0
#include "facts/fact_store.hpp"
#include "obligations/register.hpp"
#include "programme/period_id.hpp"
#include "web/waiting_reports.hpp"

#include <algorithm>
#include <map>
#include <tuple>

namespace phoihop::web {

std::vector<Waiting> waiting_reports(const Call& call)
{
    std::vector<Waiting> waiting;
    if (!call.allowed_somewhere(accounts::Act::verify)) return waiting;
    std::map<std::string, std::vector<bool>> judged;  // by party: the units whose reports the actor judges
    for (const programme::Form& form : call.programme->forms)
        if (!judged.contains(form.party))
            judged[form.party] =
                accounts::allowed_units(call.actor.grants, accounts::Act::verify, {call.programme->id, form.party, {}},
                                        *call.territory, call.today);
    call.services.instance.register_of_obligations().read([&](const obligations::Books& books, std::int64_t) {
        for (const obligations::Column& column : books.columns()) {
            if (column.asked.programme != call.programme->id || column.asked.kind != obligations::report_kind) continue;
            const auto units = judged.find(column.asked.party);
            if (units == judged.end()) continue;
            for (const obligations::Entry& entry : column.entries) {
                if (!units->second[static_cast<std::size_t>(entry.unit().value - 1)]) continue;
                if (books.own_state(entry, call.on).progress != obligations::Progress::claimed) continue;
                waiting.push_back({entry.unit(), column.asked.subject, column.asked.period, entry.due()});
            }
        }
    });
    std::stable_sort(waiting.begin(), waiting.end(), [](const Waiting& left, const Waiting& right) {
        return std::tie(left.due, left.form, left.unit) < std::tie(right.due, right.form, right.unit);
    });
    return waiting;
}

namespace {

using http::JsonWriter;

constexpr std::int64_t shown_max = 2000;

Result<http::Response> checks(Call& call)
{
    PHOIHOP_TRY(limit, call.query_number("limit", 200, 1, shown_max));
    const std::vector<Waiting> waiting = waiting_reports(call);
    const auto shown = std::min(waiting.size(), static_cast<std::size_t>(limit));
    JsonWriter json;
    json.object().key("items").array();
    call.services.instance.database().read([&](store::Connection& connection) {
        for (std::size_t i = 0; i < shown; ++i) {
            const Waiting& each = waiting[i];
            const programme::Form* form = call.programme->form(each.form);
            const auto current = facts::FactStore::current(
                connection, {call.programme->id, form == nullptr ? 0 : form->number, each.period, each.unit});
            if (!current) continue;
            const programme::PeriodName period = programme::name_of(each.period);
            json.object().key("unit");
            write_unit(json, each.unit, {*call.territory, call.programme->calendar.dates(period).cut_off()},
                       Path::with);
            json.member("form", each.form).member("period", period.text()).member("version", current->fact.version);
            json.member("received_on", format_date(current->fact.received_on));
            json.member("late", current->fact.received_on > each.due).end();
        }
    });
    json.end().member("count", static_cast<std::int64_t>(waiting.size())).end();
    return http::json_answer(200, json.take());
}

}  // namespace

void add_check_routes(http::Router& router, Services& services)
{
    router.get("/api/v1/programmes/{programme}/checks", handler(services, checks));
}

}  // namespace phoihop::web
