// SPDX-License-Identifier: Apache-2.0
#include "accounts/rights.hpp"

#include "accounts/account.hpp"
#include "accounts/reach.hpp"
#include "support/draw.hpp"
#include "support/golden.hpp"
#include "support/random_territory.hpp"
#include "text/messages.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>

using namespace phoihop;
using namespace phoihop::accounts;
using test::draw;
using test::named;

namespace {

constexpr Date today = day(2026, 3, 1);
const ProgrammeId p1{1}, p2{2};

/// Lào Cai is the granted unit. Yên Bái went into it; Trạm Tấu moved from it to Sơn La.
const auto land = draw(R"(
    Việt Nam
      Lào Cai
        Huyện Bát Xát [to 2025-06-30]
        Xã Y Tý
          Thôn Lao Chải
        Xã Trạm Tấu
      Yên Bái
        Xã Mù Cang Chải
      Sơn La
        Xã Mường La
      Điện Biên
        Xã Mường Nhé
    [2025-07-01] Lào Cai + Yên Bái -> Lào Cai
    [2025-08-01] Xã Trạm Tấu moves to Sơn La
)");

struct Subject {
    const char* what;
    Grants grants;
};

UnitId unit(std::string_view name)
{
    return named(land, name);
}

std::vector<Subject> subjects()
{
    const UnitId own = unit("Lào Cai");
    return {
        {"central, at the nation", {{{Role::central, p1, "", unit("Việt Nam")}}}},
        {"central, at the unit", {{{Role::central, p1, "", own}}}},
        {"unit_officer", {{{Role::unit_officer, p1, "", own}}}},
        {"unit_officer of one party", {{{Role::unit_officer, p1, "police", own}}}},
        {"member_organisation", {{{Role::member_organisation, p1, "police", own}}}},
        {"reader", {{{Role::reader, p1, "", own}}}},
        {"operator", {{{Role::operator_, {}, "", {}}}}},
        {"nobody", {}},
    };
}

struct Column {
    const char* head;
    Target target;
};

std::vector<Column> columns()
{
    const auto police = [](const char* name) { return Target{p1, "police", unit(name)}; };
    return {
        {"own", police("Lào Cai")},
        {"child", police("Xã Y Tý")},
        {"grandchild", police("Thôn Lao Chải")},
        {"child that ended", police("Huyện Bát Xát")},
        {"child that moved away", police("Xã Trạm Tấu")},
        {"predecessor", police("Yên Bái")},
        {"its child", police("Xã Mù Cang Chải")},
        {"parent", police("Việt Nam")},
        {"sibling", police("Sơn La")},
        {"sibling's child", police("Xã Mường La")},
        {"own, other party", {p1, "front", unit("Lào Cai")}},
        {"own, other programme", {p2, "police", unit("Lào Cai")}},
        {"own, no party", {p1, "", unit("Lào Cai")}},
        {"no unit, no programme", {}},
    };
}

std::string matrix()
{
    std::string text = "Rows: acts. Columns, for a right granted at the province Lào Cai on 1 March 2026:\n";
    const auto heads = columns();
    for (std::size_t i = 0; i < heads.size(); ++i) {
        text += i < 9 ? "   " : "  ";
        text += std::to_string(i + 1) + "  " + heads[i].head + "\n";
    }
    for (const Subject& subject : subjects()) {
        text += "\n" + std::string(subject.what) + "\n                  ";
        for (std::size_t i = 0; i < heads.size(); ++i) text += (i < 9 ? "  " : " ") + std::to_string(i + 1);
        text += "\n";
        for (const Act act : all_acts) {
            std::string line = std::string(word(act));
            line.resize(18, ' ');
            for (const Column& column : heads)
                line += allowed(subject.grants, act, column.target, *land, today) ? "  x" : "  .";
            text += line + "\n";
        }
    }
    return text;
}

}  // namespace

TEST_CASE("accounts: the matrix of role, act and unit is as written down")
{
    support::check_golden("rights.txt", matrix());
}

TEST_CASE("accounts: docs/rights.md shows the matrix as it is")
{
    const std::filesystem::path path = std::filesystem::path(PHOIHOP_SOURCE_DIR) / "docs/rights.md";
    std::ifstream file(path, std::ios::binary);
    const std::string page{std::istreambuf_iterator<char>(file), {}};
    const std::string fenced = "```\n" + matrix() + "```\n";
    if (const char* update = std::getenv("PHOIHOP_UPDATE_GOLDEN");
        update != nullptr && std::string_view(update) == "1") {
        std::ofstream(path, std::ios::binary) << page.substr(0, page.find("```\n")) << fenced;
        return;
    }
    CHECK(page.ends_with(fenced));
}

