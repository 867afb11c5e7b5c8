// SPDX-License-Identifier: Apache-2.0
#include "http/site.hpp"

#include "http/cookie.hpp"
#include "http/gzip.hpp"

#include <doctest/doctest.h>
#include <libdeflate.h>

#include <stdexcept>

using namespace phoihop;
using namespace phoihop::http;

namespace {

const FixedClock clock_at{Instant(day(2025, 7, 1))};
const std::string page_text = [] {
    std::string text;
    for (int i = 0; i < 200; ++i) text += "Phường Ba Đình báo cáo quý III; ";
    return text;
}();

Router routes()
{
    Router router;
    const auto page = std::make_shared<const Content>(page_text, "text/html; charset=utf-8", "seq-12");
    router.get("/page", [page](const Request&) { return cached_answer(page); });
    router.get("/file",
               [](const Request&) { return download("0123456789", "application/pdf", "Báo cáo \"6\".pdf", "abc"); });
    router.get("/units/{unit}", [](const Request& r) {
        return text_answer(200, r.parameter("unit") + "|" + r.query_value("on").value_or("-"));
    });
    router.post("/units/{unit}", [](const Request& r) { return text_answer(201, r.body); }).body_up_to(5);
    router.get("/breaks", [](const Request&) -> Response { throw std::runtime_error("disk"); });
    router.get("/splits", [](const Request&) { return see_other("/a\r\nSet-Cookie: x=1"); });
    router.get("/fast", [](const Request&) { return text_answer(200, "slow"); })
        .fast([](const Request& r) -> std::optional<Response> {
            if (r.query_value("cached")) return text_answer(200, "fast");
            return std::nullopt;
        });
    router.post("/guarded", [](const Request&) { return text_answer(200, "in"); })
        .gate([](const Request& r) -> std::optional<Response> {
            if (r.header("authorization").empty()) return problem_answer(401, {ProblemCode::not_signed_in, {}, {}});
            return std::nullopt;
        });
    return router;
}

Request ask(Method method, std::string target, std::vector<Field> headers = {})
{
    Request request;
    request.method = method;
    request.target = std::move(target);
    request.headers = std::move(headers);
    request.headers.push_back({"Host", "localhost:8080"});
    request.address = "127.0.0.1";
    request.id = "r-1";
    return request;
}

Delivery get(std::string target, std::vector<Field> headers = {})
{
    static const Site site(routes(), clock_at, {.hosts = {"phoihop.example.vn"}});
    return site.exchange(ask(Method::get, std::move(target), std::move(headers)));
}

Delivery exchange(Request request, SitePolicy policy = {})
{
    const Site site(routes(), clock_at, std::move(policy));
    return site.exchange(std::move(request));
}

std::string unzipped(std::string_view bytes)
{
    std::string out(1'000'000, '\0');
    std::size_t size = 0;
    libdeflate_decompressor* decompressor = libdeflate_alloc_decompressor();
    const auto result =
        libdeflate_gzip_decompress(decompressor, bytes.data(), bytes.size(), out.data(), out.size(), &size);
    libdeflate_free_decompressor(decompressor);
    REQUIRE(result == LIBDEFLATE_SUCCESS);
    out.resize(size);
    return out;
}

}  // namespace

TEST_CASE("site: parameters and query come decoded")
{
    CHECK(get("/units/vn34%3A00004?on=2025-07-01").body == "vn34:00004|2025-07-01");
    CHECK(get("/units/%C4%91").body == "đ|-");
}

TEST_CASE("site: an unknown path is 404, a wrong method 405 with what would be right")
{
    CHECK(get("/nothing").status == 404);
    const Delivery wrong = exchange(ask(Method::put, "/units/1"));
    CHECK(wrong.status == 405);
    CHECK(wrong.header("allow") == "OPTIONS, GET, HEAD, POST");
    const Delivery options = exchange(ask(Method::options, "/units/1"));
    CHECK(options.status == 204);
    CHECK(options.header("allow") == "OPTIONS, GET, HEAD, POST");
}

TEST_CASE("site: an address that cannot be read is the caller's mistake")
{
    for (const char* target :
         {"/units/%zz", "/units/%00", "/../etc/passwd", "/units/..", "/units/1?a=%ff", "*", "units"})
        CHECK(get(target).status == 400);
    CHECK(get("/" + std::string(5000, 'a')).status == 414);
}

TEST_CASE("site: only known hosts are served, so that no foreign name can point at us")
{
    const auto with_host = [](std::vector<std::string> hosts) {
        Request request = ask(Method::get, "/units/1");
        request.headers.clear();
        for (std::string& host : hosts) request.headers.push_back({"Host", std::move(host)});
        return exchange(std::move(request), {.hosts = {"Phoihop.example.vn"}}).status;
    };
    CHECK(with_host({"localhost"}) == 200);
    CHECK(with_host({"127.0.0.1:8080"}) == 200);
    CHECK(with_host({"[::1]:8080"}) == 200);
    CHECK(with_host({"PHOIHOP.example.vn:443"}) == 200);
    CHECK(with_host({"evil.example"}) == 421);
    CHECK(with_host({"127.0.0.1.evil.example"}) == 421);
    CHECK(with_host({""}) == 400);
    CHECK(with_host({"a b"}) == 400);
    CHECK(with_host({"localhost:80x"}) == 400);
    CHECK(with_host({}) == 400);
    CHECK(with_host({"localhost", "localhost"}) == 400);
}

