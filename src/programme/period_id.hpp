// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/id.hpp"
#include "programme/calendar.hpp"

namespace phoihop::programme {

/// A period's number in every key of facts and obligations. It is made from the name alone, so that no table has to
/// be asked, the same period has the same number in every database, and numbers of one frequency ascend with time.
[[nodiscard]] constexpr PeriodId id_of(const PeriodName& period)
{
    return PeriodId{(static_cast<std::int64_t>(period.frequency) * 4096 + period.year) * 16 + period.number};
}

/// The name behind `id_of`; `id` must come from it.
[[nodiscard]] constexpr PeriodName name_of(PeriodId id)
{
    const std::int64_t year_and_frequency = id.value / 16;
    return {static_cast<int>(year_and_frequency % 4096), static_cast<Frequency>(year_and_frequency / 4096),
            static_cast<int>(id.value % 16)};
}

}  // namespace phoihop::programme
