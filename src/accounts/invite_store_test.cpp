// SPDX-License-Identifier: Apache-2.0
#include "accounts/find_users.hpp"
#include "accounts/invitation_store.hpp"
#include "accounts/invite.hpp"
#include "support/accounts_office.hpp"

#include <algorithm>

using namespace phoihop;
using namespace phoihop::test;

namespace {

NewInvitation office(const char* unit, Role role = Role::unit_officer, std::string party = "")
{
    return {"Công an xã", {role, p1, std::move(party), named(land, unit)}};
}

struct Door : AccountsOffice {
    Result<std::vector<DrawnInvitation>> offer(const Actor& actor, const NewInvitation& what, int days = 7)
    {
        return invite(services, actor, {&what, 1}, days, setting);
    }
    DrawnInvitation link(const Actor& actor, const NewInvitation& what) { return offer(actor, what).value().front(); }
    Result<SignedIn> take(const std::string& token, const std::string& login = "xa-y-ty",
                          const std::string& password = new_password)
    {
        return accept(services, {token, login, password, "10.0.0.7"}, now(), setting);
    }
    Result<Offer> look(const std::string& token) { return look_at(services, token, "10.0.0.7", now(), setting); }
};

ProblemCode code_of(const auto& answer)
{
    REQUIRE_FALSE(answer.has_value());
    return answer.error().code;
}

}  // namespace

TEST_CASE("accounts: who does not manage users invites nobody, and who does only inside his own right")
{
    Door door;
    door.settled("lao-cai", Role::unit_officer, "Lào Cai");
    door.settled("centre-lc", Role::central, "Lào Cai");
    CHECK(code_of(door.offer(door.actor("lao-cai"), office("Xã Y Tý"))) == ProblemCode::not_allowed);
    const Actor centre = door.actor("centre-lc");
    CHECK(code_of(door.offer(centre, office("Sơn La"))) == ProblemCode::not_allowed);
    CHECK(code_of(door.offer(centre, {"Mọi nơi", {Role::reader, p1, "", {}}})) == ProblemCode::not_allowed);
    CHECK(code_of(door.offer(centre, {"Vận hành", {Role::operator_, {}, "", {}}})) == ProblemCode::not_allowed);
    CHECK(door.offer(centre, office("Xã Y Tý")).has_value());
}

TEST_CASE("accounts: an invitation wants a name, a party where the role has one, and one to seven days")
{
    Door door;
    const Actor program = the_program();
    CHECK(code_of(door.offer(program, {"", {Role::reader, p1, "", named(land, "Sơn La")}})) == ProblemCode::missing);
    CHECK(code_of(door.offer(program, office("Xã Y Tý", Role::member_organisation))) == ProblemCode::missing);
    CHECK(code_of(door.offer(program, office("Xã Y Tý"), 0)) == ProblemCode::out_of_range);
    CHECK(code_of(door.offer(program, office("Xã Y Tý"), 8)) == ProblemCode::out_of_range);
    CHECK(code_of(invite(door.services, program, {}, 7, door.setting)) == ProblemCode::missing);
    const std::vector<NewInvitation> many(invitations_max + 1, office("Xã Y Tý"));
    CHECK(code_of(invite(door.services, program, many, 7, door.setting)) == ProblemCode::too_large);
}

TEST_CASE("accounts: who opens a link chooses login and password, is signed in and has the place")
{
    Door door;
    const DrawnInvitation link = door.link(the_program(), office("Xã Y Tý"));
    const Offer offer = door.look(link.token).value();
    CHECK(offer.login == "xa-y-ty");
    CHECK(offer.invitation.name == "Công an xã");
    const SignedIn opened = door.take(link.token).value();
    const auto known = door.gatekeeper.by_session(opened.token, door.now()).value();
    CHECK(known->user.login == "xa-y-ty");
    CHECK_FALSE(known->actor.must_change);
    CHECK(known->actor.grants.list == std::vector<Grant>{office("Xã Y Tý").grant});
    CHECK(door.come("xa-y-ty").has_value());
}

