// SPDX-License-Identifier: Apache-2.0
#include "accounts/reach.hpp"
#include "documents/csv.hpp"
#include "facts/fact_store.hpp"
#include "programme/period_id.hpp"
#include "reporting/finding_text.hpp"
#include "reporting/submission_store.hpp"
#include "rollup/cube.hpp"
#include "web/check_queue.hpp"

#include <algorithm>
#include <array>

namespace phoihop::web {

namespace {

using http::JsonWriter;

constexpr std::int64_t shown_max = 2000;
/// Keys in one answer, and how far into a queue a list may begin.
constexpr std::int64_t keys_max = 20'000;
constexpr std::int64_t from_max = 100'000'000;

/// Which part of the queue is asked for.
struct Wish {
    WaitsFor what = WaitsFor::verification;
    PeriodId period;                        ///< 0: any
    const programme::Form* form = nullptr;  ///< null: any
    std::vector<bool> under;                ///< by unit id - 1; empty: any
    enum class Doubt : std::uint8_t { any, some, none } doubt = Doubt::any;
    enum class Order : std::uint8_t { doubtful_first, due, recent, unit } order = Order::doubtful_first;
};

/// The wished part in the wished order (by unit: the official one), and how many there are whatever the rules say.
struct Part {
    std::vector<QueuedReport> reports;
    std::int64_t total = 0;
    std::int64_t doubtful = 0;
};

/// The unit, what stands below it today or ended there, and its predecessors.
std::vector<bool> units_under(const Call& call, UnitId unit)
{
    using accounts::Relation;
    std::vector<bool> inside;
    for (const Relation relation : accounts::relations(unit, *call.territory, call.on))
        inside.push_back(relation == Relation::own || relation == Relation::predecessor || relation == Relation::below);
    return inside;
}

template <class Word>
Result<Word> word_of(const Call& call, std::string_view name,
                     std::initializer_list<std::pair<std::string_view, Word>> words)
{
    const std::string text = call.query(name);
    if (text.empty()) return words.begin()->second;
    std::string expected;
    for (const auto& [word, value] : words) {
        if (word == text) return value;
        expected += (expected.empty() ? "" : ", ") + std::string(word);
    }
    return refuse(ProblemCode::unknown_name, std::string(name),
                  {{"what", std::string(name)}, {"found", text}, {"expected", expected}});
}

Result<Wish> wish_of(const Call& call)
{
    using Doubt = Wish::Doubt;
    using Order = Wish::Order;
    Wish wish;
    PHOIHOP_TRY(what, word_of<WaitsFor>(call, "state",
                                        {{"submitted", WaitsFor::verification}, {"verified", WaitsFor::locking}}));
    wish.what = what;
    PHOIHOP_TRY(doubt,
                word_of<Doubt>(call, "findings", {{"any", Doubt::any}, {"some", Doubt::some}, {"none", Doubt::none}}));
    wish.doubt = doubt;
    PHOIHOP_TRY(order, word_of<Order>(call, "sort",
                                      {{"findings", Order::doubtful_first},
                                       {"due", Order::due},
                                       {"recent", Order::recent},
                                       {"unit", Order::unit}}));
    wish.order = order;
    if (const std::string text = call.query("period"); !text.empty()) {
        PHOIHOP_TRY(name, read_at("period", programme::parse_period(text)));
        wish.period = programme::id_of(name);
    }
    if (const std::string code = call.query("form"); !code.empty()) {
        wish.form = call.programme->form(code);
        if (wish.form == nullptr) return refuse(ProblemCode::unknown_name, "form", {{"what", "form"}, {"found", code}});
    }
    if (const std::string code = call.query("under"); !code.empty()) {
        PHOIHOP_TRY(unit, read_at("under", call.unit(code)));
        wish.under = units_under(call, unit);
    }
    return wish;
}

void arrange(std::vector<QueuedReport>& reports, Wish::Order order, const units::Map& map)
{
    const auto is_doubtful = [](const QueuedReport& report) { return report.doubtful; };
    const auto place = [&map](const QueuedReport& report) { return map.place_of(report.key.unit).node; };
    switch (order) {
        case Wish::Order::doubtful_first: std::stable_partition(reports.begin(), reports.end(), is_doubtful); return;
        case Wish::Order::due: return;
        case Wish::Order::recent: std::ranges::stable_sort(reports, std::greater<>{}, &QueuedReport::due); return;
        case Wish::Order::unit: std::ranges::stable_sort(reports, {}, place); return;
    }
}

Part part_of(const Call& call, const CheckQueue& queue, const Wish& wish)
{
    Part part;
    for (const QueuedReport& report : queue.reports) {
        if (wish.period && report.key.period != wish.period) continue;
        if (wish.form != nullptr && report.key.form != wish.form->number) continue;
        if (!wish.under.empty() && !wish.under[static_cast<std::size_t>(report.key.unit.value - 1)]) continue;
        ++part.total;
        if (report.doubtful) ++part.doubtful;
        if (wish.doubt == Wish::Doubt::any || (wish.doubt == Wish::Doubt::some) == report.doubtful)
            part.reports.push_back(report);
    }
    arrange(part.reports, wish.order, *call.territory->map(call.on));
    return part;
}

std::span<const QueuedReport> page_of(const Part& part, std::int64_t from, std::int64_t limit)
{
    const auto rest = std::span(part.reports).subspan(std::min(static_cast<std::size_t>(from), part.reports.size()));
    return rest.first(std::min(static_cast<std::size_t>(limit), rest.size()));
}

Date day_of(const Call& call, const QueuedReport& report)
{
    return call.programme->calendar.dates(programme::name_of(report.key.period)).cut_off();
}

/// Writes the reports of a page, each with what the rules say of it.
class ChecksWriter {
public:
    ChecksWriter(JsonWriter& json, const Call& call)
        : m_json(json),
          m_call(call),
          m_snapshot(call.services.instance.cube().snapshot()),
          m_findings(call, *m_snapshot)
    {
    }

