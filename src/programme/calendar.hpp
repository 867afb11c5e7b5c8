// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/date.hpp"
#include "base/result.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace phoihop::programme {

/// How often something is asked. Base frequencies carry typed figures; the others are computed from them.
enum class Frequency : std::uint8_t { month, quarter, half_year, nine_months, year, once };

[[nodiscard]] std::string_view word(Frequency frequency);

/// A period's name: "2015-Q1", "2015-M01", "2015-H1", "2015-9M", "2015"; "once" for Frequency::once.
struct PeriodName {
    int year = 0;
    Frequency frequency{};
    int number = 1;  ///< month 1–12, quarter 1–4, half 1–2; 1 otherwise

    [[nodiscard]] std::string text() const;
    friend auto operator<=>(const PeriodName&, const PeriodName&) = default;
};

[[nodiscard]] Result<PeriodName> parse_period(std::string_view text);

/// "2015-Q1..2015-Q4" or a single name; all of one frequency, at most 400.
[[nodiscard]] Result<std::vector<PeriodName>> parse_period_range(std::string_view text);

/// The base periods that make up a longer one, in order: 2015-H1 of quarters is Q1, Q2. `inconsistent` when
/// the frequencies do not divide (a month of quarters).
[[nodiscard]] Result<std::vector<PeriodName>> base_periods(const PeriodName& period, Frequency base);

[[nodiscard]] PeriodName previous(const PeriodName& period);            ///< the one before, same frequency
[[nodiscard]] PeriodName same_period_last_year(const PeriodName& period);

/// The dates of one period. The window is [window.from, window.to); the cut-off is its last day.
struct PeriodDates {
    Validity window;
    Date opens;     ///< first working day after the cut-off, unless the calendar says otherwise
    Date closes;    ///< last day on which reports are taken (late ones too)
};

/// When a duty falls due, by name: "commune", "province", "central". Rule texts are in the YAML schema.
struct DeadlineRule {
    std::string name;
    Frequency frequency{};
    int day = 0;             ///< calendar day of the last month of the period (Decree 09/2019 art. 13: 25), or
    int days_after_cut_off = 0;
    bool working_days = false;
    int month_offset = 0;    ///< for `day`: 0 = the last month of the window, 1 = the month after
};

/// A calendar is data: windows (calendar months, or the decree's 15th to 14th), openings, deadlines, holidays.
struct Calendar {
    enum class Windows : std::uint8_t { calendar_months, decree_09_2019 };
    Windows windows{};
    int closes_after_days = 0;  ///< days after the last deadline during which late reports are still taken
    std::vector<DeadlineRule> deadlines;
    std::vector<Date> holidays;      ///< non-working days beside Saturday and Sunday
    std::vector<Date> working_days;  ///< swapped days: Saturdays or Sundays that are worked

    [[nodiscard]] bool is_working_day(Date day) const;
    [[nodiscard]] Date next_working_day(Date day) const;  ///< `day` itself or the first working day after it
    [[nodiscard]] std::int64_t working_days_between(Date from, Date to) const;
    [[nodiscard]] PeriodDates dates(const PeriodName& period) const;
    [[nodiscard]] Result<Date> due(const PeriodName& period, std::string_view deadline) const;
};

}  // namespace phoihop::programme
