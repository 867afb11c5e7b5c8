// SPDX-License-Identifier: Apache-2.0
#include "http/server.hpp"

#include "http/event_hub.hpp"
#include "http/worker_pool.hpp"
#include "support/http_client.hpp"

#include <doctest/doctest.h>

#include <atomic>
#include <future>

using namespace phoihop;
using namespace phoihop::http;
using test::http_request;
using test::HttpAnswer;
using test::HttpConnection;
using namespace std::chrono_literals;

namespace {

/// A server on a free port with the limits that a test wants, and the routes that all of them use.
class TestServer {
public:
    explicit TestServer(Limits limits = {}, ServerOptions options = {}) : m_site(routes(), m_clock, {}, limits)
    {
        options.port = 0;
        options.on_access = [](const AccessRecord&) {};
        auto started = Server::start(m_site, std::move(options));
        REQUIRE(started.has_value());
        m_server = std::move(*started);
    }
    [[nodiscard]] std::uint16_t port() const { return m_server->port(); }
    Server& server() { return *m_server; }
    EventHub& hub() { return m_hub; }
    std::promise<void>& released() { return m_released; }
    std::promise<void>& entered() { return m_entered; }
    [[nodiscard]] std::size_t server_connections() const { return m_server->connection_count(); }

    /// Sends `bytes` as they are and reads the first answer.
    [[nodiscard]] HttpAnswer raw(std::string_view bytes) const
    {
        HttpConnection connection(port());
        connection.send(bytes);
        return connection.read();
    }

private:
    Router routes()
    {
        Router router;
        router.get("/hello", [](const Request&) { return text_answer(200, "hello"); });
        router.get("/long", [](const Request&) { return text_answer(200, std::string(3'000'000, 'x')); });
        router.post("/echo", [](const Request& r) { return text_answer(200, r.body); });
        router.post("/big", [](const Request& r) { return text_answer(200, std::to_string(r.body.size())); })
            .body_up_to(21 << 20);
        router.post("/guarded", [](const Request& r) { return text_answer(200, r.body); })
            .gate([](const Request& r) -> std::optional<Response> {
                if (r.header("authorization").empty()) return problem_answer(401, {ProblemCode::not_signed_in, {}, {}});
                return std::nullopt;
            });
        router.get("/fast", [](const Request&) { return text_answer(500, ""); }).fast([](const Request&) {
            return std::optional(text_answer(200, "fast"));
        });
        router.get("/waits", [this](const Request&) {
            m_entered.set_value();
            m_released.get_future().wait();
            return text_answer(200, "done");
        });
        router.get("/events", [this](const Request&) {
            Response response;
            response.events = m_hub.subscribe({"a"}, 0);
            return response;
        });
        return router;
    }

    FixedClock m_clock{Instant(day(2025, 7, 1))};
    EventHub m_hub;
    std::promise<void> m_released, m_entered;
    Site m_site;
    std::unique_ptr<Server> m_server;
};

std::string post(std::string_view target, std::string_view head, std::string_view body)
{
    return "POST " + std::string(target) + " HTTP/1.1\r\nHost: localhost\r\n" + std::string(head) + "\r\n" +
           std::string(body);
}

}  // namespace

TEST_CASE("server: a request is answered, on one connection again and again")
{
    const TestServer server;
    HttpConnection connection(server.port());
    for (int i = 0; i < 3; ++i) {
        connection.send("GET /hello HTTP/1.1\r\nHost: localhost\r\n\r\n");
        const HttpAnswer answer = connection.read();
        CHECK(answer.status == 200);
        CHECK(answer.body == "hello");
        CHECK(answer.header("Connection") == "keep-alive");
    }
    CHECK(http_request(server.port(), "GET", "/fast").body == "fast");
    CHECK(http_request(server.port(), "HEAD", "/hello").body.empty());
    CHECK(http_request(server.port(), "POST", "/echo", "xin chào").body == "xin chào");
    CHECK(http_request(server.port(), "GET", "/long").body.size() == 3'000'000);
}

TEST_CASE("server: requests sent ahead are answered in order")
{
    const TestServer server;
    HttpConnection connection(server.port());
    connection.send("GET /hello HTTP/1.1\r\nHost: localhost\r\n\r\n" + post("/echo", "Content-Length: 3\r\n", "abc") +
                    "GET /fast HTTP/1.1\r\nHost: localhost\r\n\r\n");
    CHECK(connection.read().body == "hello");
    CHECK(connection.read().body == "abc");
    CHECK(connection.read().body == "fast");
}