TEST_CASE("accounts: nobody without a grant may do anything")
{
    for (const Act act : all_acts)
        for (const Column& column : columns()) {
            CHECK_FALSE(allowed({}, act, column.target, *land, today));
            Grants narrowed{{{Role::central, {}, "", {}}, {Role::operator_, {}, "", {}}}, {}};
            CHECK_FALSE(allowed(narrowed, act, column.target, *land, today));
        }
}

TEST_CASE("accounts: the program itself may do everything everywhere")
{
    for (const Act act : all_acts)
        for (const Column& column : columns()) CHECK(allowed(the_program().grants, act, column.target, *land, today));
}

TEST_CASE("accounts: a commune reads its parent's and neighbours' totals, and not their figures")
{
    const Grants grants{{{Role::unit_officer, p1, "", unit("Xã Y Tý")}}};
    const auto may = [&](Act act, const char* name) {
        return allowed(grants, act, {p1, "police", unit(name)}, *land, today);
    };
    CHECK(may(Act::read_totals, "Lào Cai"));
    CHECK_FALSE(may(Act::read_figures, "Lào Cai"));
    CHECK(may(Act::read_totals, "Xã Trạm Tấu"));  // a neighbour until it moved
    CHECK_FALSE(may(Act::read_figures, "Xã Trạm Tấu"));
    CHECK_FALSE(may(Act::read_totals, "Xã Mường La"));
    CHECK_FALSE(may(Act::read_totals, "Việt Nam"));
    CHECK_FALSE(may(Act::read_totals, "Sơn La"));
    CHECK_FALSE(may(Act::read_totals, "Huyện Bát Xát"));  // beside it, but of another level
}

TEST_CASE("accounts: a unit that gave a strip away and lives on keeps its past to itself")
{
    const auto map = test::draw(R"(
        Việt Nam
          A
          B
        [2025-07-01] A -> A default + B
    )");
    const Grants b{{{Role::unit_officer, p1, "", named(map, "B")}}};
    CHECK_FALSE(allowed(b, Act::read_figures, {p1, "", named(map, "A")}, *map, today));
    CHECK(allowed(b, Act::read_totals, {p1, "", named(map, "A")}, *map, today));
}

TEST_CASE("accounts: both heirs of a split unit read its past, and its officer reads nothing of theirs")
{
    const auto map = test::draw(R"(
        Việt Nam
          Tỉnh
            Xã Cũ
            Xã Đông [from 2025-07-01]
            Xã Tây [from 2025-07-01]
        [2025-07-01] Xã Cũ -> Xã Đông part + Xã Tây part
    )");
    const auto may = [&](const char* own, Act act, const char* other) {
        return allowed({{{Role::unit_officer, p1, "", named(map, own)}}}, act, {p1, "", named(map, other)}, *map,
                       today);
    };
    CHECK(may("Xã Đông", Act::read_figures, "Xã Cũ"));
    CHECK(may("Xã Tây", Act::submit, "Xã Cũ"));
    CHECK_FALSE(may("Xã Tây", Act::verify, "Xã Cũ"));
    CHECK(may("Xã Cũ", Act::submit, "Xã Cũ"));
    CHECK_FALSE(may("Xã Cũ", Act::read_figures, "Xã Đông"));
    CHECK_FALSE(may("Xã Cũ", Act::submit, "Xã Đông"));
}

TEST_CASE("accounts: a party that is a beginning of another party's code is another party")
{
    const Grants grants{{{Role::member_organisation, p1, "youth", unit("Lào Cai")}}};
    CHECK(allowed(grants, Act::submit, {p1, "youth", unit("Lào Cai")}, *land, today));
    CHECK_FALSE(allowed(grants, Act::submit, {p1, "youth_union", unit("Lào Cai")}, *land, today));
    const Grants without{{{Role::member_organisation, p1, "", unit("Lào Cai")}}};
    CHECK_FALSE(allowed(without, Act::read_totals, {p1, "youth", unit("Lào Cai")}, *land, today));
}

TEST_CASE("accounts: acts have words, and a set of them comes back from its text")
{
    for (const Act act : all_acts) CHECK(act_from_word(word(act)) == act);
    for (const Role role : all_roles) CHECK(role_from_word(word(role)) == role);
    CHECK(Acts::from_text(Acts::all().text()) == Acts::all());
    CHECK(Acts::from_text("submit,read_totals") == Acts{Act::read_totals, Act::submit});
    CHECK(Acts::from_text("") == Acts());
    CHECK_FALSE(Acts::from_text("submit,fly").has_value());
    CHECK(Acts{Act::submit, Act::enter}.text() == "enter,submit");
}

