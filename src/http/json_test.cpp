// SPDX-License-Identifier: Apache-2.0
#include "http/json.hpp"

#include "http/json_writer.hpp"

#include <doctest/doctest.h>

#include <limits>

using namespace phoihop;
using namespace phoihop::http;

namespace {

Json read(std::string_view text)
{
    auto parsed = Json::parse(text);
    REQUIRE(parsed.has_value());
    return std::move(*parsed);
}

Problem refused(std::string_view text, const JsonLimits& limits = {})
{
    const auto parsed = Json::parse(text, limits);
    REQUIRE_FALSE(parsed.has_value());
    return parsed.error();
}

}  // namespace

TEST_CASE("json: figures keep every digit that was sent")
{
    const Json json = read(R"({"a": 123456789012345678901234567890.120, "b": -0, "c": 1e3})");
    const JsonView view(json);
    CHECK(view.member("a").value().decimal().value() == "123456789012345678901234567890.120");
    CHECK(view.member("b").value().decimal().value() == "-0");
    CHECK(view.member("c").value().integer(0, 9).error().code == ProblemCode::not_whole);
    CHECK(view.integer("a", 0, 9).error().code == ProblemCode::out_of_range);
}

TEST_CASE("json: a key that stands twice is refused with its place")
{
    const Problem problem = refused("{\"a\": 1,\n \"b\": {\"x\": 1, \"x\": 2}}");
    CHECK(problem.code == ProblemCode::duplicate);
    CHECK(fact(problem, "what") == "x");
    CHECK(problem.where.starts_with("line 2, column "));
    CHECK(refused(R"({"a": 1, "\u0061": 2})").code == ProblemCode::duplicate);
    CHECK(refused("{\"Vi\u1EC7t\": 1, \"Vie\u0323\u0302t\": 2}").code == ProblemCode::duplicate);
}

TEST_CASE("json: broken text is refused with line and column")
{
    for (const std::string_view bad : {"", " ", "{", "[1,]", "{\"a\":}", "{a:1}", "nul", "1 2", "01", "+1", ".5", "\"a",
                                       "'a'", "\"\\x\"", "\"\t\"", "[1] x", "// c\n1", "NaN", "\"\\ud800\""})
        CHECK_MESSAGE(refused(bad).code == ProblemCode::malformed, std::string(bad));
    CHECK(refused("{\"đđ\": 1, x}").where == "line 1, column 11");
    CHECK(refused("\"\xC3\x28\"").code == ProblemCode::malformed);
    CHECK(refused(R"("\u0000")").code == ProblemCode::malformed);
}

TEST_CASE("json: size, depth and number of values have limits")
{
    CHECK(refused("[[[[1]]]]", {.size_max = 100, .depth_max = 3}).code == ProblemCode::too_large);
    CHECK(Json::parse("[[[1]]]", {.size_max = 100, .depth_max = 3}).has_value());
    CHECK(refused("[1,2,3]", {.size_max = 6}).code == ProblemCode::too_large);
    CHECK(refused("[1,2,3]", {.value_count_max = 3}).code == ProblemCode::too_large);
    CHECK(refused(std::string(100'000, '[')).code == ProblemCode::too_large);
}

TEST_CASE("json: a reader is told which member is missing, unknown or of another kind")
{
    const Json json = read(R"({"unit": "10", "rows": [{"n": 1}, {"n": "x"}], "extra": true, "nothing": null})");
    const JsonView view(json);
    CHECK(view.text("unit").value() == "10");
    CHECK(view.text("name").error() == Problem{ProblemCode::missing, "name", {{"what", "name"}}});
    CHECK(view.text("nothing").error().code == ProblemCode::missing);
    const auto rows = view.member("rows").value().items().value();
    CHECK(rows[0].integer("n", 0, 5).value() == 1);
    CHECK(rows[1].integer("n", 0, 5).error() ==
          Problem{ProblemCode::wrong_type, "rows[1].n", {{"expected", "number"}, {"found", "text"}}});
    CHECK(view.only({"unit", "rows", "nothing"}).error().where == "extra");
    CHECK(view.boolean_or("extra", false).value());
    CHECK(view.text_or("other", "-").value() == "-");
    CHECK(JsonView(rows[0].json()).items().error().code == ProblemCode::wrong_type);
}

TEST_CASE("json: what is written can be read again, whatever the text")
{
    const std::string text = "a\"b\\c/đ\n\t\x01<script>&\u2028";
    JsonWriter writer;
    writer.object().member(text, text).member("n", std::numeric_limits<std::int64_t>::min()).member("t", true);
    writer.key("list").array().number(1).null().object().end().text("").end();
    const std::string written = writer.end().take();
    CHECK(written.find('<') == std::string::npos);
    CHECK(written.find("\u2028") == std::string::npos);
    const auto parsed = Json::parse(written);
    // The control character is written right, and refused on the way in.
    CHECK_FALSE(parsed.has_value());

    JsonWriter clean;
    clean.object().member("k\"<", "a\"b\\c/đ\n\t<script>&\u2028").end();
    const Json again = read(clean.take());
    CHECK(JsonView(again).text("k\"<").value() == "a\"b\\c/đ\n\t<script>&\u2028");
}

TEST_CASE("json: a sum of 128 bits is written exactly")
{
    JsonWriter writer;
    writer.array()
        .decimal(static_cast<Int128>(std::numeric_limits<std::int64_t>::max()) * 1000, 2)
        .decimal(-350, 2)
        .end();
    CHECK(writer.take() == R"(["92233720368547758070.00","-3.50"])");
}

TEST_CASE("json: a writer that is used wrongly says so")
{
    CHECK_THROWS(JsonWriter().object().number(1));
    CHECK_THROWS(JsonWriter().key("a"));
    CHECK_THROWS((void)JsonWriter().object().take());
    CHECK_THROWS(JsonWriter().number(1).number(2));
    CHECK_THROWS(JsonWriter().object().key("a").end());
}
