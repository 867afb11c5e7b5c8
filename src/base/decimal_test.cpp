// SPDX-License-Identifier: Apache-2.0
#include "base/decimal.hpp"

#include <doctest/doctest.h>

using namespace phoihop;

TEST_CASE("decimal: a plain decimal is read exactly at the declared scale")
{
    CHECK(parse_decimal("12", 0) == 12);
    CHECK(parse_decimal("3.5", 2) == 350);
    CHECK(parse_decimal("-0.07", 2) == -7);
    CHECK(parse_decimal("3.500", 2) == 350);
    CHECK(parse_decimal("9223372036854775807", 0) == 9223372036854775807LL);
}

TEST_CASE("decimal: what is not a plain decimal at that scale is refused, never rounded")
{
    CHECK(parse_decimal("3.505", 2).error().code == ProblemCode::not_whole);
    CHECK(parse_decimal("9223372036854775808", 0).error().code == ProblemCode::out_of_range);
    CHECK(parse_decimal("92233720368547758079223372036854775807", 0).error().code == ProblemCode::out_of_range);
    for (const char* text : {"", "-", ".", "1.", ".5", "1e3", " 1", "1,5", "+1", "1.2.3", "٣"})
        CHECK_MESSAGE(parse_decimal(text, 2).error().code == ProblemCode::malformed, text);
}

TEST_CASE("decimal: printing gives back what was read")
{
    CHECK(format_decimal(350, 2) == "3.50");
    CHECK(format_decimal(-7, 2) == "-0.07");
    CHECK(format_decimal(0, 0) == "0");
    CHECK(format_decimal(0, 1) == "0.0");
    CHECK(format_decimal(static_cast<Int128>(9223372036854775807LL) * 1000, 3) == "9223372036854775807.000");
}

TEST_CASE("decimal: division rounds half away from zero")
{
    CHECK(divide_rounded(5, 2) == 3);
    CHECK(divide_rounded(-5, 2) == -3);
    CHECK(divide_rounded(5, -2) == -3);
    CHECK(divide_rounded(4, 3) == 1);
    CHECK(divide_rounded(-4, 3) == -1);
    CHECK(divide_rounded(0, 7) == 0);
}
