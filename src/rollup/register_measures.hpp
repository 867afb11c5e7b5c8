// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/id.hpp"
#include "programme/calendar.hpp"

#include <functional>
#include <memory>
#include <string_view>

namespace phoihop::rollup {

class MapRows;
struct RegisterCounts;

/// What the register of obligations answers to indicators with a `register_measure` ("committee_done",
/// "plan_on_time", "review_held", "reports_on_time"). Implemented by obligations, wired by app.
class RegisterMeasures {
public:
    virtual ~RegisterMeasures() = default;

    /// One call for every obligation that the measure is about in `period`, with the unit that owed it (as frozen)
    /// and whether it was met. Nothing is called for a word that is not known.
    virtual void each(ProgrammeId programme, std::string_view measure, const programme::PeriodName& period,
                      const std::function<void(UnitId unit, bool met)>& each) const = 0;

    /// The same counted on a map; an implementation may hand out what it kept while nothing has changed.
    [[nodiscard]] virtual std::shared_ptr<const RegisterCounts> counts(ProgrammeId programme, std::string_view measure,
                                                                       const programme::PeriodName& period,
                                                                       const std::shared_ptr<const MapRows>& map) const;
};

}  // namespace phoihop::rollup
