// SPDX-License-Identifier: Apache-2.0
#include "base/decimal.hpp"

#include <algorithm>
#include <cassert>
#include <limits>

namespace phoihop {

std::int64_t power_of_ten(int exponent)
{
    assert(exponent >= 0 && exponent <= 18);
    std::int64_t value = 1;
    for (int i = 0; i < exponent; ++i) value *= 10;
    return value;
}

Result<std::int64_t> parse_decimal(std::string_view text, int scale)
{
    const auto malformed = [&] {
        return refuse(ProblemCode::malformed, {}, {{"expected", "decimal"}, {"found", std::string(text)}});
    };
    std::string_view rest = text;
    const bool negative = !rest.empty() && rest.front() == '-';
    if (negative) rest.remove_prefix(1);
    const std::size_t point = rest.find('.');
    const std::string_view whole = rest.substr(0, point);
    const std::string_view fraction = point == std::string_view::npos ? std::string_view{} : rest.substr(point + 1);
    if (whole.empty() || (point != std::string_view::npos && fraction.empty())) return malformed();

    constexpr Int128 limit = std::numeric_limits<std::int64_t>::max();
    Int128 value = 0;
    const auto take = [&](char c) { value = std::min<Int128>(value * 10 + (c - '0'), limit + 1); };
    for (const char c : whole) {
        if (c < '0' || c > '9') return malformed();
        take(c);
    }
    for (int i = 0; i < static_cast<int>(std::max<std::size_t>(fraction.size(), static_cast<std::size_t>(scale)));
         ++i) {
        const char c = i < static_cast<int>(fraction.size()) ? fraction[static_cast<std::size_t>(i)] : '0';
        if (c < '0' || c > '9') return malformed();
        if (i < scale)
            take(c);
        else if (c != '0')
            return refuse(ProblemCode::not_whole, {}, {{"scale", std::to_string(scale)}, {"found", std::string(text)}});
    }
    if (value > limit) return refuse(ProblemCode::out_of_range, {}, {{"found", std::string(text)}});
    return static_cast<std::int64_t>(negative ? -value : value);
}

Result<std::int64_t> parse_whole(std::string_view text, std::int64_t min, std::int64_t max)
{
    PHOIHOP_TRY(number, parse_decimal(text, 0));
    if (number < min || number > max)
        return refuse(ProblemCode::out_of_range, {},
                      {{"min", std::to_string(min)}, {"max", std::to_string(max)}, {"found", std::string(text)}});
    return number;
}

std::string format_decimal(Int128 units, int scale)
{
    const bool negative = units < 0;
    // Digits are taken one by one from the magnitude, lowest first; the smallest value has no positive twin,
    // so the remainder of each step is made positive instead of the whole number.
    std::string reversed;
    int places = 0;
    while (units != 0 || places <= scale) {
        int digit = static_cast<int>(units % 10);
        if (digit < 0) digit = -digit;
        if (places == scale && scale > 0) reversed += '.';
        reversed += static_cast<char>('0' + digit);
        units /= 10;
        ++places;
    }
    if (negative) reversed += '-';
    std::reverse(reversed.begin(), reversed.end());
    return reversed;
}

Int128 divide_rounded(Int128 numerator, Int128 denominator)
{
    assert(denominator != 0);
    Int128 quotient = numerator / denominator;
    Int128 remainder = numerator % denominator;
    if (remainder < 0) remainder = -remainder;
    const Int128 size = denominator < 0 ? -denominator : denominator;
    if (remainder >= size - remainder) quotient += ((numerator < 0) != (denominator < 0)) ? -1 : 1;
    return quotient;
}

}  // namespace phoihop
