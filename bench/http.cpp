// SPDX-License-Identifier: Apache-2.0
// Answers over HTTP: the program as it is shipped, serving the demonstration database, beside nginx and a bare echo.
// Each a process of its own, all on one core; one client asks them in turns, for round trips from another core and for
// processor time, which is the servers' own, from /proc, on the same.
#include "bench/http.hpp"

#include "bench/http_client.hpp"
#include "bench/loopback.hpp"
#include "bench/stopwatch.hpp"

#include <fmt/format.h>
#include <sys/resource.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <stdexcept>
#include <thread>

namespace phoihop::bench {
namespace {

constexpr int rounds = 7;
constexpr int idle_connections = 3000;
constexpr std::string_view table =
    "/api/v1/programmes/ctr-09/figures?period=2015-Q1&units=level:province&on=2015-03-31&format=columns&indicator=";

std::string text_of(const std::string& path)
{
    std::ifstream in(path);
    return {std::istreambuf_iterator<char>(in), {}};
}

/// What the program prints when it listens.
std::uint16_t port_in(const std::string& path)
{
    for (int i = 0; i < 600; ++i) {
        const auto text = text_of(path);
        const auto at = text.rfind(':');
        if (at != std::string::npos && text.ends_with('\n'))
            return static_cast<std::uint16_t>(std::stoi(text.substr(at + 1)));
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
    throw std::runtime_error("http: the program does not listen");
}

template <class Ask>
double median_us(int times, Ask&& ask)
{
    std::vector<double> us;
    for (int i = 0; i < times; ++i) {
        const Stopwatch watch;
        ask();
        us.push_back(watch.ms() * 1e3);
    }
    return median(us);
}

template <class Ask>
double cpu_us(const Process& server, int times, Ask&& ask)
{
    const double before = server.cpu_us();
    for (int i = 0; i < times; ++i) ask();
    return (server.cpu_us() - before) / times;
}

/// The same question in other words each time, so that it is computed: blanks and empty codes do not count.
std::string computed_target(const std::string& codes, int number)
{
    std::string target(table);
    for (int bit = 0; bit < 12; ++bit) target += (number >> bit & 1) != 0 ? "," : "+,";
    return target + codes;
}

/// "A1,A2,…" of the columns of an answer.
std::string codes_in(std::string_view answer)
{
    constexpr std::string_view name = "\"indicator\":\"";
    std::string codes;
    for (auto at = answer.find(name); at != std::string_view::npos; at = answer.find(name, at)) {
        at += name.size();
        codes += (codes.empty() ? "" : ",") + std::string(answer.substr(at, answer.find('"', at) - at));
    }
    return codes;
}

/// Connections that have asked once and keep silent; bytes of the server's memory for each.
double idle_bytes(const Process& server, std::uint16_t port, std::string_view request)
{
    {
        HttpClient first(port);
        first.ask(request);
    }
    const double before = server.resident_bytes();
    std::vector<HttpClient> idle;
    idle.reserve(idle_connections);
    for (int i = 0; i < idle_connections; ++i) {
        HttpClient& one = idle.emplace_back(port);
        one.ask(request);
        one.forget();
    }
    return (server.resident_bytes() - before) / idle_connections;
}

/// Seconds until the server cuts a connection that sends a byte a second.
double dripped_s(std::uint16_t port, std::string_view beginning)
{
    const HttpClient client(port);
    client.send(beginning);
    const Stopwatch watch;
    while (watch.ms() < 60'000) {
        for (int i = 0; i < 10; ++i) {
            std::this_thread::sleep_for(std::chrono::milliseconds(100));
            if (!client.is_open()) return watch.ms() / 1e3;
        }
        client.send("a");
    }
    return watch.ms() / 1e3;
}

std::string nginx_configuration(const std::string& folder, std::uint16_t port)
{
    return fmt::format(
        "daemon off; master_process off; worker_processes 1; pid {0}/nginx.pid; error_log {0}/nginx.err;\n"
        "events {{ worker_connections 8192; }}\n"
        "http {{ access_log {0}/nginx.log; sendfile on; tcp_nopush on; keepalive_requests 1000000000;\n"
        "  keepalive_timeout 300; open_file_cache max=16; default_type application/json;\n"
        "  client_body_temp_path {0}/b; proxy_temp_path {0}/p; fastcgi_temp_path {0}/f; uwsgi_temp_path {0}/u;\n"
        "  scgi_temp_path {0}/s;\n"
        "  server {{ listen 127.0.0.1:{1}; root {0}/files; }} }}\n",
        folder, port);
}

}  // namespace

void serve_echo()
{
    const auto listener = listen_on_loopback();
    fmt::print("127.0.0.1:{}\n", port_of(listener));
    std::fflush(stdout);
    echo_forever(listener);
}

Peer::Extras measure_http(const Place& place)
{
    const rlimit many{8192, 8192};
    ::setrlimit(RLIMIT_NOFILE, &many);
    const auto folder = place.folder + "/http";
    std::filesystem::create_directories(folder + "/files");
    const auto program = place.source + "/build/phoihop";
    const auto database = folder + "/demonstration.db";
    if (!std::filesystem::exists(database)) {
        for (const char* rest : {"", "-wal", "-shm", ".lock", ".sock"})
            std::filesystem::remove(folder + "/new.db" + rest);
        run_program({program, "init", "--db", folder + "/new.db", "--demo"}, folder + "/init.txt");
        std::filesystem::rename(folder + "/new.db", database);
    }
    run_program({program, "accounts", "token", "--db", database, "trung-uong", "--label", "bench", "--acts",
                 "read_totals,read_figures"},
                folder + "/token.txt");
    const auto printed = text_of(folder + "/token.txt");
    const auto at = printed.find("ph_");
    if (at == std::string::npos) throw std::runtime_error("http: no token");
    const auto bearer = "Authorization: Bearer " + printed.substr(at, printed.find(' ', at) - at) + "\r\n";

    const Cores cores;
    const Process ours({program, "serve", "--db", database, "--port", "0"}, folder + "/ours.txt", folder + "/ours.log",
                       cores);
    const auto port = port_in(folder + "/ours.txt");
    const auto nginx_port = free_port();
    std::ofstream(folder + "/nginx.conf") << nginx_configuration(folder, nginx_port);
    const auto cached = get(std::string(table) + "all", bearer);
    const auto packed = get(std::string(table) + "all", bearer + "Accept-Encoding: gzip\r\n");
    const auto handled = get("/api/v1/session", bearer);
    Peer::Extras extras;
    HttpClient client(port);
    std::ofstream(folder + "/files/handled") << client.ask(handled);
    std::ofstream(folder + "/files/packed", std::ios::binary) << client.ask(packed);
    const std::string whole(client.ask(cached));
    std::ofstream(folder + "/files/cached") << whole;
    const auto codes = codes_in(whole);
    extras.emplace_back("table_bytes", static_cast<double>(std::filesystem::file_size(folder + "/files/cached")));
    extras.emplace_back("packed_bytes", static_cast<double>(std::filesystem::file_size(folder + "/files/packed")));
    extras.emplace_back("handled_bytes", static_cast<double>(std::filesystem::file_size(folder + "/files/handled")));
    const Process nginx({"nginx", "-p", folder, "-c", folder + "/nginx.conf"}, folder + "/nginx.out",
                        folder + "/nginx.start", cores);
    const Process echo({std::filesystem::read_symlink("/proc/self/exe").string(), "--echo"}, folder + "/echo.txt",
                       folder + "/echo.log", cores);
    std::this_thread::sleep_for(std::chrono::seconds(1));
    HttpClient other(nginx_port);
    HttpClient bare(port_in(folder + "/echo.txt"));

    std::map<std::string, std::vector<double>> measured;
    int number = 0;
    for (int round = 0; round <= rounds; ++round) {
        const auto note = [&](const char* name, double value) {
            if (round > 0) measured[name].push_back(value);
        };
        cores.ask_from_another_core();
        note("bare_us", median_us(1000, [&] {
                 bare.send("?");
                 bare.read_exactly(echo_bytes);
             }));
        note("cached_us", median_us(1000, [&] { client.ask(cached); }));
        note("packed_us", median_us(1000, [&] { client.ask(packed); }));
        note("computed_us", median_us(200, [&] { client.ask(get(computed_target(codes, ++number), bearer)); }));
        cores.ask_from_the_same_core();
        note("cached_cpu_us", cpu_us(ours, 4000, [&] { client.ask(cached); }));
        note("cached_nginx_cpu_us", cpu_us(nginx, 4000, [&] { other.ask(get("/cached")); }));
        note("packed_cpu_us", cpu_us(ours, 4000, [&] { client.ask(packed); }));
        note("packed_nginx_cpu_us", cpu_us(nginx, 4000, [&] { other.ask(get("/packed")); }));
        note("handled_cpu_us", cpu_us(ours, 4000, [&] { client.ask(handled); }));
        note("handled_nginx_cpu_us", cpu_us(nginx, 4000, [&] { other.ask(get("/handled")); }));
    }
    for (const auto& [name, values] : measured) extras.emplace_back(name, median(values));
    extras.emplace_back("idle_bytes", idle_bytes(ours, port, cached));
    extras.emplace_back("idle_nginx_bytes", idle_bytes(nginx, nginx_port, get("/cached")));
    extras.emplace_back("head_dripped_s", dripped_s(port, "GET / HTTP/1.1\r\nHost: localhost\r\nX-A: "));
    extras.emplace_back("body_dripped_s", dripped_s(port,
                                                    "POST /api/v1/session HTTP/1.1\r\nHost: localhost\r\n"
                                                    "Content-Type: application/json\r\nContent-Length: 900\r\n\r\n"));
    return extras;
}

}  // namespace phoihop::bench
