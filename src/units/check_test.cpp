// SPDX-License-Identifier: Apache-2.0
#include "units/check.hpp"

#include "support/small_country.hpp"
#include "units/assemble.hpp"
#include "units/territory.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace phoihop;
using namespace phoihop::units;
using phoihop::test::small_country;

namespace {

/// The rules found after replacing `from` by `to` in `file`, with their places: "orphan old_communes.csv:3".
std::vector<std::string> errors_after(const std::string& file, std::string_view from, std::string_view to)
{
    DataFiles files = small_country();
    std::string& text = files.at(file);
    const auto at = text.find(from);
    REQUIRE(at != std::string::npos);
    text.replace(at, from.size(), to);
    const auto set = read_data_set(files);
    REQUIRE(set);
    std::vector<std::string> found;
    for (const Finding& finding : check(*set).findings) {
        if (finding.severity == Severity::error) found.push_back(finding.rule + " " + finding.origin.where());
    }
    return found;
}

bool has(const std::vector<std::string>& found, const std::string& what)
{
    INFO(what);
    return std::find(found.begin(), found.end(), what) != found.end();
}

std::int64_t count(const CheckReport& report, const std::string& rule)
{
    return std::count_if(report.findings.begin(), report.findings.end(),
                         [&](const Finding& finding) { return finding.rule == rule; });
}

}  // namespace

TEST_CASE("units check: a sound data set has no errors, its open points are notices")
{
    const auto set = read_data_set(small_country());
    REQUIRE(set);
    const CheckReport report = check(*set);
    for (const Finding& finding : report.findings) {
        INFO(finding.rule << " " << finding.origin.where());
        CHECK(finding.severity == Severity::notice);
    }
    CHECK(count(report, "split_without_heir") == 1);
    CHECK(count(report, "level_ended") == 2);
    CHECK(report.counts == std::vector<LevelCount>{{"vn63", Level::province, 2},
                                                   {"vn63", Level::district, 2},
                                                   {"vn63", Level::commune, 4},
                                                   {"vn34", Level::province, 1},
                                                   {"vn34", Level::commune, 4}});
}

TEST_CASE("units check: orphans, unknown references and codes borne twice are told with file and row")
{
    CHECK(has(errors_after("old_communes.csv", "commune,026,02", "commune,027,02"), "orphan old_communes.csv:3"));
    CHECK(has(errors_after("new_communes.csv", "02201,Hồng", "02200,Hồng"), "duplicate_code new_communes.csv:4"));
    CHECK(has(errors_after("commune_map.csv", "00721,commune,00715", "00721,commune,00799"),
              "unknown_reference commune_map.csv:3"));
    CHECK(
        has(errors_after("commune_map.csv", "00721,commune,00715", "00715,commune,00715"), "twice commune_map.csv:3"));
    CHECK(has(errors_after("name_variants.csv", "old,00715", "old,00716"), "unknown_reference name_variants.csv:2"));
    CHECK(has(errors_after("changes_2026.csv", ",02200,", ",02299,"), "unknown_reference changes_2026.csv:2"));
}

TEST_CASE("units check: successions that leave a gap are told")
{
    CHECK(
        has(errors_after("commune_map.csv", "00721,commune,00715,full,full,1,1,resolution_text,1684/NQ-UBTVQH15\n", ""),
            "gap old_communes.csv:3"));
    CHECK(has(errors_after("commune_map.csv", "02205,commune,02205,full,full,1,1,unchanged,1684/NQ-UBTVQH15\n", ""),
              "no_origin new_communes.csv:5"));
}

TEST_CASE("units check: shares that are not one whole are told")
{
    CHECK(has(errors_after("commune_map.csv", "00715,full,full,1,1", "00715,part,full,1,1"),
              "parts_not_one commune_map.csv:2"));
    CHECK(has(errors_after("commune_map.csv", "02201,part,part,0", "02201,full,part,0"),
              "parts_not_one commune_map.csv:4"));
    CHECK(has(errors_after("commune_map.csv", "02201,part,part,0", "02201,part,none,0"),
              "parts_not_one commune_map.csv:4"));
    CHECK(has(errors_after("commune_map.csv", "02201,part,part,0", "02201,part,part,1"),
              "main_contradicts commune_map.csv:5"));
    CHECK(has(errors_after("commune_map.csv", "02201,part,part,0,2", "02201,part,part,0,3"),
              "targets_contradict commune_map.csv:5"));
}

TEST_CASE("units check: columns that repeat another file must agree with it")
{
    CHECK(has(errors_after("old_districts.csv", "02,2,08", "02,3,08"), "count_differs old_districts.csv:2"));
    CHECK(has(errors_after("new_provinces.csv", ",4,4,0,0,", ",4,3,1,0,"), "count_differs new_provinces.csv:2"));
    CHECK(
        has(errors_after("old_communes.csv", "commune,026,02", "commune,026,08"), "claim_differs old_communes.csv:3"));
    CHECK(has(errors_after("new_provinces.csv", "02 08", "02 10"), "claim_differs new_provinces.csv:2"));
    CHECK(has(errors_after("province_map.csv", "02,Tỉnh Hà Giang", "02,Tỉnh Hà Giản"),
              "claim_differs province_map.csv:2"));
    CHECK(has(errors_after("changes_2026.csv", "Xã Na Hang", "Xã Na Hạng"), "claim_differs changes_2026.csv:2"));
}

