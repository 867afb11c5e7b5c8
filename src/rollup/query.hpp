// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"
#include "facts/fact.hpp"
#include "programme/programme.hpp"
#include "rollup/cube.hpp"
#include "rollup/register_measures.hpp"
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

/// The most units that may be listed.
inline constexpr std::size_t listed_units_max = 20'000;

/// `malformed` or `unknown_name` (where: the part that is wrong).
[[nodiscard]] Result<UnitSelection> parse_units(std::string_view text, const units::Territory& territory, Date on);

struct Query {
    std::vector<std::string> indicators;  ///< codes, in order; "all" was resolved by the caller
    std::vector<programme::PeriodName> periods;
    UnitSelection units;
    Date on{};  ///< the map's date
    Measure measure = Measure::received;
};

/// Why a figure is not (only) a plain total of its unit.
enum class Note : std::uint8_t {
    none,
    own,           ///< the row "own": what the parent's own bodies reported, not their children
    undivided,     ///< the row "undivided, reported by …" of its parent
    not_additive,  ///< a total was asked of something that cannot be added
    no_value,      ///< nobody reported, or a ratio's denominator is zero
    finer,         ///< the period is finer than the one in which the indicator is entered
};

[[nodiscard]] std::string_view word(Note note);  ///< "", "own", "undivided", …

/// One answer cell. `value` is exact; ratios are rational and rounded only when printed at `scale`.
///
/// n and m: `reported` counts the units inside the sum, `expected` the duties to report as frozen. Over several base
/// periods both are added (two quarters of one unit = 2), except for stocks, of which only the last base period
/// counts. A ratio bears the n of its part with the fewest units and the m of its part with the most. Figures of the
/// register know of all obligations: n = m = their number.
struct Figure {
    std::string indicator;
    programme::PeriodName period;
    UnitId unit;
    std::optional<programme::Rational> value;
    int scale = 0;
    std::int64_t reported = 0;
    std::int64_t expected = 0;
    Note note = Note::none;
    std::string from;  ///< "programme/code" when the series goes on from there (`continues`), "" otherwise

    [[nodiscard]] std::string text() const;  ///< plain decimal at `scale`, "" without a value
};

/// The value in units of 10^-scale, half away from zero: for printing only.
[[nodiscard]] Int128 rounded(const programme::Rational& value, int scale);

/// An answer and what it is an answer of: one version of the cube.
struct Answer {
    std::int64_t as_of = 0;  ///< journal sequence
    std::vector<Figure> figures;
};

/// Any indicator × periods × units × map date, from one snapshot; figures in the order indicator, period, unit.
///
/// With `children`, the children of each parent are followed by its rows Note::own and Note::undivided wherever it
/// has such figures (or duties to report them), so that rows + own + undivided = parent, always. With `level` and
/// `under` the same rows of the units above that level are answered, so that all rows add up to the whole asked.
/// `not_additive` figures are answered for single reporting units only. Refused: `unknown_name` of an indicator,
/// `not_found` for a listed unit that is not on the map. `register_measures` may be null: such indicators then have
/// no value.
[[nodiscard]] Result<Answer> query(const Snapshot& snapshot, const units::Territory& territory,
                                   const programme::Programme& programme, const Query& query,
                                   const RegisterMeasures* register_measures = nullptr);

/// From which reports a figure comes, and which are missing.
struct Explanation {
    Figure figure;
    std::string formula;        ///< for computed indicators
    std::vector<Figure> parts;  ///< what a formula uses; or the children of a sum, its own and undivided rows
    struct Report {
        std::string indicator;
        facts::FactKey key;
        std::int64_t version = 0;
        std::int64_t value = 0;  ///< at the indicator's scale
        facts::FactState state{};
        bool undivided = false;  ///< stands undivided at the asked unit
    };
    std::vector<Report> reports;                                    ///< of every sum that is inside
    std::vector<std::pair<UnitId, programme::PeriodName>> missing;  ///< owed, and not inside
};

[[nodiscard]] Result<Explanation> explain(const Snapshot& snapshot, const units::Territory& territory,
                                          const programme::Programme& programme, std::string_view indicator,
                                          const programme::PeriodName& period, UnitId unit, Date on, Measure measure,
                                          const RegisterMeasures* register_measures = nullptr);

}  // namespace phoihop::rollup
