// SPDX-License-Identifier: Apache-2.0
#include "base/date.hpp"

#include <charconv>
#include <cstdio>

namespace phoihop {

namespace {

/// Exactly `text.size()` decimal digits, or -1.
int digits(std::string_view text)
{
    int value = 0;
    for (const char c : text) {
        if (c < '0' || c > '9') return -1;
        value = value * 10 + (c - '0');
    }
    return value;
}

}  // namespace

Result<Date> parse_date(std::string_view text)
{
    if (text.size() == 10 && text[4] == '-' && text[7] == '-') {
        const int y = digits(text.substr(0, 4));
        const int m = digits(text.substr(5, 2));
        const int d = digits(text.substr(8, 2));
        if (y >= 0 && m >= 0 && d >= 0) {
            const std::chrono::year_month_day ymd{std::chrono::year{y}, std::chrono::month{static_cast<unsigned>(m)},
                                                  std::chrono::day{static_cast<unsigned>(d)}};
            if (ymd.ok()) return Date{ymd};
        }
    }
    return refuse(ProblemCode::malformed, {}, {{"expected", "YYYY-MM-DD"}, {"found", std::string(text)}});
}

std::string format_date(Date day)
{
    if (day == forever) return {};
    const std::chrono::year_month_day ymd{day};
    char buffer[24];
    const int n = std::snprintf(buffer, sizeof buffer, "%04d-%02u-%02u", static_cast<int>(ymd.year()),
                                static_cast<unsigned>(ymd.month()), static_cast<unsigned>(ymd.day()));
    return {buffer, static_cast<std::size_t>(n)};
}

std::string format_instant(Instant instant)
{
    const Date day = std::chrono::floor<std::chrono::days>(instant);
    const std::chrono::hh_mm_ss time{instant - day};
    char buffer[48];
    const int n = std::snprintf(buffer, sizeof buffer, "%sT%02d:%02d:%02d.%03dZ", format_date(day).c_str(),
                                static_cast<int>(time.hours().count()), static_cast<int>(time.minutes().count()),
                                static_cast<int>(time.seconds().count()), static_cast<int>(time.subseconds().count()));
    return {buffer, static_cast<std::size_t>(n)};
}

Instant SystemClock::now() const
{
    return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

}  // namespace phoihop
