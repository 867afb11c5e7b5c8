// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/date.hpp"
#include "base/result.hpp"

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace phoihop::programme {

/// How often something is asked. Base frequencies carry typed figures; the others are computed from them.
enum class Frequency : std::uint8_t { month, quarter, half_year, nine_months, year, once };

[[nodiscard]] std::string_view word(Frequency frequency);
[[nodiscard]] std::optional<Frequency> frequency_from_word(std::string_view word);

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

/// The one before or after, of the same frequency; `once` has neither and stays itself.
[[nodiscard]] PeriodName previous(const PeriodName& period);
[[nodiscard]] PeriodName next(const PeriodName& period);
[[nodiscard]] PeriodName same_period_last_year(const PeriodName& period);

/// The dates of one period. The window is [window.from, window.to); the cut-off is its last day.
struct PeriodDates {
    Validity window;
    Date opens;   ///< first working day after the cut-off, unless the calendar says otherwise
    Date closes;  ///< last day on which reports are taken (late ones too)

    [[nodiscard]] Date cut_off() const { return window.to - std::chrono::days{1}; }
};

/// When a duty falls due, by name ("commune", "province", "review") and frequency. It stands on a calendar day
/// of a month, or so many days after the cut-off, or (Frequency::once) on a date.
struct DeadlineRule {
    std::string name;
    Frequency frequency{};
    int day = 0;           ///< day of the month (Decree 09/2019 art. 13: 25; 31 = its last day), or 0
    int month_offset = 0;  ///< for `day`: 0 = the last month of the period, 1 = the month after
    int days_after_cut_off = 0;
    bool working_days = false;  ///< days after the cut-off are counted in working days; a day of the month that
                                ///< is not a working day gives way to the next one
    std::optional<Date> date;   ///< for Frequency::once
    bool reports = true;        ///< a form's duty uses it: the period closes after the last of these
};

/// A calendar is data: windows (calendar months, or the decree's 15th to 14th), openings, deadlines, holidays.
struct Calendar {
    /// `calendar_months`: first to last day. `decree_09_2019`: from the 15th of the month before to the 14th of
    /// the last month (Decree 09/2019/NĐ-CP art. 12; nine months by analogy).
    enum class Windows : std::uint8_t { calendar_months, decree_09_2019 };
    Windows windows{};
    Validity span;              ///< the programme's validity: the window of Frequency::once
    int opens_after_days = 1;   ///< days after the cut-off, moved to the next working day; may be 0 or negative
    int closes_after_days = 0;  ///< days after the last deadline during which late reports are still taken
    std::vector<DeadlineRule> deadlines;
    std::vector<Date> holidays;      ///< non-working days beside Saturday and Sunday, ascending
    std::vector<Date> working_days;  ///< swapped days: Saturdays or Sundays that are worked, ascending

    [[nodiscard]] bool is_working_day(Date day) const;
    [[nodiscard]] Date next_working_day(Date day) const;  ///< `day` itself or the first working day after it
    [[nodiscard]] std::int64_t working_days_between(Date from, Date to) const;  ///< in [from, to)
    [[nodiscard]] PeriodDates dates(const PeriodName& period) const;

    /// The last day on which the duty is on time. Never earlier than the law allows: one whole working day lies
    /// between cut-off and deadline (Decree 09/2019 art. 8.5b). `unknown_name` without such a rule.
    [[nodiscard]] Result<Date> due(const PeriodName& period, std::string_view deadline) const;

    [[nodiscard]] const DeadlineRule* deadline(std::string_view name, Frequency frequency) const;
};

}  // namespace phoihop::programme
