// SPDX-License-Identifier: Apache-2.0
// Several servers over one PostgreSQL database: what one of them defines or does, the others know.
#include "instance/day_keeper.hpp"
#include "instance/instance.hpp"
#include "obligations/obligation_store.hpp"
#include "obligations/open_period.hpp"
#include "obligations/register.hpp"
#include "programme/period_id.hpp"
#include "programme/programme.hpp"
#include "reporting/submit.hpp"
#include "rollup/cube.hpp"
#include "support/small_instance.hpp"
#include "support/store.hpp"
#include "units/territory.hpp"

#include <doctest/doctest.h>

#include <thread>

using namespace phoihop;
using instance::Instance;

namespace {

/// Run by hand without a server, these tests have nothing to say; ctest always gives one.
bool no_server()
{
    return std::getenv("PHOIHOP_TEST_POSTGRESQL") == nullptr && std::getenv("PHOIHOP_TEST_ENGINE") == nullptr;
}

/// Two servers over one database. `here` follows the other, as `serve` does.
struct TwoServers {
    TwoServers()
    {
        here->prepare({true, true}, {});
        here->follow_others();
        there->prepare({true, true}, {});
    }

    std::unique_ptr<Instance> open(std::string_view purpose)
    {
        return Instance::open(fresh.address(), store::OpenMode::write, clock, purpose).value();
    }

    /// Defines in the one and waits until the other knows.
    void define()
    {
        test::define_small(*there);
        while (here->programmes().empty() || !here->territory()) std::this_thread::yield();
    }

    test::FreshDatabase fresh;
    FixedClock clock{Instant(day(2026, 10, 2)) + std::chrono::hours{3}};
    std::unique_ptr<Instance> here = open("here");
    std::unique_ptr<Instance> there = open("there");
};

std::int64_t opened_periods(Instance& instance)
{
    std::int64_t opened = 0;
    instance.database().read([&](store::Connection& connection) {
        opened = static_cast<std::int64_t>(
            obligations::ObligationStore::opened_periods(connection, instance.programme("small").value()->id).size());
    });
    return opened;
}

}  // namespace

TEST_CASE("instance: units and programmes that another server defines are read anew in the background")
{
    if (no_server()) return;
    TwoServers two;
    CHECK_FALSE(two.here->territory());
    two.define();
    CHECK(two.here->territory().value()->by_code("vn34:00715", day(2026, 10, 2)));
    CHECK(two.here->programme("small").value()->version == 1);
}

TEST_CASE("instance: a report to one server counts in the cube of another that learnt of its programme later")
{
    if (no_server()) return;
    TwoServers two;
    two.define();
    const auto programme = two.there->programme("small").value();
    const auto land = two.there->territory().value();
    const auto period = programme::parse_period("2026-Q3").value();
    REQUIRE(obligations::open_period(two.there->writer(), *programme, *land, period, UserId{}, day(2026, 10, 2)));
    reporting::Submission report;
    report.form = "activity";
    report.period = period;
    report.unit = land->by_code("vn34:00715", day(2026, 10, 2)).value();
    report.cells = {{"S", "4", {}, {}}, {"T", "50", {}, {}}, {"P", "2", {}, {}}};
    reporting::Sender sender;
    sender.today = day(2026, 10, 2);
    const auto outcome = two.there->reception(programme)->submit(report, sender);
    REQUIRE(outcome);
    REQUIRE(outcome->verdict == reporting::Verdict::accepted);
    two.here->reload({});  // waits for one that is under way
    two.here->writer().catch_up();
    const facts::FactKey key{programme->id, programme->form("activity")->number, programme::id_of(period), report.unit};
    CHECK(two.here->cube().snapshot()->current(key).has_value());
    CHECK(two.here->cube().differences(10).empty());
    CHECK(two.here->register_of_obligations().differences(10).empty());
}

TEST_CASE("instance: several servers that keep the same day open each period once")
{
    if (no_server()) return;
    TwoServers two;
    two.define();
    two.there->follow_others();
    {
        const std::jthread other([&] { CHECK(instance::keep_day(*two.there)); });
        CHECK(instance::keep_day(*two.here));
    }
    const auto opened = opened_periods(*two.here);
    CHECK(opened > 0);
    CHECK(instance::keep_day(*two.here).value().opened == 0);
    CHECK(instance::keep_day(*two.there).value().opened == 0);
    CHECK(opened_periods(*two.there) == opened);
    two.here->writer().catch_up();
    CHECK(two.here->register_of_obligations().differences(10).empty());
}