TEST_CASE("accounts: a link opens once, not after it was withdrawn, not after its day")
{
    Door door;
    const DrawnInvitation used = door.link(the_program(), office("Xã Y Tý"));
    CHECK(door.take(used.token).has_value());
    CHECK(code_of(door.take(used.token, "khac")) == ProblemCode::not_found);
    CHECK(code_of(withdraw_invitation(door.services, the_program(), used.id, door.setting)) ==
          ProblemCode::wrong_state);
    const DrawnInvitation taken = door.link(the_program(), office("Xã Y Tý"));
    CHECK(withdraw_invitation(door.services, the_program(), taken.id, door.setting).has_value());
    CHECK(code_of(door.look(taken.token)) == ProblemCode::not_found);
    const DrawnInvitation late = door.link(the_program(), office("Xã Y Tý"));
    door.pass(std::chrono::hours(7 * 24) - std::chrono::milliseconds(1));
    CHECK(door.look(late.token).has_value());
    door.pass(std::chrono::milliseconds(1));
    CHECK(code_of(door.look(late.token)) == ProblemCode::not_found);
    CHECK(code_of(door.take(late.token)) == ProblemCode::not_found);
}

TEST_CASE("accounts: a link is worth what whoever gave it may still give")
{
    Door door;
    const UserId giver = door.settled("centre-lc", Role::central, "Lào Cai");
    const DrawnInvitation link = door.link(door.actor("centre-lc"), office("Xã Y Tý"));
    const Grant right{Role::central, p1, "", named(land, "Lào Cai")};
    CHECK(revoke(door.services, the_program(), giver, right, door.setting).has_value());
    CHECK(code_of(door.take(link.token)) == ProblemCode::not_found);
    CHECK(grant(door.services, the_program(), giver, right, door.setting).has_value());
    CHECK(set_disabled(door.services, the_program(), giver, true, door.setting).has_value());
    CHECK(code_of(door.take(link.token)) == ProblemCode::not_found);
    CHECK(set_disabled(door.services, the_program(), giver, false, door.setting).has_value());
    CHECK(door.take(link.token).has_value());
}

TEST_CASE("accounts: a login that is taken or a weak password leaves the link as it was")
{
    Door door;
    door.settled("xa-y-ty", Role::reader, "Sơn La");
    const DrawnInvitation link = door.link(the_program(), office("Xã Y Tý"));
    CHECK(door.look(link.token).value().login == "xa-y-ty-lao-cai");
    CHECK(code_of(door.take(link.token, "xa-y-ty")) == ProblemCode::duplicate);
    CHECK(code_of(door.take(link.token, "x")) == ProblemCode::malformed);
    CHECK_FALSE(door.take(link.token, "xa-y-ty-2", "ngan").has_value());
    CHECK(door.take(link.token, "xa-y-ty-2").has_value());
}

TEST_CASE("accounts: guessing links is slowed down like guessing passwords, from that address alone")
{
    Door door;
    const DrawnInvitation link = door.link(the_program(), office("Xã Y Tý"));
    for (int i = 0; i < 5; ++i) CHECK(code_of(door.look("guess" + std::to_string(i))) == ProblemCode::not_found);
    CHECK(code_of(door.look(link.token)) == ProblemCode::too_many_requests);
    CHECK(code_of(door.take(link.token)) == ProblemCode::too_many_requests);
    CHECK(look_at(door.services, link.token, "10.0.0.8", door.now(), door.setting).has_value());
    door.pass(std::chrono::seconds(15));
    CHECK(door.look(link.token).has_value());
}

TEST_CASE("accounts: the journal names who invited and who came, the database has no link")
{
    Door door;
    const DrawnInvitation link = door.link(the_program(), office("Xã Y Tý"));
    const SignedIn opened = door.take(link.token).value();
    const std::string user = "user:" + std::to_string(opened.user.id.value);
    CHECK(door.verbs() == std::vector<std::string>{"invited invitation:1", "user_added " + user, "granted " + user,
                                                   "accepted invitation:1", "signed_in " + user});
    door.read([&](store::Connection& connection) {
        CHECK_FALSE(find_invitation(connection, store::Digest{}).has_value());
        const auto kept = find_invitation(connection, link.id);
        REQUIRE(kept.has_value());
        CHECK(kept->account == opened.user.id);
        CHECK(kept->state == InvitationState::accepted);
    });
}

