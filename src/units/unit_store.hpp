// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/writer.hpp"
#include "units/assemble.hpp"
#include "units/territory.hpp"

namespace phoihop::units {

/// A person's choice among the heirs of a unit whose act names none, or its withdrawal (`to` is 0).
struct HeirChoice {
    UnitId from;
    std::int64_t version = 0;
    UnitId to;
    Date decided_on{};
    std::string act;
    UserId actor;
    Instant at{};
};

/// Everything that the database holds about units, as it is stored.
struct StoredUnits {
    std::vector<Unit> units;              ///< by id; units[i].id.value == i + 1
    std::vector<std::int64_t> versions;   ///< beside `units`
    std::vector<Succession> successions;  ///< as the acts say, without choices; by (from, to, on)
    std::vector<HeirChoice> choices;      ///< all versions, by (from, version)
    std::vector<Alias> aliases;           ///< in order

    /// The choice that counts for `from`; nothing when none was made or it was withdrawn.
    [[nodiscard]] const HeirChoice* choice(UnitId from) const;

    /// The successions with the choices confirmed.
    [[nodiscard]] std::vector<Succession> decided() const;
};

/// Rows ↔ values of units. Changes are journalled with verb "imported", "changed", "heir_chosen" or
/// "heir_withdrawn", subject "unit:<id>", the unit's version, and all that is known of the unit as content.
class UnitStore {
public:
    [[nodiscard]] static StoredUnits read(store::Connection& connection);

    /// `missing` when no units were imported yet. Throws StoreError when what is stored is no territory.
    [[nodiscard]] static Result<std::shared_ptr<const Territory>> load(store::Connection& connection);

    [[nodiscard]] static std::vector<Alias> aliases(store::Connection& connection);

    /// Writes `units[i]` for each i of `positions` with all its states, successions from it and aliases, in place
    /// of what was stored of it; `known` says what was stored before.
    static void save(store::WriteContext& context, UserId actor, const StoredUnits& known, const StoredUnits& wanted,
                     std::span<const std::size_t> positions);

    /// Adds a choice (its version and instant are set here) and journals it.
    static void append(store::WriteContext& context, HeirChoice choice, const StoredUnits& known);
};

}  // namespace phoihop::units
