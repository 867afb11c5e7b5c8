// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/date.hpp"

#include <string>
#include <string_view>

namespace phoihop::text {

/// "ngày 05 tháng 02 năm 2026": the day below 10 and the months 1 and 2 get a leading zero, the months
/// 3 to 9 do not (Nghị định 30/2020/NĐ-CP, Annex I, II.4). The Unicode locale data for Vietnamese are
/// not the official form.
[[nodiscard]] std::string date_in_words(Date day);

/// "Hà Nội, ngày 05 tháng 02 năm 2026": the line of an official document.
[[nodiscard]] std::string place_and_date(std::string_view place, Date day);

/// The line before the date is known, with room to write day and month by hand.
[[nodiscard]] std::string place_and_open_date(std::string_view place, int year);

/// "05/02/2026": screens, tables.
[[nodiscard]] std::string date_numeric(Date day);

/// Reads what people type: "5/2/2026", "05/02/2026", "05-02-2026" and "2026-02-05". The day stands first;
/// two-digit years and days that do not exist are refused.
[[nodiscard]] Result<Date> read_date(std::string_view text);

}  // namespace phoihop::text
