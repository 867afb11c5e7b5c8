// SPDX-License-Identifier: Apache-2.0
#include "documents/xlsx_number.hpp"

#include <array>
#include <charconv>
#include <cmath>

namespace phoihop::documents {

namespace {

std::optional<double> stored_double(std::string_view stored)
{
    if (stored.starts_with('+')) stored.remove_prefix(1);
    double value = 0;
    const auto [end, error] = std::from_chars(stored.data(), stored.data() + stored.size(), value);
    if (error != std::errc{} || end != stored.data() + stored.size() || !std::isfinite(value)) return std::nullopt;
    return value;
}

/// "1.234e+05" (scientific, 15 digits) as a plain decimal without trailing zeros.
std::string plain_from_scientific(std::string_view scientific)
{
    const bool negative = scientific.starts_with('-');
    if (negative) scientific.remove_prefix(1);
    const std::size_t e = scientific.find('e');
    std::string_view power = scientific.substr(e + 1);
    if (power.starts_with('+')) power.remove_prefix(1);
    int exponent = 0;
    std::from_chars(power.data(), power.data() + power.size(), exponent);

    std::string digits;
    for (const char c : scientific.substr(0, e))
        if (c != '.') digits += c;
    while (digits.size() > 1 && digits.back() == '0') digits.pop_back();
    if (digits == "0") return "0";

    const int point = exponent + 1;  // digits before the decimal point
    std::string plain;
    if (point <= 0) {
        plain = "0." + std::string(static_cast<std::size_t>(-point), '0') + digits;
    } else if (static_cast<std::size_t>(point) >= digits.size()) {
        plain = digits + std::string(static_cast<std::size_t>(point) - digits.size(), '0');
    } else {
        plain =
            digits.substr(0, static_cast<std::size_t>(point)) + '.' + digits.substr(static_cast<std::size_t>(point));
    }
    return negative ? '-' + plain : plain;
}

}  // namespace

NumberLook number_look(std::string_view code)
{
    // Only the first section (positive numbers) is asked.
    for (std::size_t i = 0; i < code.size(); ++i) {
        switch (code[i]) {
            case '"': {
                const std::size_t end = code.find('"', i + 1);
                if (end == std::string_view::npos) return NumberLook::number;
                i = end;
                break;
            }
            case '[': {
                const std::size_t end = code.find(']', i + 1);
                if (end == std::string_view::npos) return NumberLook::number;
                i = end;
                break;
            }
            case '\\':
            case '_':
            case '*': ++i; break;
            case ';': return NumberLook::number;
            case 'd':
            case 'D':
            case 'y':
            case 'Y': return NumberLook::date;
            case 'G':  // "General"
            case 'g': return NumberLook::number;
            case '%': return NumberLook::percent;
            default: break;
        }
    }
    return NumberLook::number;
}

NumberLook builtin_number_look(std::uint32_t id)
{
    if (id == 9 || id == 10) return NumberLook::percent;
    const bool day = (id >= 14 && id <= 17) || id == 22 || (id >= 27 && id <= 31) || id == 36 ||
                     (id >= 50 && id <= 54) || id == 57 || id == 58;
    return day ? NumberLook::date : NumberLook::number;
}

std::optional<std::string> plain_number(std::string_view stored)
{
    const auto value = stored_double(stored);
    if (!value) return std::nullopt;
    constexpr double exact_whole = 9007199254740992.0;  // 2^53
    if (std::abs(*value) < exact_whole && *value == std::trunc(*value))
        return std::to_string(static_cast<std::int64_t>(*value));
    std::array<char, 64> buffer{};
    const auto printed =
        std::to_chars(buffer.data(), buffer.data() + buffer.size(), *value, std::chars_format::scientific, 14);
    return plain_from_scientific({buffer.data(), static_cast<std::size_t>(printed.ptr - buffer.data())});
}

std::optional<Date> serial_day(std::string_view stored, DateSystem system)
{
    const auto value = stored_double(stored);
    if (!value || *value < 0 || *value >= 2958466) return std::nullopt;
    const auto serial = static_cast<int>(std::floor(*value));
    if (system == DateSystem::from_1904) return day(1904, 1, 1) + std::chrono::days{serial};
    if (serial == 0 || serial == 60) return std::nullopt;
    return day(1899, 12, 31) + std::chrono::days{serial < 60 ? serial : serial - 1};
}

}  // namespace phoihop::documents
