// SPDX-License-Identifier: Apache-2.0
#include "programme/calendar.hpp"

#include <doctest/doctest.h>

using namespace phoihop;
using namespace phoihop::programme;

namespace {

PeriodName period(std::string_view text)
{
    return parse_period(text).value();
}

std::string window(const Calendar& calendar, std::string_view name)
{
    const PeriodDates dates = calendar.dates(period(name));
    return format_date(dates.window.from) + " " + format_date(dates.cut_off());
}

Calendar decree()
{
    Calendar calendar;
    calendar.windows = Calendar::Windows::decree_09_2019;
    return calendar;
}

DeadlineRule rule(std::string name, Frequency frequency)
{
    DeadlineRule made;
    made.name = std::move(name);
    made.frequency = frequency;
    return made;
}

}  // namespace

TEST_CASE("calendar: a period's name is read and printed back, and other texts are refused")
{
    for (const char* text : {"2015-M01", "2015-M12", "2015-Q1", "2015-H2", "2015-9M", "2015", "once"})
        CHECK(period(text).text() == text);
    for (const char* text : {"", "15-Q1", "2015-Q5", "2015-Q0", "2015-M13", "2015-M1", "2015-H3", "2015-q1", "2015-",
                             "2015-Q1 ", "2015-6M", "1015", "2015-Q10"})
        CHECK_MESSAGE(!parse_period(text).has_value(), text);
}

TEST_CASE("calendar: a range runs over years and refuses to run backwards or mix frequencies")
{
    const auto range = parse_period_range("2014-Q3..2015-Q2").value();
    REQUIRE(range.size() == 4);
    CHECK(range[1].text() == "2014-Q4");
    CHECK(range[2].text() == "2015-Q1");
    CHECK(parse_period_range("2015-H1").value().size() == 1);
    CHECK(parse_period_range("2015-Q2..2015-Q1").error().code == ProblemCode::inconsistent);
    CHECK(parse_period_range("2015-Q2..2015").error().code == ProblemCode::inconsistent);
    CHECK(parse_period_range("1950-M01..2100-M01").error().code == ProblemCode::too_large);
}

TEST_CASE("calendar: longer periods consist of base periods")
{
    const auto texts = [](std::string_view name, Frequency base) {
        std::string all;
        const auto parts = base_periods(period(name), base).value();
        for (const PeriodName& part : parts) all += part.text() + " ";
        return all;
    };
    CHECK(texts("2015-H1", Frequency::quarter) == "2015-Q1 2015-Q2 ");
    CHECK(texts("2015-H2", Frequency::quarter) == "2015-Q3 2015-Q4 ");
    CHECK(texts("2015-9M", Frequency::quarter) == "2015-Q1 2015-Q2 2015-Q3 ");
    CHECK(texts("2015-Q2", Frequency::month) == "2015-M04 2015-M05 2015-M06 ");
    CHECK(texts("2015", Frequency::half_year) == "2015-H1 2015-H2 ");
    CHECK(texts("2015", Frequency::year) == "2015 ");
    CHECK_FALSE(base_periods(period("2015-M01"), Frequency::quarter).has_value());
    CHECK_FALSE(base_periods(period("2015-9M"), Frequency::half_year).has_value());
    CHECK_FALSE(base_periods(period("2015"), Frequency::nine_months).has_value());
}

TEST_CASE("calendar: the period before the first quarter is the last of the year before")
{
    CHECK(previous(period("2015-Q1")).text() == "2014-Q4");
    CHECK(previous(period("2015-9M")).text() == "2014-9M");
    CHECK(next(period("2015-M12")).text() == "2016-M01");
    CHECK(same_period_last_year(period("2015-Q3")).text() == "2014-Q3");
    CHECK(previous(period("once")) == period("once"));
}

