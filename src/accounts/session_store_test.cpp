// SPDX-License-Identifier: Apache-2.0
#include "accounts/session_store.hpp"

#include "support/accounts_office.hpp"

using namespace phoihop;
using namespace phoihop::accounts;
using namespace std::chrono_literals;
using test::land;
using test::new_password;
using test::p1;
using Office = test::AccountsOffice;

TEST_CASE("accounts: the first operator is made once, and may do nothing before choosing a password")
{
    Office office;
    const auto drawn = make_first_operator(office.services).value();
    CHECK(make_first_operator(office.services).error().code == ProblemCode::wrong_state);
    CHECK(office.verbs() == std::vector<std::string>{"user_added user:1", "granted user:1"});

    const SignedIn in = office.come("Operator", drawn.password).value();
    CHECK(in.user.must_change);
    const auto before = office.gatekeeper.by_session(in.token, office.now()).value();
    CHECK(before->actor.must_change);
    CHECK(before->actor.grants.list.empty());

    CHECK(change_password(office.services, before->actor, {in.token, drawn.password, "short", "10.0.0.1"}, office.now())
              .error()
              .code == ProblemCode::out_of_range);
    CHECK(change_password(office.services, before->actor, {in.token, drawn.password, drawn.password, "10.0.0.1"},
                          office.now())
              .error()
              .code == ProblemCode::duplicate);
    CHECK(change_password(office.services, before->actor, {in.token, drawn.password, new_password, "10.0.0.1"},
                          office.now())
              .has_value());
    const auto after = office.gatekeeper.by_session(in.token, office.now()).value();
    CHECK_FALSE(after->actor.must_change);
    CHECK(allowed(after->actor.grants, Act::operate, {}, *land, office.setting.today));
    CHECK(office.come("operator", drawn.password).error().code == ProblemCode::not_signed_in);
    CHECK(office.come("operator").has_value());
}

TEST_CASE("accounts: a wrong password, an unknown login and a disabled user are the same refusal")
{
    Office office;
    const UserId user = office.settled("y_ty", Role::unit_officer, "Xã Y Tý");
    const Problem wrong = office.come("y_ty", "wrong password").error();
    CHECK(office.come("nobody").error() == wrong);
    CHECK(office.come("not a login").error() == wrong);
    CHECK(set_disabled(office.services, the_program(), user, true, office.setting).has_value());
    CHECK(office.come("y_ty").error() == wrong);
    CHECK(set_disabled(office.services, the_program(), user, false, office.setting).has_value());
    CHECK(office.come("Y_TY").has_value());
}

TEST_CASE("accounts: who guesses must wait, and the right password waits with him")
{
    Office office;
    office.settled("y_ty", Role::unit_officer, "Xã Y Tý");
    for (int i = 0; i < 5; ++i) CHECK(office.come("y_ty", "wrong").error().code == ProblemCode::not_signed_in);
    const Problem slow = office.come("y_ty").error();
    CHECK(slow.code == ProblemCode::too_many_requests);
    CHECK(fact(slow, "retry_s") == "15");
    office.pass(15s);
    CHECK(office.come("y_ty").has_value());
}

TEST_CASE("accounts: a session ends when idle, when old, and when it is signed out")
{
    Office office;
    office.settled("y_ty", Role::unit_officer, "Xã Y Tý");
    const std::string idle = office.come("y_ty").value().token;
    office.pass(session_idle - 1s);
    CHECK(office.gatekeeper.by_session(idle, office.now()).has_value());
    office.pass(session_idle);
    CHECK(office.session_refused(idle) == ProblemCode::not_signed_in);

    const std::string used = office.come("y_ty").value().token;
    const Instant began = office.now();
    while (office.now() + 7h < began + session_age_max) {
        office.pass(7h);
        CHECK(office.gatekeeper.by_session(used, office.now()).has_value());
    }
    office.clock().set(began + session_age_max);
    CHECK(office.session_refused(used) == ProblemCode::not_signed_in);

    const std::string out = office.come("y_ty").value().token;
    CHECK(office.gatekeeper.by_session_at_once(out, office.now()) == nullptr);
    CHECK(office.gatekeeper.by_session(out, office.now()).has_value());
    CHECK(office.gatekeeper.by_session_at_once(out, office.now()) != nullptr);
    sign_out(office.services, out);
    CHECK(office.session_refused(out) == ProblemCode::not_signed_in);
    CHECK(office.gatekeeper.by_session_at_once(out, office.now()) == nullptr);
    sign_out(office.services, "never was");
    CHECK(office.session_refused("") == ProblemCode::not_signed_in);
}

