// SPDX-License-Identifier: Apache-2.0
#include "obligations/gap_board.hpp"
#include "obligations/register.hpp"
#include "programme/period_id.hpp"
#include "web/services.hpp"

#include <algorithm>
#include <map>

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

/// How many rows one answer holds at most.
constexpr std::int64_t board_rows_max = 2000;
constexpr std::int64_t board_offset_max = 1'000'000;

/// The state that wants a hand first, where several obligations stand in one cell: a merged province answers for all
/// that its parts owed. Their id is 0, because there is not one.
obligations::State worst(const obligations::Counts& own)
{
    using obligations::Progress;
    using obligations::Timing;
    if (own.overdue > 0) return {Progress::open, Timing::overdue};
    if (own.due > 0) return {Progress::open, Timing::due};
    if (own.not_due > 0) return {Progress::open, Timing::not_due};
    if (own.done_late > 0) return {Progress::claimed, Timing::done_late};
    return {Progress::claimed, Timing::done};
}

void write_cell(JsonWriter& json, const Call& call, const obligations::BoardCell& cell)
{
    if (cell.own.total() == 0) {
        json.null();
        return;
    }
    obligations::State state = worst(cell.own);
    if (cell.obligation) state.progress = cell.progress;
    json.object().member("id", cell.obligation.value).member("state", state_word(state, {}, call.on));
    const bool single = static_cast<bool>(cell.obligation);
    json.member("days", single ? days_beside(call.programme->calendar, cell.due, call.on) : 0).end();
}

Result<http::Response> board(Call& call)
{
    PHOIHOP_TRY(filter, filter_of(call));
    PHOIHOP_TRY(limit, call.query_number("limit", 200, 1, board_rows_max));
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
    json.end().key("rows").array();
    std::int64_t row_count = 0;
    std::map<std::string, std::int64_t, std::less<>> totals;
    for (const obligations::BoardRow& row : made->rows) {
        totals["late"] += row.own.overdue;
        totals["due"] += row.own.due;
        totals["not_due"] += row.own.not_due;
        totals["evidenced"] += row.own.done;
        totals["done_late"] += row.own.done_late;
        const std::int64_t at = row_count++;
        if (at < offset || at >= offset + limit) continue;
        json.object().key("unit");
        write_unit(json, row.unit, call.reading(), Path::with);
        json.key("cells").array();
        for (const obligations::BoardCell& cell : row.cells) write_cell(json, call, cell);
        json.end().member("late", row.own.overdue).member("done", row.own.done + row.own.done_late);
        json.member("owed", row.own.total()).key("below").object();
        json.member("late", row.below.overdue).member("owed", row.below.total()).end().end();
    }
    json.end().member("row_count", row_count).key("totals").object();
    for (const auto& [state, count] : totals) json.member(state, count);
    json.end().end();
    return http::json_answer(200, json.take());
}

}  // namespace

void add_board_routes(http::Router& router, Services& services)
{
    router.get("/api/v1/programmes/{programme}/board", handler(services, board));
}

}  // namespace phoihop::web