    void write_all(std::span<const QueuedReport> reports)
    {
        m_call.services.instance.database().read([&](store::Connection& connection) {
            for (const QueuedReport& report : reports) write_one(report, connection);
        });
    }

private:
    void write_one(const QueuedReport& report, store::Connection& connection)
    {
        const programme::Form& form = *m_call.programme->form(report.key.form);
        const auto current = m_snapshot->current(report.key);
        const auto kept = facts::FactStore::current(connection, report.key);
        if (!current || !kept) return;  // the database is ahead of nothing that was queued
        const Date received_on = kept->fact.received_on;
        m_json.object().key("unit");
        write_unit(m_json, report.key.unit, {*m_call.territory, day_of(m_call, report)}, Path::with);
        m_json.member("form", form.code).key("title");
        write(m_json, title_of(*m_call.programme, form.code));
        m_json.member("period", programme::name_of(report.key.period).text()).member("version", current->version);
        m_json.member("state", facts::word(current->state)).member("nil", current->fact.nil);
        m_json.member("due", format_date(report.due)).member("received_on", format_date(received_on));
        m_json.member("late", received_on > report.due).key("findings").array();
        for (const reporting::Finding& finding : m_findings.of(report.key, *current)) write(m_json, finding);
        m_json.end().key("comments").object();
        for (const auto& [indicator, comment] :
             reporting::SubmissionStore::comments(connection, report.key, current->version))
            m_json.member(indicator, comment);
        m_json.end().end();
    }

