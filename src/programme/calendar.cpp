// SPDX-License-Identifier: Apache-2.0
#include "programme/calendar.hpp"

#include <algorithm>
#include <array>
#include <cassert>

namespace phoihop::programme {

namespace {

using std::chrono::days;
using std::chrono::month;
using std::chrono::months;
using std::chrono::year;
using std::chrono::year_month;

constexpr std::array<std::pair<Frequency, std::string_view>, 6> frequency_words{{
    {Frequency::month, "month"},
    {Frequency::quarter, "quarter"},
    {Frequency::half_year, "half_year"},
    {Frequency::nine_months, "nine_months"},
    {Frequency::year, "year"},
    {Frequency::once, "once"},
}};

constexpr int year_min = 1900;
constexpr int year_max = 2199;
constexpr std::size_t range_max = 400;

/// How many periods of a frequency a year has.
int count_in_year(Frequency frequency)
{
    switch (frequency) {
        case Frequency::month: return 12;
        case Frequency::quarter: return 4;
        case Frequency::half_year: return 2;
        case Frequency::nine_months:
        case Frequency::year:
        case Frequency::once: return 1;
    }
    return 1;
}

int months_long(Frequency frequency)
{
    return frequency == Frequency::nine_months ? 9 : 12 / count_in_year(frequency);
}

/// First month of the period, 1–12; its last month is `+ months_long - 1`.
int first_month(const PeriodName& period)
{
    return (period.number - 1) * months_long(period.frequency) + 1;
}

year_month last_month(const PeriodName& period)
{
    return year{period.year} / month{1} + months{first_month(period) + months_long(period.frequency) - 2};
}

/// The `wanted`th of the month, or its last day when it is shorter.
Date day_of(year_month in, int wanted)
{
    const Date last{in / std::chrono::last};
    return std::min(last, Date{in / std::chrono::day{1}} + days{wanted - 1});
}

tl::unexpected<Problem> not_a_period(std::string_view text)
{
    return refuse(ProblemCode::malformed, {},
                  {{"expected", "2015-Q1, 2015-M01, 2015-H1, 2015-9M, 2015"}, {"found", std::string(text)}});
}

bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

}  // namespace

std::string_view word(Frequency frequency)
{
    for (const auto& [value, text] : frequency_words)
        if (value == frequency) return text;
    return {};
}

std::optional<Frequency> frequency_from_word(std::string_view word)
{
    for (const auto& [value, text] : frequency_words)
        if (text == word) return value;
    return std::nullopt;
}

std::string PeriodName::text() const
{
    std::string prefix = std::to_string(year);
    switch (frequency) {
        case Frequency::month: return prefix + (number < 10 ? "-M0" : "-M") + std::to_string(number);
        case Frequency::quarter: return prefix + "-Q" + std::to_string(number);
        case Frequency::half_year: return prefix + "-H" + std::to_string(number);
        case Frequency::nine_months: return prefix + "-9M";
        case Frequency::year: return prefix;
        case Frequency::once: return "once";
    }
    return {};
}

Result<PeriodName> parse_period(std::string_view text)
{
    if (text == "once") return PeriodName{0, Frequency::once, 1};
    if (text.size() < 4 || !std::all_of(text.begin(), text.begin() + 4, is_digit)) return not_a_period(text);
    PeriodName name{0, Frequency::year, 1};
    for (const char c : text.substr(0, 4)) name.year = name.year * 10 + (c - '0');
    if (name.year < year_min || name.year > year_max)
        return refuse(
            ProblemCode::out_of_range, {},
            {{"min", std::to_string(year_min)}, {"max", std::to_string(year_max)}, {"found", std::string(text)}});
    const std::string_view rest = text.substr(4);
    if (rest.empty()) return name;
    if (rest == "-9M") {
        name.frequency = Frequency::nine_months;
        return name;
    }
    const bool month_form = rest.size() == 4 && rest.starts_with("-M") && is_digit(rest[2]) && is_digit(rest[3]);
    const bool short_form = rest.size() == 3 && (rest.starts_with("-Q") || rest.starts_with("-H")) && is_digit(rest[2]);
    if (!month_form && !short_form) return not_a_period(text);
    if (month_form) {
        name.frequency = Frequency::month;
        name.number = (rest[2] - '0') * 10 + (rest[3] - '0');
    } else {
        name.frequency = rest[1] == 'Q' ? Frequency::quarter : Frequency::half_year;
        name.number = rest[2] - '0';
    }
    const int most = count_in_year(name.frequency);
    if (name.number < 1 || name.number > most)
        return refuse(ProblemCode::out_of_range, {},
                      {{"min", "1"}, {"max", std::to_string(most)}, {"found", std::string(text)}});
    return name;
}

Result<std::vector<PeriodName>> parse_period_range(std::string_view text)
{
    const std::size_t dots = text.find("..");
    PHOIHOP_TRY(first, parse_period(text.substr(0, dots)));
    if (dots == std::string_view::npos) return std::vector<PeriodName>{first};
    PHOIHOP_TRY(last, parse_period(text.substr(dots + 2)));
    if (first.frequency != last.frequency || last < first)
        return refuse(ProblemCode::inconsistent, {},
                      {{"rule", "first <= last, one frequency"}, {"left", first.text()}, {"right", last.text()}});
    std::vector<PeriodName> names;
    for (PeriodName name = first;; name = next(name)) {
        if (names.size() == range_max)
            return refuse(ProblemCode::too_large, {},
                          {{"limit", std::to_string(range_max)}, {"found", std::string(text)}});
        names.push_back(name);
        if (name == last) return names;
    }
}

Result<std::vector<PeriodName>> base_periods(const PeriodName& period, Frequency base)
{
    if (period.frequency == base) return std::vector<PeriodName>{period};
    const int whole = months_long(period.frequency);
    const int part = months_long(base);
    const bool divides = period.frequency != Frequency::once && base != Frequency::once &&
                         base != Frequency::nine_months && part < whole && whole % part == 0;
    if (!divides)
        return refuse(ProblemCode::inconsistent, {},
                      {{"rule", "the period consists of base periods"},
                       {"left", period.text()},
                       {"right", std::string(word(base))}});
    std::vector<PeriodName> names;
    const int first = (first_month(period) - 1) / part + 1;
    for (int i = 0; i < whole / part; ++i) names.push_back({period.year, base, first + i});
    return names;
}

PeriodName previous(const PeriodName& period)
{
    if (period.frequency == Frequency::once) return period;
    PeriodName before = period;
    if (--before.number < 1) {
        --before.year;
        before.number = count_in_year(period.frequency);
    }
    return before;
}

PeriodName next(const PeriodName& period)
{
    if (period.frequency == Frequency::once) return period;
    PeriodName after = period;
    if (++after.number > count_in_year(period.frequency)) {
        ++after.year;
        after.number = 1;
    }
    return after;
}

PeriodName same_period_last_year(const PeriodName& period)
{
    PeriodName before = period;
    if (period.frequency != Frequency::once) --before.year;
    return before;
}

bool Calendar::is_working_day(Date day) const
{
    if (std::binary_search(working_days.begin(), working_days.end(), day)) return true;
    const std::chrono::weekday weekday{day};
    if (weekday == std::chrono::Saturday || weekday == std::chrono::Sunday) return false;
    return !std::binary_search(holidays.begin(), holidays.end(), day);
}

Date Calendar::next_working_day(Date day) const
{
    while (!is_working_day(day)) day += days{1};
    return day;
}

std::int64_t Calendar::working_days_between(Date from, Date to) const
{
    std::int64_t count = 0;
    for (Date day = from; day < to; day += days{1}) count += is_working_day(day) ? 1 : 0;
    return count;
}

PeriodDates Calendar::dates(const PeriodName& period) const
{
    PeriodDates dates{};
    if (period.frequency == Frequency::once) {
        dates.window = span;
        dates.opens = next_working_day(span.from);
        dates.closes = span.to == forever ? forever : span.to - days{1};
        return dates;
    }
    const year_month last = last_month(period);
    const year_month first = last - months{months_long(period.frequency) - 1};
    if (windows == Windows::decree_09_2019)
        dates.window = {day_of(first - months{1}, 15), day_of(last, 15)};
    else
        dates.window = {day_of(first, 1), day_of(last + months{1}, 1)};
    dates.opens = next_working_day(dates.cut_off() + days{opens_after_days});
    Date last_due = dates.opens;
    for (const DeadlineRule& rule : deadlines)
        if (rule.reports && rule.frequency == period.frequency)
            last_due = std::max(last_due, due(period, rule.name).value_or(last_due));
    dates.closes = last_due + days{closes_after_days};
    return dates;
}

const DeadlineRule* Calendar::deadline(std::string_view name, Frequency frequency) const
{
    for (const DeadlineRule& rule : deadlines)
        if (rule.name == name && rule.frequency == frequency) return &rule;
    return nullptr;
}

Result<Date> Calendar::due(const PeriodName& period, std::string_view name) const
{
    const DeadlineRule* rule = deadline(name, period.frequency);
    if (rule == nullptr)
        return refuse(ProblemCode::unknown_name, {},
                      {{"what", "deadline"}, {"found", std::string(name)}, {"period", period.text()}});
    if (rule->date) return *rule->date;
    if (period.frequency == Frequency::once) return next_working_day(span.from + days{rule->days_after_cut_off});

    const year_month last = last_month(period);
    const Date cut_off =
        (windows == Windows::decree_09_2019 ? day_of(last, 15) : day_of(last + months{1}, 1)) - days{1};
    Date due = cut_off;
    if (rule->day > 0) {
        due = day_of(last + months{rule->month_offset}, rule->day);
        if (rule->working_days) due = next_working_day(due);
    } else if (rule->working_days) {
        for (int left = rule->days_after_cut_off; left > 0; --left) due = next_working_day(due + days{1});
    } else {
        due += days{rule->days_after_cut_off};
    }
    const Date whole_day = next_working_day(cut_off + days{1});
    return std::max(due, whole_day + days{1});
}

}  // namespace phoihop::programme
