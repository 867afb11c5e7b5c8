// SPDX-License-Identifier: Apache-2.0
#include "obligations/keep_up.hpp"

namespace phoihop::obligations {

Result<KeptUp> keep_up(store::Writer& writer, const programme::Programme& programme, const units::Territory& territory,
                       Date today, UserId actor)
{
    KeptUp done;
    for (const programme::PeriodName& period : periods_opening(programme, programme.validity.from, today)) {
        if (programme.calendar.dates(period).closes < today) continue;
        PHOIHOP_TRY(opening, open_period(writer, programme, territory, period, actor, today));
        if (!opening.already) done.opened.push_back(period);
    }
    PHOIHOP_TRY(passed, writer.run([&](store::WriteContext& context) {
        return pass_on(context, programme, territory, today, actor);
    }));
    done.passed = passed;
    return done;
}

}  // namespace phoihop::obligations
