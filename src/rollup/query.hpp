// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"
#include "facts/fact.hpp"
#include "programme/programme.hpp"
#include "rollup/cube.hpp"
#include "units/territory.hpp"

#include <optional>
#include <string>
#include <vector>

namespace phoihop::rollup {

/// "nation", "level:province", "children:CODE", "CODE[,CODE…]", "under:CODE:commune".
struct UnitSelection {
    enum class Kind : std::uint8_t { list, level, children, under };
    Kind kind = Kind::list;
    std::vector<UnitId> units;
    units::Level level{};
};

[[nodiscard]] Result<UnitSelection> parse_units(std::string_view text, const units::Territory& territory, Date on);

struct Query {
    std::vector<std::string> indicators;  ///< codes, in order; "all" was resolved by the caller
    std::vector<programme::PeriodName> periods;
    UnitSelection units;
    Date on{};                            ///< the map's date
    Measure measure = Measure::received;
};

/// Why a figure is not (only) a plain sum.
enum class Note : std::uint8_t {
    none,
    undivided,      ///< the row "undivided, reported by …" of its parent
    not_additive,   ///< a total was asked of something that cannot be added
    no_value,       ///< nobody reported, or a ratio's denominator is zero
};

/// One answer cell. `value` is exact; ratios are rational and rounded only when printed at `scale`.
struct Figure {
    std::string indicator;
    programme::PeriodName period;
    UnitId unit;
    std::optional<programme::Rational> value;
    int scale = 0;
    std::int64_t reported = 0;  ///< n: the units inside the sum
    std::int64_t expected = 0;  ///< m: the obligations as frozen
    Note note = Note::none;

    [[nodiscard]] std::string text() const;  ///< plain decimal at `scale`, "" without a value
};

/// An answer and what it is an answer of: one version of the cube.
struct Answer {
    std::int64_t as_of = 0;  ///< journal sequence
    std::vector<Figure> figures;
};

/// Any indicator × periods × units × map date, from one snapshot. With `children`, a figure with Note::undivided
/// follows the children of each parent that has one, so that rows + undivided = parent. `not_additive` figures
/// are answered for single reporting units only.
[[nodiscard]] Result<Answer> query(const Snapshot& snapshot, const units::Territory& territory,
                                   const programme::Programme& programme, const Query& query);

/// From which reports a figure comes, and which are missing.
struct Explanation {
    Figure figure;
    std::string formula;                 ///< for computed indicators
    std::vector<Figure> parts;           ///< the sums that a formula uses; the children (and undivided rows) of a sum
    struct Report {
        facts::FactKey key;
        std::int64_t version = 0;
        std::int64_t value = 0;          ///< at the indicator's scale
        facts::FactState state{};
        bool undivided = false;          ///< stands undivided at the asked unit
    };
    std::vector<Report> reports;
    std::vector<std::pair<UnitId, programme::PeriodName>> missing;
};

[[nodiscard]] Result<Explanation> explain(const Snapshot& snapshot, const units::Territory& territory,
                                          const programme::Programme& programme, std::string_view indicator,
                                          const programme::PeriodName& period, UnitId unit, Date on,
                                          Measure measure);

}  // namespace phoihop::rollup
