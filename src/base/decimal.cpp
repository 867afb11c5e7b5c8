// SPDX-License-Identifier: Apache-2.0
#include "base/decimal.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <limits>

namespace phoihop {
namespace {

__extension__ using Unsigned128 = unsigned __int128;

}  // namespace

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
    // Digits are taken one by one from the magnitude, lowest first; 128 bits have 39.
    std::array<char, 48> digits{};
    auto* const end = digits.data() + digits.size();
    auto* at = end;
    int places = 0;
    const auto put = [&](unsigned digit) {
        if (places == scale && scale > 0) *--at = '.';
        *--at = static_cast<char>('0' + digit);
        ++places;
    };
    auto rest = static_cast<Unsigned128>(units);
    if (units < 0) rest = -rest;
    for (; rest > std::numeric_limits<std::uint64_t>::max(); rest /= 10) put(static_cast<unsigned>(rest % 10));
    for (auto low = static_cast<std::uint64_t>(rest); low != 0; low /= 10) put(static_cast<unsigned>(low % 10));
    while (places <= scale) put(0);
    if (units < 0) *--at = '-';
    return {at, end};
}

Int128 divide_rounded(Int128 numerator, Int128 denominator)
{
    assert(denominator != 0);
    constexpr Int128 narrow_max = std::numeric_limits<std::int64_t>::max();
    if (numerator >= 0 && numerator <= narrow_max && denominator > 0 && denominator <= narrow_max) {
        // Nearly always; dividing 128 bits takes many times as long.
        const auto size = static_cast<std::int64_t>(denominator);
        const std::int64_t remainder = static_cast<std::int64_t>(numerator) % size;
        return static_cast<std::int64_t>(numerator) / size + (remainder >= size - remainder ? 1 : 0);
    }
    Int128 quotient = numerator / denominator;
    Int128 remainder = numerator % denominator;
    if (remainder < 0) remainder = -remainder;
    const Int128 size = denominator < 0 ? -denominator : denominator;
    if (remainder >= size - remainder) quotient += ((numerator < 0) != (denominator < 0)) ? -1 : 1;
    return quotient;
}

}  // namespace phoihop
