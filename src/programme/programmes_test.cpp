// SPDX-License-Identifier: Apache-2.0
// The programme definitions that are shipped with the program.
#include "programme/definition.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>

using namespace phoihop;
using namespace phoihop::programme;
using units::Level;

namespace {

std::shared_ptr<const Programme> shipped(const std::string& code)
{
    static std::map<std::string, std::shared_ptr<const Programme>> read;
    auto& programme = read[code];
    if (programme == nullptr) {
        const Definition definition = read_definition_at(PHOIHOP_SOURCE_DIR "/programmes/" + code).value();
        for (const Problem& finding : definition.findings) {
            std::string line = finding.where + " " + std::string(word(finding.code));
            for (const auto& [name, value] : finding.facts) line += " " + name + "=" + value;
            MESSAGE(line);
        }
        programme = definition.programme;
    }
    REQUIRE(programme != nullptr);
    return programme;
}

std::size_t cells_at(const Programme& programme, Level level, Frequency frequency)
{
    std::size_t count = 0;
    for (const Form& form : programme.forms)
        for (const FormDuty& duty : form.duties)
            if (duty.level == level && form.frequency == frequency) count += form.cells.size();
    return count;
}

PeriodName period(std::string_view text)
{
    return parse_period(text).value();
}

}  // namespace

TEST_CASE("programmes: both programmes are read without a finding")
{
    CHECK(shipped("ctr-09")->symbol == "09/CTr-BCA-MTTW");
    CHECK(shipped("ctr-07")->symbol == "07/CTrPH-BCA-MTTW");
    CHECK(shipped("ctr-07")->continues == "ctr-09");
}

TEST_CASE("programmes: the catalogue has 65 indicators in eight groups and two helpers")
{
    for (const char* code : {"ctr-09", "ctr-07"}) {
        const auto programme = shipped(code);
        std::map<std::string, int> by_group;
        for (const Indicator& indicator : programme->indicators)
            if (indicator.code != "B8n" && indicator.code != "H7t") ++by_group[indicator.group];
        const std::map<std::string, int> catalogue{{"A", 8}, {"B", 8}, {"C", 9}, {"D", 8},
                                                   {"E", 7}, {"F", 7}, {"G", 9}, {"H", 9}};
        CHECK(by_group == catalogue);
        CHECK(programme->indicators.size() == 67);
        CHECK(programme->indicator("B1")->name.vi == "Buổi tuyên truyền trực tiếp");
        CHECK(programme->indicator("C1")->over_units == OverUnits::distinct);
        CHECK(programme->indicator("C2")->over_time == OverTime::last);
        CHECK(programme->indicator("H7")->formula->text() == "H7t / H5");
    }
}

TEST_CASE("programmes: a commune types 40 figures a quarter and 12 a year")
{
    for (const char* code : {"ctr-09", "ctr-07"}) {
        const auto programme = shipped(code);
        CHECK(cells_at(*programme, Level::commune, Frequency::quarter) == 40);
        CHECK(cells_at(*programme, Level::commune, Frequency::year) == 12);
        CHECK(cells_at(*programme, Level::province, Frequency::quarter) == 26);
        CHECK(cells_at(*programme, Level::district, Frequency::quarter) == (programme->code == "ctr-09" ? 19 : 0));
        for (const Form& form : programme->forms)
            for (const FormDuty& duty : form.duties) CHECK(duty.or_lowest == (duty.level == Level::commune));
    }
}

TEST_CASE("programmes: what comes from the register stands in no form, and every typed figure has a limit")
{
    const auto programme = shipped("ctr-09");
    for (const char* code : {"A1", "A4", "A7", "H9"}) {
        CHECK(programme->indicator(code)->source == Source::module);
        CHECK(programme->form_of(code) == nullptr);
    }
    CHECK(programme->form_of("B1")->code == "bm01");
    for (const Form& form : programme->forms)
        for (const Cell& cell : form.cells) {
            CHECK(cell.min == 0);
            CHECK(cell.max.value_or(0) > 0);
        }
    const Form& yearly = *programme->form("bm04");
    CHECK(yearly.cells[static_cast<std::size_t>(yearly.cell_of("E1"))].max == 1);
    const Form& first = *programme->form("bm01");
    CHECK(first.cells[static_cast<std::size_t>(first.cell_of("A8"))].max == 1'000'000);
}

TEST_CASE("programmes: 09 runs on calendar quarters and its successor on the decree's windows")
{
    const auto first = shipped("ctr-09");
    const PeriodDates quarter = first->calendar.dates(period("2015-Q1"));
    CHECK(quarter.window == Validity{day(2015, 1, 1), day(2015, 4, 1)});
    CHECK(quarter.opens == day(2015, 4, 1));
    CHECK(first->calendar.due(period("2015-Q1"), "commune") == day(2015, 4, 6));  // 5 April is a Sunday
    CHECK(first->calendar.due(period("2015-Q1"), "province") == day(2015, 4, 13));
    CHECK(first->calendar.due(period("2015"), "commune") == day(2016, 1, 11));
    CHECK(quarter.closes == day(2015, 6, 12));

    const auto second = shipped("ctr-07");
    CHECK(second->calendar.dates(period("2025-Q3")).window == Validity{day(2025, 6, 15), day(2025, 9, 15)});
    CHECK(second->calendar.due(period("2025-Q3"), "commune") == day(2025, 9, 18));
    CHECK(second->calendar.due(period("2025-Q3"), "province") == day(2025, 9, 22));
}