TEST_CASE("site: a whole address as target is taken, and its host counts")
{
    CHECK(get("http://localhost/units/7?on=x").body == "7|x");
    CHECK(get("http://evil.example/units/7").status == 421);
    CHECK(get("http://localhost").status == 404);
}

TEST_CASE("site: what a proxy on this machine says about the caller is believed only when it is ours")
{
    Router router;
    router.get("/who", [](const Request& r) { return text_answer(200, r.address + (r.secure ? " tls" : "")); });
    const Site trusting(std::move(router), clock_at, {.trust_local_proxy = true});
    const auto who = [&](std::string from) {
        Request request =
            ask(Method::get, "/who", {{"X-Forwarded-For", "6.6.6.6, 10.0.0.9"}, {"X-Forwarded-Proto", "https"}});
        request.address = std::move(from);
        return std::string(trusting.exchange(std::move(request)).body);
    };
    CHECK(who("127.0.0.1") == "10.0.0.9 tls");
    CHECK(who("10.0.0.7") == "10.0.0.7");
}

TEST_CASE("site: a body past the route's limit is refused")
{
    Request request = ask(Method::post, "/units/1");
    request.body = "12345";
    CHECK(exchange(request).status == 201);
    request.body = "123456";
    CHECK(exchange(request).status == 413);
}

TEST_CASE("site: an exception becomes a 500 that tells nothing, or what the site makes of it")
{
    const Delivery broken = get("/breaks");
    CHECK(broken.status == 500);
    CHECK(broken.body.find("disk") == std::string_view::npos);
    const auto polite = [](const Request&, const std::exception&) { return text_answer(503, "later"); };
    CHECK(exchange(ask(Method::get, "/breaks"), {.breakdown = polite}).status == 503);
    const auto worse = [](const Request&, const std::exception&) -> Response { throw std::runtime_error("again"); };
    CHECK(exchange(ask(Method::get, "/breaks"), {.breakdown = worse}).status == 500);
}

TEST_CASE("site: a header that would split the answer makes a 500 of it")
{
    const Delivery broken = get("/splits");
    CHECK(broken.status == 500);
    CHECK(broken.header("set-cookie").empty());
    CHECK(broken.header("location").empty());
}

TEST_CASE("site: a cached answer goes before the handler, a gate before both")
{
    CHECK(get("/fast").body == "slow");
    CHECK(get("/fast?cached=1").body == "fast");
    CHECK(exchange(ask(Method::post, "/guarded")).status == 401);
    CHECK(exchange(ask(Method::post, "/guarded", {{"Authorization", "x"}})).body == "in");
}

TEST_CASE("site: every answer carries the safety headers, its request's id and a date")
{
    for (const char* target : {"/page", "/nothing", "/breaks"}) {
        const Delivery delivery = get(target);
        CHECK(delivery.header("content-security-policy") == default_content_security_policy);
        CHECK(delivery.header("x-content-type-options") == "nosniff");
        CHECK(delivery.header("referrer-policy") == "same-origin");
        CHECK(delivery.header("x-request-id") == "r-1");
        CHECK(delivery.header("date") == "Tue, 01 Jul 2025 00:00:00 GMT");
        CHECK(delivery.header("strict-transport-security").empty());
    }
    CHECK(get("/nothing").header("cache-control") == "no-store");
    CHECK(get("/page").header("cache-control") == "private, no-cache");
}

TEST_CASE("site: gzip goes to those who take it, and is made once")
{
    const Delivery plain = get("/page");
    CHECK(plain.body == page_text);
    CHECK(plain.header("content-encoding").empty());
    CHECK(plain.header("vary") == "Accept-Encoding");
    const Delivery zipped = get("/page", {{"Accept-Encoding", "br, gzip"}});
    CHECK(zipped.header("content-encoding") == "gzip");
    CHECK(zipped.body.size() < page_text.size() / 4);
    CHECK(unzipped(zipped.body) == page_text);
    CHECK(get("/page", {{"Accept-Encoding", "gzip"}}).body.data() == zipped.body.data());
    CHECK(get("/file", {{"Accept-Encoding", "gzip"}}).header("content-encoding").empty());
    CHECK(get("/units/1", {{"Accept-Encoding", "gzip"}}).header("content-encoding").empty());
}

