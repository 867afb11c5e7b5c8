// SPDX-License-Identifier: Apache-2.0
#include "reporting/finding.hpp"

#include <algorithm>

namespace phoihop::reporting {

std::string_view word(FindingCode code)
{
    switch (code) {
        case FindingCode::malformed: return "malformed";
        case FindingCode::not_whole: return "not_whole";
        case FindingCode::out_of_range: return "out_of_range";
        case FindingCode::required: return "required";
        case FindingCode::unknown: return "unknown";
        case FindingCode::machine: return "machine";
        case FindingCode::duplicate: return "duplicate";
        case FindingCode::rule: return "rule";
        case FindingCode::jump: return "jump";
        case FindingCode::refused: return "refused";
    }
    return "refused";
}

bool has_error(const std::vector<Finding>& findings)
{
    return std::any_of(findings.begin(), findings.end(),
                       [](const Finding& finding) { return finding.severity == Severity::error; });
}

}  // namespace phoihop::reporting