TEST_CASE("server: whatever could be read in two ways is refused and the connection closed")
{
    const TestServer server;
    const std::string_view bad[] = {
        "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n",
        "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n",
        "Content-Length: 3\r\nContent-Length: 4\r\n",
        "Content-Length : 3\r\n",
        "Content-Length: +3\r\n",
        "Content-Length: -3\r\n",
        "Content-Length: 3, 3\r\n",
        "Content-Length: 99999999999999999999\r\n",
        "X-A : 1\r\n",
        "X\tA: 1\r\n",
        "X-A\r\n",
        ": 1\r\n",
    };
    for (const std::string_view head : bad) {
        HttpConnection connection(server.port());
        connection.send(post("/echo", head, "0\r\n\r\nGET /hello HTTP/1.1\r\nHost: localhost\r\n\r\n"));
        const std::string all = connection.read_to_end();
        CHECK_MESSAGE(all.starts_with("HTTP/1.1 4"), head, " -> ", all.substr(0, 60));
        CHECK_MESSAGE(all.find("\r\nhello") == std::string::npos, std::string(head));
    }
    CHECK(server.raw(std::string("GET /hello HTTP/1.1\r\nHost: localhost\r\nX-A: a\0b\r\n\r\n", 50)).status == 400);
    CHECK(server.raw("GET /hello HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: gzip, chunked\r\n\r\n").status ==
          501);
}

TEST_CASE("server: a first line that is none is refused")
{
    const TestServer server;
    for (const std::string_view line : {"GET /hello HTTP/2.0", "GET /hello", "GET  /hello HTTP/1.1", "\x16\x03\x01",
                                        "GET /he llo HTTP/1.1", "G\tT / HTTP/1.1"})
        CHECK(server.raw(std::string(line) + "\r\nHost: localhost\r\n\r\n").status == 400);
    CHECK(server.raw("BREW /hello HTTP/1.1\r\nHost: localhost\r\n\r\n").status == 501);
    CHECK(server.raw("GET /hello HTTP/1.1\r\n\r\n").status == 400);
    CHECK(server.raw("GET /hello HTTP/1.1\r\nHost: evil.example\r\n\r\n").status == 421);
}

