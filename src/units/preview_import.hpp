// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "units/choose_heir.hpp"
#include "units/import_units.hpp"

#include <span>
#include <string>
#include <vector>

namespace phoihop::units {

/// What an import would do to one unit; a unit stands once for each kind. `before` and `after` are what differs, as
/// text.
struct UnitDifference {
    enum class Kind : std::uint8_t { added, ended, renamed, recoded, moved, successions, other };
    Kind kind{};
    UnitId unit;
    std::string code;
    std::string name;
    std::string before;
    std::string after;
};

[[nodiscard]] std::string_view word(UnitDifference::Kind kind);

/// What becomes of the tree of one day, and of the figures that were reported before.
struct MapTouched {
    Date day{};
    std::int64_t units_before = 0;
    std::int64_t units_after = 0;
    std::int64_t figures_moved =
        0;  ///< known units whose own figures would stand at another node, or otherwise divided
};

struct ImportPreview {
    ImportedUnits counts;
    std::vector<UnitDifference> differences;  ///< by kind, then code
    std::vector<MapTouched> maps;             ///< of the days asked for; empty before the first import
};

/// What `import_units` would do, without doing it; refuses what it refuses.
[[nodiscard]] Result<ImportPreview> preview_import(store::Connection& connection, const DataSet& set,
                                                   std::span<const Date> days);

/// Where the figures of a divided unit stand on a day, now and after a choice.
struct HeirPlace {
    Date day{};
    UnitId before;
    bool undivided_before = false;
    UnitId after;
    bool undivided_after = false;
};

/// What `choose_heir` (or, without `to`, `withdraw_heir`) would change, without doing it; refuses what they refuse.
[[nodiscard]] Result<std::vector<HeirPlace>> preview_heir(store::Connection& connection, UnitId from, UnitId to,
                                                          const Decision& decision, std::span<const Date> days);

}  // namespace phoihop::units
