// SPDX-License-Identifier: Apache-2.0
#include "obligations/gap_board.hpp"
#include "obligations/register.hpp"
#include "programme/period_id.hpp"
#include "web/services.hpp"

#include <algorithm>

namespace phoihop::web {

namespace {

using http::JsonWriter;
using obligations::Books;

/// The one party for which the actor was given all rights, "" for anybody else.
std::string only_party(const Actor& actor)
{
    std::string party;
    for (const accounts::Grant& grant : actor.grants.list) {
        if (grant.party.empty() || (!party.empty() && party != grant.party)) return {};
        party = grant.party;
    }
    return party;
}

Result<obligations::BoardFilter> filter_of(const Call& call)
{
    obligations::BoardFilter filter;
    filter.programme = call.programme->id;
    filter.on = call.on;
    for (std::string kinds = call.query("kind"); !kinds.empty();) {
        const std::size_t comma = std::min(kinds.find(','), kinds.size());
        filter.kinds.push_back(kinds.substr(0, comma));
        kinds.erase(0, comma + 1);
    }
    filter.party = only_party(call.actor);
    const std::string level = call.query("level");
    filter.level = units::level_from_word(level.empty() ? "province" : level);
    if (!filter.level) return refuse(ProblemCode::unknown_name, "level", {{"what", "level"}, {"found", level}});
    if (const std::string period = call.query("period"); !period.empty()) {
        PHOIHOP_TRY(names, read_at("period", programme::parse_period_range(period)));
        for (const programme::PeriodName& name : names) filter.periods.push_back(programme::id_of(name));
    }
    if (const std::string under = call.query("under"); !under.empty()) {
        PHOIHOP_TRY(parent, call.unit(under));
        filter.parent = parent;
    }
    filter.late_only = call.query("late") == "1";
    const std::string sort = call.query("sort");
    const auto order = obligations::board_order_from_word(sort.empty() || sort == "late" ? "late_first" : sort);
    if (!order) return refuse(ProblemCode::unknown_name, "sort", {{"what", "order"}, {"found", sort}});
    filter.order = *order;
    return filter;
}

/// How many rows one answer holds at most; a compact row takes a tenth of the room.
constexpr std::int64_t board_rows_max = 2000;
constexpr std::int64_t compact_rows_max = 20'000;
constexpr std::int64_t board_offset_max = 1'000'000;

/// The state that wants a hand first stands for a cell of several obligations: a merged province answers for all that
/// its parts owed. Such a cell has no one id and no one due day; `…/board/behind` lists what stands in it.
void write_cell(JsonWriter& json, const Call& call, const obligations::BoardCell& cell)
{
    const auto worst = cell.own.worst();
    if (!worst) {
        json.null();
        return;
    }
    json.object().member("id", cell.obligation.value).member("state", word(*worst)).key("days");
    if (cell.obligation)
        json.number(days_beside(call.programme->calendar, cell.due, call.on));
    else
        json.null();
    json.member("count", cell.own.total()).end();
}

/// The counts by state, which add up to what is owed. What is overdue is counted beside them, because what was returned
/// may be overdue as well.
void write_totals(JsonWriter& json, const obligations::Counts& all)
{
    json.key("totals").object();
    for (std::size_t i = 0; i < obligations::state_word_count; ++i) {
        const auto state = static_cast<obligations::StateWord>(i);
        json.member(word(state), all.of(state));
    }
    json.end().member("owed", all.total()).member("overdue", all.overdue);
}

void write_row(JsonWriter& json, const Call& call, const obligations::BoardRow& row)
{
    json.object().key("unit");
    write_unit(json, row.unit, call.reading(), Path::with);
    json.key("cells").array();
    for (const obligations::BoardCell& cell : row.cells) write_cell(json, call, cell);
    json.end().member("late", row.own.overdue).member("done", row.own.done + row.own.done_late);
    json.member("owed", row.own.total()).key("below").object();
    json.member("late", row.below.overdue).member("owed", row.below.total()).end().end();
}

/// [code, name, path, late, done, owed, late below, owed below, cells]; a cell is 0 where nothing is owed, else
/// [state's place in `states`, days or null], with the count behind where several obligations stand in it.
void write_compact_row(JsonWriter& json, const Call& call, const obligations::BoardRow& row)
{
    json.array().text(call.territory->code_text(row.unit, call.on));
    json.text(call.territory->state_near(row.unit, call.on).full_name).text(call.territory->path(row.unit, call.on));
    json.number(row.own.overdue).number(row.own.done + row.own.done_late).number(row.own.total());
    json.number(row.below.overdue).number(row.below.total()).array();
    for (const obligations::BoardCell& cell : row.cells) {
        const auto worst = cell.own.worst();
        if (!worst) {
            json.number(0);
            continue;
        }
        json.array().number(static_cast<std::int64_t>(*worst));
        if (cell.obligation)
            json.number(days_beside(call.programme->calendar, cell.due, call.on));
        else
            json.null();
        if (cell.own.total() > 1) json.number(cell.own.total());
        json.end();
    }
    json.end().end();
}

Result<http::Response> board(Call& call)
{
    PHOIHOP_TRY(filter, filter_of(call));
    const bool compact = call.query("compact") == "1";
    PHOIHOP_TRY(limit, call.query_number("limit", compact ? compact_rows_max : 200, 1,
                                         compact ? compact_rows_max : board_rows_max));
    PHOIHOP_TRY(offset, call.query_number("offset", 0, 0, board_offset_max));
    Result<obligations::Board> made = refuse(ProblemCode::not_found);
    std::int64_t as_of = 0;
    call.services.instance.register_of_obligations().read([&](const Books& books, std::int64_t sequence) {
        made = obligations::gap_board(books, *call.territory, filter);
        as_of = sequence;
    });
    if (!made) return tl::make_unexpected(made.error());
    const std::vector<bool> readable =
        accounts::allowed_units(call.actor.grants, accounts::Act::read_totals, {call.programme->id, filter.party, {}},
                                *call.territory, call.today);
    std::erase_if(made->rows, [&](const obligations::BoardRow& row) {
        return !readable[static_cast<std::size_t>(row.unit.value - 1)];
    });
    JsonWriter json;
    json.object()
        .member("as_of", as_of)
        .member("on", format_date(call.on))
        .member("simulated", call.programme->simulated);
    json.key("columns").array();
    for (const obligations::BoardColumn& column : made->columns) {
        const std::string period = programme::name_of(column.asked.period).text();
        json.object().member("key", column.asked.subject + "/" + period).member("kind", column.asked.kind);
        json.member("subject", column.asked.subject).member("period", period).key("title");
        write(json, title_of(*call.programme, column.asked.subject));
        json.end();
    }
    json.end();
    if (compact) {
        json.key("states").array();
        for (std::size_t i = 0; i < obligations::state_word_count; ++i)
            json.text(word(static_cast<obligations::StateWord>(i)));
        json.end();
    }
    json.key("rows").array();
    std::int64_t row_count = 0;
    obligations::Counts all;
    for (const obligations::BoardRow& row : made->rows) {
        all += row.own;
        const std::int64_t at = row_count++;
        if (at < offset || at >= offset + limit) continue;
        if (compact)
            write_compact_row(json, call, row);
        else
            write_row(json, call, row);
    }
    json.end().member("row_count", row_count);
    write_totals(json, all);
    json.end();
    return http::json_answer(200, json.take());
}

constexpr std::int64_t behind_rows_max = 5000;

/// What is asked of the list behind a cell or a row.
struct BehindQuery {
    obligations::BoardFilter filter;
    UnitId unit;
    std::string subject;  ///< "" for the whole row
    std::optional<programme::PeriodName> period;
    obligations::Reading reading{};
    std::optional<obligations::Timing> timing;
};

Result<BehindQuery> behind_query(const Call& call)
{
    BehindQuery query;
    PHOIHOP_TRY(filter, filter_of(call));
    query.filter = filter;
    const std::string code = call.query("unit");
    if (code.empty()) return refuse(ProblemCode::missing, "unit", {{"what", "unit"}});
    PHOIHOP_TRY(unit, call.unit(code));
    query.unit = unit;
    PHOIHOP_CHECK_OK(call.demand(accounts::Act::read_totals, unit, filter.party));
    query.subject = call.query("subject");
    if (!query.subject.empty()) {
        PHOIHOP_TRY(period, read_at("period", programme::parse_period(call.query("period"))));
        query.period = period;
    }
    const std::string of = call.query("of");
    if (of == "below")
        query.reading = obligations::Reading::below;
    else if (!of.empty() && of != "own")
        return refuse(ProblemCode::unknown_name, "of",
                      {{"what", "reading"}, {"found", of}, {"expected", "own, below"}});
    if (filter.late_only) query.timing = obligations::Timing::overdue;
    return query;
}

Result<std::vector<obligations::BoardItem>> read_behind(const Books& books, const Call& call, const BehindQuery& query)
{
    std::int64_t asked = 0;
    if (query.period) {
        const auto* column = books.column(call.programme->id, programme::id_of(*query.period), query.subject);
        if (column == nullptr) return std::vector<obligations::BoardItem>{};
        asked = column->asked.id;
    }
    return obligations::behind(books, *call.territory, query.filter, query.unit, asked, query.reading, query.timing);
}

void write_item(JsonWriter& json, const Call& call, const obligations::BoardItem& item)
{
    json.object().member("id", item.obligation.value).member("kind", item.asked.kind);
    json.member("subject", item.asked.subject).key("title");
    write(json, title_of(*call.programme, item.asked.subject));
    json.member("period", programme::name_of(item.asked.period).text()).key("unit");
    write_unit(json, item.unit, call.reading());
    json.member("due", format_date(item.due)).member("state", word(item.shown));
    json.member("days", days_beside(call.programme->calendar, item.due, call.on));
    json.member("passed_on", item.state.progress == obligations::Progress::passed_on).member("counted", item.counted);
    json.member("readable", call.allowed(accounts::Act::read_figures, item.unit, item.asked.party));
    json.key("predecessors").array();
    for (const UnitId unit : item.predecessors) write_unit(json, unit, call.reading());
    json.end().end();
}

Result<http::Response> behind(Call& call)
{
    PHOIHOP_TRY(query, behind_query(call));
    PHOIHOP_TRY(limit, call.query_number("limit", 200, 1, behind_rows_max));
    Result<std::vector<obligations::BoardItem>> items = refuse(ProblemCode::not_found);
    std::int64_t as_of = 0;
    call.services.instance.register_of_obligations().read([&](const Books& books, std::int64_t sequence) {
        items = read_behind(books, call, query);
        as_of = sequence;
    });
    if (!items) return tl::make_unexpected(items.error());
    std::erase_if(*items, [&](const obligations::BoardItem& item) {
        return !call.allowed(accounts::Act::read_totals, item.unit, item.asked.party);
    });
    JsonWriter json;
    json.object().member("as_of", as_of).member("on", format_date(call.on)).key("unit");
    write_unit(json, query.unit, call.reading(), Path::with);
    json.member("count", static_cast<std::int64_t>(items->size())).key("items").array();
    for (std::size_t i = 0; i < items->size() && i < static_cast<std::size_t>(limit); ++i)
        write_item(json, call, (*items)[i]);
    json.end().end();
    return http::json_answer(200, json.take());
}

}  // namespace

void add_board_routes(http::Router& router, Services& services)
{
    router.get("/api/v1/programmes/{programme}/board", handler(services, board));
    router.get("/api/v1/programmes/{programme}/board/behind", handler(services, behind));
}

}  // namespace phoihop::web
