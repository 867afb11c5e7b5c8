// SPDX-License-Identifier: Apache-2.0
#include "http/url.hpp"

#include "http/clean_text.hpp"

#include <doctest/doctest.h>

using namespace phoihop;
using namespace phoihop::http;

TEST_CASE("url: text that is not UTF-8, or hides control characters, does not come in")
{
    CHECK(clean_text("Đồng Văn\tA\r\n", "x").value() == "Đồng Văn\tA\r\n");
    for (const std::string_view bad :
         {"\x80", "\xC0\xAF", "\xC3", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xE1\xBB", "a\x1b[2J", "\x7F"})
        CHECK(clean_text(bad, "name").error().code == ProblemCode::malformed);
    CHECK(clean_text(std::string_view("a\0b", 3), "name").error().where == "name");
    CHECK(fact(clean_text("ab\xFF", "name").error(), "byte") == "3");
}

TEST_CASE("url: decomposed letters are composed on the way in")
{
    CHECK(clean_text("Vie\u0323\u0302t", "x").value() == "Việt");
    CHECK(percent_decode("Vie%CC%A3%CC%82t", "x").value() == "Việt");
}

TEST_CASE("url: percent signs are undone strictly")
{
    CHECK(percent_decode("%C4%91%E1%BB%93ng%20v", "x").value() == "đồng v");
    for (const std::string_view bad : {"%", "%4", "%4g", "%zz", "a%", "%00", "%C4"})
        CHECK_FALSE(percent_decode(bad, "x").has_value());
    CHECK(percent_encode("đ b/") == "%C4%91%20b%2F");
}

TEST_CASE("url: whatever is encoded comes back as it was")
{
    for (char32_t code = 0x20; code < 0x2FF; ++code) {
        if (code == 0x7F) continue;
        std::string letter;
        if (code < 0x80) {
            letter = static_cast<char>(code);
        } else {
            letter = {static_cast<char>(0xC0U | (code >> 6U)), static_cast<char>(0x80U | (code & 0x3FU))};
        }
        CHECK(percent_decode(percent_encode(letter), "x").value() == letter);
    }
}

TEST_CASE("url: a path is its segments, and none of them leads out of its folder")
{
    CHECK(path_segments("/").value() == std::vector<std::string>{""});
    CHECK(path_segments("/a/%C4%91%2Fx/").value() == std::vector<std::string>{"a", "đ/x", ""});
    for (const std::string_view bad : {"", "a", "*", "/..", "/a/../b", "/%2e%2e/b", "/./", "/%ff"})
        CHECK_FALSE(path_segments(bad).has_value());
}

TEST_CASE("url: a form is read in its order, with a limit on its fields")
{
    const auto form = parse_form("b=1&a=x+y%2B&a=&&c", "query");
    CHECK(form.value() == std::vector<Field>{{"b", "1"}, {"a", "x y+"}, {"a", ""}, {"c", ""}});
    CHECK(parse_form("a=1&b=2&c=3", "query", 2).error().code == ProblemCode::too_large);
    CHECK(parse_form("a=%zz", "query").error().where == "query.a");
}
