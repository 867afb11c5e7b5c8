// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "obligations/books.hpp"
#include "programme/programme.hpp"
#include "units/territory.hpp"

#include <functional>
#include <string_view>
#include <utility>

namespace phoihop::obligations {

/// What the register answers to an indicator with a `register_measure`: one call for every obligation that it is
/// about in `period`, with the unit that owes it and whether it is met. Nothing is called for an unknown word.
///
/// - `reports_on_time`: every report of the period's base periods, counted once with the unit that owed it first;
///   met when it came on time, or was excused.
/// - `plan_on_time`, `review_held`: the standing obligations of kind "plan" and "review" of the periods inside
///   `period`, or of the longer one that it is the end of; a plan must be on time, a review may be late.
/// - `committee_done`: a stock. One call for every unit of the cut-off day that owes a committee or inherited one,
///   met when all that it owes was done by then: three merged communes with three committees are one unit.
void each_measured(const Books& books, const programme::Programme& programme, const units::Territory& territory,
                   std::string_view measure, const programme::PeriodName& period,
                   const std::function<void(UnitId unit, bool met)>& each);

/// (met, asked) of one unit.
[[nodiscard]] std::pair<std::int64_t, std::int64_t> register_measure(const Books& books,
                                                                     const programme::Programme& programme,
                                                                     const units::Territory& territory,
                                                                     std::string_view measure, UnitId unit,
                                                                     const programme::PeriodName& period);

/// Every report owed for a form and period as frozen: m of "n of m".
void each_report_obligation(const Books& books, ProgrammeId programme, std::string_view form, PeriodId period,
                            const std::function<void(UnitId unit, bool passed_on)>& each);

}  // namespace phoihop::obligations
