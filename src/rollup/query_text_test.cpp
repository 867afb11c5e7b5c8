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

TEST_CASE("rollup: a form is named by its code, and left out where there is only one")
{
    const auto whole = test::SmallProgramme::make();
    auto programme = *whole;
    const auto& first = programme.forms.front();
    const programme::PeriodName fitting{2026, first.frequency, 1};
    CHECK(rollup::read_form(programme, first.code, fitting).value() == &first);
    CHECK(rollup::read_form(programme, "nothing", fitting).error().code == ProblemCode::unknown_name);
    const programme::PeriodName year{2026, programme::Frequency::year, 1};
    REQUIRE(first.frequency != year.frequency);
    const auto unfit = rollup::read_form(programme, first.code, year);
    REQUIRE_FALSE(unfit.has_value());
    CHECK(unfit.error().code == ProblemCode::malformed);
    CHECK(unfit.error().where == "period");
    programme.forms.resize(1);
    CHECK(rollup::read_form(programme, "", fitting).value()->code == programme.forms.front().code);
    programme.forms.push_back(programme.forms.front());
    CHECK(rollup::read_form(programme, "", fitting).error().code == ProblemCode::missing);
}