TEST_CASE("server: heads have a size and a number of headers that they may not pass")
{
    const TestServer server;
    CHECK(server.raw("GET /hello HTTP/1.1\r\nHost: localhost\r\nX: " + std::string(100'000, 'a') + "\r\n\r\n").status ==
          431);
    std::string many = "GET /hello HTTP/1.1\r\nHost: localhost\r\n";
    for (int i = 0; i < 5000; ++i) many += "X" + std::to_string(i) + ": 1\r\n";
    CHECK(server.raw(many + "\r\n").status == 431);
    std::string short_ones = "GET /hello HTTP/1.1\r\nHost: localhost\r\n";
    for (int i = 0; i < 100; ++i) short_ones += "a:\r\n";
    CHECK(server.raw(short_ones + "\r\n").status == 431);
    CHECK(server.raw("GET /" + std::string(6000, 'a') + " HTTP/1.1\r\nHost: localhost\r\n\r\n").status == 414);
}

TEST_CASE("server: a body past its route's limit is refused before it is read")
{
    const TestServer server({.body_size_max = 64UL * 1024});
    HttpConnection connection(server.port());
    connection.send(post("/echo", "Content-Length: 200000\r\n", ""));
    CHECK(connection.read().status == 413);
    CHECK(connection.read_to_end().empty());

    HttpConnection chunked(server.port());
    chunked.send(post("/echo", "Transfer-Encoding: chunked\r\n", "20000\r\n" + std::string(0x20000, 'a') + "\r\n"));
    CHECK(chunked.read().status == 413);

    const std::string large(20 << 20, 'x');
    CHECK(http_request(server.port(), "POST", "/big", large).body == std::to_string(large.size()));
}

TEST_CASE("server: a chunked body is put together, a broken one refused")
{
    const TestServer server;
    CHECK(server.raw(post("/echo", "Transfer-Encoding: chunked\r\n", "3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n")).body ==
          "abcde");
    CHECK(server.raw(post("/echo", "Transfer-Encoding: chunked\r\n", "zz\r\nabc\r\n0\r\n\r\n")).status == 400);
    CHECK(server.raw(post("/echo", "Transfer-Encoding: chunked\r\n", "ffffffffffffffffff\r\n")).status == 400);
}

TEST_CASE("server: bodies of all callers together have a limit")
{
    const TestServer server({.body_total_max = 1000});
    CHECK(http_request(server.port(), "POST", "/echo", std::string(900, 'a')).status == 200);
    CHECK(http_request(server.port(), "POST", "/echo", std::string(1100, 'a')).status == 503);
    CHECK(http_request(server.port(), "POST", "/echo", std::string(900, 'a')).status == 200);
    // Who was answered, or refused, and stays, holds nothing.
    HttpConnection refused(server.port());
    refused.send(post("/echo", "Content-Length: 1100\r\n", ""));
    CHECK(refused.read().status == 503);
    HttpConnection answered(server.port());
    answered.send(post("/echo", "Content-Length: 900\r\n", std::string(900, 'a')));
    CHECK(answered.read().status == 200);
    CHECK(http_request(server.port(), "POST", "/echo", std::string(900, 'a')).status == 200);
}

TEST_CASE("server: a thousand requests sent in one go are answered in their order")
{
    const TestServer server;
    HttpConnection eager(server.port());
    std::string all;
    for (int i = 0; i < 1000; ++i) all += "GET /hello HTTP/1.1\r\nHost: localhost\r\nX-Number: 1\r\n\r\n";
    eager.send(all + "GET /nothing HTTP/1.1\r\nHost: localhost\r\n\r\n");
    int answers = 0;
    while (eager.read().status == 200) ++answers;
    CHECK(answers == 1000);
}

TEST_CASE("server: a gate answers before the body comes, and the rest is not taken for a request")
{
    const TestServer server;
    HttpConnection connection(server.port());
    connection.send(post("/guarded", "Content-Length: 100\r\n", "GET /hello HTTP/1.1\r\nHost: localhost\r\n\r\n"));
    CHECK(connection.read().status == 401);
    CHECK(connection.read_to_end().empty());
    CHECK(http_request(server.port(), "POST", "/guarded", "abc", "Authorization: x\r\n").body == "abc");
}

TEST_CASE("server: a caller who asks first is told to go on, or not")
{
    const TestServer server;
    HttpConnection connection(server.port());
    connection.send(post("/echo", "Content-Length: 3\r\nExpect: 100-continue\r\n", ""));
    CHECK(connection.read_until("\r\n\r\n") == "HTTP/1.1 100 Continue\r\n\r\n");
    connection.send("abc");
    CHECK(connection.read().body == "abc");
    CHECK(server.raw(post("/guarded", "Content-Length: 3\r\nExpect: 100-continue\r\n", "")).status == 401);
    CHECK(server.raw(post("/echo", "Content-Length: 3\r\nExpect: 200-maybe\r\n", "abc")).status == 417);
}

TEST_CASE("server: who drips a head or a body is cut at the total deadline")
{
    const TestServer server({.head_deadline = 150ms, .body_deadline = 150ms});
    HttpConnection head(server.port());
    head.send("GET /hello HTTP/1.1\r\nHost: localhost\r\nX-A: ");
    int drips = 0;
    while (head.send("a") && !head.hears_something(20)) ++drips;
    CHECK(drips < 100);
    CHECK(head.read().status == 0);

    HttpConnection body(server.port());
    body.send(post("/echo", "Content-Length: 1000\r\n", ""));
    drips = 0;
    while (body.send("a") && !body.hears_something(20)) ++drips;
    CHECK(drips < 100);
    CHECK(body.read().status == 0);
}

TEST_CASE("server: who says nothing is closed, who reads nothing is cut")
{
    const TestServer server({.write_deadline = 150ms, .idle = 100ms});
    HttpConnection silent(server.port());
    CHECK(silent.read_to_end().empty());
    HttpConnection deaf(server.port());
    for (int i = 0; i < 20; ++i) deaf.send("GET /long HTTP/1.1\r\nHost: localhost\r\n\r\n");
    CHECK(deaf.hears_something(5000));
    while (server.server_connections() > 0) (void)deaf.hears_something(1);
    CHECK(deaf.read_to_end().size() < 60'000'000);
}

TEST_CASE("server: past the number of connections the idle ones go first")
{
    const TestServer server({.connections_max = 2});
    HttpConnection idle(server.port());
    idle.send("GET /hello HTTP/1.1\r\nHost: localhost\r\n\r\n");
    CHECK(idle.read().status == 200);
    HttpConnection second(server.port());
    second.send("GET /hello HTTP/1.1\r\nHost: localhost\r\n\r\n");
    CHECK(second.read().status == 200);
    HttpConnection third(server.port());
    CHECK(third.read().status == 503);
    int waits = 0;
    while (!idle.hears_something(5) && !second.hears_something(5) && waits < 1000) ++waits;
    CHECK(waits < 1000);
    int tries = 0;
    while (http_request(server.port(), "GET", "/hello").status != 200 && tries < 1000) ++tries;
    CHECK(tries < 1000);
}

TEST_CASE("server: when all workers are busy and the queue is full, callers are told when to come again")
{
    TestServer server({.queue_max = 0}, {.workers = 1});
    const HttpAnswer answer = http_request(server.port(), "GET", "/hello");
    CHECK(answer.status == 503);
    CHECK(answer.header("Retry-After") == "2");
    CHECK(http_request(server.port(), "GET", "/fast").status == 200);
}

TEST_CASE("server: events reach a listener, a silent stream beats, and closing the hub ends it")
{
    TestServer server({.heartbeat = 30ms});
    HttpConnection listener(server.port());
    listener.send("GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n");
    CHECK(listener.read_until("\r\n\r\n").find("Content-Type: text/event-stream\r\n") != std::string::npos);
    CHECK(listener.read_until("\n\n") == event_frame(0, "hello", "{}"));
    server.hub().publish("a", 7, "changed", "{\"x\":1}");
    CHECK(listener.read_until("}\n\n").ends_with(event_frame(7, "changed", "{\"x\":1}")));
    CHECK(listener.read_until(":\n\n").ends_with(":\n\n"));
    server.hub().close();
    (void)listener.read_to_end();
}

TEST_CASE("server: event streams have a limit, and one that is left makes room")
{
    TestServer server({.event_streams_max = 1, .heartbeat = 10ms});
    const std::string ask = "GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n";
    {
        HttpConnection first(server.port());
        first.send(ask);
        CHECK(first.read_until("\n\n").size() > 0);
        CHECK(server.raw(ask).status == 503);
    }
    int tries = 0;
    while (server.raw(ask).status != 200 && tries < 10'000) ++tries;
    CHECK(tries < 10'000);
}

TEST_CASE("server: stopping lets a running request finish and ends the others")
{
    TestServer server;
    HttpConnection idle(server.port());
    idle.send("GET /hello HTTP/1.1\r\nHost: localhost\r\n\r\n");
    CHECK(idle.read().status == 200);
    HttpConnection listening(server.port());
    listening.send("GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n");
    CHECK(listening.read_until("hello").size() > 0);
    HttpConnection running(server.port());
    running.send("GET /waits HTTP/1.1\r\nHost: localhost\r\n\r\n");
    server.entered().get_future().wait();
    auto stopped = std::async(std::launch::async, [&] { server.server().stop(10s); });
    CHECK(idle.read_to_end().empty());
    (void)listening.read_to_end();
    server.released().set_value();
    const HttpAnswer answer = running.read();
    CHECK(answer.body == "done");
    CHECK(answer.header("Connection") == "close");
    running.close();
    stopped.wait();
    CHECK(server.server().connection_count() == 0);
}

TEST_CASE("server: an address that is taken or none at all is refused")
{
    const TestServer server;
    const FixedClock clock{Instant()};
    const Site site(Router(), clock);
    ServerOptions options;
    options.port = server.port();
    CHECK(Server::start(site, options).error().code == ProblemCode::busy);
    options.address = "localhost";
    CHECK(Server::start(site, options).error().code == ProblemCode::malformed);
    CHECK(is_loopback_address("127.0.0.1"));
    CHECK(is_loopback_address("::1"));
    CHECK_FALSE(is_loopback_address("0.0.0.0"));
    CHECK_FALSE(is_loopback_address("x"));
}

TEST_CASE("server: several threads read and write at once")
{
    const TestServer server({}, {.io_threads = 2});
    std::vector<std::future<int>> callers;
    for (int i = 0; i < 8; ++i)
        callers.push_back(std::async(std::launch::async, [&] {
            int good = 0;
            HttpConnection connection(server.port());
            for (int n = 0; n < 50; ++n) {
                connection.send(post("/echo", "Content-Length: 5\r\n", "12345"));
                good += connection.read().body == "12345" ? 1 : 0;
            }
            return good;
        }));
    for (auto& caller : callers) CHECK(caller.get() == 50);
}

TEST_CASE("server: a pool finishes what it has taken and takes no more than it may")
{
    std::atomic<int> done = 0;
    {
        WorkerPool pool(2, 100);
        for (int i = 0; i < 50; ++i) CHECK(pool.try_run([&] { ++done; }));
    }
    CHECK(done == 50);
    WorkerPool none(1, 0);
    CHECK_FALSE(none.try_run([] {}));
}
