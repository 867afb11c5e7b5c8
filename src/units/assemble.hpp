// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "units/data_set.hpp"

namespace phoihop::units {

struct Alias {
    UnitId unit;
    std::string alias;
    std::string source;
    friend auto operator<=>(const Alias&, const Alias&) = default;
};

/// What the statements of a data set come to: units with ids from 1 on in the order of the statements,
/// successions and other spellings.
struct Assembly {
    std::vector<Unit> units;
    std::vector<Succession> successions;
    std::vector<Alias> aliases;
};

/// Joins the statements: a unit that goes on has both codes, a later change becomes a new state, the other links
/// become successions. `unknown_name` with file and row for a code that nobody bears.
[[nodiscard]] Result<Assembly> assemble(const DataSet& set);

/// The word of the kind that a full name begins with ("Phường Ba Đình" at level commune: "ward"); "" when it
/// begins with none.
[[nodiscard]] std::string kind_of_name(std::string_view full_name, Level level);

}  // namespace phoihop::units
