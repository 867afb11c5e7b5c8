// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/problem.hpp"
#include "programme/programme.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace phoihop::reporting {

using programme::Severity;

/// What judging a report can find at a cell. The words are stable, as those of ProblemCode are.
enum class FindingCode : std::uint8_t {
    malformed,     // Not a plain decimal. Facts: found, expected.
    not_whole,     // More decimal places than the indicator has. Facts: found, scale.
    out_of_range,  // Below min or above max. Facts: found, min, max.
    required,      // An empty cell that must be filled (zero is a figure, empty is not).
    unknown,       // An indicator that the form does not have. Facts: found, nearest.
    machine,       // An indicator that is computed or filled by a module. Facts: indicator.
    duplicate,     // The same cell twice in one report. Facts: first.
    rule,          // A rule between cells does not hold. Facts: rule, left, right, text_vi, text_en.
    jump,          // Far from the last periods. Facts: found, mean, percent.
    refused,       // The report as a whole was refused. Facts: those of `problem`.
};

[[nodiscard]] std::string_view word(FindingCode code);

/// One thing found in one report. Severity is part of it: errors refuse the report, warnings want a comment.
struct Finding {
    FindingCode code{};
    Severity severity = Severity::error;
    std::string indicator;  ///< the cell it is shown at, "" for the report as a whole
    std::string where;      ///< "row 7, column D" in a file, "" elsewhere
    Problem::Facts facts;
    ProblemCode problem = ProblemCode::malformed;  ///< why, for `refused`

    friend bool operator==(const Finding&, const Finding&) = default;
};

[[nodiscard]] bool has_error(const std::vector<Finding>& findings);

}  // namespace phoihop::reporting
