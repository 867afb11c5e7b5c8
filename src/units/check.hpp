// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "units/data_set.hpp"

namespace phoihop::units {

/// How many units of a level a code list has.
struct LevelCount {
    std::string scheme;
    Level level{};
    std::int64_t count = 0;
    friend bool operator==(const LevelCount&, const LevelCount&) = default;
};

struct CheckReport {
    std::vector<LevelCount> counts;  ///< by scheme in order of time, then level
    std::vector<Finding> findings;   ///< errors first, then notices; each by rule, file and row
    std::int64_t errors = 0;
    std::int64_t notices = 0;
};

/// How often each rule was found: "split_without_heir" → 381.
struct RuleCount {
    Severity severity{};
    std::string rule;
    std::int64_t count = 0;
};

/// Everything in `set` that contradicts itself or leaves something open. Errors: unreadable, not_nfc,
/// duplicate_code, overlap, orphan, cycle, level_turned_round, unknown_reference, gap, no_origin, heir_not_valid,
/// parts_not_one, main_contradicts, targets_contradict, twice, count_differs, claim_differs, no_territory. Notices:
/// level_ended, split_without_heir, act_spells_otherwise, act_not_read, same_name_beside, nothing_below, area_unsure.
[[nodiscard]] CheckReport check(const DataSet& set);

[[nodiscard]] std::vector<RuleCount> by_rule(const CheckReport& report);

}  // namespace phoihop::units
