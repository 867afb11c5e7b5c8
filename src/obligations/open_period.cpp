// SPDX-License-Identifier: Apache-2.0
#include "obligations/open_period.hpp"

#include "programme/period_id.hpp"

namespace phoihop::obligations {

Result<Opening> open_period(store::Writer& writer, const programme::Programme& programme,
                            const units::Territory& territory, const programme::PeriodName& period, UserId actor,
                            Date today)
{
    const programme::PeriodDates dates = programme.calendar.dates(period);
    if (today < dates.opens)
        return refuse(ProblemCode::period_not_open, "period",
                      {{"period", period.text()}, {"opens", format_date(dates.opens)}});
    if (!asks_anything(programme, period))
        return refuse(ProblemCode::unknown_name, "period", {{"what", "period"}, {"found", period.text()}});
    // Drawn before the writer is asked: its thread has other work to do.
    PHOIHOP_TRY(rows, draw_register(programme, territory, period));
    return writer.run([&](store::WriteContext& context) -> Result<Opening> {
        const PeriodId id = programme::id_of(period);
        if (const auto before = ObligationStore::opened(context.connection(), programme.id, id))
            return Opening{*before, true};
        const OpenedPeriod opened{programme.id,
                                  id,
                                  programme.version,
                                  dates,
                                  today,
                                  context.now(),
                                  actor,
                                  static_cast<std::int64_t>(rows.size())};
        ObligationStore::freeze(context, opened, rows);
        return Opening{opened, false};
    });
}

}  // namespace phoihop::obligations
