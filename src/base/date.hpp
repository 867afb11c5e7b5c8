// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace phoihop {

/// A calendar day. Stored as the number of days since 1970-01-01.
using Date = std::chrono::sys_days;

/// A moment in UTC. Stored as milliseconds since 1970-01-01T00:00:00Z.
using Instant = std::chrono::sys_time<std::chrono::milliseconds>;

/// The day that stands for "no end known".
inline constexpr Date forever{std::chrono::days{2932896}};  // 9999-12-31

/// Days from `from` on, up to but not including `to`.
struct Validity {
    Date from;
    Date to = forever;

    [[nodiscard]] constexpr bool contains(Date day) const { return from <= day && day < to; }
    friend auto operator<=>(const Validity&, const Validity&) = default;
};

/// Vietnam keeps UTC+7 without summer time; a database has one fixed offset.
inline constexpr std::chrono::minutes vietnam_offset{7 * 60};

/// The local day on which `instant` falls.
[[nodiscard]] constexpr Date local_day(Instant instant, std::chrono::minutes offset = vietnam_offset)
{
    return std::chrono::floor<std::chrono::days>(instant + offset);
}

/// Reads "2025-07-01"; nothing else. Refuses days that do not exist.
[[nodiscard]] Result<Date> parse_date(std::string_view text);

/// "2025-07-01"; `forever` prints as "".
[[nodiscard]] std::string format_date(Date day);

/// "2025-07-01T02:03:04.005Z".
[[nodiscard]] std::string format_instant(Instant instant);

/// `year-month-day` as a Date; the arguments must name an existing day.
[[nodiscard]] constexpr Date day(int year, unsigned month, unsigned day_of_month)
{
    return Date{std::chrono::year{year} / std::chrono::month{month} / std::chrono::day{day_of_month}};
}

/// Where "now" comes from. Only `web/`, `cli/` and `app/` own one; rules take `today` as a parameter.
class Clock {
public:
    virtual ~Clock() = default;
    [[nodiscard]] virtual Instant now() const = 0;
};

/// The machine's clock.
class SystemClock final : public Clock {
public:
    [[nodiscard]] Instant now() const override;
};

/// A clock that stands where it is put: tests, and `--today` in simulated databases.
class FixedClock final : public Clock {
public:
    explicit FixedClock(Instant instant) : m_instant(instant) {}
    [[nodiscard]] Instant now() const override { return m_instant; }
    void set(Instant instant) { m_instant = instant; }

private:
    Instant m_instant;
};

}  // namespace phoihop
