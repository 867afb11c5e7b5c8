// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/date.hpp"
#include "bench/workload.hpp"
#include "facts/fact.hpp"
#include "programme/calendar.hpp"
#include "programme/programme.hpp"
#include "units/territory.hpp"

#include <memory>
#include <string>

namespace phoihop::bench {

inline constexpr Date first_map = day(2025, 6, 30);
inline constexpr Date second_map = day(2025, 7, 1);

/// The workload's country and programme as our own values. Units are numbered: nation, provinces, districts, communes,
/// new provinces, new communes, areas; every area moves to its new commune on the second map's day.
struct Country {
    explicit Country(const Workload& workload);

    [[nodiscard]] UnitId nation() const { return UnitId{1}; }
    [[nodiscard]] UnitId province(std::int32_t number) const { return UnitId{2 + number}; }
    [[nodiscard]] UnitId commune(std::int32_t number) const { return UnitId{m_first_commune + number}; }
    [[nodiscard]] UnitId new_province(std::int32_t number) const { return UnitId{m_first_new_province + number}; }
    [[nodiscard]] UnitId area(std::int32_t number) const { return UnitId{m_first_area + number}; }

    /// A report as it is kept: every cell at scale 0.
    [[nodiscard]] facts::FactVersion fact(std::int32_t area, std::int32_t period, const ReportRow& row) const;
    [[nodiscard]] static programme::PeriodName period(std::int32_t number);
    [[nodiscard]] static std::string indicator(std::int32_t number);

    std::shared_ptr<const programme::Programme> programme;
    std::shared_ptr<const units::Territory> territory;

private:
    std::int64_t m_first_commune = 0;
    std::int64_t m_first_new_province = 0;
    std::int64_t m_first_area = 0;
};

}  // namespace phoihop::bench
