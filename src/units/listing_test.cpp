// SPDX-License-Identifier: Apache-2.0
#include "units/listing.hpp"

#include "support/small_country.hpp"

#include <doctest/doctest.h>

using namespace phoihop;
using namespace phoihop::units;

namespace {

using Cells = std::vector<std::string>;

const DataSet& small()
{
    static const DataSet set = read_data_set(test::small_country()).value();
    return set;
}

std::shared_ptr<const Territory> land()
{
    auto made = assemble(small()).value();
    return Territory::make(std::move(made.units), std::move(made.successions)).value();
}

}  // namespace

TEST_CASE("units listing: a match shows path, validity and what it became")
{
    const auto territory = land();
    const UnitIndex index(territory);
    const Listing list = list_matches(*territory, index.find("nang kha"));
    REQUIRE(list.rows.size() == 1);
    REQUIRE(list.rows[0].size() == list.columns.size());
    CHECK(Cells(list.rows[0].begin(), list.rows[0].end() - 1) ==
          Cells{"vn63:02200", "Xã Năng Khả", "commune", "commune", "Xã Năng Khả, Huyện Na Hang, Tỉnh Tuyên Quang",
                "1900-01-01", "2025-06-30", "vn34:02200 Xã Na Hang; vn34:02201 Xã Hồng Thái"});
}

TEST_CASE("units listing: a unit shows all its states, origins and heirs")
{
    const auto territory = land();
    const UnitId na_hang = territory->by_code("vn34:02200", day(2025, 7, 1)).value();
    const Listing states = list_states(*territory, na_hang);
    REQUIRE(states.rows.size() == 2);
    CHECK(states.rows[0] == Cells{"vn34:02200", "Xã Na Hang", "commune", "commune", "Xã Na Hang, Tỉnh Tuyên Quang",
                                  "2025-07-01", "2026-04-29", "1684/NQ-UBTVQH15"});
    CHECK(states.rows[1] == Cells{"vn34:02200", "Phường Na Hang", "commune", "ward", "Phường Na Hang, Tỉnh Tuyên Quang",
                                  "2026-04-30", "", "237/NQ-UBTVQH16"});
    const Listing origins = list_successions(*territory, na_hang);
    REQUIRE(origins.rows.size() == 1);
    CHECK(origins.rows[0] == Cells{"from", "vn63:02200", "Xã Năng Khả, Huyện Na Hang, Tỉnh Tuyên Quang", "2025-07-01",
                                   "part", "part", "", "1684/NQ-UBTVQH15"});
    const Listing heirs = list_successions(*territory, territory->by_code("vn63:00715", day(2025, 6, 30)).value());
    REQUIRE(heirs.rows.size() == 1);
    CHECK(heirs.rows[0][0] == "to");
    CHECK(heirs.rows[0][6] == "default");
}

TEST_CASE("units listing: the check shows counts, rules and each finding with its place")
{
    const CheckReport report = check(small());
    CHECK(list_counts(report).rows.front() == Cells{"vn63", "province", "2"});
    CHECK(list_rules(report).rows.back() == Cells{"notice", "split_without_heir", "1"});
    CHECK(list_findings(report.findings).rows.back() ==
          Cells{"notice", "split_without_heir", "commune_map.csv:4", "from=vn63:02200 heirs=vn34:02200 vn34:02201"});
}