    JsonWriter& m_json;
    const Call& m_call;
    std::shared_ptr<const rollup::Snapshot> m_snapshot;
    Findings m_findings;
};

std::string checks_csv(const Call& call, const Wish& wish, std::span<const QueuedReport> reports)
{
    constexpr std::array<std::string_view, 9> columns{"unit",  "name", "form",     "period", "version",
                                                      "state", "due",  "findings", "words"};
    const auto snapshot = call.services.instance.cube().snapshot();
    Findings findings(call, *snapshot);
    std::string csv = "\xEF\xBB\xBF";
    std::array<documents::Cell, columns.size()> cells;
    for (std::size_t i = 0; i < columns.size(); ++i) cells[i] = documents::text_cell(columns[i]);
    documents::append_csv_row(csv, cells, documents::CsvStyle::spreadsheet);
    for (const QueuedReport& report : reports) {
        const Date day = day_of(call, report);
        std::vector<reporting::Finding> found;
        if (const auto current = snapshot->current(report.key); current && report.doubtful)
            found = findings.of(report.key, *current);
        std::string words;
        for (const reporting::Finding& finding : found)
            words += (words.empty() ? "" : "; ") + finding.indicator + (finding.indicator.empty() ? "" : ": ") +
                     reporting::sentence(finding, text::Language::vi);
        cells = {documents::text_cell(call.territory->code_text(report.key.unit, day)),
                 documents::text_cell(call.territory->path(report.key.unit, day)),
                 documents::text_cell(call.programme->form(report.key.form)->code),
                 documents::text_cell(programme::name_of(report.key.period).text()),
                 documents::number_cell(std::to_string(report.version)),
                 documents::text_cell(wish.what == WaitsFor::verification ? "submitted" : "verified"),
                 documents::date_cell(report.due),
                 documents::number_cell(std::to_string(found.size())),
                 documents::text_cell(words)};
        documents::append_csv_row(csv, cells, documents::CsvStyle::spreadsheet);
    }
    return csv;
}

Result<http::Response> checks(Call& call)
{
    PHOIHOP_TRY(limit, call.query_number("limit", 200, 0, shown_max));
    PHOIHOP_TRY(from, call.query_number("from", 0, 0, from_max));
    PHOIHOP_TRY(wish, wish_of(call));
    const auto queue = check_queue(call, wish.what);
    const Part part = part_of(call, *queue, wish);
    if (call.query("format") == "csv")
        return http::download(checks_csv(call, wish, part.reports), "text/csv; charset=utf-8", "checks.csv");
    JsonWriter json;
    json.object().member("as_of", queue->as_of).key("items").array();
    ChecksWriter(json, call).write_all(page_of(part, from, limit));
    json.end().member("count", static_cast<std::int64_t>(part.reports.size()));
    json.member("doubtful", part.doubtful).member("total", part.total).end();
    return http::json_answer(200, json.take());
}

/// What a decision on many is made from: the reports of the queue, and the version of each that was judged.
Result<http::Response> check_keys(Call& call)
{
    PHOIHOP_TRY(limit, call.query_number("limit", keys_max, 1, keys_max));
    PHOIHOP_TRY(from, call.query_number("from", 0, 0, from_max));
    PHOIHOP_TRY(wish, wish_of(call));
    const auto queue = check_queue(call, wish.what);
    const Part part = part_of(call, *queue, wish);
    JsonWriter json;
    json.object().member("as_of", queue->as_of).member("count", static_cast<std::int64_t>(part.reports.size()));
    json.key("reports").array();
    for (const QueuedReport& report : page_of(part, from, limit)) {
        json.object().member("form", call.programme->form(report.key.form)->code);
        json.member("period", programme::name_of(report.key.period).text());
        json.member("unit", call.territory->code_text(report.key.unit, day_of(call, report)));
        json.member("version", report.version).end();
    }
    json.end().end();
    return http::json_answer(200, json.take());
}

}  // namespace

void add_check_routes(http::Router& router, Services& services)
{
    router.get("/api/v1/programmes/{programme}/checks", handler(services, checks));
    router.get("/api/v1/programmes/{programme}/checks/keys", handler(services, check_keys));
}

}  // namespace phoihop::web
