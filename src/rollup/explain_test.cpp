// SPDX-License-Identifier: Apache-2.0
#include "support/rollup_test.hpp"

namespace {

std::shared_ptr<const units::Territory> split_commune()
{
    return draw(R"(
        Việt Nam
          Hà Giang
            Huyện Mèo Vạc
              Xã Pải Lủng
              Xã Pả Vi
          Tuyên Quang [from 2025-07-01]
            Xã Phố Bảng (commune) [from 2025-07-01]
            Xã Mèo Vạc (commune) [from 2025-07-01]
        [2025-07-01] Hà Giang -> Tuyên Quang
        [2025-07-01] Xã Pải Lủng -> Xã Phố Bảng part + Xã Mèo Vạc part
        [2025-07-01] Xã Pả Vi -> Xã Mèo Vạc
        [2025-07-01] district ends
    )");
}

rollup::Explanation explained(Trial& trial, std::string_view indicator, std::string_view period, std::string_view unit,
                              Date on, Measure measure = Measure::received)
{
    return rollup::explain(*trial.cube().snapshot(), *trial.land(), trial.programme(), indicator, period_named(period),
                           trial.unit(unit), on, measure)
        .value();
}

/// "B1 Xã Pải Lủng v2 = 7 submitted"
Lines reports_of(Trial& trial, const rollup::Explanation& explanation)
{
    Lines lines;
    for (const auto& report : explanation.reports)
        lines.push_back(report.indicator + ' ' + trial.land()->unit(report.key.unit).states.front().name + " v" +
                        std::to_string(report.version) + " = " + std::to_string(report.value) + ' ' +
                        std::string(facts::word(report.state)) + (report.undivided ? " undivided" : ""));
    return lines;
}

Lines missing_of(Trial& trial, const rollup::Explanation& explanation)
{
    Lines lines;
    for (const auto& [unit, period] : explanation.missing)
        lines.push_back(trial.land()->unit(unit).states.front().name + ' ' + period.text());
    return lines;
}

}  // namespace

TEST_CASE("rollup: explain names the versions behind a figure, those that stand undivided, and who is missing")
{
    Trial trial(split_commune());
    trial.owe("2015-Q1", Lines{"Xã Pải Lủng", "Xã Pả Vi"});
    trial.owe("2015-Q2", Lines{"Xã Pải Lủng", "Xã Pả Vi"});
    trial.report("Xã Pải Lủng", "2015-Q1", {{"B1", 6}});
    trial.report("Xã Pải Lủng", "2015-Q1", {{"B1", 7}});
    trial.report("Xã Pả Vi", "2015-Q1", {{"B1", 1}});
    trial.report("Xã Pả Vi", "2015-Q2", {{"B1", 2}});
    trial.set_state("Xã Pả Vi", "2015-Q2", FactState::verified);

    const auto before = explained(trial, "B1", "2015-H1", "Hà Giang", day(2015, 6, 30));
    CHECK(Trial::told(before.figure) == "10 (3 of 4)");
    CHECK(reports_of(trial, before) ==
          Lines{"B1 Xã Pải Lủng v2 = 7 submitted", "B1 Xã Pả Vi v1 = 1 submitted", "B1 Xã Pả Vi v1 = 2 verified"});
    CHECK(missing_of(trial, before) == Lines{"Xã Pải Lủng 2015-Q2"});

    const auto after = explained(trial, "B1", "2015-Q1", "Tuyên Quang", day(2025, 7, 1));
    CHECK(reports_of(trial, after) ==
          Lines{"B1 Xã Pải Lủng v2 = 7 submitted undivided", "B1 Xã Pả Vi v1 = 1 submitted"});
    REQUIRE(after.parts.size() == 3);
    CHECK(Trial::told(after.parts[0]) == "- (0 of 0) no_value");
    CHECK(Trial::told(after.parts[1]) == "1 (1 of 1)");
    CHECK(Trial::told(after.parts[2]) == "7 (1 of 1) undivided");

    const auto verified = explained(trial, "B1", "2015-H1", "Hà Giang", day(2015, 6, 30), Measure::verified);
    CHECK(reports_of(trial, verified) == Lines{"B1 Xã Pả Vi v1 = 2 verified"});
    CHECK(missing_of(trial, verified) == Lines{"Xã Pải Lủng 2015-Q1", "Xã Pả Vi 2015-Q1", "Xã Pải Lủng 2015-Q2"});
}

TEST_CASE("rollup: explain shows a formula, its sums and the reports behind each of them")
{
    Trial trial(split_commune());
    trial.owe("2015-Q1", Lines{"Xã Pải Lủng", "Xã Pả Vi"});
    trial.report("Xã Pải Lủng", "2015-Q1", {{"C2", 4}, {"C7", 1}});
    const auto share = explained(trial, "C8", "2015-Q1", "Hà Giang", day(2015, 3, 31));
    CHECK(share.formula == "100 * C7 / C2");
    CHECK(Trial::told(share.figure) == "25.0 (1 of 2)");
    REQUIRE(share.parts.size() == 2);
    CHECK(share.parts[0].indicator == "C7");
    CHECK(Trial::told(share.parts[1]) == "4 (1 of 2)");
    CHECK(reports_of(trial, share) == Lines{"C7 Xã Pải Lủng v1 = 1 submitted", "C2 Xã Pải Lủng v1 = 4 submitted"});
    CHECK(missing_of(trial, share) == Lines{"Xã Pả Vi 2015-Q1"});
}

TEST_CASE("rollup: a report that leaves the cell empty counts as missing for that indicator")
{
    Trial trial(split_commune());
    trial.owe("2015-Q1", Lines{"Xã Pải Lủng", "Xã Pả Vi"});
    trial.report("Xã Pải Lủng", "2015-Q1", {{"B1", 4}});
    CHECK(missing_of(trial, explained(trial, "C2", "2015-Q1", "Hà Giang", day(2015, 3, 31))) ==
          Lines{"Xã Pải Lủng 2015-Q1", "Xã Pả Vi 2015-Q1"});
}

TEST_CASE("rollup: explain refuses an indicator that nobody defined and a unit that is not on the map")
{
    Trial trial(split_commune());
    const auto ask = [&](std::string_view indicator, std::string_view unit, Date on) {
        return rollup::explain(*trial.cube().snapshot(), *trial.land(), trial.programme(), indicator,
                               period_named("2015-Q1"), trial.unit(unit), on, Measure::received)
            .error()
            .code;
    };
    CHECK(ask("Z9", "Hà Giang", day(2015, 3, 31)) == ProblemCode::unknown_name);
    CHECK(ask("B1", "Hà Giang", day(2025, 7, 1)) == ProblemCode::not_found);
}
