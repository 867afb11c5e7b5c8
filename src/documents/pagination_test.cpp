// SPDX-License-Identifier: Apache-2.0
#include "documents/pagination.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace phoihop::documents;

namespace {

/// The numbers of the strips on each page, pages apart by "|".
std::string drawn(const std::vector<Strip>& strips, double height)
{
    std::string text;
    for (const PlacedPage& page : paginate(strips, height)) {
        if (!text.empty()) text += '|';
        for (const PlacedStrip& placed : page) text += std::to_string(placed.strip);
    }
    return text;
}

}  // namespace

TEST_CASE("documents: a page is filled until the next strip does not fit")
{
    const std::vector<Strip> strips(5, Strip{.height = 10});
    CHECK(drawn(strips, 20) == "01|23|4");
    CHECK(drawn(strips, 50) == "01234");
    CHECK(drawn({}, 50).empty());
}

TEST_CASE("documents: room above a strip counts, but not at the top of a page")
{
    const std::vector<Strip> strips(4, Strip{.height = 10, .before = 10});
    CHECK(drawn(strips, 30) == "01|23");
    CHECK(paginate(strips, 30)[1][0].top == 0);
    CHECK(paginate(strips, 30)[1][1].top == 20);
}

TEST_CASE("documents: what must stay together goes to the next page together")
{
    std::vector<Strip> strips(5, Strip{.height = 10});
    strips[1].keep_with_next = true;
    CHECK(drawn(strips, 20) == "0|12|34");
    strips[0].keep_with_next = true;
    CHECK(drawn(strips, 20) == "01|23|4");  // three strips cannot stand together on a page of two
}

TEST_CASE("documents: a table's head is printed again on each page, never alone")
{
    std::vector<Strip> strips{{.height = 10}, {.height = 5, .keep_with_next = true}};
    for (int i = 0; i < 4; ++i) strips.push_back({.height = 10, .head = 1});
    CHECK(drawn(strips, 25) == "012|134|15");
    CHECK(drawn(strips, 20) == "0|12|13|14|15");
    CHECK(paginate(strips, 25)[1][1].top == 5);
}

TEST_CASE("documents: a strip that begins a page begins one, and one higher than a page is not lost")
{
    CHECK(drawn({{.height = 10}, {.height = 10, .begins_page = true}, {.height = 10}}, 50) == "0|12");
    CHECK(drawn({{.height = 10}, {.height = 90}, {.height = 10}}, 50) == "0|1|2");
}
