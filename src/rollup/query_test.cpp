// SPDX-License-Identifier: Apache-2.0
#include "support/rollup_test.hpp"

namespace {

/// The reform of July 2025 in small: districts end, two provinces become one, communes merge, one commune is split
/// without a default heir, one with.
std::shared_ptr<const units::Territory> reform()
{
    return draw(R"(
        Việt Nam
          Hà Giang
            Huyện Đồng Văn
              Xã Phó Bảng
              Xã Phố Là
            Huyện Mèo Vạc
              Xã Pải Lủng
              Xã Pả Vi
          Tuyên Quang
            Huyện Na Hang
              Xã Đà Vị
          Tuyên Quang mới (province) [from 2025-07-01]
            Xã Phố Bảng (commune) [from 2025-07-01]
            Xã Mèo Vạc (commune) [from 2025-07-01]
            Xã Na Hang (commune) [from 2025-07-01]
        [2025-07-01] Hà Giang + Tuyên Quang -> Tuyên Quang mới
        [2025-07-01] Xã Phó Bảng + Xã Phố Là -> Xã Phố Bảng
        [2025-07-01] Xã Pải Lủng -> Xã Phố Bảng part + Xã Mèo Vạc part
        [2025-07-01] Xã Pả Vi -> Xã Mèo Vạc
        [2025-07-01] Xã Đà Vị -> Xã Na Hang default + Xã Mèo Vạc
        [2025-07-01] district ends
    )");
}

const Lines old_communes{"Xã Phó Bảng", "Xã Phố Là", "Xã Pải Lủng", "Xã Pả Vi", "Xã Đà Vị"};

}  // namespace

TEST_CASE("rollup: a node is its own figure and all below, with n of m beside it")
{
    Trial trial(reform());
    trial.owe("2015-Q1", old_communes);
    trial.report("Xã Phó Bảng", "2015-Q1", {{"B1", 12}});
    trial.report("Xã Phố Là", "2015-Q1", {{"B1", 30}});
    trial.report("Hà Giang", "2015-Q1", {{"B1", 100}});
    CHECK(trial.told("B1", "2015-Q1", "Xã Phó Bảng") == "12 (1 of 1)");
    CHECK(trial.told("B1", "2015-Q1", "Huyện Đồng Văn") == "42 (2 of 2)");
    CHECK(trial.told("B1", "2015-Q1", "Hà Giang") == "142 (3 of 4)");
    CHECK(trial.told("B1", "2015-Q1", "Việt Nam") == "142 (3 of 5)");
    CHECK(trial.told("B1", "2015-Q1", "Tuyên Quang") == "- (0 of 1) no_value");
    CHECK(trial.rows("B1", "2015-Q1", "Hà Giang", "2015-03-31") ==
          Lines{"Huyện Đồng Văn: 42 (2 of 2)", "Huyện Mèo Vạc: - (0 of 2) no_value", "Hà Giang: 100 (1 of 0) own"});
    CHECK(trial.differences() == Lines{});
}

TEST_CASE("rollup: a merged commune and a merged province keep the totals that their parts reported")
{
    Trial trial(reform());
    trial.owe("2015-Q1", old_communes);
    trial.report("Xã Phó Bảng", "2015-Q1", {{"B1", 12}});
    trial.report("Xã Phố Là", "2015-Q1", {{"B1", 30}});
    trial.report("Hà Giang", "2015-Q1", {{"B1", 100}});
    trial.report("Tuyên Quang", "2015-Q1", {{"B1", 1000}});
    CHECK(trial.told("B1", "2015-Q1", "Xã Phố Bảng", "2025-07-01") == "42 (2 of 2)");
    CHECK(trial.rows("B1", "2015-Q1", "Việt Nam", "2025-07-01") == Lines{"Tuyên Quang mới: 1142 (4 of 5)"});
    CHECK(trial.rows("B1", "2015-Q1", "Tuyên Quang mới", "2026-01-01") ==
          Lines{"Xã Phố Bảng: 42 (2 of 2)", "Xã Mèo Vạc: - (0 of 1) no_value", "Xã Na Hang: - (0 of 1) no_value",
                "Tuyên Quang mới: 1100 (2 of 0) own", "Tuyên Quang mới: - (0 of 1) undivided"});
}