TEST_CASE("accounts: who manages users finds those inside his right, with the grants that he may take away")
{
    Door door;
    door.settled("centre-lc", Role::central, "Lào Cai");
    door.settled("xa-y-ty", Role::unit_officer, "Xã Y Tý");
    door.settled("son-la", Role::reader, "Sơn La");
    const UserId both = door.settled("ca-hai", Role::reader, "Xã Y Tý");
    const Grant elsewhere{Role::reader, p1, "", named(land, "Sơn La")};
    CHECK(grant(door.services, the_program(), both, elsewhere, door.setting).has_value());
    const auto logins = [&](const Actor& actor, const UserWish& wish) {
        std::vector<std::string> found;
        door.read([&](store::Connection& connection) {
            for (const SeenUser& seen : find_users(connection, actor, wish, door.setting))
                found.push_back(seen.user.login + (seen.whole ? "" : "*") + " " + std::to_string(seen.grants.size()));
        });
        return found;
    };
    using Logins = std::vector<std::string>;
    const Actor centre = door.actor("centre-lc");
    CHECK(logins(door.actor("xa-y-ty"), {}).empty());
    CHECK(logins(centre, {}) == Logins{"ca-hai* 1", "centre-lc 1", "xa-y-ty 1"});
    CHECK(logins(centre, {"Y Tý", {}, {}, {}}) == Logins{"xa-y-ty 1"});
    CHECK(logins(centre, {"", Role::reader, {}, {}}) == Logins{"ca-hai* 1"});
    CHECK(logins(centre, {"", {}, UserState::disabled, {}}).empty());
    CHECK(logins(the_program(), {"", {}, {}, named(land, "Sơn La")}) == Logins{"ca-hai 2", "son-la 1"});
    door.read([&](store::Connection& connection) {
        CHECK(find_user(connection, centre, both, door.setting).has_value());
        CHECK(code_of(find_user(connection, door.actor("xa-y-ty"), both, door.setting)) == ProblemCode::not_found);
    });
}

TEST_CASE("accounts: tokens given to somebody's programs do only what the giver may do there himself")
{
    Door door;
    const UserId officer = door.settled("xa-y-ty", Role::unit_officer, "Xã Y Tý");
    door.settled("centre-lc", Role::central, "Lào Cai");
    door.settled("van-hanh", Role::operator_, "Lào Cai");
    const auto give = [&](const Actor& actor, Acts acts) {
        return give_token(door.services, actor, officer, {"Phần mềm", acts, 30}, door.setting);
    };
    CHECK(code_of(give(door.actor("xa-y-ty"), {Act::submit})) == ProblemCode::not_allowed);
    // Who runs the installation sees no figure, through nobody's token either.
    CHECK(code_of(give(door.actor("van-hanh"), {Act::read_figures})) == ProblemCode::not_allowed);
    const Actor centre = door.actor("centre-lc");
    CHECK(code_of(give(centre, {Act::submit, Act::operate})) == ProblemCode::not_allowed);
    const DrawnToken token = give(centre, {Act::submit}).value();
    const auto take = [&](const Actor& actor) {
        return take_token(door.services, actor, officer, token.id, door.setting);
    };
    CHECK(code_of(take(door.actor("xa-y-ty"))) == ProblemCode::not_allowed);
    CHECK(take(centre).has_value());
    CHECK(code_of(take(centre)) == ProblemCode::not_found);
}

TEST_CASE("accounts: everybody ends his own sessions, and who manages users those of others")
{
    Door door;
    const UserId officer = door.settled("xa-y-ty", Role::unit_officer, "Xã Y Tý");
    door.settled("centre-lc", Role::central, "Lào Cai");
    const Actor self = door.actor("xa-y-ty");
    const std::string here = door.come("xa-y-ty").value().token;
    const std::string there = door.come("xa-y-ty").value().token;
    std::string there_id;
    door.read([&](store::Connection& connection) {
        for (const ListedSession& listed : sessions_of(connection, officer))
            if (listed.token == token_hash(there)) there_id = listed.id();
    });
    CHECK(there_id.size() == 16);
    CHECK(code_of(end_session(door.services, door.actor("centre-lc"), there_id)) == ProblemCode::not_found);
    CHECK(end_session(door.services, self, there_id).has_value());
    CHECK(door.session_refused(there) == ProblemCode::not_signed_in);
    const std::string third = door.come("xa-y-ty").value().token;
    CHECK(end_other_sessions(door.services, self, here).has_value());
    CHECK(door.session_refused(third) == ProblemCode::not_signed_in);
    CHECK(door.gatekeeper.by_session(here, door.now()).has_value());
    CHECK(code_of(end_sessions_of(door.services, self, officer, door.setting)) == ProblemCode::not_allowed);
    CHECK(end_sessions_of(door.services, door.actor("centre-lc"), officer, door.setting).has_value());
    CHECK(door.session_refused(here) == ProblemCode::not_signed_in);
}