TEST_CASE("site: the callers' wishes for encodings are read as the standard says")
{
    CHECK(accepts_gzip("gzip"));
    CHECK(accepts_gzip("deflate, GZIP;q=0.5"));
    CHECK(accepts_gzip("*"));
    CHECK_FALSE(accepts_gzip(""));
    CHECK_FALSE(accepts_gzip("br"));
    CHECK_FALSE(accepts_gzip("gzip;q=0"));
    CHECK_FALSE(accepts_gzip("gzip; q=0.000, *"));
    CHECK_FALSE(accepts_gzip("*;q=0"));
    CHECK_FALSE(accepts_gzip("xgzip"));
}

TEST_CASE("site: who has the version already gets a 304 without a body")
{
    CHECK(get("/page").header("etag") == "\"seq-12\"");
    CHECK(get("/page", {{"Accept-Encoding", "gzip"}}).header("etag") == "\"seq-12-gz\"");
    for (const char* tags : {"\"seq-12\"", "W/\"seq-12\"", "\"x\", \"seq-12-gz\"", "*"}) {
        const Delivery same = get("/page", {{"If-None-Match", tags}});
        CHECK(same.status == 304);
        CHECK(same.body.empty());
        CHECK(same.header("etag") == "\"seq-12\"");
    }
    for (const char* tags : {"\"seq-1\"", "seq-12", "\"\"", "x"})
        CHECK(get("/page", {{"If-None-Match", tags}}).status == 200);
    CHECK(wire_head(get("/page", {{"If-None-Match", "*"}}), true).find("Content-Length") == std::string::npos);
}

TEST_CASE("site: HEAD says the length and sends nothing")
{
    const Delivery head = exchange(ask(Method::head, "/page"));
    CHECK(head.status == 200);
    CHECK(head.body.empty());
    CHECK(wire_head(head, true).find("Content-Length: " + std::to_string(page_text.size()) + "\r\n") !=
          std::string::npos);
}

TEST_CASE("site: one range of a kept file is answered")
{
    const auto range = [](std::string wanted, std::string only_if = "") {
        std::vector<Field> headers{{"Range", std::move(wanted)}};
        if (!only_if.empty()) headers.push_back({"If-Range", std::move(only_if)});
        const Delivery d = get("/file", headers);
        return std::to_string(d.status) + " " + std::string(d.body) + " " + std::string(d.header("content-range"));
    };
    CHECK(range("bytes=0-3") == "206 0123 bytes 0-3/10");
    CHECK(range("bytes=7-") == "206 789 bytes 7-9/10");
    CHECK(range("bytes=-2") == "206 89 bytes 8-9/10");
    CHECK(range("bytes=-20") == "206 0123456789 bytes 0-9/10");
    CHECK(range("bytes=8-99") == "206 89 bytes 8-9/10");
    CHECK(range("bytes=10-") == "416  bytes */10");
    CHECK(range("bytes=-0") == "416  bytes */10");
    CHECK(range("bytes=0-1,3-4") == "200 0123456789 ");
    CHECK(range("bytes=3-1") == "200 0123456789 ");
    CHECK(range("bytes=-") == "200 0123456789 ");
    CHECK(range("lines=1-2") == "200 0123456789 ");
    CHECK(range("bytes=99999999999999999999-") == "200 0123456789 ");
    CHECK(range("bytes=0-3", "\"abc\"") == "206 0123 bytes 0-3/10");
    CHECK(range("bytes=0-3", "\"old\"") == "200 0123456789 ");
}

TEST_CASE("site: a download bears its Vietnamese name in both forms")
{
    CHECK(get("/file").header("content-disposition") ==
          "attachment; filename=\"B_o c_o _6_.pdf\"; filename*=UTF-8''B%C3%A1o%20c%C3%A1o%20%226%22.pdf");
}

TEST_CASE("site: cookies are read and set safely")
{
    const Request request = ask(Method::get, "/", {{"Cookie", "a=1; phoihop=xyz; phoihop2=no"}, {"cookie", "b=2"}});
    CHECK(request.cookie("phoihop") == "xyz");
    CHECK(request.cookie("b") == "2");
    CHECK(request.cookie("phoi").empty());
    CHECK(set_cookie("s", "v", std::chrono::hours(1), Transport::plain) ==
          "s=v; Path=/; Max-Age=3600; HttpOnly; SameSite=Lax");
    CHECK(set_cookie("s", "", {}, Transport::tls) == "__Host-s=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax; Secure");
}

TEST_CASE("site: a browser that comes from elsewhere is told apart")
{
    const auto same = [](std::vector<Field> headers) {
        return ask(Method::post, "/", std::move(headers)).from_same_origin();
    };
    CHECK(same({}));
    CHECK(same({{"Origin", "http://localhost:8080"}}));
    CHECK(same({{"Sec-Fetch-Site", "same-origin"}}));
    CHECK_FALSE(same({{"Sec-Fetch-Site", "cross-site"}}));
    CHECK_FALSE(same({{"Sec-Fetch-Site", "same-site"}}));
    CHECK_FALSE(same({{"Origin", "http://evil.example"}}));
    CHECK_FALSE(same({{"Origin", "http://localhost:8081"}}));
    CHECK_FALSE(same({{"Origin", "null"}}));
}
