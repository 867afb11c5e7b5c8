// SPDX-License-Identifier: Apache-2.0
#include "web/presence.hpp"

#include <doctest/doctest.h>

namespace phoihop::web {

namespace {

using namespace std::chrono_literals;

const Presence::Time noon{100h};

Presence::Window window(const char* id, std::int64_t user, const char* cell = "")
{
    return {id, UserId{user}, "Công an xã " + std::to_string(user), cell};
}

}  // namespace

TEST_CASE("presence: two windows in one form see each other, and where the other is")
{
    Presence presence;
    CHECK(presence.enter("a", window("x", 1, "B1"), noon).empty());
    const auto others = presence.enter("a", window("y", 2), noon + 1s);
    REQUIRE(others.size() == 1);
    CHECK(others[0].office == "Công an xã 1");
    CHECK(others[0].cell == "B1");
    REQUIRE(presence.enter("a", window("x", 1, "B2"), noon + 2s).size() == 1);
    CHECK(presence.enter("b", window("z", 3), noon + 2s).empty());
}

TEST_CASE("presence: who leaves or is silent for more than half a minute is forgotten")
{
    Presence presence;
    (void)presence.enter("a", window("x", 1), noon);
    (void)presence.enter("a", window("y", 2), noon);
    presence.leave("a", window("x", 1));
    CHECK(presence.enter("a", window("z", 3), noon + 30s).size() == 1);
    CHECK(presence.enter("a", window("w", 4), noon + 50s).size() == 1);
}

TEST_CASE("presence: nobody leaves in another's name")
{
    Presence presence;
    (void)presence.enter("a", window("x", 1), noon);
    presence.leave("a", window("x", 2));
    CHECK(presence.enter("a", window("y", 2), noon).size() == 1);
}

TEST_CASE("presence: one form holds at most twenty windows")
{
    Presence presence;
    for (int i = 0; i < 100; ++i) (void)presence.enter("a", window(std::to_string(i).c_str(), 1), noon);
    CHECK(presence.enter("a", window("y", 2), noon).size() == 20);
}

}  // namespace phoihop::web
