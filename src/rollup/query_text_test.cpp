// SPDX-License-Identifier: Apache-2.0
#include "rollup/query_text.hpp"

#include "support/small_programme.hpp"

#include <doctest/doctest.h>

using namespace phoihop;
using rollup::read_indicators;

TEST_CASE("rollup: a list of indicators is read in its order, and blanks do not count")
{
    const auto programme = test::SmallProgramme::make();
    CHECK(read_indicators(*programme, "T, S").value() == std::vector<std::string>{"T", "S"});
    CHECK(read_indicators(*programme, "S,,T,").value() == std::vector<std::string>{"S", "T"});
    CHECK(read_indicators(*programme, "all").value().size() == programme->indicators.size());
}

TEST_CASE("rollup: an empty list and an unknown indicator are refused where they stand")
{
    const auto programme = test::SmallProgramme::make();
    CHECK(read_indicators(*programme, " , ").error().code == ProblemCode::missing);
    const auto unknown = read_indicators(*programme, "S,ZZ");
    REQUIRE(!unknown);
    CHECK(unknown.error().code == ProblemCode::unknown_name);
    CHECK(fact(unknown.error(), "found") == "ZZ");
}

TEST_CASE("rollup: a measure is named by its word")
{
    CHECK(rollup::measure_from_word("received") == rollup::Measure::received);
    CHECK(rollup::measure_from_word("verified") == rollup::Measure::verified);
    CHECK_FALSE(rollup::measure_from_word("Received"));
}
