// SPDX-License-Identifier: Apache-2.0
#include "http/router.hpp"

#include <doctest/doctest.h>

using namespace phoihop;
using namespace phoihop::http;

namespace {

Handler says(const std::string& text)
{
    return [text](const Request&) { return text_answer(200, text); };
}

std::string answer(const Router& router, Method method, std::string_view path)
{
    const auto match = router.match(method, path_segments(path).value());
    if (match.route == nullptr) return match.allowed.empty() ? "nothing" : "not so";
    std::string text(match.route->handler()(Request()).body());
    for (const Field& parameter : match.parameters) text += " " + parameter.name + "=" + parameter.value;
    return text;
}

}  // namespace

TEST_CASE("router: a literal goes before a name, and a dead end comes back to the name")
{
    Router router;
    router.get("/units/{unit}", says("one"));
    router.get("/units/find", says("find"));
    router.get("/units/find/help", says("help"));
    router.get("/units/{unit}/reports", says("reports"));
    CHECK(answer(router, Method::get, "/units/find") == "find");
    CHECK(answer(router, Method::get, "/units/vn34:00004") == "one unit=vn34:00004");
    CHECK(answer(router, Method::get, "/units/find/reports") == "reports unit=find");
    CHECK(answer(router, Method::get, "/units/a%2Fb/reports") == "reports unit=a/b");
    CHECK(answer(router, Method::get, "/units/") == "nothing");
    CHECK(answer(router, Method::get, "/units") == "nothing");
}

TEST_CASE("router: each method has its own route, and HEAD is a GET")
{
    Router router;
    router.get("/a", says("read"));
    router.post("/a", says("write"));
    CHECK(answer(router, Method::head, "/a") == "read");
    CHECK(answer(router, Method::post, "/a") == "write");
    CHECK(answer(router, Method::put, "/a") == "not so");
    CHECK(router.match(Method::put, {"a"}).allowed == std::vector{Method::get, Method::post});
}

TEST_CASE("router: the rest of a path can be one parameter")
{
    Router router;
    router.get("/assets/{file...}", says("file"));
    CHECK(answer(router, Method::get, "/assets/js/a.js") == "file file=js/a.js");
    CHECK(answer(router, Method::get, "/assets/") == "nothing");
    CHECK_THROWS(router.get("/assets/{file...}/x", says("")));
}

TEST_CASE("router: a route twice, or two names for one segment, is our mistake")
{
    Router router;
    router.get("/a/{b}", says(""));
    CHECK_THROWS(router.get("/a/{b}", says("")));
    CHECK_THROWS(router.get("/a/{c}/d", says("")));
    CHECK_THROWS(router.get("a", says("")));
    router.post("/a/{b}", says("")).body_up_to(5);
    CHECK(router.routes().size() == 2);
    CHECK(router.routes()[1].pattern() == "/a/{b}");
    CHECK(router.routes()[1].body_max() == 5);
}
