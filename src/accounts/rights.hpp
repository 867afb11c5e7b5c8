// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "accounts/act.hpp"
#include "base/date.hpp"
#include "base/id.hpp"
#include "base/result.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace phoihop::units {
class Territory;
}

namespace phoihop::accounts {

enum class Role : std::uint8_t {
    central,              // the secretariat of a programme, for its subtree (usually the nation)
    unit_officer,         // of a province, commune …: its own reports, and judging those below
    member_organisation,  // its own party's part of plan and report
    reader,
    // NOLINTNEXTLINE(readability-identifier-naming): the word "operator" is a keyword.
    operator_,  // runs the installation; sees no figure
};

inline constexpr Role all_roles[] = {Role::central, Role::unit_officer, Role::member_organisation, Role::reader,
                                     Role::operator_};

[[nodiscard]] std::string_view word(Role role);  ///< "operator" for operator_
[[nodiscard]] std::optional<Role> role_from_word(std::string_view word);

/// A role in a place. 0 and "" mean "all": a grant without a unit holds everywhere, also before any unit exists.
struct Grant {
    Role role{};
    ProgrammeId programme;
    std::string party;  ///< a code of the programme's parties
    UnitId unit;        ///< with its subtree: below on any map, and predecessors
    friend auto operator<=>(const Grant&, const Grant&) = default;
};

/// What one person (or token) may: grants add up; `acts` narrows them all, for tokens.
struct Grants {
    std::vector<Grant> list;
    Acts acts = Acts::all();
    friend bool operator==(const Grants&, const Grants&) = default;
};

/// What an act is done to. Empty parts mean that the act is about none in particular (`import_units` has no
/// programme): then only a grant that is not limited to one will do. Acts on a programme or the installation as a whole
/// (`open_period`, `load_programme`, `import_units`, `simulate`, `operate`) have no unit, whatever is said.
struct Target {
    ProgrammeId programme;
    std::string party;
    UnitId unit;
};

/// The one place that says yes; everything else is no (design, section 6, "Rights"). `day`: the day of the act.
///
/// A subtree is the unit, what stood below it on any map, and its predecessors (units that ended and passed
/// something to it), with theirs. For all but reading, a unit that still lives must stand below on the map of `day`:
/// a commune that has moved to another province is read by both and written by the new one. Nobody judges the reports
/// of the unit he is granted, nor of its predecessors. Totals are also read of the parent and of the siblings at the
/// unit's level, then and now. A grant on a unit that has ended is not passed on by itself: it goes on reading and
/// mending that unit's own past, and an heir's officer is named by a person.
[[nodiscard]] bool allowed(const Grants& grants, Act act, const Target& target, const units::Territory& territory,
                           Date day);

/// The same by grants that hold everywhere alone: what counts while a database has no units yet.
[[nodiscard]] bool allowed_everywhere(const Grants& grants, Act act, ProgrammeId programme, std::string_view party);

/// `allowed` as a refusal: `not_allowed`, with the act as fact "what".
[[nodiscard]] Result<void> demand(const Grants& grants, Act act, const Target& target,
                                  const units::Territory& territory, Date day);

/// `allowed` for every unit at once, by unit id - 1, with `target`'s programme and party: boards and tables ask this
/// instead of unit by unit.
[[nodiscard]] std::vector<bool> allowed_units(const Grants& grants, Act act, const Target& target,
                                              const units::Territory& territory, Date day);

/// The same for `units` alone, in their order: looks upward from a few, downward from the grants for many.
[[nodiscard]] std::vector<bool> allowed_among(std::span<const UnitId> units, const Grants& grants, Act act,
                                              const Target& target, const units::Territory& territory, Date day);

/// What is allowed for some unit, of some programme and some party: which pages and controls are worth showing. Each
/// grant is walked once, whatever the number of acts.
[[nodiscard]] Acts allowed_anywhere(const Grants& grants, const units::Territory& territory, Date day);

/// The same for the same rights, whoever has them: the key of caches and live streams.
[[nodiscard]] std::string scope_key(const Grants& grants);

}  // namespace phoihop::accounts