TEST_CASE("rollup: what a split unit reported stays undivided above its heirs unless one is the default heir")
{
    Trial trial(reform());
    trial.owe("2015-Q1", old_communes);
    trial.report("Xã Pải Lủng", "2015-Q1", {{"B1", 7}});
    trial.report("Xã Pả Vi", "2015-Q1", {{"B1", 1}});
    trial.report("Xã Đà Vị", "2015-Q1", {{"B1", 50}});
    CHECK(trial.rows("B1", "2015-Q1", "Tuyên Quang mới", "2025-07-01") ==
          Lines{"Xã Phố Bảng: - (0 of 2) no_value", "Xã Mèo Vạc: 1 (1 of 1)", "Xã Na Hang: 50 (1 of 1)",
                "Tuyên Quang mới: 7 (1 of 1) undivided"});
    CHECK(trial.told("B1", "2015-Q1", "Tuyên Quang mới", "2025-07-01") == "58 (3 of 5)");
}

TEST_CASE("rollup: the own figure of an abolished district stands undivided in its province")
{
    Trial trial(reform());
    trial.report("Huyện Đồng Văn", "2015-Q1", {{"B1", 9}});
    trial.report("Xã Phó Bảng", "2015-Q1", {{"B1", 1}});
    CHECK(trial.told("B1", "2015-Q1", "Huyện Đồng Văn") == "10 (2 of 0)");
    CHECK(trial.rows("B1", "2015-Q1", "Huyện Đồng Văn", "2015-03-31") ==
          Lines{"Xã Phó Bảng: 1 (1 of 0)", "Xã Phố Là: - (0 of 0) no_value", "Huyện Đồng Văn: 9 (1 of 0) own"});
    CHECK(trial.rows("B1", "2015-Q1", "Tuyên Quang mới", "2025-07-01").back() ==
          "Tuyên Quang mới: 9 (1 of 0) undivided");
    CHECK(trial.told("B1", "2015-Q1", "Việt Nam", "2025-07-01") == "10 (2 of 0)");
}

TEST_CASE("rollup: a figure of the 34 provinces read on the map of the 63 stands where all its origins are")
{
    Trial trial(reform());
    trial.owe("2025-Q4", Lines{"Xã Phố Bảng", "Xã Mèo Vạc", "Tuyên Quang mới"});
    trial.report("Xã Phố Bảng", "2025-Q4", {{"B1", 5}});
    trial.report("Tuyên Quang mới", "2025-Q4", {{"B1", 70}});
    // Phố Bảng was made from communes of two districts of Hà Giang; the province from two provinces.
    CHECK(trial.rows("B1", "2025-Q4", "Hà Giang", "2025-06-30").back() == "Hà Giang: 5 (1 of 1) undivided");
    CHECK(trial.rows("B1", "2025-Q4", "Việt Nam", "2025-06-30") ==
          Lines{"Hà Giang: 5 (1 of 1)", "Tuyên Quang: - (0 of 0) no_value", "Việt Nam: 70 (1 of 2) undivided"});
    CHECK(trial.told("B1", "2025-Q4", "Việt Nam", "2025-06-30") == "75 (2 of 3)");
    CHECK(trial.told("B1", "2025-Q4", "Việt Nam", "2026-01-01") == "75 (2 of 3)");
}

TEST_CASE("rollup: a correction replaces, a return and a withdrawal take away, and verified is counted apart")
{
    Trial trial(reform());
    trial.owe("2015-Q1", old_communes);
    trial.report("Xã Phó Bảng", "2015-Q1", {{"B1", 12}, {"C2", 4}});
    trial.report("Xã Phố Là", "2015-Q1", {{"B1", 30}});
    trial.report("Xã Phó Bảng", "2015-Q1", {{"B1", 15}});
    CHECK(trial.told("B1", "2015-Q1", "Hà Giang") == "45 (2 of 4)");
    CHECK(trial.told("C2", "2015-Q1", "Hà Giang") == "- (0 of 4) no_value");
    CHECK(trial.told("B1", "2015-Q1", "Hà Giang", "2015-03-31", Measure::verified) == "- (0 of 4) no_value");
    trial.set_state("Xã Phó Bảng", "2015-Q1", FactState::verified);
    trial.set_state("Xã Phố Là", "2015-Q1", FactState::locked);
    CHECK(trial.told("B1", "2015-Q1", "Hà Giang", "2015-03-31", Measure::verified) == "45 (2 of 4)");
    trial.set_state("Xã Phố Là", "2015-Q1", FactState::returned);
    CHECK(trial.told("B1", "2015-Q1", "Hà Giang") == "15 (1 of 4)");
    trial.report("Xã Phố Là", "2015-Q1", {{"B1", 31}});
    CHECK(trial.told("B1", "2015-Q1", "Hà Giang") == "46 (2 of 4)");
    CHECK(trial.told("B1", "2015-Q1", "Hà Giang", "2015-03-31", Measure::verified) == "15 (1 of 4)");
    trial.set_state("Xã Phó Bảng", "2015-Q1", FactState::withdrawn);
    CHECK(trial.told("B1", "2015-Q1", "Hà Giang") == "31 (1 of 4)");
    CHECK(trial.differences() == Lines{});
}

