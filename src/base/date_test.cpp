// SPDX-License-Identifier: Apache-2.0
#include "base/date.hpp"

#include <doctest/doctest.h>

using namespace phoihop;

TEST_CASE("date: an ISO day is read and printed back, a day that does not exist is refused")
{
    CHECK(parse_date("2025-07-01") == day(2025, 7, 1));
    CHECK(format_date(day(2024, 2, 29)) == "2024-02-29");
    for (const char* text : {"2025-02-29", "2025-7-1", "01/07/2025", "2025-07-01 ", "", "2025-13-01"})
        CHECK_MESSAGE(!parse_date(text).has_value(), text);
}

TEST_CASE("date: an instant late in the UTC evening falls on the next day in Vietnam")
{
    const Instant evening = day(2025, 6, 30) + std::chrono::hours{17};
    CHECK(local_day(evening) == day(2025, 7, 1));
    CHECK(local_day(evening - std::chrono::milliseconds{1}) == day(2025, 6, 30));
    CHECK(format_instant(evening) == "2025-06-30T17:00:00.000Z");
}
