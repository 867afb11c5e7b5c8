// SPDX-License-Identifier: Apache-2.0
#include "text/number_format.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace phoihop::text {

namespace {

bool all_digits(std::string_view text)
{
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

std::string number_vi(std::string_view plain_decimal)
{
    std::string_view rest = plain_decimal;
    const bool negative = rest.starts_with('-');
    if (negative) rest.remove_prefix(1);
    const std::size_t point = rest.find('.');
    const std::string_view whole = rest.substr(0, point);
    const std::string_view fraction = point == std::string_view::npos ? std::string_view{} : rest.substr(point + 1);
    if (!all_digits(whole) || (point != std::string_view::npos && !all_digits(fraction)))
        return std::string(plain_decimal);

    std::string printed = negative ? "-" : "";
    for (std::size_t i = 0; i < whole.size(); ++i) {
        if (i > 0 && (whole.size() - i) % 3 == 0) printed += '.';
        printed += whole[i];
    }
    if (!fraction.empty()) printed.append(",").append(fraction);
    return printed;
}

std::string number_vi(Int128 units, int scale)
{
    return number_vi(format_decimal(units, scale));
}

std::string percent_vi(std::string_view plain_decimal)
{
    return number_vi(plain_decimal) + '%';
}

std::string share_vi(std::string_view plain_decimal)
{
    // The point moves two places to the right; zeros that then stand in front of the number go.
    std::string digits(plain_decimal);
    const std::size_t point = std::min(digits.find('.'), digits.size());
    std::string fraction = point < digits.size() ? digits.substr(point + 1) : "";
    digits.resize(point);
    fraction.resize(std::max<std::size_t>(fraction.size(), 2), '0');
    digits += fraction.substr(0, 2);
    fraction.erase(0, 2);
    const std::size_t first = digits.starts_with('-') ? 1 : 0;
    while (digits.size() > first + 1 && digits[first] == '0') digits.erase(first, 1);
    return percent_vi(fraction.empty() ? digits : digits + "." + fraction);
}

std::string document_number(int number)
{
    return (number >= 0 && number < 10 ? "0" : "") + std::to_string(number);
}

std::string roman(int number)
{
    if (number < 1 || number > 3999) return std::to_string(number);
    static constexpr std::array<std::pair<int, std::string_view>, 13> steps{{{1000, "M"},
                                                                             {900, "CM"},
                                                                             {500, "D"},
                                                                             {400, "CD"},
                                                                             {100, "C"},
                                                                             {90, "XC"},
                                                                             {50, "L"},
                                                                             {40, "XL"},
                                                                             {10, "X"},
                                                                             {9, "IX"},
                                                                             {5, "V"},
                                                                             {4, "IV"},
                                                                             {1, "I"}}};
    std::string printed;
    for (const auto& [value, sign] : steps)
        for (; number >= value; number -= value) printed += sign;
    return printed;
}

std::string list_letter(int number)
{
    // The marked vowels are not used to count, đ is; f, j, w and z are not Vietnamese letters.
    static constexpr std::array<std::string_view, 23> letters{"a", "b", "c", "d", "đ", "e", "g", "h",
                                                              "i", "k", "l", "m", "n", "o", "p", "q",
                                                              "r", "s", "t", "u", "v", "x", "y"};
    if (number < 1) return std::to_string(number);
    const auto index = static_cast<std::size_t>(number - 1);
    std::string printed(letters[index % letters.size()]);
    if (index >= letters.size()) printed += std::to_string(index / letters.size());
    return printed;
}

}  // namespace phoihop::text