TEST_CASE("rollup: flows add over a half-year, of stocks the last quarter alone counts")
{
    Trial trial(reform());
    for (const auto* quarter : {"2015-Q1", "2015-Q2"}) trial.owe(quarter, old_communes);
    trial.report("Xã Phó Bảng", "2015-Q1", {{"B1", 12}, {"C2", 4}, {"C7", 4}});
    trial.report("Xã Phố Là", "2015-Q1", {{"B1", 1}, {"C2", 100}, {"C7", 1}});
    trial.report("Xã Phó Bảng", "2015-Q2", {{"B1", 3}, {"C2", 6}, {"C7", 4}});
    CHECK(trial.told("B1", "2015-H1", "Hà Giang") == "16 (3 of 8)");
    CHECK(trial.told("C2", "2015-H1", "Hà Giang") == "6 (1 of 4)");
    CHECK(trial.told("C8", "2015-H1", "Hà Giang") == "66.7 (1 of 4)");
    CHECK(trial.told("C2", "2015", "Hà Giang") == "- (0 of 0) no_value");
    CHECK(trial.told("B1", "2015", "Hà Giang") == "16 (3 of 8)");
    CHECK(trial.told("D4", "2015-H1", "Hà Giang") == "- (0 of 0) finer");
}

TEST_CASE("rollup: a share is computed from sums, never from shares, and has no value without a denominator")
{
    Trial trial(reform());
    trial.owe("2015-Q1", old_communes);
    trial.report("Xã Phó Bảng", "2015-Q1", {{"C2", 1}, {"C7", 1}});
    trial.report("Xã Phố Là", "2015-Q1", {{"C2", 7}, {"C7", 0}});
    trial.report("Xã Pả Vi", "2015-Q1", {{"C2", 0}, {"C7", 0}});
    CHECK(trial.told("C8", "2015-Q1", "Huyện Đồng Văn") == "12.5 (2 of 2)");
    CHECK(trial.told("C8", "2015-Q1", "Xã Pả Vi") == "- (1 of 1) no_value");
    trial.report("Xã Phố Là", "2015-Q1", {{"C2", 7}});
    CHECK(trial.told("C8", "2015-Q1", "Huyện Đồng Văn") == "12.5 (1 of 2)");
}

TEST_CASE("rollup: a share per commune counts the communes of the period on whatever map it is read")
{
    Trial trial(reform());
    trial.report("Xã Phó Bảng", "2015", {{"D4", 1}});
    trial.report("Xã Pải Lủng", "2015", {{"D4", 1}});
    CHECK(trial.told("D5", "2015", "Hà Giang") == "50.00 (2 of 0)");
    CHECK(trial.told("D5", "2015", "Tuyên Quang mới", "2025-07-01") == "40.00 (2 of 0)");
    CHECK(trial.told("D5", "2015", "Xã Phố Bảng", "2025-07-01") == "50.00 (1 of 0)");
}

TEST_CASE("rollup: what cannot be added is answered for the one unit that reported it and refused for totals")
{
    Trial trial(reform());
    trial.owe("2015-Q1", old_communes);
    trial.report("Xã Phó Bảng", "2015-Q1", {{"C1", 3}});
    CHECK(trial.told("C1", "2015-Q1", "Xã Phó Bảng") == "3 (1 of 1)");
    CHECK(trial.told("C1", "2015-Q1", "Huyện Đồng Văn") == "- (1 of 2) not_additive");
    CHECK(trial.told("C1", "2015-Q1", "Xã Phố Bảng", "2025-07-01") == "- (1 of 2) not_additive");
    CHECK(trial.told("C1", "2015-Q1", "Xã Phố Là") == "- (0 of 1) no_value");
    CHECK(trial.told("C1", "2015-H1", "Xã Phó Bảng") == "- (0 of 0) no_value");
}

