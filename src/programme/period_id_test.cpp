// SPDX-License-Identifier: Apache-2.0
#include "programme/period_id.hpp"

#include <doctest/doctest.h>

using namespace phoihop;
using namespace phoihop::programme;

TEST_CASE("calendar: a period's number leads back to its name, and no two periods share one")
{
    for (const char* text : {"2015-M01", "2015-M12", "2015-Q1", "2199-Q4", "1900-H2", "2015-9M", "2015", "once"}) {
        const PeriodName name = parse_period(text).value();
        CHECK(name_of(id_of(name)) == name);
        CHECK(id_of(name).value > 0);
    }
    CHECK(id_of(parse_period("2015-Q4").value()) < id_of(parse_period("2016-Q1").value()));
    CHECK(id_of(parse_period("2015-Q1").value()) != id_of(parse_period("2015-M01").value()));
}
