// SPDX-License-Identifier: Apache-2.0
#include "app/serve.hpp"

#include "accounts/secret.hpp"
#include "app/handed_over.hpp"
#include "base/log.hpp"
#include "cli/parts.hpp"
#include "http/server.hpp"
#include "instance/cube_keeper.hpp"
#include "instance/day_keeper.hpp"
#include "programme/programme.hpp"
#include "store/handover.hpp"
#include "store/writer.hpp"
#include "web/account_door.hpp"
#include "web/desk_pages.hpp"
#include "web/live.hpp"
#include "web/problem_status.hpp"
#include "web/services.hpp"

#include <pthread.h>

#include <algorithm>
#include <csignal>

namespace phoihop::app {

namespace {

/// The signals that end the server. Blocked before any thread starts, so that only `wait` receives them.
class StopSignals {
public:
    StopSignals()
    {
        sigemptyset(&m_set);
        sigaddset(&m_set, SIGINT);
        sigaddset(&m_set, SIGTERM);
        pthread_sigmask(SIG_BLOCK, &m_set, nullptr);
    }
    void wait() const
    {
        int received = 0;
        sigwait(&m_set, &received);
    }

private:
    sigset_t m_set{};
};

http::Response breakdown(const http::Request& request, const std::exception& error)
{
    // The caller is told a number to quote; what happened stands in the log beside it.
    log::error("request broke down", {{"id", request.id}, {"what", error.what()}});
    http::JsonWriter json;
    json.object().member("code", "breakdown").member("where", request.id).key("message").object();
    json.member("vi", "Máy chủ gặp sự cố. Chưa có gì bị mất; hãy thử lại sau ít phút. Mã sự cố: " + request.id);
    json.member("en", "The server has a fault. Nothing is lost; try again in a few minutes. Code: " + request.id);
    json.end().key("facts").object().end().end();
    return http::json_answer(500, json.take());
}

Result<std::uint16_t> port_of(const std::string& text)
{
    auto port = parse_decimal(text, 0);
    if (!port || *port < 0 || *port > 65535)
        return refuse(ProblemCode::out_of_range, "--port", {{"min", "0"}, {"max", "65535"}, {"found", text}});
    return static_cast<std::uint16_t>(*port);
}

/// "a.vn,b.vn"; addresses and localhost need no name.
std::vector<std::string> hosts_of(const std::string& text)
{
    std::vector<std::string> hosts;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find(',', at), text.size());
        if (end > at) hosts.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    return hosts;
}

/// On PostgreSQL there is no place of its own for the file, so none is kept unless one is named.
std::string cube_file_of(const cli::Arguments& arguments, instance::Instance& instance)
{
    if (arguments.given("cube")) return arguments.value("cube");
    const auto& database = instance.database();
    return database.engine() == store::Engine::sqlite ? database.address() + ".cube" : std::string{};
}

Result<void> serve(cli::Invocation& call)
{
    const StopSignals stop;
    PHOIHOP_TRY(port, port_of(call.arguments.value("port")));
    const std::string listen = call.arguments.value("listen");
    const std::string address = cli::database_address(call.arguments);
    PHOIHOP_TRY(instance, instance::Instance::open(address, store::OpenMode::write, call.clock, "serve",
                                                   call.arguments.value("read-from")));
    if (call.arguments.given("today")) {
        PHOIHOP_TRY(day, cli::day_of(call.arguments, *instance));
        PHOIHOP_CHECK_OK(instance->set_today(day));
    }
    web::AccountDoor door(*instance);
    if (!http::is_loopback_address(listen) && door.has_demonstration_accounts())
        return refuse(ProblemCode::not_allowed, "--listen",
                      {{"what", "demonstration accounts listen on 127.0.0.1 only"}});
    http::EventHub::Options stream;
    stream.start = instance->writer().followed().sequence;
    http::EventHub events(stream);
    web::LiveFollower live(events, [&] {
        std::vector<std::string> ids;
        for (const auto& programme : instance->programmes()) ids.push_back(std::to_string(programme->id.value));
        return ids;
    });
    instance->writer().add_follower(live, store::Writer::Delivery::after_answer);
    const auto cube_file = cube_file_of(call.arguments, *instance);
    instance->prepare({true, true, cube_file}, cli::progress_of(call));
    instance->follow_others();
    web::Services services{*instance, door, events};
    http::SitePolicy policy;
    policy.trust_local_proxy = call.arguments.given("behind-proxy");
    policy.hosts = hosts_of(call.arguments.value("host"));
    policy.breakdown = breakdown;
    http::Router router = web::routes(services);
    if (call.arguments.given("owner-logo")) {
        PHOIHOP_TRY(logo, web::read_owner_logo(call.arguments.value("owner-logo")));
        web::add_owner_logo(router, logo);
    }
    const http::Site site(std::move(router), call.clock, std::move(policy));
    http::ServerOptions options;
    options.address = listen;
    options.port = port;
    accounts::SystemRandom random;
    options.id_prefix = accounts::draw_token(random).substr(0, 6) + "-";
    PHOIHOP_TRY(server, http::Server::start(site, options));
    std::unique_ptr<store::HandoverServer> handover;
    if (instance->database().engine() == store::Engine::sqlite)
        handover = std::make_unique<store::HandoverServer>(address, handed_over(*instance, call.clock));
    call.output.out("http://" + listen + ":" + std::to_string(server->port()) + "\n");
    call.output.flush();
    std::optional<instance::DayKeeper> days(*instance);
    std::optional<instance::CubeKeeper> cube_keeper(std::in_place, *instance, cube_file);
    stop.wait();
    days.reset();
    handover.reset();
    events.close();
    server->stop();
    cube_keeper.reset();  // nobody waits for an answer while it writes its file
    return {};
}

}  // namespace

cli::Command serve_command()
{
    return {{"serve"},
            "Serve the desk and the API",
            {cli::database_option(),
             {"listen", "ADDRESS", "Where to listen; this machine only unless said", false, "127.0.0.1"},
             {"read-from", "ADDRESS", "A streaming replica of the database that answers reads", false, {}},
             {"port", "PORT", "0 takes any free one", false, "8080"},
             {"behind-proxy", "", "Believe what a proxy on this machine says about callers", false, {}},
             {"host",
              "NAMES",
              "The names, with commas, by which callers reach it; addresses and localhost need none",
              false,
              {}},
             {"owner-logo", "FILE", "An SVG that stands beside ours on the page of signing in", false, {}},
             {"cube",
              "FILE",
              "Keep the totals in FILE, to answer at once after the next start; D.cube beside a SQLite database D "
              "unless said",
              false,
              {}},
             cli::today_option()},
            {},
            "phoihop serve --db phoihop.db --port 8080",
            cli::Access::own,
            cli::command_of(serve)};
}

}  // namespace phoihop::app