TEST_CASE("rollup: figures are exact at their scale, past 64 bits too, and rounded only when printed")
{
    Trial trial(reform());
    constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
    trial.report("Xã Phó Bảng", "2015-Q1", {{"A8", 105}});
    CHECK(trial.told("A8", "2015-Q1", "Việt Nam") == "1.05 (1 of 0)");
    for (const auto* commune : {"Xã Phố Là", "Xã Pải Lủng", "Xã Pả Vi"})
        trial.report(commune, "2015-Q1", {{"A8", most}, {"B1", 1}});
    CHECK(trial.told("A8", "2015-Q1", "Việt Nam") == "276701161105643275.26 (4 of 0)");
    CHECK(trial.told("B1", "2015-Q1", "Việt Nam") == "3 (3 of 0)");
    trial.report("Xã Phố Là", "2015-Q1", {{"A8", -most}});
    CHECK(trial.told("A8", "2015-Q1", "Việt Nam") == "92233720368547759.12 (4 of 0)");
    CHECK(trial.differences() == Lines{});
    trial.reload();
    CHECK(trial.told("A8", "2015-Q1", "Việt Nam", "2026-01-01") == "92233720368547759.12 (4 of 0)");
}

TEST_CASE("rollup: figures keep their indicator when a new version of the programme reorders the form")
{
    Trial trial(reform());
    trial.report("Xã Phó Bảng", "2015-Q1", {{"B1", 12}, {"C2", 4}});
    auto second = small_programme();
    second.version = 2;
    second.forms[0] = form_of("quarter", 1, programme::Frequency::quarter, {"C2", "B9", "B1"});
    second.indicators.push_back(indicator("B9", programme::OverUnits::sum, programme::OverTime::sum));
    trial.add(second);
    trial.report(trial.unit("Xã Phố Là"), "2015-Q1", {{"B1", 30}, {"C2", 5}, {"B9", 6}}, 1);
    CHECK(trial.told("B1", "2015-Q1", "Hà Giang") == "42 (2 of 0)");
    CHECK(trial.told("C2", "2015-Q1", "Hà Giang") == "9 (2 of 0)");
    CHECK(trial.differences() == Lines{});
}

TEST_CASE("rollup: a series goes on from the code that it continues, in another programme too")
{
    Trial trial(reform());
    auto successor = small_programme();
    successor.id = ProgrammeId{2};
    successor.code = "successor";
    successor.indicators[0].code = "N1";
    successor.indicators[0].continues = "trial/B1";
    successor.forms[0].cells[0].indicator = "N1";
    trial.add(successor);
    trial.report(trial.unit("Xã Phó Bảng"), "2023-Q3", {{"B1", 12}}, 0);
    trial.report(trial.unit("Xã Phó Bảng"), "2023-Q4", {{"N1", 13}}, 1);
    const auto snapshot = trial.cube().snapshot();
    const auto* programme = snapshot->programme("successor");
    REQUIRE(programme != nullptr);
    const auto answer = rollup::query(*snapshot, *trial.land(), *programme,
                                      {{"N1"},
                                       programme::parse_period_range("2023-Q3..2023-Q4").value(),
                                       rollup::parse_units("nation", *trial.land(), day(2023, 12, 31)).value(),
                                       day(2023, 12, 31),
                                       Measure::received});
    REQUIRE(answer->figures.size() == 2);
    CHECK(Trial::told(answer->figures[0]) == "12 (1 of 0) from trial/B1");
    CHECK(Trial::told(answer->figures[1]) == "13 (1 of 0)");
}

TEST_CASE("rollup: an indicator of the register rolls up like any other, with all obligations known")
{
    struct Committees final : rollup::RegisterMeasures {
        std::vector<std::pair<UnitId, bool>> rows;
        void each(ProgrammeId, std::string_view measure, const programme::PeriodName&,
                  const std::function<void(UnitId, bool)>& each) const override
        {
            if (measure == "committee_done")
                for (const auto& [unit, met] : rows) each(unit, met);
        }
    } committees;
    auto programme = small_programme();
    auto done = indicator("A1", programme::OverUnits::sum, programme::OverTime::last);
    done.source = programme::Source::module;
    done.register_measure = "committee_done";
    auto share = done;
    share.code = "A9";
    share.over_units = programme::OverUnits::formula;
    share.shown_scale = 1;
    programme.indicators.push_back(done);
    programme.indicators.push_back(share);
    programme.indicators.push_back(computed("A2", "100 * A1 / units(commune)", 1));
    Trial trial(reform(), std::move(programme));
    committees.rows = {{trial.unit("Xã Phó Bảng"), true},
                       {trial.unit("Xã Phố Là"), false},
                       {trial.unit("Xã Pải Lủng"), true},
                       {trial.unit("Hà Giang"), true}};
    const auto ask = [&](const std::string& code, std::string_view name, Date on) {
        return Trial::told(trial
                               .ask(code, "2015", {rollup::UnitSelection::Kind::list, {trial.unit(name)}, {}}, on,
                                    Measure::received, &committees)
                               .front());
    };
    CHECK(ask("A1", "Hà Giang", day(2015, 12, 31)) == "3 (4 of 4)");
    CHECK(ask("A9", "Huyện Đồng Văn", day(2015, 12, 31)) == "50.0 (2 of 2)");
    CHECK(ask("A2", "Hà Giang", day(2015, 12, 31)) == "75.0 (4 of 4)");
    CHECK(ask("A1", "Xã Phố Bảng", day(2025, 7, 1)) == "1 (2 of 2)");
    CHECK(ask("A1", "Tuyên Quang", day(2015, 12, 31)) == "- (0 of 0) no_value");
    CHECK(trial.told("A1", "2015", "Hà Giang") == "- (0 of 0) no_value");
}

