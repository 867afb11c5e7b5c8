// SPDX-License-Identifier: Apache-2.0
// Commands that a running server carries out for another process.
#include "app/handed_over.hpp"
#include "cli/command.hpp"
#include "support/small_instance.hpp"

#include <doctest/doctest.h>

using namespace phoihop;

namespace {

/// What the asker is told.
struct Asker final : store::CommandOutput {
    void out(std::string_view bytes) override { said += bytes; }
    void err(std::string_view bytes) override { said += bytes; }
    [[nodiscard]] bool closed() const override { return false; }
    std::string said;
};

/// A server on ten o'clock of 2 October 2026.
struct Serving {
    explicit Serving(programme::Instance kind) : instance(test::small_instance(clock, kind)) {}

    int ask(std::vector<std::string> words)
    {
        words.insert(words.end(), {"--db", "d.db", "--programme", "small"});
        asker.said.clear();
        return app::handed_over(*instance, clock)(words, "/", asker);
    }

    FixedClock clock{Instant(day(2026, 10, 2)) + std::chrono::hours{3}};
    std::unique_ptr<instance::Instance> instance;
    Asker asker;
};

}  // namespace

TEST_CASE("app: --today of a command that is handed over holds for that command alone")
{
    Serving server(programme::Instance::simulated);
    const std::vector<std::string> next{"period", "open", "--period", "2026-Q4"};
    std::vector<std::string> in_january = next;
    in_january.insert(in_january.end(), {"--today", "2027-01-05"});
    CHECK(server.ask(next) == 1);
    CHECK(server.asker.said.find("[period_not_open]") != std::string::npos);
    CHECK(server.ask(in_january) == 0);
    CHECK(server.instance->today() == day(2026, 10, 2));
    CHECK(server.ask({"period", "open", "--period", "2027-Q1"}) == 1);
}

TEST_CASE("app: --today of a command that is handed over is refused where data are real, as everywhere")
{
    Serving server(programme::Instance::real);
    CHECK(server.ask({"period", "open", "--period", "2026-Q4", "--today", "2027-01-05"}) == 1);
    CHECK(server.asker.said.find("[simulated_only]") != std::string::npos);
    CHECK(server.ask({"period", "open", "--period", "2026-Q3", "--today", "2026-13-05"}) == 1);
}
