// SPDX-License-Identifier: Apache-2.0
#include "store/handover.hpp"

#include "store/database.hpp"
#include "store/local_socket.hpp"
#include "support/folder.hpp"

#include <doctest/doctest.h>
#include <sys/stat.h>

#include <latch>
#include <thread>

using namespace phoihop;
using namespace phoihop::store;
using phoihop::test::Folder;

namespace {

/// What an asker gets to see.
struct Seen {
    std::string out;
    std::string err;
    CommandSinks sinks()
    {
        return {[this](std::string_view bytes) { out += bytes; }, [this](std::string_view bytes) { err += bytes; }};
    }
};

int echo(const std::vector<std::string>& argv, const std::string& cwd, CommandOutput& output)
{
    output.out(cwd + ":");
    for (const auto& argument : argv) output.out(argument + "|");
    output.err("done\n");
    return 7;
}

}  // namespace

TEST_CASE("store: a command handed over gives the same output and exit status")
{
    const Folder folder;
    const auto file = folder.file("a.db");
    const HandoverServer server(file, echo);
    Seen seen;
    CHECK(hand_over(file, {"units", "find", "Phó Bảng", ""}, "/somewhere", seen.sinks()) == 7);
    CHECK(seen.out == "/somewhere:units|find|Phó Bảng||");
    CHECK(seen.err == "done\n");
}

TEST_CASE("store: output of many megabytes arrives whole")
{
    const Folder folder;
    const auto file = folder.file("a.db");
    const std::string much(5'000'000, 'x');
    const HandoverServer server(file, [&](const auto&, const auto&, CommandOutput& output) {
        output.out(much);
        return 0;
    });
    Seen seen;
    CHECK(hand_over(file, {}, "/", seen.sinks()) == 0);
    CHECK(seen.out == much);
}

TEST_CASE("store: only its own user may open the socket, and it goes with the server")
{
    const Folder folder;
    const auto file = folder.file("a.db");
    struct stat status{};
    {
        const HandoverServer server(file, echo);
        REQUIRE(::stat((file + ".sock").c_str(), &status) == 0);
        CHECK((status.st_mode & 0777) == 0600);
    }
    CHECK(::stat((file + ".sock").c_str(), &status) != 0);
}

TEST_CASE("store: a path longer than the kernel's 108 bytes serves as well")
{
    const Folder folder;
    auto deep = folder.path;
    for (int i = 0; i < 4; ++i) deep /= "một thư mục có tên rất dài để vượt giới hạn";
    std::filesystem::create_directories(deep);
    const auto file = (deep / "a.db").string();
    REQUIRE(file.size() > 200);
    const HandoverServer server(file, echo);
    Seen seen;
    CHECK(hand_over(file, {"a"}, "/", seen.sinks()) == 7);
}

TEST_CASE("store: when the holder does not answer, the asker is told who it is")
{
    const Folder folder;
    const auto file = folder.file("a.db");
    const auto database = Database::open(file, OpenMode::create, "import");
    REQUIRE(database);
    Seen seen;
    const auto answer = hand_over(file, {"a"}, "/", seen.sinks());
    REQUIRE_FALSE(answer);
    CHECK(answer.error().code == ProblemCode::busy);
    CHECK(fact(answer.error(), "holder") == "pid " + std::to_string(::getpid()) + " import");
}

TEST_CASE("store: the socket of a dead server is replaced")
{
    const Folder folder;
    const auto file = folder.file("a.db");
    CHECK(test::in_child([&]() -> int {
              const HandoverServer server(file, echo);
              ::_exit(0);
          }) == 0);
    REQUIRE(std::filesystem::exists(file + ".sock"));
    Seen seen;
    CHECK(hand_over(file, {"a"}, "/", seen.sinks()).error().code == ProblemCode::busy);
    const HandoverServer server(file, echo);
    CHECK(hand_over(file, {"a"}, "/", seen.sinks()) == 7);
}

TEST_CASE("store: a command that throws is a breakdown of the command, not of the server")
{
    const Folder folder;
    const auto file = folder.file("a.db");
    const HandoverServer server(file, [](const auto& argv, const auto&, CommandOutput&) -> int {
        if (argv.empty()) throw std::runtime_error("no arguments");
        return 0;
    });
    Seen seen;
    CHECK(hand_over(file, {}, "/", seen.sinks()) == 3);
    CHECK(seen.err == "no arguments\n");
    CHECK(hand_over(file, {"a"}, "/", seen.sinks()) == 0);
}

TEST_CASE("store: an asker that leaves is noticed, and the server serves on")
{
    const Folder folder;
    const auto file = folder.file("a.db");
    std::latch noticed{1};
    const HandoverServer server(file, [&](const auto& argv, const auto&, CommandOutput& output) {
        if (argv.front() != "endless") return 0;
        while (!output.closed()) output.out(std::string(10'000, '.'));
        noticed.count_down();
        return 0;
    });
    {
        const auto connection = connect_to(file + ".sock");
        REQUIRE(connection);
        CHECK(send_frame(*connection, 'd', "/"));
        CHECK(send_frame(*connection, 'a', "endless"));
        CHECK(send_frame(*connection, '.', ""));
        CHECK(receive_frame(*connection));
    }
    noticed.wait();
    Seen seen;
    CHECK(hand_over(file, {"a"}, "/", seen.sinks()) == 0);
}

TEST_CASE("store: what is no request is dropped, and the server serves on")
{
    const Folder folder;
    const auto file = folder.file("a.db");
    const HandoverServer server(file, echo);
    {
        const auto connection = connect_to(file + ".sock");
        REQUIRE(connection);
        CHECK(send_frame(*connection, 'G', "ET / HTTP/1.1"));
        CHECK_FALSE(receive_frame(*connection));
    }
    Seen seen;
    CHECK(hand_over(file, {"a"}, "/", seen.sinks()) == 7);
}

TEST_CASE("store: several askers are served at once")
{
    const Folder folder;
    const auto file = folder.file("a.db");
    std::latch together{4};
    const HandoverServer server(file, [&](const auto&, const auto&, CommandOutput&) {
        together.arrive_and_wait();
        return 0;
    });
    std::vector<std::thread> askers;
    for (int i = 0; i < 4; ++i) {
        askers.emplace_back([&] {
            Seen seen;
            CHECK(hand_over(file, {"a"}, "/", seen.sinks()) == 0);
        });
    }
    for (auto& asker : askers) asker.join();
}
