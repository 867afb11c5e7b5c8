// SPDX-License-Identifier: Apache-2.0
#include "rollup/register_measures.hpp"

#include "rollup/row_counts.hpp"

namespace phoihop::rollup {

std::shared_ptr<const RegisterCounts> RegisterMeasures::counts(ProgrammeId programme, std::string_view measure,
                                                               const programme::PeriodName& period,
                                                               const std::shared_ptr<const MapRows>& map) const
{
    RowCounter met(*map);
    RowCounter all(*map);
    each(programme, measure, period, [&](UnitId unit, bool is_met) {
        all.add(unit);
        if (is_met) met.add(unit);
    });
    return std::make_shared<const RegisterCounts>(RegisterCounts{met.finish(), all.finish()});
}

}  // namespace phoihop::rollup