TEST_CASE("accounts: the same rights in another order have the same scope, others have another")
{
    const Grant a{Role::reader, p1, "", UnitId{3}};
    const Grant b{Role::reader, p1, "", UnitId{4}};
    CHECK(scope_key({{a, b}}) == scope_key({{b, a, a}}));
    CHECK(scope_key({{a}}) != scope_key({{b}}));
    CHECK(scope_key({{a}, {Act::read_totals}}) != scope_key({{a}}));
    CHECK(scope_key({{{Role::reader, ProgrammeId{1}, "", UnitId{11}}}}) !=
          scope_key({{{Role::reader, ProgrammeId{11}, "", UnitId{1}}}}));
}

TEST_CASE("accounts: rights over all units at once are the rights over each of them")
{
    std::size_t seen[7] = {};
    for (std::uint64_t seed = 1; seed <= 12; ++seed) {
        const auto territory = test::RandomTerritory(seed).make();
        const auto units = territory->units();
        for (const Date on : {day(2018, 1, 1), day(2026, 12, 1)})
            for (std::size_t i = 0; i < units.size(); i += 1 + units.size() / 12) {
                const UnitId own = units[i].id;
                const auto all = relations(own, *territory, on);
                const Grants grants{{{Role::unit_officer, p1, "", own}}};
                const auto verify = allowed_units(grants, Act::verify, {p1, "x", {}}, *territory, on);
                const auto totals = allowed_units(grants, Act::read_totals, {p1, "x", {}}, *territory, on);
                for (const units::Unit& each : units) {
                    const auto index = static_cast<std::size_t>(each.id.value - 1);
                    const Relation one = relation(own, each.id, *territory, on);
                    ++seen[static_cast<std::size_t>(one)];
                    REQUIRE(all[index] == one);
                    REQUIRE(verify[index] == allowed(grants, Act::verify, {p1, "x", each.id}, *territory, on));
                    REQUIRE(totals[index] == allowed(grants, Act::read_totals, {p1, "x", each.id}, *territory, on));
                }
            }
    }
    for (const std::size_t count : seen) CHECK(count > 0);  // every relation was met
}

TEST_CASE("accounts: what lives is written by exactly those above it today")
{
    for (std::uint64_t seed = 20; seed <= 30; ++seed) {
        const auto territory = test::RandomTerritory(seed).make();
        const Date on = day(2026, 12, 1);
        for (const units::Unit& own : territory->units())
            for (const units::Unit& other : territory->units()) {
                if (other.on(on) == nullptr) continue;
                UnitId above = other.id;
                while (above && above != own.id) above = territory->unit(above).on(on)->parent;
                const Grants grants{{{Role::unit_officer, p1, "", own.id}}};
                REQUIRE(allowed(grants, Act::submit, {p1, "", other.id}, *territory, on) == (above == own.id));
            }
    }
}

TEST_CASE("accounts: an act that is refused is named in the reader's own language")
{
    for (const Act act : all_acts) {
        const auto refused = demand({}, act, {p1, "police", unit("Xã Y Tý")}, *land, today);
        REQUIRE(!refused);
        for (const auto language : {text::Language::vi, text::Language::en})
            CHECK(text::sentence(refused.error(), language).find('_') == std::string::npos);
        CHECK(text::sentence(refused.error(), text::Language::vi).find(": " + std::string(word(act))) ==
              std::string::npos);
    }
}

TEST_CASE("accounts: a few units are judged as all of them are")
{
    std::vector<UnitId> all;
    for (const auto& one : land->units()) all.push_back(one.id);
    for (const Subject& subject : subjects())
        for (const Act act : all_acts) {
            const Target nowhere{p1, "police", {}};
            const auto together = allowed_among(all, subject.grants, act, nowhere, *land, today);
            for (std::size_t i = 0; i < all.size(); ++i) {
                const Target there{p1, "police", all[i]};
                const bool alone = allowed(subject.grants, act, there, *land, today);
                CHECK_MESSAGE(together[i] == alone, subject.what, ": ", std::string(word(act)));
            }
        }
}

TEST_CASE("accounts: what is allowed anywhere is what is allowed for some unit")
{
    for (const Subject& subject : subjects()) {
        const Acts anywhere = allowed_anywhere(subject.grants, *land, today);
        for (const Act act : all_acts) {
            bool somewhere = false;
            for (const Grant& grant : subject.grants.list) {
                const Target nowhere{grant.programme, grant.party, {}};
                somewhere = somewhere || allowed(subject.grants, act, nowhere, *land, today);
                for (const bool there : allowed_units(subject.grants, act, nowhere, *land, today))
                    somewhere = somewhere || there;
            }
            CHECK_MESSAGE(anywhere.has(act) == somewhere, subject.what, ": ", std::string(word(act)));
        }
    }
}
