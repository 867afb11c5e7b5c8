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

/// With zeros in front up to `width`. Every line of the log and every answer has some of these.
void put_number(std::string& out, unsigned value, int width)
{
    char reversed[12];
    int count = 0;
    for (; value != 0 || count < width; value /= 10) reversed[count++] = static_cast<char>('0' + value % 10);
    while (count > 0) out += reversed[--count];
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
    const int year = static_cast<int>(ymd.year());
    std::string text;
    if (year < 0) text += '-';
    put_number(text, static_cast<unsigned>(year < 0 ? -year : year), year < 0 ? 3 : 4);
    text += '-';
    put_number(text, static_cast<unsigned>(ymd.month()), 2);
    text += '-';
    put_number(text, static_cast<unsigned>(ymd.day()), 2);
    return text;
}

std::string format_instant(Instant instant)
{
    const Date day = std::chrono::floor<std::chrono::days>(instant);
    const std::chrono::hh_mm_ss time{instant - day};
    std::string text = format_date(day);
    text += 'T';
    put_number(text, static_cast<unsigned>(time.hours().count()), 2);
    text += ':';
    put_number(text, static_cast<unsigned>(time.minutes().count()), 2);
    text += ':';
    put_number(text, static_cast<unsigned>(time.seconds().count()), 2);
    text += '.';
    put_number(text, static_cast<unsigned>(time.subseconds().count()), 3);
    text += 'Z';
    return text;
}

Instant SystemClock::now() const
{
    return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

}  // namespace phoihop
