// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "facts/fact_store.hpp"
#include "web/services.hpp"

namespace phoihop::web {

/// The report that a path names: form, period and unit, with who owes it.
struct ReportPath {
    const programme::Form* form = nullptr;
    programme::PeriodName period;
    UnitId unit;
    facts::FactKey key;
};

/// Reads {form}, {period} and {unit} of the route; the unit's code is read on the map of the period.
[[nodiscard]] Result<ReportPath> report_path(const Call& call);

/// GET …/reports/{form}/{period}/{unit}: everything that the entry form shows.
[[nodiscard]] Result<http::Response> report_answer(Call& call, const ReportPath& path);

}  // namespace phoihop::web
