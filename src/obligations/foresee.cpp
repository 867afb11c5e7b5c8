// SPDX-License-Identifier: Apache-2.0
#include "obligations/foresee.hpp"

#include <algorithm>

namespace phoihop::obligations {
namespace {

using programme::PeriodName;
using programme::Programme;

constexpr std::chrono::days ahead{370};

/// Every period once; those that open earlier go first.
std::vector<PeriodName> coming(const Programme* before, const Programme& after, Date today)
{
    std::vector<PeriodName> periods = periods_opening(after, today, today + ahead);
    if (before != nullptr)
        for (const PeriodName& period : periods_opening(*before, today, today + ahead))
            if (std::find(periods.begin(), periods.end(), period) == periods.end()) periods.push_back(period);
    return periods;
}

void count(std::vector<Foreseen>& rows, std::int64_t Foreseen::* side, const Programme& programme,
           const units::Territory& territory, const PeriodName& period)
{
    const auto drawn = draw_register(programme, territory, period);
    if (!drawn) return;
    for (const Obligation& owed : *drawn) {
        auto row = std::find_if(rows.begin(), rows.end(), [&](const Foreseen& each) {
            return each.period == period && each.subject == owed.subject;
        });
        if (row == rows.end()) row = rows.insert(rows.end(), {period, owed.subject, 0, 0});
        ++((*row).*side);
    }
}

}  // namespace

std::vector<Foreseen> foresee(const Programme* before, const Programme& after, const units::Territory& territory,
                              Date today)
{
    std::vector<Foreseen> all;
    for (const PeriodName& period : coming(before, after, today)) {
        std::vector<Foreseen> rows;
        count(rows, &Foreseen::after, after, territory, period);
        if (before != nullptr) count(rows, &Foreseen::before, *before, territory, period);
        all.insert(all.end(), rows.begin(), rows.end());
    }
    return all;
}

}  // namespace phoihop::obligations
