// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "programme/definition_tree.hpp"
#include "programme/programme.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace phoihop::programme {

/// One field of a definition: "unit.vi", "cells[B1].max". "" where it is not there.
struct FieldChange {
    std::string field;
    std::string before;
    std::string after;
    friend bool operator==(const FieldChange&, const FieldChange&) = default;
};

/// What happened to one definition between two versions.
struct DefinitionChange {
    enum class Kind : std::uint8_t { added, removed, changed };
    Kind kind{};
    std::string section;  ///< "indicators", "forms", …; the parts of the calendar stand under "calendar"
    std::string code;     ///< "" for a section that is one definition, and for the order of a list
    Wording name;
    std::vector<FieldChange> fields;  ///< of something added or removed: all of them
};

[[nodiscard]] std::string_view word(DefinitionChange::Kind kind);

/// Everything that differs, in the order of the sections and of the later version, what was removed at its section's
/// end. Two definitions that differ only in comments, spacing and the order of keys do not differ.
[[nodiscard]] std::vector<DefinitionChange> difference(const TreeNode& before, const TreeNode& after);

/// The same of two texts that the database keeps.
[[nodiscard]] std::vector<DefinitionChange> difference_of_texts(const std::string& before, const std::string& after);

/// Why totals of an indicator cannot be put beside those of the version before without a word. What would change the
/// meaning of figures already taken is no such reason: it is refused (`refused_changes`).
struct Break {
    enum class Why : std::uint8_t {
        redefined,        // its definition reads otherwise
        asked_of_others,  // other levels fill its form: n of m counts other units
        begins,           // a new series
        continues,        // a new code that goes on from another one (detail)
    };
    std::string indicator;
    Why why{};
    std::string detail;
};

[[nodiscard]] std::string_view word(Break::Why why);

[[nodiscard]] std::vector<Break> breaks(const Programme& before, const Programme& after);

}  // namespace phoihop::programme