TEST_CASE("calendar: the decree's windows run from the 15th to the 14th")
{
    const Calendar calendar = decree();  // The table for 2026 of Decree 09/2019/NĐ-CP, article 12.
    CHECK(window(calendar, "2026-M01") == "2025-12-15 2026-01-14");
    CHECK(window(calendar, "2026-Q1") == "2025-12-15 2026-03-14");
    CHECK(window(calendar, "2026-Q2") == "2026-03-15 2026-06-14");
    CHECK(window(calendar, "2026-Q3") == "2026-06-15 2026-09-14");
    CHECK(window(calendar, "2026-Q4") == "2026-09-15 2026-12-14");
    CHECK(window(calendar, "2026-H1") == "2025-12-15 2026-06-14");
    CHECK(window(calendar, "2026-H2") == "2026-06-15 2026-12-14");
    CHECK(window(calendar, "2026-9M") == "2025-12-15 2026-09-14");
    CHECK(window(calendar, "2026") == "2025-12-15 2026-12-14");
}

TEST_CASE("calendar: calendar windows run from the first to the last day")
{
    const Calendar calendar;
    CHECK(window(calendar, "2016-M02") == "2016-02-01 2016-02-29");
    CHECK(window(calendar, "2015-Q1") == "2015-01-01 2015-03-31");
    CHECK(window(calendar, "2015-Q4") == "2015-10-01 2015-12-31");
    CHECK(window(calendar, "2015-9M") == "2015-01-01 2015-09-30");
    CHECK(window(calendar, "2015") == "2015-01-01 2015-12-31");
}

TEST_CASE("calendar: base periods tile every longer period without gap or overlap, under both windows")
{
    for (const Calendar& calendar : {Calendar{}, decree()})
        for (int year = 2013; year <= 2033; ++year)
            for (const Frequency longer :
                 {Frequency::quarter, Frequency::half_year, Frequency::nine_months, Frequency::year})
                for (const Frequency base : {Frequency::month, Frequency::quarter}) {
                    const PeriodName whole{year, longer, 1};
                    const auto parts = base_periods(whole, base).value();
                    CHECK(calendar.dates(parts.front()).window.from == calendar.dates(whole).window.from);
                    CHECK(calendar.dates(parts.back()).window.to == calendar.dates(whole).window.to);
                    for (std::size_t i = 1; i < parts.size(); ++i)
                        CHECK(calendar.dates(parts[i - 1]).window.to == calendar.dates(parts[i]).window.from);
                }
}

TEST_CASE("calendar: a period opens on the first working day after its cut-off")
{
    Calendar calendar;
    CHECK(calendar.dates(period("2015-Q1")).opens == day(2015, 4, 1));   // a Wednesday
    CHECK(calendar.dates(period("2015-M01")).opens == day(2015, 2, 2));  // 1 February 2015 is a Sunday
    calendar.holidays = {day(2015, 1, 1)};
    CHECK(calendar.dates(period("2014-Q4")).opens == day(2015, 1, 2));
    calendar.working_days = {day(2015, 2, 1)};
    CHECK(calendar.dates(period("2015-M01")).opens == day(2015, 2, 1));
    calendar.opens_after_days = -5;
    CHECK(calendar.dates(period("2015-Q1")).opens == day(2015, 3, 26));
}

TEST_CASE("calendar: working days leave out week-ends and holidays and count swapped days")
{
    Calendar calendar;
    calendar.holidays = {day(2015, 4, 30), day(2015, 5, 1)};
    calendar.working_days = {day(2015, 4, 25)};
    CHECK(calendar.working_days_between(day(2015, 4, 24), day(2015, 5, 5)) == 6);
    CHECK(calendar.working_days_between(day(2015, 5, 5), day(2015, 5, 5)) == 0);
    CHECK(calendar.next_working_day(day(2015, 4, 30)) == day(2015, 5, 4));
}