TEST_CASE("accounts: seeing a session outlives the process that saw it")
{
    Office office;
    office.settled("y_ty", Role::unit_officer, "Xã Y Tý");
    const std::string token = office.come("y_ty").value().token;
    office.pass(7h);
    CHECK(office.gatekeeper.by_session(token, office.now()).has_value());
    office.pass(7h);
    Gatekeeper restarted(office.services);
    CHECK(restarted.by_session(token, office.now()).has_value());
}

TEST_CASE("accounts: a database copied by a thief opens no session and holds no password")
{
    Office office;
    office.settled("y_ty", Role::unit_officer, "Xã Y Tý");
    const std::string token = office.come("y_ty").value().token;
    office.read([&](store::Connection& connection) {
        CHECK(find_session(connection, token_hash(token)).has_value());
        store::Digest raw{};
        for (std::size_t i = 0; i < raw.size(); ++i) raw[i] = static_cast<std::byte>(token[i]);
        CHECK_FALSE(find_session(connection, raw).has_value());
        CHECK(user_by_login(connection, "y_ty")->password_hash.starts_with("$argon2id$"));
    });
}

TEST_CASE("accounts: the longest unseen of too many sessions goes")
{
    Office office;
    office.settled("y_ty", Role::unit_officer, "Xã Y Tý");
    const std::string first = office.come("y_ty").value().token;
    for (std::int64_t i = 1; i < sessions_of_user_max; ++i) {
        office.pass(1s);
        CHECK(office.come("y_ty").has_value());
    }
    Gatekeeper fresh(office.services);
    CHECK(fresh.by_session(first, office.now()).has_value());
    office.pass(1s);
    CHECK(office.come("y_ty").has_value());
    Gatekeeper later(office.services);
    CHECK_FALSE(later.by_session(first, office.now()).has_value());
}

TEST_CASE("accounts: a reset password ends the sessions and must be changed")
{
    Office office;
    const UserId user = office.settled("y_ty", Role::unit_officer, "Xã Y Tý");
    const std::string before = office.come("y_ty").value().token;
    CHECK(office.gatekeeper.by_session(before, office.now()).has_value());
    const auto drawn = reset_password(office.services, the_program(), user, office.setting).value();
    CHECK(drawn.login == "y_ty");
    CHECK(office.session_refused(before) == ProblemCode::not_signed_in);
    CHECK(office.come("y_ty").error().code == ProblemCode::not_signed_in);
    CHECK(office.come("y_ty", drawn.password).value().user.must_change);
}

TEST_CASE("accounts: changing the password ends the other sessions, and wants the old one")
{
    Office office;
    office.settled("y_ty", Role::unit_officer, "Xã Y Tý");
    const std::string here = office.come("y_ty").value().token;
    const std::string there = office.come("y_ty").value().token;
    const Actor actor = office.gatekeeper.by_session(here, office.now()).value()->actor;
    CHECK(change_password(office.services, actor, {here, "wrong", "một câu dài khác", "10.0.0.1"}, office.now())
              .error()
              .code == ProblemCode::not_signed_in);
    CHECK(change_password(office.services, actor, {here, new_password, "một câu dài khác", "10.0.0.1"}, office.now())
              .has_value());
    CHECK(office.gatekeeper.by_session(here, office.now()).has_value());
    CHECK(office.session_refused(there) == ProblemCode::not_signed_in);
}

TEST_CASE("accounts: an API token does what it names and what its owner may, until it ends")
{
    Office office;
    const UserId user = office.settled("lao_cai", Role::unit_officer, "Lào Cai");
    const Actor actor = office.actor("lao_cai");
    const DrawnToken drawn =
        create_token(office.services, actor, {"nhập liệu", {Act::read_figures, Act::submit, Act::open_period}, 30})
            .value();
    CHECK(drawn.token.starts_with("ph_"));
    const auto known = office.gatekeeper.by_api_token(drawn.token, office.now()).value();
    const Target target{p1, "police", test::named(land, "Xã Y Tý")};
    const auto may = [&](Act act) { return allowed(known->actor.grants, act, target, *land, office.setting.today); };
    CHECK(may(Act::submit));
    CHECK_FALSE(may(Act::enter));        // not named
    CHECK_FALSE(may(Act::open_period));  // named, but not its owner's
    CHECK(office.session_refused(drawn.token) == ProblemCode::not_signed_in);
    CHECK_FALSE(office.gatekeeper.by_api_token("ph_x", office.now()).has_value());
    CHECK(create_token(office.services, known->actor, {"x", {Act::submit}, 30}).error().code ==
          ProblemCode::not_allowed);

    CHECK_FALSE(office.gatekeeper.by_api_token(drawn.token, drawn.expires_at).has_value());
    CHECK(office.gatekeeper.by_api_token(drawn.token, office.now()).has_value());
    CHECK(withdraw_token(office.services, Actor{UserId{99}, {}, false}, UserId{99}, drawn.id).error().code ==
          ProblemCode::not_found);
    CHECK(withdraw_token(office.services, actor, actor.user, drawn.id).has_value());
    CHECK_FALSE(office.gatekeeper.by_api_token(drawn.token, office.now()).has_value());
    CHECK(withdraw_token(office.services, actor, actor.user, drawn.id).error().code == ProblemCode::not_found);
    CHECK(set_disabled(office.services, the_program(), user, true, office.setting).has_value());
}

