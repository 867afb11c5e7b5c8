// SPDX-License-Identifier: Apache-2.0
#include "accounts/account_store.hpp"
#include "accounts/find_users.hpp"
#include "accounts/invitation_store.hpp"
#include "accounts/invite.hpp"
#include "documents/csv.hpp"
#include "documents/xlsx_writer.hpp"
#include "text/fold.hpp"
#include "web/grant_words.hpp"
#include "web/session_answer.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace phoihop::web {

namespace {

using accounts::Invitation;
using accounts::InvitationState;
using http::JsonWriter;

Result<void> demand_manager(const Call& call)
{
    if (call.allowed_somewhere(accounts::Act::manage_users)) return {};
    return refuse(ProblemCode::not_allowed, {}, {{"what", std::string(word(accounts::Act::manage_users))}});
}

Result<http::Response> list(Call& call)
{
    PHOIHOP_CHECK_OK(demand_manager(call));
    PHOIHOP_TRY(most, call.query_number("most", 100, 1, 2000));
    std::optional<InvitationState> wanted;
    if (const std::string state = call.query("state"); !state.empty()) {
        wanted = accounts::invitation_state_from_word(state);
        if (!wanted) return refuse(ProblemCode::unknown_name, "state", {{"what", "state"}, {"found", state}});
    }
    std::vector<Invitation> all;
    call.services.instance.database().read([&](store::Connection& connection) {
        all = accounts::find_invitations(connection, call.account(), call.setting());
    });
    const Instant now = call.services.instance.clock().now();
    const std::string wanted_name = text::fold(call.query("q"));
    std::erase_if(all,
                  [&](const Invitation& each) { return text::fold(each.name).find(wanted_name) == std::string::npos; });
    std::map<InvitationState, std::int64_t> counts;
    for (const Invitation& each : all) ++counts[state_on(each, now)];
    std::erase_if(all, [&](const Invitation& each) { return wanted && state_on(each, now) != *wanted; });
    JsonWriter json;
    json.object().member("total", all.size()).key("counts").object();
    for (const auto state :
         {InvitationState::open, InvitationState::accepted, InvitationState::expired, InvitationState::withdrawn})
        json.member(word(state), counts[state]);
    json.end().key("invitations").array();
    all.resize(std::min(all.size(), static_cast<std::size_t>(most)));
    for (const Invitation& each : all) {
        json.object().member("id", each.id.value).member("name", each.name).key("grant");
        write_grant(json, call, each.grant);
        json.member("state", word(state_on(each, now))).member("created_at", format_instant(each.created_at));
        json.member("expires_at", format_instant(each.expires_at)).member("user", each.account.value).end();
    }
    json.end().end();
    return http::json_answer(200, json.take()).with("Cache-Control", "no-store");
}

/// The address at which the link opens: what the browser calls this server, which the door has compared.
std::string address_of(const http::Request& request, const std::string& token)
{
    std::string origin(request.header("Origin"));
    if (origin.empty())
        origin = std::string(request.secure ? "https://" : "http://") + std::string(request.header("Host"));
    // Behind '#', so that no server, proxy or log on the way ever has it.
    return origin + "/invitation#" + token;
}

Result<http::Response> invite(Call& call)
{
    PHOIHOP_CHECK_OK(demand_manager(call));
    PHOIHOP_TRY(json, http::Json::parse(call.request.body));
    const http::JsonView body(json);
    PHOIHOP_CHECK_OK(body.only({"name", "role", "programme", "party", "unit", "days"}));
    PHOIHOP_TRY(name, body.text("name"));
    PHOIHOP_TRY(words, grant_words(body));
    PHOIHOP_TRY(grant, read_grant(call, words));
    PHOIHOP_TRY(days, body.integer("days", 1, accounts::invitation_days_max));
    const accounts::NewInvitation wanted{name, grant};
    PHOIHOP_TRY(drawn, accounts::invite(call.services.door.accounts(), call.account(), {&wanted, 1},
                                        static_cast<int>(days), call.setting()));
    const accounts::DrawnInvitation& one = drawn.front();
    JsonWriter answer;
    answer.object().member("id", one.id.value).member("name", name).key("grant");
    write_grant(answer, call, grant);
    answer.member("link", address_of(call.request, one.token));
    answer.member("expires_at", format_instant(one.expires_at)).end();
    return http::json_answer(200, answer.take()).with("Cache-Control", "no-store");
}

/// Who would be invited at once: the units of a level below one that nobody reports for yet.
struct Below {
    std::vector<UnitId> units;
    std::int64_t staffed = 0;  ///< where an account that can come in has the same grant
    std::int64_t invited = 0;  ///< where an invitation to it still opens
};

struct BelowWish {
    UnitId above;
    units::Level level{};
    accounts::Grant grant;  ///< without its unit
};

Result<BelowWish> below_wish(const Call& call, const GrantWords& words, const std::string& level)
{
    const auto known = units::level_from_word(level);
    if (!known) return refuse(ProblemCode::unknown_name, "level", {{"what", "level"}, {"found", level}});
    if (words.unit.empty()) return refuse(ProblemCode::missing, "unit", {{"what", "unit"}});
    PHOIHOP_TRY(grant, read_grant(call, words));
    BelowWish wish{grant.unit, *known, grant};
    wish.grant.unit = {};
    PHOIHOP_CHECK_OK(call.demand(accounts::Act::manage_users, wish.above));
    return wish;
}

Below units_below(Call& call, const BelowWish& wish)
{
    std::set<accounts::Grant> staffed;
    std::set<accounts::Grant> invited;
    const Instant now = call.services.instance.clock().now();
    call.services.instance.database().read([&](store::Connection& connection) {
        std::set<UserId> disabled;
        for (const accounts::User& user : accounts::all_users(connection))
            if (user.disabled) disabled.insert(user.id);
        accounts::each_grant(connection, [&](UserId user, const accounts::Grant& grant) {
            if (!disabled.contains(user)) staffed.insert(grant);
        });
        for (const Invitation& each : accounts::all_invitations(connection))
            if (state_on(each, now) == InvitationState::open) invited.insert(each.grant);
    });
    Below below;
    const auto map = call.territory->map(call.today);
    const std::int32_t node = map->node_of(wish.above);
    if (node < 0) return below;
    for (const std::int32_t each : map->under(node, wish.level)) {
        accounts::Grant grant = wish.grant;
        grant.unit = map->nodes()[static_cast<std::size_t>(each)].unit;
        if (staffed.contains(grant))
            ++below.staffed;
        else if (invited.contains(grant))
            ++below.invited;
        else
            below.units.push_back(grant.unit);
    }
    return below;
}

Result<http::Response> preview(Call& call)
{
    PHOIHOP_CHECK_OK(demand_manager(call));
    PHOIHOP_TRY(wish, below_wish(call, grant_words_of_query(call), call.query("level")));
    const Below below = units_below(call, wish);
    JsonWriter json;
    json.object().member("to_invite", below.units.size()).member("staffed", below.staffed);
    json.member("invited", below.invited).member("limit", accounts::invitations_max).end();
    return http::json_answer(200, json.take()).with("Cache-Control", "no-store");
}

documents::Sheet sheet_of(const Call& call, const std::vector<accounts::DrawnInvitation>& drawn)
{
    documents::Sheet sheet{"Lời mời", false, {}};
    std::uint32_t number = 1;
    documents::Row head{number, {}};
    for (const char* title : {"Mã đơn vị", "Đơn vị", "Cơ quan", "Liên kết mời (mở một lần)", "Hết hạn"})
        head.cells.push_back(documents::text_cell(title));
    sheet.rows.push_back(std::move(head));
    for (const accounts::DrawnInvitation& each : drawn) {
        const UnitId unit = each.what.grant.unit;
        documents::Row row{++number, {}};
        row.cells.push_back(documents::text_cell(call.territory->code_text(unit, call.today)));
        row.cells.push_back(documents::text_cell(call.territory->path(unit, call.today)));
        row.cells.push_back(documents::text_cell(each.what.name));
        row.cells.push_back(documents::text_cell(address_of(call.request, each.token)));
        row.cells.push_back(documents::date_cell(local_day(each.expires_at)));
        sheet.rows.push_back(std::move(row));
    }
    return sheet;
}

Result<http::Response> invite_below(Call& call)
{
    PHOIHOP_CHECK_OK(demand_manager(call));
    PHOIHOP_TRY(json, http::Json::parse(call.request.body));
    const http::JsonView body(json);
    PHOIHOP_CHECK_OK(body.only({"unit", "level", "body", "role", "programme", "party", "days", "format"}));
    PHOIHOP_TRY(level, body.text("level"));
    PHOIHOP_TRY(office, body.text_or("body", ""));
    PHOIHOP_TRY(format, body.text_or("format", "xlsx"));
    PHOIHOP_TRY(words, grant_words(body));
    PHOIHOP_TRY(days, body.integer("days", 1, accounts::invitation_days_max));
    if (format != "xlsx" && format != "csv")
        return refuse(ProblemCode::unknown_name, "format", {{"what", "format"}, {"found", format}});
    PHOIHOP_TRY(wish, below_wish(call, words, level));
    std::vector<accounts::NewInvitation> wanted;
    for (const UnitId unit : units_below(call, wish).units) {
        accounts::Grant grant = wish.grant;
        grant.unit = unit;
        const std::string name = accounts::office_name(office, call.territory->state_near(unit, call.today).full_name);
        wanted.push_back({name, grant});
    }
    PHOIHOP_TRY(drawn, accounts::invite(call.services.door.accounts(), call.account(), wanted, static_cast<int>(days),
                                        call.setting()));
    const documents::Sheet sheet = sheet_of(call, drawn);
    if (format == "csv")
        return http::download(documents::write_csv(sheet, documents::CsvStyle::spreadsheet), "text/csv; charset=utf-8",
                              "loi-moi.csv");
    return http::download(documents::write_xlsx({documents::plain_sheet(sheet)}, {"Lời mời", "", call.today}),
                          "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "loi-moi.xlsx");
}

Result<http::Response> withdraw(Call& call)
{
    PHOIHOP_CHECK_OK(demand_manager(call));
    PHOIHOP_TRY(id, call.id());
    const auto done = accounts::withdraw_invitation(call.services.door.accounts(), call.account(),
                                                    accounts::InvitationId{id}, call.setting());
    // Another's invitation is as if it were not there.
    if (!done && done.error().code == ProblemCode::not_allowed)
        return refuse(ProblemCode::not_found, "id", {{"what", "invitation"}});
    PHOIHOP_CHECK_OK(done);
    return http::empty_answer();
}

struct World {
    std::shared_ptr<const units::Territory> territory;
    accounts::Setting setting;
    Instant now;
};

Result<World> world_of(Services& services)
{
    PHOIHOP_TRY(territory, services.instance.territory());
    return World{territory, {territory.get(), services.instance.today()}, services.instance.clock().now()};
}

Result<http::Response> look(Services& services, const http::Request& request)
{
    PHOIHOP_TRY(world, world_of(services));
    PHOIHOP_TRY(json, http::Json::parse(request.body));
    const http::JsonView body(json);
    PHOIHOP_CHECK_OK(body.only({"token"}));
    PHOIHOP_TRY(token, body.text("token"));
    PHOIHOP_TRY(offer, accounts::look_at(services.door.accounts(), token, request.address, world.now, world.setting));
    const accounts::Grant& grant = offer.invitation.grant;
    JsonWriter answer;
    answer.object().member("name", offer.invitation.name).member("login", offer.login);
    answer.member("role", word(grant.role)).key("unit");
    if (grant.unit)
        write_unit(answer, grant.unit, {*world.territory, world.setting.today}, Path::with);
    else
        answer.null();
    answer.member("expires_at", format_instant(offer.invitation.expires_at)).end();
    return http::json_answer(200, answer.take()).with("Cache-Control", "no-store");
}

Result<http::Response> accept(Services& services, const http::Request& request)
{
    if (!request.from_same_origin()) return refuse(ProblemCode::not_allowed, "Origin", {{"what", "origin"}});
    PHOIHOP_TRY(world, world_of(services));
    PHOIHOP_TRY(json, http::Json::parse(request.body));
    const http::JsonView body(json);
    PHOIHOP_CHECK_OK(body.only({"token", "login", "password"}));
    PHOIHOP_TRY(token, body.text("token"));
    PHOIHOP_TRY(login, body.text("login"));
    PHOIHOP_TRY(password, body.text("password"));
    PHOIHOP_TRY(opened, accounts::accept(services.door.accounts(), {token, login, password, request.address}, world.now,
                                         world.setting));
    PHOIHOP_TRY(signed_in, services.door.admit(request, opened.token));
    return session_answer(services, signed_in.actor).with("Set-Cookie", signed_in.cookie);
}

using Open = Result<http::Response> (*)(Services&, const http::Request&);

/// For those who have no account yet.
http::Handler open_to_all(Services& services, Open body)
{
    return [&services, body](const http::Request& request) {
        auto answer = body(services, request);
        return answer ? std::move(*answer) : problem_answer(answer.error());
    };
}

}  // namespace

void add_invitation_routes(http::Router& router, Services& services)
{
    router.get("/api/v1/invitations", handler(services, list));
    router.post("/api/v1/invitations", handler(services, invite));
    router.get("/api/v1/invitations/below", handler(services, preview));
    router.post("/api/v1/invitations/below", handler(services, invite_below));
    router.remove("/api/v1/invitations/{id}", handler(services, withdraw));
    router.post("/api/v1/invitation/look", open_to_all(services, look));
    router.post("/api/v1/invitation", open_to_all(services, accept));
}

}  // namespace phoihop::web