TEST_CASE("calendar: a deadline on a day of the month gives way to the next working day where asked")
{
    Calendar calendar = decree();
    DeadlineRule central = rule("central", Frequency::quarter);
    central.day = 25;  // Decree 09/2019/NĐ-CP, article 13.1.
    calendar.deadlines.push_back(central);
    CHECK(calendar.due(period("2026-Q1"), "central") == day(2026, 3, 25));
    CHECK(calendar.due(period("2023-Q1"), "central") == day(2023, 3, 25));  // a Saturday
    calendar.deadlines[0].working_days = true;
    CHECK(calendar.due(period("2023-Q1"), "central") == day(2023, 3, 27));
    CHECK(calendar.due(period("2026-Q1"), "commune").error().code == ProblemCode::unknown_name);
    CHECK(calendar.due(period("2026-H1"), "central").error().code == ProblemCode::unknown_name);
}

TEST_CASE("calendar: a deadline in the month after and one on the last day of a month")
{
    Calendar calendar;
    calendar.deadlines = {rule("commune", Frequency::quarter), rule("review", Frequency::year)};
    calendar.deadlines[0].day = 5;
    calendar.deadlines[0].month_offset = 1;
    calendar.deadlines[1].day = 31;
    calendar.deadlines[1].month_offset = 2;
    CHECK(calendar.due(period("2014-Q4"), "commune") == day(2015, 1, 5));
    CHECK(calendar.due(period("2015"), "review") == day(2016, 2, 29));
}

TEST_CASE("calendar: days after the cut-off are counted plainly or in working days")
{
    Calendar calendar = decree();
    calendar.deadlines = {rule("commune", Frequency::quarter)};
    calendar.deadlines[0].days_after_cut_off = 5;
    CHECK(calendar.due(period("2026-Q2"), "commune") == day(2026, 6, 19));  // cut-off Sunday 14 June
    calendar.deadlines[0].working_days = true;
    CHECK(calendar.due(period("2026-Q3"), "commune") == day(2026, 9, 21));  // cut-off Monday 14 September
}

TEST_CASE("calendar: a whole working day always lies between cut-off and deadline")
{
    // Decree 09/2019/NĐ-CP, article 8.5b. The cut-off of 14 March 2026 is a Saturday.
    Calendar calendar = decree();
    calendar.deadlines = {rule("hasty", Frequency::quarter)};
    calendar.deadlines[0].days_after_cut_off = 1;
    CHECK(calendar.due(period("2026-Q1"), "hasty") == day(2026, 3, 17));
    for (int year = 2013; year <= 2033; ++year)
        for (int quarter = 1; quarter <= 4; ++quarter) {
            const PeriodName name{year, Frequency::quarter, quarter};
            const Date after = calendar.dates(name).window.to;
            CHECK(calendar.working_days_between(after, calendar.due(name, "hasty").value()) >= 1);
        }
}

TEST_CASE("calendar: a period closes some days after the last deadline of its reports")
{
    Calendar calendar;
    calendar.closes_after_days = 30;
    calendar.deadlines = {rule("commune", Frequency::quarter), rule("province", Frequency::quarter),
                          rule("review", Frequency::quarter)};
    calendar.deadlines[0].days_after_cut_off = 5;
    calendar.deadlines[1].days_after_cut_off = 12;
    calendar.deadlines[2].days_after_cut_off = 200;
    calendar.deadlines[2].reports = false;
    CHECK(calendar.dates(period("2015-Q1")).closes == day(2015, 5, 12));
}

TEST_CASE("calendar: what is owed once has the programme's validity as its window and a dated deadline")
{
    Calendar calendar;
    calendar.span = {day(2013, 8, 1), day(2023, 10, 17)};
    calendar.deadlines = {rule("committee", Frequency::once)};
    calendar.deadlines[0].date = day(2013, 12, 31);
    const PeriodDates dates = calendar.dates(period("once"));
    CHECK(dates.window == calendar.span);
    CHECK(dates.opens == day(2013, 8, 1));
    CHECK(dates.closes == day(2023, 10, 16));
    CHECK(calendar.due(period("once"), "committee") == day(2013, 12, 31));
}