TEST_CASE("units check: rows that cannot be read are told, and the others are still judged")
{
    CHECK(has(errors_after("old_communes.csv", "00721,", "721,"), "unreadable old_communes.csv:3"));
    CHECK(has(errors_after("old_communes.csv", "township", "town"), "unreadable old_communes.csv:2"));
    CHECK(has(errors_after("old_communes.csv", "Xã Phố Là", " Xã Phố  Là"), "unreadable old_communes.csv:3"));
    CHECK(has(errors_after("commune_map.csv", "part,part", "half,part"), "unreadable commune_map.csv:4"));
    CHECK(has(errors_after("changes_2026.csv", "2026-04-30", "30/04/2026"), "unreadable changes_2026.csv:2"));
    CHECK(has(errors_after("old_communes.csv", "Xã Phố Là", "Xã Pho\u0302\u0301 Là"), "not_nfc old_communes.csv:3"));
}

TEST_CASE("units check: cycles, levels turned round, overlapping lives and dead heirs are told")
{
    auto set = read_data_set(small_country());
    REQUIRE(set);
    const auto unit = [&](const std::string& code) -> StatedUnit& {
        for (StatedUnit& each : set->units) {
            if (each.state.code.text() == code) return each;
        }
        throw std::logic_error(code);
    };
    const auto rules = [&] {
        std::vector<std::string> found;
        for (const Finding& finding : check(*set).findings)
            found.push_back(finding.rule + " " + finding.origin.where());
        return found;
    };
    const DataSet sound = *set;
    unit("vn63:02").parent = {"vn63", "026"};
    CHECK(has(rules(), "cycle old_provinces.csv:2"));
    CHECK(has(rules(), "level_turned_round old_provinces.csv:2"));
    *set = sound;
    StatedUnit again = unit("vn63:00721");
    again.state.validity = {day(2020, 1, 1), forever};
    again.origin.row = 9;
    set->units.push_back(again);
    CHECK(has(rules(), "overlap old_communes.csv:9"));
    *set = sound;
    unit("vn34:00715").state.validity.from = day(2025, 8, 1);
    CHECK(has(rules(), "heir_not_valid commune_map.csv:2"));
}

TEST_CASE("units check: what is no data set at all is refused")
{
    DataFiles files = small_country();
    files.erase("commune_map.csv");
    CHECK(read_data_set(files).error().code == ProblemCode::missing);
    files = small_country();
    files["commune_map.csv"] = "old_code,new_code\n1,2\n";
    CHECK(read_data_set(files).error().where == "commune_map.csv:1");
    files["commune_map.csv"] = "a\"b,\xff\n";
    CHECK_FALSE(read_data_set(files));
    CHECK(load_data_files("/nowhere").error().code == ProblemCode::not_found);
}

TEST_CASE("units check: the territory of Vietnam has no errors, and the counts that the lists state")
{
    const auto files = load_data_files(PHOIHOP_SOURCE_DIR "/data/vn-units");
    REQUIRE(files);
    const auto set = read_data_set(*files);
    REQUIRE(set);
    const CheckReport report = check(*set);
    CHECK(report.errors == 0);
    CHECK(report.counts == std::vector<LevelCount>{{"vn63", Level::province, 63},
                                                   {"vn63", Level::district, 696},
                                                   {"vn63", Level::commune, 10035},
                                                   {"vn34", Level::province, 34},
                                                   {"vn34", Level::commune, 3321}});
    // data/vn-units/README.md explains each of these.
    std::map<std::string, std::int64_t> rules;
    for (const RuleCount& rule : by_rule(report)) rules[rule.rule] = rule.count;
    CHECK(rules == std::map<std::string, std::int64_t>{{"act_not_read", 11},
                                                       {"act_spells_otherwise", 102},
                                                       {"area_unsure", 47},
                                                       {"level_ended", 691},
                                                       {"nothing_below", 5},
                                                       {"split_without_heir", 381}});
}

TEST_CASE("units: the reform of 2025 keeps every unit in one place on both maps")
{
    const auto set = read_data_set(load_data_files(PHOIHOP_SOURCE_DIR "/data/vn-units").value());
    REQUIRE(set);
    auto made = assemble(*set);
    REQUIRE(made);
    const auto land = Territory::make(std::move(made->units), std::move(made->successions)).value();
    const auto before = land->map(day(2025, 6, 30));
    const auto after = land->map(day(2025, 7, 1));
    CHECK(before->nodes().size() == 1 + 63 + 696 + 10035);
    CHECK(after->nodes().size() == 1 + 34 + 3321);
    CHECK(land->map(day(2014, 1, 1))->shape() == before->shape());
    CHECK(land->map(day(2026, 9, 1))->shape() == after->shape());
    std::int64_t kept = 0;
    for (const Unit& unit : land->units()) {
        REQUIRE(before->place_of(unit.id).node >= 0);
        REQUIRE(after->place_of(unit.id).node >= 0);
        const bool both = before->node_of(unit.id) >= 0 && after->node_of(unit.id) >= 0;
        kept += both ? 1 : 0;
    }
    CHECK(kept == 1 + 11 + 123);
    // No new commune crosses an old province border, so none stands above a province of the older map.
    for (const auto& node : after->nodes()) {
        if (node.level == Level::commune) REQUIRE(before->place_of(node.unit).node != 0);
    }
    const UnitId na_hang = land->by_code("vn34:25270", day(2025, 7, 1)).value();
    CHECK(land->path(na_hang, day(2025, 7, 1)) == "Xã Lộc Ninh, Tỉnh Đồng Nai");
    CHECK(land->path(na_hang, day(2026, 4, 30)) == "Phường Lộc Ninh, Thành phố Đồng Nai");
    CHECK(land->state_near(na_hang, day(2026, 4, 30)).kind == "ward");
    CHECK(land->by_code("00004", day(2025, 6, 30)).value() != land->by_code("00004", day(2025, 7, 1)).value());
}
