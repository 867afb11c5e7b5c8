// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rollup/query.hpp"

#include <array>

/// A query and its answer as text, the same on the command line, in addresses and in files.
namespace phoihop::rollup {

/// "received" or "verified".
[[nodiscard]] std::optional<Measure> measure_from_word(std::string_view word);
[[nodiscard]] std::string_view word(Measure measure);

/// "B1,B2" (blanks around codes do not count), or "all": every indicator, in the programme's order. `missing` when
/// there is none, `unknown_name` for one that the programme does not have.
[[nodiscard]] Result<std::vector<std::string>> read_indicators(const programme::Programme& programme,
                                                               std::string_view text);

/// The programme's form of that code, "" where there is one only, and `period` is of its frequency. `missing`,
/// `unknown_name` or, where "period", `malformed`.
[[nodiscard]] Result<const programme::Form*> read_form(const programme::Programme& programme, std::string_view code,
                                                       const programme::PeriodName& period);

/// The form that asks for an indicator, with the same demand on `period`. `unknown_name` where there is none: what is
/// computed has no figures of single units.
[[nodiscard]] Result<const programme::Form*> read_form_of(const programme::Programme& programme,
                                                          std::string_view indicator,
                                                          const programme::PeriodName& period);

/// The unit of that code on the map of `on`; the nation for "" and "nation".
[[nodiscard]] Result<UnitId> read_under(const units::Territory& territory, std::string_view code, Date on);

/// "commune": counts of each unit of that level; nothing for "". `unknown_name`, where "by", for a level
/// that there is not.
[[nodiscard]] Result<std::optional<units::Level>> read_by(std::string_view level);

/// A figure as one row of a table or CSV file. The note is its word, so that programs can read it.
inline constexpr std::size_t figure_column_count = 8;
inline constexpr std::array<std::string_view, figure_column_count> figure_columns{
    "indicator", "period", "unit", "name", "value", "reported", "expected", "note"};
[[nodiscard]] std::array<std::string, figure_column_count> figure_row(const Figure& figure,
                                                                      const units::Territory& territory, Date on);

}  // namespace phoihop::rollup
