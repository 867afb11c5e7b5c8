// SPDX-License-Identifier: Apache-2.0
#include "accounts/account_store.hpp"
#include "accounts/invite.hpp"
#include "accounts/tokens.hpp"
#include "cli/account_tools.hpp"
#include "cli/parts.hpp"
#include "units/territory.hpp"

namespace phoihop::cli {

namespace {

/// A demonstration office: where it is, and what it may do. Units that the map of today does not have are passed over.
struct DemonstrationOffice {
    const char* login;
    const char* name;
    accounts::Role role;
    const char* unit;
    const char* party;
};

constexpr DemonstrationOffice offices[] = {
    {"trung-uong", "Cơ quan thường trực Trung ương (mô phỏng)", accounts::Role::central, "iso:VN", ""},
    {"tinh-tuyen-quang", "Công an tỉnh Tuyên Quang (mô phỏng)", accounts::Role::unit_officer, "vn34:08", ""},
    {"xa-pho-bang", "Công an xã Phố Bảng (mô phỏng)", accounts::Role::unit_officer, "vn34:00745", ""},
    {"mat-tran-xa-pho-bang", "Ủy ban MTTQ Việt Nam xã Phố Bảng (mô phỏng)", accounts::Role::member_organisation,
     "vn34:00745", "front"},
    {"nguoi-doc", "Bạn đọc số liệu (mô phỏng)", accounts::Role::reader, "iso:VN", ""}};

Result<accounts::Grant> grant_of(Invocation& call, const units::Territory& territory)
{
    accounts::Grant grant;
    const std::string role = call.arguments.value("role");
    const auto known = accounts::role_from_word(role);
    if (!known) return refuse(ProblemCode::unknown_name, "--role", {{"what", "role"}, {"found", role}});
    grant.role = *known;
    if (call.arguments.given("programme")) {
        PHOIHOP_TRY(programme, call.instance->programme(call.arguments.value("programme")));
        grant.programme = programme->id;
    }
    grant.party = call.arguments.value("party");
    if (call.arguments.given("unit")) {
        PHOIHOP_TRY(unit, at_option("unit", territory.by_code(call.arguments.value("unit"), call.today)));
        grant.unit = unit;
    }
    return grant;
}

Result<UserId> user_of(instance::Instance& instance, const std::string& login)
{
    std::optional<accounts::UserRow> row;
    instance.database().read([&](store::Connection& connection) { row = accounts::user_by_login(connection, login); });
    if (!row) return refuse(ProblemCode::unknown_name, {}, {{"what", "account"}, {"found", login}});
    return row->user.id;
}

Result<void> add_command(Invocation& call)
{
    PHOIHOP_TRY(territory, call.instance->territory());
    PHOIHOP_TRY(grant, grant_of(call, *territory));
    AccountTools tools(*call.instance);
    const accounts::NewUser user{call.arguments.value("login"), call.arguments.value("name"), {grant}, false};
    PHOIHOP_TRY(drawn,
                accounts::add_user(tools.services(), accounts::the_program(), user, {territory.get(), call.today}));
    call.output.out(drawn.login + "  " + drawn.password +
                    "  (đổi ở lần đăng nhập đầu · to be changed at the first sign-in)\n");
    return {};
}

Result<void> invite_command(Invocation& call)
{
    PHOIHOP_TRY(territory, call.instance->territory());
    PHOIHOP_TRY(grant, grant_of(call, *territory));
    PHOIHOP_TRY(days, at_option("days", parse_whole(call.arguments.value("days"), 1, accounts::invitation_days_max)));
    AccountTools tools(*call.instance);
    const accounts::NewInvitation wanted{call.arguments.value("name"), grant};
    PHOIHOP_TRY(drawn, accounts::invite(tools.services(), accounts::the_program(), {&wanted, 1}, static_cast<int>(days),
                                        {territory.get(), call.today}));
    const accounts::DrawnInvitation& one = drawn.front();
    call.output.out(call.arguments.value("address") + "/invitation#" + one.token + "  (in một lần, mở đến " +
                    format_date(local_day(one.expires_at)) + " · printed once, opens until " +
                    format_date(local_day(one.expires_at)) + ")\n");
    return {};
}

Result<void> reset_command(Invocation& call)
{
    PHOIHOP_TRY(territory, call.instance->territory());
    PHOIHOP_TRY(user, user_of(*call.instance, call.arguments.operands.at(0)));
    AccountTools tools(*call.instance);
    PHOIHOP_TRY(drawn, accounts::reset_password(tools.services(), accounts::the_program(), user,
                                                {territory.get(), call.today}));
    call.output.out(drawn.login + "  " + drawn.password + "\n");
    return {};
}

Result<void> disable_command(Invocation& call)
{
    PHOIHOP_TRY(territory, call.instance->territory());
    PHOIHOP_TRY(user, user_of(*call.instance, call.arguments.operands.at(0)));
    AccountTools tools(*call.instance);
    return accounts::set_disabled(tools.services(), accounts::the_program(), user, !call.arguments.given("undo"),
                                  {territory.get(), call.today});
}

Result<accounts::NewToken> token_of(const Arguments& arguments)
{
    accounts::NewToken wanted;
    wanted.label = arguments.value("label");
    for (const std::string& each : split_list(arguments.value("acts"))) {
        const auto act = accounts::act_from_word(each);
        if (!act)
            return refuse(ProblemCode::unknown_name, "--acts",
                          {{"what", "token_act"}, {"found", each}, {"expected", accounts::Acts::all().text()}});
        wanted.acts.add(*act);
    }
    PHOIHOP_TRY(days, at_option("days", parse_decimal(arguments.value("days"), 0)));
    // What does not fit is out of range, whatever it is.
    wanted.days = days < 0 || days > accounts::token_days_max ? 0 : static_cast<int>(days);
    return wanted;
}

Result<void> token_command(Invocation& call)
{
    PHOIHOP_TRY(user, user_of(*call.instance, call.arguments.operands.at(0)));
    PHOIHOP_TRY(wanted, token_of(call.arguments));
    AccountTools tools(*call.instance);
    PHOIHOP_TRY(drawn, accounts::issue_token(tools.services(), accounts::the_program(), user, wanted));
    call.output.out(std::to_string(drawn.id.value) + "  " + drawn.token + "  (in một lần, hết hạn " +
                    format_date(local_day(drawn.expires_at)) + " · printed once, expires " +
                    format_date(local_day(drawn.expires_at)) + ")\n");
    return {};
}

Result<void> tokens_command(Invocation& call)
{
    PHOIHOP_TRY(user, user_of(*call.instance, call.arguments.operands.at(0)));
    Listing listing({{"id"}, {"label"}, {"acts"}, {"expires"}, {"state"}});
    call.instance->database().read([&](store::Connection& connection) {
        for (const accounts::ApiToken& token : accounts::tokens_of(connection, user))
            listing.add({std::to_string(token.id.value), token.label, token.acts.text(),
                         format_date(local_day(token.expires_at)), token.revoked ? "revoked" : ""});
    });
    return listing.print(call.arguments, call.output);
}

Result<void> revoke_command(Invocation& call)
{
    PHOIHOP_TRY(user, user_of(*call.instance, call.arguments.operands.at(0)));
    PHOIHOP_TRY(id, at_option("token", parse_decimal(call.arguments.value("token"), 0)));
    AccountTools tools(*call.instance);
    return accounts::withdraw_token(tools.services(), accounts::the_program(), user, accounts::ApiTokenId{id});
}

Result<void> list_command(Invocation& call)
{
    Listing listing({{"login"}, {"name"}, {"role"}, {"unit"}, {"party"}, {"state"}});
    const auto territory = call.instance->territory();
    call.instance->database().read([&](store::Connection& connection) {
        for (const accounts::User& user : accounts::all_users(connection)) {
            const std::string state = user.disabled        ? "disabled"
                                      : user.must_change   ? "must change password"
                                      : user.demonstration ? "demonstration"
                                                           : "";
            for (const accounts::Grant& grant : accounts::grants_of(connection, user.id))
                listing.add({user.login, user.name, std::string(word(grant.role)),
                             grant.unit && territory ? (*territory)->code_text(grant.unit, call.today) : std::string{},
                             grant.party, state});
        }
    });
    return listing.print(call.arguments, call.output);
}

void add_invite_command(std::vector<Command>& commands)
{
    commands.push_back({{"accounts", "invite"},
                        "Offer somebody a place by a link that opens once; login and password are chosen there",
                        {database_option(),
                         {"name", "TEXT", "The office", true, {}},
                         {"role", "ROLE", "central, unit_officer, member_organisation, reader, operator", true, {}},
                         {"unit", "CODE", "The unit, with what stands below it", false, {}},
                         {"programme", "CODE", "Only this programme", false, {}},
                         {"party", "CODE", "Only this party", false, {}},
                         {"address", "ADDRESS", "Where officers reach the server", false, "http://127.0.0.1:8080"},
                         {"days", "N", "How long the link opens, 7 at most", false, "7"}},
                        {},
                        "phoihop accounts invite --db phoihop.db --name \"Công an xã Phố Bảng\" --role unit_officer "
                        "--unit vn34:00745 --address https://phoihop.example.vn",
                        Access::write,
                        command_of(invite_command)});
}

}  // namespace

Result<void> make_operator(instance::Instance& instance, Output& output)
{
    AccountTools tools(instance);
    PHOIHOP_TRY(drawn, accounts::make_first_operator(tools.services()));
    output.out("operator: " + drawn.login + "  " + drawn.password + "  (in một lần · printed once)\n");
    return {};
}

Result<void> make_demonstration_accounts(instance::Instance& instance, Output& output)
{
    PHOIHOP_TRY(territory, instance.territory());
    AccountTools tools(instance);
    output.out("Tài khoản trình diễn (mật khẩu in một lần) · demonstration sign-ins (printed once):\n");
    for (const DemonstrationOffice& office : offices) {
        const auto unit = territory->by_code(office.unit, instance.today());
        if (!unit) continue;
        const accounts::NewUser user{office.login, office.name, {{office.role, {}, office.party, *unit}}, true};
        PHOIHOP_TRY(drawn, accounts::add_user(tools.services(), accounts::the_program(), user,
                                              {territory.get(), instance.today()}));
        const std::string pad(22 - std::min<std::size_t>(21, drawn.login.size()), ' ');
        output.out("  " + drawn.login + pad + drawn.password + "   " + office.name + "\n");
    }
    return {};
}

void add_account_commands(std::vector<Command>& commands)
{
    commands.push_back({{"accounts", "add"},
                        "Add somebody; prints a password for the first sign-in",
                        {database_option(),
                         {"login", "LOGIN", "3 to 64 of a–z, 0–9, . _ - @", true, {}},
                         {"name", "TEXT", "The office", true, {}},
                         {"role", "ROLE", "central, unit_officer, member_organisation, reader, operator", true, {}},
                         {"unit", "CODE", "The unit, with what stands below it", false, {}},
                         {"programme", "CODE", "Only this programme", false, {}},
                         {"party", "CODE", "Only this party", false, {}}},
                        {},
                        "phoihop accounts add --db phoihop.db --login xa-pho-bang --name \"Công an xã Phố Bảng\" "
                        "--role unit_officer --unit vn34:00745",
                        Access::write,
                        command_of(add_command)});
    add_invite_command(commands);
    commands.push_back({{"accounts", "reset"},
                        "Draw a new password for somebody who lost it",
                        {database_option()},
                        {{"LOGIN", "Whose", true}},
                        "phoihop accounts reset --db phoihop.db xa-pho-bang",
                        Access::write,
                        command_of(reset_command)});
    commands.push_back({{"accounts", "disable"},
                        "Keep somebody out; --undo lets them in again",
                        {database_option(), {"undo", "", "Let in again", false, {}}},
                        {{"LOGIN", "Whose", true}},
                        "phoihop accounts disable --db phoihop.db xa-pho-bang",
                        Access::write,
                        command_of(disable_command)});
    commands.push_back(
        {{"accounts", "token"},
         "Draw an API token for a program that acts as somebody; printed once",
         {database_option(),
          {"label", "TEXT", "What it is for", true, {}},
          {"acts", "ACT,…", "What it may do, at most what its owner may: read_totals,submit,…", true, {}},
          {"days", "N", "How long, 366 at most", false, "90"}},
         {{"LOGIN", "Whose", true}},
         "phoihop accounts token --db phoihop.db xa-pho-bang --label \"Phần mềm một cửa\" "
         "--acts read_figures,submit",
         Access::write,
         command_of(token_command)});
    commands.push_back({{"accounts", "tokens"},
                        "Somebody's API tokens",
                        {database_option(), format_option()},
                        {{"LOGIN", "Whose", true}},
                        "phoihop accounts tokens --db phoihop.db xa-pho-bang",
                        Access::read,
                        command_of(tokens_command)});
    commands.push_back({{"accounts", "revoke"},
                        "Make an API token worthless",
                        {database_option(), {"token", "ID", "Its number in accounts tokens", true, {}}},
                        {{"LOGIN", "Whose", true}},
                        "phoihop accounts revoke --db phoihop.db xa-pho-bang --token 1",
                        Access::write,
                        command_of(revoke_command)});
    commands.push_back({{"accounts", "list"},
                        "Everybody, with roles and units",
                        {database_option(), format_option()},
                        {},
                        "phoihop accounts list --db phoihop.db",
                        Access::read,
                        command_of(list_command)});
}

}  // namespace phoihop::cli
