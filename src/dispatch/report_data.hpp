// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dispatch/report.hpp"

#include <array>

namespace phoihop::dispatch {

/// The three readings of an indicator that a report sets side by side.
struct Reading {
    const programme::Indicator* indicator = nullptr;
    rollup::Figure now, before, last_year;
};

struct GroupData {
    const programme::Group* group = nullptr;
    std::vector<Reading> readings;
};

/// One row of the annex by locality: a child, or the unit's own or undivided row.
struct LocalityRow {
    UnitId unit;
    rollup::Note note{};
    std::vector<rollup::Figure> figures;  ///< beside ReportData::main
};

/// How the reports below a unit came in.
struct Discipline {
    struct Place {
        std::string name;
        std::int64_t asked = 0;
        std::int64_t on_time = 0;
        std::int64_t late = 0;
        std::int64_t missing = 0;  ///< owed and not there
    };
    Place all;
    std::vector<Place> places;  ///< the unit itself when it owes, then its children, in the official order
};

/// Everything that a report says, before it is worded.
struct ReportData {
    const Sources* sources = nullptr;
    const ReportOrder* order = nullptr;
    Issuer issuer;
    programme::PeriodDates dates;
    programme::PeriodName before, last_year;
    std::vector<GroupData> groups;
    std::vector<const programme::Indicator*> main;  ///< those read by locality
    std::vector<LocalityRow> localities;            ///< empty for a unit without units below it
    Discipline discipline;
    std::int64_t as_of = 0;

    [[nodiscard]] const units::UnitState& state(UnitId unit) const
    {
        return sources->territory.state_near(unit, dates.cut_off());
    }
};

[[nodiscard]] Result<ReportData> gather(const Sources& sources, const ReportOrder& order);

}  // namespace phoihop::dispatch
