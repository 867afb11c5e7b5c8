// SPDX-License-Identifier: Apache-2.0
#include "facts/fact_store.hpp"
#include "obligations/register.hpp"
#include "programme/period_id.hpp"
#include "reporting/submission_store.hpp"
#include "rollup/cube.hpp"
#include "web/waiting_reports.hpp"

#include <algorithm>
#include <map>
#include <tuple>

namespace phoihop::web {

namespace {

/// By party: the units whose reports the actor judges.
using Judged = std::map<std::string, std::vector<bool>>;

Judged judged_units(const Call& call, accounts::Act act)
{
    Judged judged;
    for (const programme::Form& form : call.programme->forms)
        if (!judged.contains(form.party))
            judged[form.party] = accounts::allowed_units(call.actor.grants, act, {call.programme->id, form.party, {}},
                                                         *call.territory, call.today);
    return judged;
}

void add_waiting(std::vector<Waiting>& waiting, const obligations::Column& column, const std::vector<bool>& units,
                 const std::function<bool(const obligations::Entry&)>& waits)
{
    for (const obligations::Entry& entry : column.entries)
        if (units[static_cast<std::size_t>(entry.unit().value - 1)] && waits(entry))
            waiting.push_back({entry.unit(), column.asked.subject, column.asked.period, entry.due()});
}

}  // namespace

std::vector<Waiting> waiting_reports(const Call& call, WaitsFor what)
{
    using obligations::Progress;
    std::vector<Waiting> waiting;
    const bool verifies = what == WaitsFor::verification;
    const accounts::Act act = verifies ? accounts::Act::verify : accounts::Act::lock;
    if (!call.allowed_somewhere(act)) return waiting;
    const Judged judged = judged_units(call, act);
    call.services.instance.register_of_obligations().read([&](const obligations::Books& books, std::int64_t) {
        const auto waits = [&](const obligations::Entry& entry) {
            return books.own_state(entry, call.on).progress == (verifies ? Progress::claimed : Progress::evidenced);
        };
        for (const obligations::Column& column : books.columns()) {
            if (column.asked.programme != call.programme->id || column.asked.kind != obligations::report_kind) continue;
            const auto units = judged.find(column.asked.party);
            if (units != judged.end()) add_waiting(waiting, column, units->second, waits);
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

/// A waiting report with what its form's rules say of it.
struct Check {
    Waiting waiting;
    facts::FactKey key;
    rollup::CurrentReport current;
    std::vector<reporting::Finding> findings;
};

/// Judges as when the report was taken; a form's rules are made ready once.
class Judges {
public:
    Judges(const Call& call, const rollup::Snapshot& snapshot) : m_call(call), m_snapshot(snapshot) {}

    [[nodiscard]] std::vector<reporting::Finding> findings(const Check& check)
    {
        const programme::Form& form = *m_call.programme->form(check.waiting.form);
        const auto [judge, is_new] = m_judges.try_emplace(form.number, *m_call.programme, form);
        return judge->second.findings(check.current.fact.cells, check.current.fact.nil, history(check.key));
    }

private:
    [[nodiscard]] reporting::History history(facts::FactKey key) const
    {
        reporting::History history;
        programme::PeriodName past = programme::name_of(key.period);
        for (std::size_t i = 0; i < reporting::history_periods; ++i) {
            past = programme::previous(past);
            key.period = programme::id_of(past);
            const auto report = m_snapshot.current(key);
            const bool counts = report && facts::counts_as_received(report->state);
            history.push_back(counts ? std::optional(report->fact.cells) : std::nullopt);
        }
        return history;
    }

    const Call& m_call;
    const rollup::Snapshot& m_snapshot;
    std::map<std::int32_t, reporting::Judge> m_judges;
};

/// The doubtful ones first, each part by its due day.
std::vector<Check> checks_of(const Call& call, WaitsFor what, PeriodId period)
{
    const auto snapshot = call.services.instance.cube().snapshot();
    const auto wanted = what == WaitsFor::verification ? facts::FactState::submitted : facts::FactState::verified;
    Judges judges(call, *snapshot);
    std::vector<Check> checks;
    for (const Waiting& waiting : waiting_reports(call, what)) {
        if (period && waiting.period != period) continue;
        const programme::Form* form = call.programme->form(waiting.form);
        if (form == nullptr) continue;
        const facts::FactKey key{call.programme->id, form->number, waiting.period, waiting.unit};
        auto current = snapshot->current(key);
        if (!current || current->state != wanted) continue;
        Check& check = checks.emplace_back(Check{waiting, key, std::move(*current), {}});
        check.findings = judges.findings(check);
    }
    std::stable_partition(checks.begin(), checks.end(), [](const Check& check) { return !check.findings.empty(); });
    return checks;
}

void write_check(JsonWriter& json, const Call& call, const Check& check, store::Connection& connection)
{
    const programme::PeriodName period = programme::name_of(check.waiting.period);
    const auto kept = facts::FactStore::current(connection, check.key);
    const Date received_on = kept ? kept->fact.received_on : check.waiting.due;
    json.object().key("unit");
    write_unit(json, check.waiting.unit, {*call.territory, call.programme->calendar.dates(period).cut_off()},
               Path::with);
    json.member("form", check.waiting.form).key("title");
    write(json, title_of(*call.programme, check.waiting.form));
    json.member("period", period.text()).member("version", check.current.version);
    json.member("state", facts::word(check.current.state)).member("nil", check.current.fact.nil);
    json.member("due", format_date(check.waiting.due)).member("received_on", format_date(received_on));
    json.member("late", received_on > check.waiting.due).key("findings").array();
    for (const reporting::Finding& finding : check.findings) write(json, finding);
    json.end().key("comments").object();
    for (const auto& [indicator, comment] :
         reporting::SubmissionStore::comments(connection, check.key, check.current.version))
        json.member(indicator, comment);
    json.end().end();
}

Result<WaitsFor> waits_for(const std::string& state)
{
    if (state.empty() || state == "submitted") return WaitsFor::verification;
    if (state == "verified") return WaitsFor::locking;
    return refuse(ProblemCode::unknown_name, "state",
                  {{"what", "state"}, {"found", state}, {"expected", "submitted, verified"}});
}

Result<http::Response> checks(Call& call)
{
    PHOIHOP_TRY(limit, call.query_number("limit", 200, 1, shown_max));
    PHOIHOP_TRY(what, waits_for(call.query("state")));
    PeriodId period;
    if (const std::string text = call.query("period"); !text.empty()) {
        PHOIHOP_TRY(name, read_at("period", programme::parse_period(text)));
        period = programme::id_of(name);
    }
    const std::vector<Check> all = checks_of(call, what, period);
    const auto doubtful =
        std::count_if(all.begin(), all.end(), [](const Check& each) { return !each.findings.empty(); });
    JsonWriter json;
    json.object().key("items").array();
    call.services.instance.database().read([&](store::Connection& connection) {
        for (std::size_t i = 0; i < all.size() && i < static_cast<std::size_t>(limit); ++i)
            write_check(json, call, all[i], connection);
    });
    json.end().member("count", static_cast<std::int64_t>(all.size()));
    json.member("doubtful", static_cast<std::int64_t>(doubtful)).end();
    return http::json_answer(200, json.take());
}

}  // namespace

void add_check_routes(http::Router& router, Services& services)
{
    router.get("/api/v1/programmes/{programme}/checks", handler(services, checks));
}

}  // namespace phoihop::web
