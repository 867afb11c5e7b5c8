// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "programme/programme.hpp"
#include "rollup/query.hpp"

#include <optional>
#include <string>

namespace phoihop::dispatch {

/// A period as offices write it: "6 tháng đầu năm 2015", "quý I năm 2015", "9 tháng đầu năm 2015".
[[nodiscard]] std::string period_words(const programme::PeriodName& period);

/// "Chương trình số 09/CTr-BCA-MTTW"; the title when the programme bears no number.
[[nodiscard]] std::string programme_words(const programme::Programme& programme);

/// "Toàn tỉnh", "Toàn phường", "Cả nước": where the figures of a unit come from.
[[nodiscard]] std::string whole_of(const units::UnitState& unit);

/// A unit inside a sentence, where its word of kind is written small: "xã Mèo Vạc", but "Phường 3".
[[nodiscard]] std::string inside_a_sentence(const units::UnitState& unit);

/// A figure with its unit: "7.712 buổi", "98,4%".
[[nodiscard]] std::string figure_words(const rollup::Figure& figure, const programme::Indicator& indicator);

/// How `now` stands to `before`: "tăng 5,2%", "giảm 0,4%", "bằng", "tăng 1,2 điểm phần trăm" for shares; nothing when
/// one of them is not known or the step does not fit 127 bits. The difference is exact and rounded once, to one decimal
/// place, for printing.
[[nodiscard]] std::optional<std::string> change_words(const rollup::Figure& now, const rollup::Figure& before,
                                                      const programme::Indicator& indicator);

/// "a, b và c".
[[nodiscard]] std::string enumeration(const std::vector<std::string>& parts);

}  // namespace phoihop::dispatch