TEST_CASE("programmes: every deadline of every period lies after its cut-off with a working day between")
{
    for (const char* code : {"ctr-09", "ctr-07"}) {
        const auto programme = shipped(code);
        const Calendar& calendar = programme->calendar;
        for (const DeadlineRule& rule : calendar.deadlines) {
            if (rule.frequency == Frequency::once) continue;
            for (PeriodName name{2014, rule.frequency, 1}; name.year <= 2033; name = next(name)) {
                const PeriodDates dates = calendar.dates(name);
                const Date due = calendar.due(name, rule.name).value();
                CHECK(calendar.working_days_between(dates.window.to, due) >= 1);
                CHECK(dates.opens <= due);
            }
        }
    }
}

TEST_CASE("programmes: holidays follow the lunar year and the law's days in lieu")
{
    const Calendar& calendar = shipped("ctr-09")->calendar;
    CHECK_FALSE(calendar.is_working_day(day(2015, 2, 19)));  // first day of the year Ất Mùi
    CHECK_FALSE(calendar.is_working_day(day(2015, 4, 28)));  // Hùng Kings, 10th of the third month
    CHECK_FALSE(calendar.is_working_day(day(2016, 5, 2)));   // in lieu of 30 April and 1 May, a week-end
    CHECK_FALSE(calendar.is_working_day(day(2021, 9, 3)));   // second day of the national holiday since 2021
    CHECK(calendar.is_working_day(day(2015, 3, 2)));
    const Calendar& later = shipped("ctr-07")->calendar;
    CHECK(later.is_working_day(day(2025, 4, 26)));  // a Saturday worked for Friday 2 May
    CHECK_FALSE(later.is_working_day(day(2025, 5, 2)));
}

TEST_CASE("programmes: the register holds committee, plan, reviews and reports to the People's Council")
{
    const auto programme = shipped("ctr-09");
    const auto in = [&](std::string_view name) {
        std::string codes;
        for (const Standing& standing : programme->standings)
            if (standing.falls_in(period(name))) codes += standing.code + " ";
        return codes;
    };
    CHECK(in("once") == "committee ");
    CHECK(in("2014") == "plan review_year ");
    CHECK(in("2015") == "plan review_year review_mid_term ");
    CHECK(in("2017") == "plan review_year review_5_years ");
    CHECK(in("2022") == "plan review_year review_10_years ");
    CHECK(in("2015-Q1") == "council_3_months ");
    CHECK(in("2015-H1") == "council_6_months ");
    CHECK(programme->calendar.due(period("2022"), "ten_year") == day(2023, 8, 31));
    CHECK(programme->standing("committee")->needs_decision);
}

TEST_CASE("programmes: every indicator of the successor continues the one of the same code")
{
    const auto before = shipped("ctr-09");
    const auto after = shipped("ctr-07");
    for (const Indicator& indicator : after->indicators) {
        CHECK(indicator.continues == "ctr-09/" + indicator.code);
        const Indicator* old = before->indicator(indicator.code);
        REQUIRE(old != nullptr);
        CHECK(old->scale == indicator.scale);
        CHECK(old->unit.vi == indicator.unit.vi);
        CHECK(old->over_units == indicator.over_units);
        CHECK(old->over_time == indicator.over_time);
    }
}

TEST_CASE("programmes: reading what the database keeps gives the same content again")
{
    const Definition definition = read_definition_at(PHOIHOP_SOURCE_DIR "/programmes/ctr-09").value();
    const SourceFile kept{"ctr-09", definition.canonical};
    const Definition again = read_definition({&kept, 1});
    REQUIRE(again.findings.empty());
    CHECK(again.canonical == definition.canonical);
    CHECK(refused_changes(*definition.programme, *again.programme).empty());
    CHECK(again.programme->indicators.size() == definition.programme->indicators.size());
    CHECK(again.programme->calendar.holidays == definition.programme->calendar.holidays);
}

TEST_CASE("programmes: a body's name takes in its unit's as official documents write it")
{
    const auto programme = shipped("ctr-09");
    const Party& police = *programme->party("police");
    const Party::Body& province = *police.body(Level::province);
    CHECK(body_name(province.name.vi, "Tỉnh Hà Giang", "") == "Công an tỉnh Hà Giang");
    CHECK(body_name(province.name.vi, "Thành phố Hà Nội", "") == "Công an thành phố Hà Nội");
    CHECK(body_name(province.parent, "Tỉnh Hà Giang", "") == "Bộ Công an");
    const Party::Body& commune = *police.body(Level::commune);
    CHECK(body_name(commune.name.vi, "Phường Ba Đình", "Thành phố Hà Nội") == "Công an phường Ba Đình");
    CHECK(body_name(commune.name.vi, "Phường 3", "Quận 5") == "Công an Phường 3");
    CHECK(body_name(commune.parent, "Xã Phó Bảng", "Huyện Đồng Văn") == "Công an huyện Đồng Văn");
    CHECK(body_name(commune.name.vi, "Đặc khu Lý Sơn", "") == "Công an đặc khu Lý Sơn");
    const Party& committee = *programme->party("committee");
    CHECK(body_name(committee.body(Level::province)->parent, "Tỉnh Hà Giang", "") == "Ủy ban nhân dân tỉnh Hà Giang");
    CHECK(body_name("{unit}", "Tỉnh Hà Giang", "") == "Tỉnh Hà Giang");
}