TEST_CASE("accounts: the operator draws and withdraws tokens of whoever has chosen a password")
{
    Office office;
    const UserId user = office.settled("lao_cai", Role::unit_officer, "Lào Cai");
    const DrawnToken drawn = issue_token(office.services, the_program(), user, {"máy", {Act::submit}, 30}).value();
    CHECK(office.gatekeeper.by_api_token(drawn.token, office.now()).has_value());
    CHECK(withdraw_token(office.services, the_program(), UserId{99}, drawn.id).error().code == ProblemCode::not_found);
    CHECK(withdraw_token(office.services, the_program(), user, drawn.id).has_value());
    CHECK_FALSE(office.gatekeeper.by_api_token(drawn.token, office.now()).has_value());
    CHECK(issue_token(office.services, the_program(), UserId{99}, {"máy", {Act::submit}, 30}).error().code ==
          ProblemCode::not_found);
    CHECK(reset_password(office.services, the_program(), user, office.setting).has_value());
    CHECK(issue_token(office.services, the_program(), user, {"máy", {Act::submit}, 30}).error().code ==
          ProblemCode::wrong_state);
}

TEST_CASE("accounts: a token of a disabled user is shut")
{
    Office office;
    const UserId user = office.settled("lao_cai", Role::unit_officer, "Lào Cai");
    const DrawnToken drawn = create_token(office.services, office.actor("lao_cai"), {"x", {Act::submit}, 30}).value();
    CHECK(office.gatekeeper.by_api_token(drawn.token, office.now()).has_value());
    CHECK(set_disabled(office.services, the_program(), user, true, office.setting).has_value());
    CHECK_FALSE(office.gatekeeper.by_api_token(drawn.token, office.now()).has_value());
}

TEST_CASE("accounts: a token wants a label, acts that it may have, and an end")
{
    Office office;
    office.settled("lao_cai", Role::central, "Lào Cai");
    const Actor actor = office.actor("lao_cai");
    const auto made = [&](const NewToken& wanted) {
        const auto token = create_token(office.services, actor, wanted);
        return token ? std::string("made") : std::string(word(token.error().code)) + " " + token.error().where;
    };
    CHECK(made({"", {Act::submit}, 30}) == "missing label");
    CHECK(made({"x", {}, 30}) == "missing acts");
    CHECK(made({"x", {Act::manage_users}, 30}) == "not_allowed acts");
    CHECK(made({"x", {Act::submit}, 0}) == "out_of_range days");
    CHECK(made({"x", {Act::submit}, 367}) == "out_of_range days");
    CHECK(made({std::string(300, 'x'), {Act::submit}, 30}) == "too_large label");
    for (std::size_t i = 0; i < tokens_of_user_max; ++i) CHECK(made({"x", {Act::submit}, 1}) == "made");
    CHECK(made({"x", {Act::submit}, 30}) == "too_large tokens");
    office.pass(25h);
    CHECK(made({"x", {Act::submit}, 30}) == "made");
}

TEST_CASE("accounts: what a follower is given holds no password and no token")
{
    struct Listening : store::JournalFollower {
        std::string all;
        void follow(std::span<const store::JournalRecord> records) override
        {
            for (const auto& record : records)
                all.append(reinterpret_cast<const char*>(record.content.data()), record.content.size())
                    .append(record.subject);
        }
    } listening;
    Office office;
    office.writer().add_follower(listening, store::Writer::Delivery::before_answer);
    office.settled("y_ty", Role::unit_officer, "Xã Y Tý");
    const std::string token = office.come("y_ty").value().token;
    const auto drawn = create_token(office.services, office.actor("y_ty"), {"x", {Act::submit}, 1}).value();
    CHECK(listening.all.find("login=y_ty") != std::string::npos);
    for (const std::string& secret : {token, drawn.token, new_password, std::string("argon2")})
        CHECK(listening.all.find(secret) == std::string::npos);
}
