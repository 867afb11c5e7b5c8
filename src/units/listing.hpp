// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "units/check.hpp"
#include "units/find.hpp"

/// What is known of units as rows of plain text, for the command line and the pages: dates as 2025-07-01, the last day
/// of a validity (empty while it lasts), codes with their scheme, words of the program. How it looks is for them.
namespace phoihop::units {

struct Listing {
    std::vector<std::string> columns;
    std::vector<std::vector<std::string>> rows;
};

/// unit, name, level, kind, path, valid_from, valid_to, became ("vn34:00745 Xã Phố Bảng; …"), score.
[[nodiscard]] Listing list_matches(const Territory& territory, std::span<const Match> matches);

/// Everything that a unit was: unit, full_name, level, kind, path, valid_from, valid_to, act.
[[nodiscard]] Listing list_states(const Territory& territory, UnitId unit);

/// Where it came from and what it became: direction ("from", "to"), unit, path, on, land, people, heir ("default" or
/// ""), act.
[[nodiscard]] Listing list_successions(const Territory& territory, UnitId unit);

/// severity, rule, where, facts ("unit=vn63:00001 ends=2025-07-01").
[[nodiscard]] Listing list_findings(std::span<const Finding> findings);

/// scheme, level, units.
[[nodiscard]] Listing list_counts(const CheckReport& report);

/// severity, rule, times.
[[nodiscard]] Listing list_rules(const CheckReport& report);

}  // namespace phoihop::units
