// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/date.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace phoihop::documents {

/// What a number format makes of a number.
enum class NumberLook : std::uint8_t { number, percent, date };

/// Reads a format code ("dd/mm/yyyy", "#,##0.0%"): a date when it shows a day or a year outside quotes,
/// brackets and escapes. A pure time of day stays a number.
[[nodiscard]] NumberLook number_look(std::string_view format_code);

/// The formats that a workbook names by number only (ECMA-376 part 1, 18.8.30), the East Asian date
/// formats among them.
[[nodiscard]] NumberLook builtin_number_look(std::uint32_t format_id);

/// The stored text of a number ("1.2E-2", "12.300000000000001") as a plain decimal of at most 15
/// significant digits, whole numbers below 2^53 exact; nothing when it is no finite number.
[[nodiscard]] std::optional<std::string> plain_number(std::string_view stored);

/// Day 0 of the 1900 system and of the 1904 system differ; the 1900 system counts a 29 February 1900 that
/// never was.
enum class DateSystem : std::uint8_t { from_1900, from_1904 };

/// The day of a serial number ("45747"), its time of day dropped; nothing outside 1900 to 9999.
[[nodiscard]] std::optional<Date> serial_day(std::string_view stored, DateSystem system);

}  // namespace phoihop::documents
