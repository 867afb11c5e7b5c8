// SPDX-License-Identifier: Apache-2.0
#include "instance/day_keeper.hpp"

#include "instance/instance.hpp"
#include "obligations/obligation_store.hpp"
#include "programme/period_id.hpp"
#include "programme/programme.hpp"
#include "store/files.hpp"
#include "support/small_instance.hpp"

#include <doctest/doctest.h>

using namespace phoihop;
using namespace phoihop::instance;

namespace {

/// Ten o'clock in the morning in Vietnam.
Instant morning(Date day)
{
    return Instant(day) + std::chrono::hours{3};
}

bool is_open(Instance& instance, std::string_view period)
{
    bool opened = false;
    instance.database().read([&](store::Connection& connection) {
        opened = obligations::ObligationStore::opened(connection, instance.programme("small").value()->id,
                                                      programme::id_of(programme::parse_period(period).value()))
                     .has_value();
    });
    return opened;
}

std::int64_t files_kept(Instance& instance)
{
    std::int64_t files = 0;
    instance.database().read(
        [&](store::Connection& connection) { files = connection.integer("select count(*) from file").value_or(0); });
    return files;
}

}  // namespace

TEST_CASE("instance: the work of a day is due once, whatever the clock does")
{
    const Date today = day(2026, 10, 2);
    CHECK(day_is_due(std::nullopt, today));
    CHECK_FALSE(day_is_due(today, today));
    CHECK(day_is_due(today, today + std::chrono::days{1}));
    CHECK_FALSE(day_is_due(today, today - std::chrono::days{1}));
}

TEST_CASE("instance: one rests until midnight in Vietnam, and never longer than a minute")
{
    using namespace std::chrono_literals;
    const Instant midnight = Instant(day(2026, 10, 3)) - vietnam_offset;
    CHECK(rest_until_next_day(midnight - 250ms) == 250ms);
    CHECK(rest_until_next_day(midnight) == rest_max);
    CHECK(rest_until_next_day(midnight - 5h) == rest_max);
}

TEST_CASE("instance: a day opens what opens by the calendar, once")
{
    FixedClock clock(morning(day(2026, 9, 30)));
    const auto instance = test::small_instance(clock);
    REQUIRE(keep_day(*instance));
    CHECK_FALSE(is_open(*instance, "2026-Q3"));
    clock.set(morning(day(2026, 10, 1)));
    CHECK(keep_day(*instance).value().opened == 1);
    CHECK(is_open(*instance, "2026-Q3"));
    CHECK(keep_day(*instance).value().opened == 0);
}

TEST_CASE("instance: a day removes the files that nothing refers to")
{
    FixedClock clock(morning(day(2026, 10, 2)));
    const auto instance = test::small_instance(clock);
    const std::string content = "%PDF-1.4\n%%EOF\n";
    REQUIRE(store::keep_file(instance->writer(), std::as_bytes(std::span(content))));
    CHECK(keep_day(*instance).value().files == 0);
    CHECK(files_kept(*instance) == 1);
    clock.set(morning(day(2026, 10, 4)));
    CHECK(keep_day(*instance).value().files == 1);
    CHECK(files_kept(*instance) == 0);
}

TEST_CASE("instance: a database without units and programmes has quiet days")
{
    FixedClock clock(morning(day(2026, 10, 2)));
    const auto instance = Instance::open(":memory:", store::OpenMode::create, clock, "test").value();
    CHECK(keep_day(*instance).value().opened == 0);
}

TEST_CASE("instance: the keeper does the day's work when it begins and when a new day has come")
{
    FixedClock clock(morning(day(2026, 7, 10)));
    const auto instance = test::small_instance(clock);
    DayKeeper keeper(*instance);
    keeper.look();
    CHECK(is_open(*instance, "2026-Q2"));
    CHECK_FALSE(is_open(*instance, "2026-Q3"));
    clock.set(morning(day(2026, 10, 1)));
    keeper.look();
    CHECK(is_open(*instance, "2026-Q3"));
}
