// SPDX-License-Identifier: Apache-2.0
#include "dispatch/files.hpp"
#include "documents/zip_archive.hpp"
#include "http/json.hpp"
#include "obligations/register.hpp"
#include "obligations/settle.hpp"
#include "programme/period_id.hpp"
#include "web/services.hpp"

#include <algorithm>

namespace phoihop::web {

namespace {

using http::JsonWriter;

/// Letters are composed and written while the caller waits: a desk that wants more asks again for the next ones.
constexpr std::size_t letters_max = 50;
constexpr std::size_t excused_max = 500;

/// The units that were chosen on the board, each once; `too_large` past `max`.
Result<std::vector<UnitId>> units_of(const Call& call, const http::JsonView& body, std::size_t max)
{
    PHOIHOP_TRY(list, body.member("units"));
    PHOIHOP_TRY(items, list.items());
    if (items.empty()) return refuse(ProblemCode::missing, "units", {{"what", "unit"}});
    if (items.size() > max)
        return refuse(ProblemCode::too_large, "units",
                      {{"limit", std::to_string(max)}, {"found", std::to_string(items.size())}});
    std::vector<UnitId> units;
    for (const http::JsonView& item : items) {
        PHOIHOP_TRY(code, item.text());
        PHOIHOP_TRY(unit, read_at("units", call.unit(code)));
        if (std::find(units.begin(), units.end(), unit) == units.end()) units.push_back(unit);
    }
    return units;
}

Result<dispatch::NudgeOrder> order_of(Call& call, const http::JsonView& body)
{
    dispatch::NudgeOrder order;
    PHOIHOP_TRY(on, body.text_or("on", ""));
    if (!on.empty()) {
        PHOIHOP_TRY(day, read_at("on", parse_date(on)));
        if (day > call.today)
            return refuse(ProblemCode::out_of_range, "on", {{"max", format_date(call.today)}, {"found", on}});
        call.on = day;
    }
    order.on = call.on;
    PHOIHOP_TRY(level, body.text("level"));
    const auto known = units::level_from_word(level);
    if (!known) return refuse(ProblemCode::unknown_name, "level", {{"what", "level"}, {"found", level}});
    order.level = *known;
    PHOIHOP_TRY(kind, body.text_or("kind", ""));
    if (!kind.empty()) order.kinds.push_back(kind);
    PHOIHOP_TRY(period, body.text_or("period", ""));
    if (!period.empty()) {
        PHOIHOP_TRY(names, read_at("period", programme::parse_period_range(period)));
        for (const programme::PeriodName& name : names) order.periods.push_back(programme::id_of(name));
    }
    PHOIHOP_TRY(units, units_of(call, body, letters_max));
    order.units = units;
    return order;
}

/// Each letter is its writer's own: the body of the unit above the late one.
Result<void> demand_writers(const Call& call, const dispatch::NudgeOrder& order)
{
    const auto map = call.territory->map(order.on);
    for (const UnitId unit : order.units) {
        const std::int32_t node = map->node_of(unit);
        const std::int32_t above = node < 0 ? -1 : map->nodes()[static_cast<std::size_t>(node)].parent;
        if (above < 0) return refuse(ProblemCode::not_found, "units", {{"what", "unit above"}});
        PHOIHOP_CHECK_OK(
            call.demand(accounts::Act::issue_document, map->nodes()[static_cast<std::size_t>(above)].unit));
    }
    return {};
}

/// Letters that urge the chosen units, as `phoihop nudge` makes them: one zip file with DOCX and PDF. Nothing is kept.
Result<http::Response> letters(Call& call)
{
    PHOIHOP_TRY(json, http::Json::parse(call.request.body));
    const http::JsonView body(json);
    PHOIHOP_CHECK_OK(body.only({"on", "level", "kind", "period", "units"}));
    PHOIHOP_TRY(order, order_of(call, body));
    PHOIHOP_CHECK_OK(demand_writers(call, order));
    PHOIHOP_TRY(made, dispatch::nudge_files(call.services.instance.register_of_obligations(), *call.territory,
                                            *call.programme, order));
    if (made.empty()) return refuse(ProblemCode::not_found, "units", {{"what", "overdue"}});
    std::vector<std::pair<std::string, std::string>> parts;
    for (dispatch::Files& letter : made) {
        parts.emplace_back(letter.stem + ".docx", std::move(letter.docx));
        parts.emplace_back(letter.stem + ".pdf", std::move(letter.pdf));
    }
    return http::download(documents::write_zip(parts), "application/zip", "don-doc-" + format_date(order.on) + ".zip");
}

/// What of one column the chosen units owe themselves and may still be excused from.
Result<std::vector<ObligationId>> excusable(const Call& call, const http::JsonView& body,
                                            const std::vector<UnitId>& units)
{
    PHOIHOP_TRY(subject, body.text("subject"));
    PHOIHOP_TRY(text, body.text("period"));
    PHOIHOP_TRY(period, read_at("period", programme::parse_period(text)));
    obligations::BoardFilter filter;
    filter.programme = call.programme->id;
    filter.on = call.on;
    std::vector<obligations::BoardItem> owed;
    Result<void> read;
    call.services.instance.register_of_obligations().read([&](const obligations::Books& books, std::int64_t) {
        const auto* column = books.column(call.programme->id, programme::id_of(period), subject);
        if (column == nullptr) {
            read = refuse(ProblemCode::unknown_name, "subject", {{"what", "obligation"}, {"found", subject}});
            return;
        }
        for (const UnitId unit : units) {
            auto items =
                obligations::behind(books, *call.territory, filter, unit, column->asked.id, obligations::Reading::own);
            if (items) owed.insert(owed.end(), items->begin(), items->end());
        }
    });
    PHOIHOP_CHECK_OK(read);
    std::vector<ObligationId> ids;
    for (const obligations::BoardItem& item : owed) {
        using obligations::Progress;
        if (item.state.progress != Progress::open && item.state.progress != Progress::returned) continue;
        PHOIHOP_CHECK_OK(call.demand(accounts::Act::excuse, item.unit, item.asked.party));
        ids.push_back(item.obligation);
    }
    return ids;
}

/// All or none, each with its own event and journal record, for one reason.
Result<void> excuse_all(store::WriteContext& context, const Call& call, const std::vector<ObligationId>& ids,
                        const std::string& note)
{
    for (const ObligationId id : ids)
        PHOIHOP_CHECK_OK(obligations::excuse(context, {id, call.actor.id, call.today, std::nullopt, note}));
    return {};
}

Result<http::Response> excuse(Call& call)
{
    PHOIHOP_TRY(json, http::Json::parse(call.request.body));
    const http::JsonView body(json);
    PHOIHOP_CHECK_OK(body.only({"subject", "period", "units", "note"}));
    PHOIHOP_TRY(note, body.text("note"));
    PHOIHOP_TRY(units, units_of(call, body, excused_max));
    PHOIHOP_TRY(ids, excusable(call, body, units));
    const auto done = call.services.instance.writer().run(
        [&](store::WriteContext& context) { return excuse_all(context, call, ids, note); });
    if (!done) return tl::make_unexpected(done.error());
    JsonWriter answer;
    answer.object().member("excused", static_cast<std::int64_t>(ids.size())).end();
    return http::json_answer(200, answer.take());
}

}  // namespace

void add_board_act_routes(http::Router& router, Services& services)
{
    router.post("/api/v1/programmes/{programme}/letters", handler(services, letters));
    router.post("/api/v1/programmes/{programme}/board/excuse", handler(services, excuse));
}

}  // namespace phoihop::web