TEST_CASE("rollup: an island district without communes counts where it does their work")
{
    auto programme = small_programme();
    programme.indicators.push_back(computed("D9", "100 * D4 / units(commune_or_lowest)", 1));
    Trial trial(draw(R"(
        Việt Nam
          Hải Phòng
            Quận Lê Chân
              Phường An Biên
            Huyện Bạch Long Vĩ
    )"),
                std::move(programme));
    for (const char* name : {"Phường An Biên", "Huyện Bạch Long Vĩ"}) {
        trial.owe("2015", {name}, 2);
        trial.report(name, "2015", {{"D4", 1}});
    }
    CHECK(trial.told("D5", "2015", "Hải Phòng").starts_with("200.00 "));
    CHECK(trial.told("D9", "2015", "Hải Phòng") == "100.0 (2 of 2)");
    CHECK(trial.told("D9", "2015", "Huyện Bạch Long Vĩ").starts_with("100.0 "));
    CHECK(trial.told("D9", "2015", "Quận Lê Chân").starts_with("100.0 "));
}

TEST_CASE("rollup: the communes of the country and what stands above them add up to the nation")
{
    Trial trial(reform());
    trial.owe("2015-Q1", old_communes);
    trial.report("Xã Phó Bảng", "2015-Q1", {{"B1", 12}});
    trial.report("Huyện Mèo Vạc", "2015-Q1", {{"B1", 5}});
    trial.report("Việt Nam", "2015-Q1", {{"B1", 1}});
    for (const auto on : {day(2015, 3, 31), day(2025, 7, 1)}) {
        Int128 total = 0;
        std::int64_t owed = 0;
        for (const auto& figure :
             trial.ask("B1", "2015-Q1", rollup::parse_units("level:commune", *trial.land(), on).value(), on)) {
            if (figure.value) total += figure.value->numerator;
            owed += figure.expected;
        }
        CHECK(total == 18);
        CHECK(owed == 5);
    }
}

TEST_CASE("rollup: a selection of units is read as it is written or refused with the part that is wrong")
{
    using Kind = rollup::UnitSelection::Kind;
    const auto land = reform();
    const auto on = day(2015, 1, 1);
    const auto read = [&](std::string_view text) { return rollup::parse_units(text, *land, on); };
    CHECK(read("nation")->units == std::vector{named(land, "Việt Nam")});
    CHECK(read("level:province")->kind == Kind::level);
    CHECK(read("children:00002")->units == std::vector{named(land, "Hà Giang")});
    CHECK(read("under:drawn:00002:commune")->units == std::vector{named(land, "Hà Giang")});
    CHECK(read("00004,drawn:00005")->units == std::vector{named(land, "Xã Phó Bảng"), named(land, "Xã Phố Là")});
    CHECK(read("level:county").error().code == ProblemCode::unknown_name);
    CHECK(read("00004,").error().code == ProblemCode::malformed);
    CHECK(read("").error().code == ProblemCode::malformed);
    CHECK(read("under:commune").error().code == ProblemCode::malformed);
    CHECK(read("99999").error().code == ProblemCode::unknown_name);
}

TEST_CASE("rollup: a unit that is not on the map and an indicator that nobody defined are refused")
{
    Trial trial(reform());
    const auto snapshot = trial.cube().snapshot();
    rollup::Query asked{{"B1"}, {period_named("2015-Q1")}, {}, day(2026, 1, 1), Measure::received};
    asked.units.units = {trial.unit("Hà Giang")};
    CHECK(rollup::query(*snapshot, *trial.land(), trial.programme(), asked).error().code == ProblemCode::not_found);
    asked.on = day(2015, 1, 1);
    asked.indicators = {"Z9"};
    CHECK(rollup::query(*snapshot, *trial.land(), trial.programme(), asked).error().code == ProblemCode::unknown_name);
}
