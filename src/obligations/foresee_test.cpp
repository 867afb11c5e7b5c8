// SPDX-License-Identifier: Apache-2.0
#include "obligations/foresee.hpp"

#include "support/draw.hpp"
#include "support/owing_programme.hpp"

#include <doctest/doctest.h>

using namespace phoihop;
using namespace phoihop::obligations;

namespace {

auto two_communes()
{
    return test::draw(R"(
        Việt Nam
          Hà Giang
            Huyện Đồng Văn
              Xã Phó Bảng
              Xã Phố Là
          Quảng Ngãi
    )");
}

/// "2015 plan 2 → 0", where something differs.
std::string differing(const std::vector<Foreseen>& rows)
{
    std::string text;
    for (const Foreseen& row : rows)
        if (row.before != row.after)
            text += (text.empty() ? "" : "; ") + row.period.text() + " " + row.subject + " " +
                    std::to_string(row.before) + " → " + std::to_string(row.after);
    return text;
}

const programme::Programme& owing()
{
    static const auto programme = test::owing_programme();
    return *programme;
}

}  // namespace

TEST_CASE("obligations: the same version asks the same in every coming period")
{
    const auto rows = foresee(&owing(), owing(), *two_communes(), day(2015, 2, 1));
    CHECK_FALSE(rows.empty());
    CHECK(differing(rows).empty());
}

TEST_CASE("obligations: what a new version asks besides, or no longer, is counted by period")
{
    programme::Programme after = owing();
    std::erase_if(after.standings, [](const programme::Standing& standing) { return standing.code == "plan"; });
    for (programme::Standing& standing : after.standings)
        if (standing.code == "review_year") standing.levels.push_back(units::Level::commune);
    CHECK(differing(foresee(&owing(), after, *two_communes(), day(2015, 2, 1))) ==
          "2015 review_year 2 → 4; 2015 plan 2 → 0");
}

TEST_CASE("obligations: a new programme is foreseen against nothing")
{
    for (const Foreseen& row : foresee(nullptr, owing(), *two_communes(), day(2015, 2, 1))) {
        CHECK(row.before == 0);
        CHECK(row.after > 0);
    }
}
