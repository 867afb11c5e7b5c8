// SPDX-License-Identifier: Apache-2.0
#include "accounts/saved_views.hpp"

#include "support/accounts_office.hpp"

using namespace phoihop;
using namespace phoihop::accounts;
using test::p1;
using Office = test::AccountsOffice;

namespace {

std::vector<SavedView> views(Office& office, UserId user, ProgrammeId programme = p1)
{
    std::vector<SavedView> found;
    office.read([&](store::Connection& connection) { found = saved_views(connection, user, programme); });
    return found;
}

}  // namespace

TEST_CASE("accounts: a view is kept by its name, the same name replaces it where it stands")
{
    Office office;
    const UserId user = office.settled("lao_cai", Role::reader, "Lào Cai");
    const auto keep = [&](std::string name, std::string query, bool dashboard = false) {
        return keep_view(office.writer(), user, p1, {{}, std::move(name), std::move(query), dashboard});
    };
    REQUIRE(keep("Quý này", "indicators=B1").has_value());
    REQUIRE(keep("Năm nay", "indicators=B2").has_value());
    REQUIRE(keep("Quý này", "indicators=B3", true).has_value());
    const auto found = views(office, user);
    REQUIRE(found.size() == 2);
    CHECK(found[0].name == "Quý này");
    CHECK(found[0].query == "indicators=B3");
    CHECK(found[0].dashboard);
    CHECK(found[1].query == "indicators=B2");
    CHECK(views(office, user, ProgrammeId{2}).empty());
}

TEST_CASE("accounts: nobody sees or drops another user's view")
{
    Office office;
    const UserId user = office.settled("lao_cai", Role::reader, "Lào Cai");
    const UserId other = office.settled("son_la", Role::reader, "Sơn La");
    const auto kept = keep_view(office.writer(), user, p1, {{}, "Của tôi", "indicators=B1"});
    REQUIRE(kept.has_value());
    CHECK(views(office, other).empty());
    CHECK(drop_view(office.writer(), other, kept->id).error().code == ProblemCode::not_found);
    CHECK(drop_view(office.writer(), user, kept->id).has_value());
    CHECK(drop_view(office.writer(), user, kept->id).error().code == ProblemCode::not_found);
    CHECK(views(office, user).empty());
}

TEST_CASE("accounts: a view has a name, and its query is one of an address")
{
    Office office;
    const UserId user = office.settled("lao_cai", Role::reader, "Lào Cai");
    const auto refused = [&](std::string name, std::string query) {
        return keep_view(office.writer(), user, p1, {{}, std::move(name), std::move(query)}).error();
    };
    CHECK(refused("", "indicators=B1").code == ProblemCode::missing);
    CHECK(refused(std::string(view_name_size_max + 1, 'a'), "").where == "name");
    CHECK(refused("a", std::string(view_query_size_max + 1, 'a')).where == "query");
    CHECK(refused("a", "indicators=B1\nSet-Cookie: x").code == ProblemCode::malformed);
    CHECK(refused("a", "<script>").code == ProblemCode::malformed);
}

TEST_CASE("accounts: a user keeps at most a hundred views of a programme")
{
    Office office;
    const UserId user = office.settled("lao_cai", Role::reader, "Lào Cai");
    for (std::size_t i = 0; i < saved_views_max; ++i)
        REQUIRE(keep_view(office.writer(), user, p1, {{}, std::to_string(i), ""}).has_value());
    CHECK(keep_view(office.writer(), user, p1, {{}, "more", ""}).error().code == ProblemCode::too_large);
    CHECK(keep_view(office.writer(), user, p1, {{}, "7", "indicators=B1"}).has_value());
    CHECK(keep_view(office.writer(), user, ProgrammeId{2}, {{}, "more", ""}).has_value());
}
