// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "facts/fact.hpp"
#include "programme/programme.hpp"
#include "units/territory.hpp"

namespace phoihop::web {

/// Whose template it is, and what stands in it already.
struct TemplateOf {
    UnitId unit;
    const units::Territory& territory;
    const facts::Cells* cells = nullptr;  ///< the current figures, or none
};

/// The XLSX that a unit fills in for one form and period: head row and codes locked, figures as input cells with their
/// limits, own figures prefilled. `import` reads it back as it is.
[[nodiscard]] std::string report_template(const programme::Programme& programme, const programme::Form& form,
                                          const programme::PeriodName& period, const TemplateOf& of, Date today);

}  // namespace phoihop::web
