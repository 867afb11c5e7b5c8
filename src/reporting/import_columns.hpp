// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"
#include "documents/table.hpp"
#include "programme/programme.hpp"

#include <string>
#include <vector>

namespace phoihop::reporting {

/// No such column.
inline constexpr std::size_t absent = static_cast<std::size_t>(-1);

/// Where each thing stands in a file of reports.
struct ImportColumns {
    std::size_t period = absent, unit = absent, indicator = absent, value = absent;
    std::size_t form = absent, received_on = absent, reason = absent, comment = absent;
    struct Wide {
        std::size_t column;
        std::string code;  ///< an indicator's, or a form's for a word on the whole report
        std::size_t comment = absent;
    };
    std::vector<Wide> wide;

    [[nodiscard]] bool narrow() const { return indicator != absent && value != absent; }
};

/// Reads a head row; words are Vietnamese or English, in any case and with or without diacritics. Refuses, with the
/// cell, a word that nothing is called, one given twice, and a head that says too little; `period_known`: the caller
/// says the period.
[[nodiscard]] Result<ImportColumns> read_columns(const documents::Row& head, const programme::Programme& programme,
                                                 const std::string& file, bool period_known);

}  // namespace phoihop::reporting
