// SPDX-License-Identifier: Apache-2.0
#include "accounts/account_store.hpp"

#include "support/accounts_office.hpp"

using namespace phoihop;
using namespace phoihop::accounts;
using test::land;
using test::new_password;
using test::p1;
using Office = test::AccountsOffice;

TEST_CASE("accounts: a new right holds at the next request, a revoked one no longer")
{
    Office office;
    const UserId user = office.settled("lao_cai", Role::reader, "Lào Cai");
    const std::string token = office.come("lao_cai").value().token;
    const Target target{p1, "police", test::named(land, "Lào Cai")};
    const auto may = [&] {
        return allowed(office.gatekeeper.by_session(token, office.now()).value()->actor.grants, Act::submit, target,
                       *land, office.setting.today);
    };
    const Grant officer{Role::unit_officer, p1, "", test::named(land, "Lào Cai")};
    CHECK_FALSE(may());
    CHECK(grant(office.services, the_program(), user, officer, office.setting).has_value());
    CHECK(may());
    CHECK(grant(office.services, the_program(), user, officer, office.setting).error().code == ProblemCode::duplicate);
    CHECK(revoke(office.services, the_program(), user, officer, office.setting).has_value());
    CHECK_FALSE(may());
    CHECK(revoke(office.services, the_program(), user, officer, office.setting).error().code == ProblemCode::not_found);
    CHECK(grant(office.services, the_program(), UserId{99}, officer, office.setting).error().code ==
          ProblemCode::not_found);
    CHECK(
        grant(office.services, the_program(), user, {Role::reader, p1, "", UnitId{999}}, office.setting).error().code ==
        ProblemCode::unknown_name);
    CHECK(grant(office.services, the_program(), user, {Role::member_organisation, p1, "", {}}, office.setting)
              .error()
              .code == ProblemCode::missing);
}

TEST_CASE("accounts: nobody gives what lies beyond his own right to manage users")
{
    Office office;
    office.settled("so_lao_cai", Role::central, "Lào Cai");
    const UserId reader = office.settled("son_la", Role::reader, "Sơn La");
    const Actor actor = office.actor("so_lao_cai");
    const auto at = [](Role role, const char* unit) { return Grant{role, p1, "", test::named(land, unit)}; };
    const auto give = [&](const Grant& given) {
        return grant(office.services, actor, reader, given, office.setting).has_value();
    };
    CHECK(give(at(Role::unit_officer, "Xã Y Tý")));
    CHECK(give(at(Role::central, "Lào Cai")));
    CHECK_FALSE(give(at(Role::reader, "Việt Nam")));
    CHECK_FALSE(give(at(Role::unit_officer, "Sơn La")));
    CHECK_FALSE(give({Role::reader, p1, "", {}}));
    CHECK_FALSE(give({Role::reader, ProgrammeId{2}, "", test::named(land, "Lào Cai")}));
    CHECK_FALSE(give({Role::operator_, {}, "", {}}));
    // The reader also stands in Sơn La: a new password would lend that right.
    CHECK(reset_password(office.services, actor, reader, office.setting).error().code == ProblemCode::not_allowed);
    CHECK(set_disabled(office.services, actor, reader, true, office.setting).error().code == ProblemCode::not_allowed);
    CHECK(add_user(office.services, actor, {"moi_1", "Cán bộ mới", {at(Role::unit_officer, "Xã Y Tý")}}, office.setting)
              .has_value());
    CHECK(add_user(office.services, actor, {"moi_2", "Cán bộ mới", {at(Role::unit_officer, "Sơn La")}}, office.setting)
              .error()
              .code == ProblemCode::not_allowed);
    CHECK(add_user(office.services, actor, {"moi_3", "Cán bộ mới", {}}, office.setting).error().code ==
          ProblemCode::not_allowed);
}

TEST_CASE("accounts: an officer manages nobody, and nobody disables himself")
{
    Office office;
    const UserId user = office.settled("lao_cai", Role::unit_officer, "Lào Cai");
    const UserId other = office.settled("y_ty", Role::unit_officer, "Xã Y Tý");
    const Actor actor = office.actor("lao_cai");
    CHECK(reset_password(office.services, actor, other, office.setting).error().code == ProblemCode::not_allowed);
    CHECK(set_disabled(office.services, actor, user, true, office.setting).error().code == ProblemCode::wrong_state);
    CHECK(set_disabled(office.services, the_program(), UserId{99}, true, office.setting).error().code ==
          ProblemCode::not_found);
}

TEST_CASE("accounts: users can be added before there are units, by those whose right holds everywhere")
{
    Office office;
    const Setting nothing{nullptr, day(2025, 7, 1)};
    CHECK(
        add_user(office.services, the_program(), {"trung_uong", "Thường trực", {{Role::central, {}, "", {}}}}, nothing)
            .has_value());
    CHECK(add_user(office.services, the_program(), {"xa_1", "Xã", {{Role::reader, {}, "", UnitId{1}}}}, nothing)
              .error()
              .code == ProblemCode::unknown_name);
    office.settled("son_la", Role::central, "Sơn La");
    CHECK(add_user(office.services, office.actor("son_la"), {"khac", "Khác", {}}, nothing).error().code ==
          ProblemCode::not_allowed);
}

TEST_CASE("accounts: a login is taken once, and names have limits")
{
    Office office;
    office.settled("y_ty", Role::reader, "Xã Y Tý");
    const auto add = [&](std::string login, std::string name) {
        const auto added =
            add_user(office.services, the_program(), {std::move(login), std::move(name), {}}, office.setting);
        return added ? std::string("added") : std::string(word(added.error().code));
    };
    CHECK(add("Y_Ty", "x") == "duplicate");
    CHECK(add("ab", "x") == "malformed");
    CHECK(add("abc", "") == "missing");
    CHECK(add("abc", std::string(500, 'x')) == "too_large");
    office.read([](store::Connection& connection) { CHECK(all_users(connection).size() == 1); });
}

TEST_CASE("accounts: a database says whether it holds demonstration accounts")
{
    Office office;
    const auto has = [&] {
        bool answer = false;
        office.read([&](store::Connection& connection) { answer = has_demonstration_accounts(connection); });
        return answer;
    };
    CHECK_FALSE(has());
    const auto drawn =
        add_user(office.services, the_program(), {"demo", "Trình diễn", {}, true}, office.setting).value();
    CHECK(has());
    CHECK_FALSE(office.come("demo", drawn.password).value().user.must_change);
    CHECK(set_disabled(office.services, the_program(), drawn.user, true, office.setting).has_value());
    CHECK_FALSE(has());
}

TEST_CASE("accounts: the journal tells of every change and names nobody")
{
    Office office;
    const UserId user = office.settled("y_ty", Role::unit_officer, "Xã Y Tý");
    const SignedIn in = office.come("y_ty").value();
    sign_out(office.services, in.token);
    CHECK(office.verbs() ==
          std::vector<std::string>{"user_added user:1", "granted user:1", "signed_in user:1", "signed_out user:1"});
    office.read([&](store::Connection& connection) {
        CHECK(user_by_id(connection, user).value().user.version == 4);
        CHECK(grants_of(connection, user).size() == 1);
    });
}
