// SPDX-License-Identifier: Apache-2.0
#include "text/date_words.hpp"

#include <array>

namespace phoihop::text {

namespace {

std::string two_digits(unsigned value)
{
    return (value < 10 ? "0" : "") + std::to_string(value);
}

std::string four_digits(int year)
{
    std::string digits = std::to_string(year);
    return digits.size() < 4 ? std::string(4 - digits.size(), '0') + digits : digits;
}

}  // namespace

std::string date_in_words(Date day)
{
    const std::chrono::year_month_day ymd{day};
    const auto month = static_cast<unsigned>(ymd.month());
    return "ngày " + two_digits(static_cast<unsigned>(ymd.day())) + " tháng " +
           (month <= 2 ? two_digits(month) : std::to_string(month)) + " năm " +
           std::to_string(static_cast<int>(ymd.year()));
}

std::string place_and_date(std::string_view place, Date day)
{
    return std::string(place) + ", " + date_in_words(day);
}

std::string place_and_open_date(std::string_view place, int year)
{
    return std::string(place) + ", ngày     tháng     năm " + std::to_string(year);
}

std::string date_numeric(Date day)
{
    const std::chrono::year_month_day ymd{day};
    return two_digits(static_cast<unsigned>(ymd.day())) + '/' + two_digits(static_cast<unsigned>(ymd.month())) + '/' +
           four_digits(static_cast<int>(ymd.year()));
}

Result<Date> read_date(std::string_view text)
{
    const auto malformed = [&] {
        return refuse(ProblemCode::malformed, {}, {{"expected", "dd/mm/yyyy"}, {"found", std::string(text)}});
    };
    std::array<int, 3> part{};
    std::array<std::size_t, 3> length{};
    std::size_t at = 0;
    for (const char c : text) {
        if (c >= '0' && c <= '9') {
            if (++length[at] > 4) return malformed();
            part[at] = part[at] * 10 + (c - '0');
        } else if ((c == '/' || c == '-') && at < 2) {
            ++at;
        } else {
            return malformed();
        }
    }
    if (at != 2) return malformed();
    const bool year_first = length[0] == 4;
    if (year_first ? length[2] == 0 || length[2] > 2 : length[2] != 4 || length[0] == 0 || length[0] > 2)
        return malformed();
    if (length[1] == 0 || length[1] > 2) return malformed();
    const std::chrono::year_month_day ymd{std::chrono::year{part[year_first ? 0 : 2]},
                                          std::chrono::month{static_cast<unsigned>(part[1])},
                                          std::chrono::day{static_cast<unsigned>(part[year_first ? 2 : 0])}};
    if (!ymd.ok()) return malformed();
    return Date{ymd};
}

}  // namespace phoihop::text
