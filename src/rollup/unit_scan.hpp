// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rollup/query.hpp"

#include <array>
#include <span>

/// What is not kept but read from the units' own reports when it is asked: who is missing, the smallest and the
/// largest, the middle, the first few, the last known.
namespace phoihop::rollup {

/// One form's reports of one period below a unit on the map of a day.
struct ScanQuery {
    const programme::Programme& programme;
    const programme::Form& form;
    programme::PeriodName period;  ///< of the form's frequency
    UnitId under;
    Date on{};
    Measure measure = Measure::received;
    std::optional<units::Level> by = {};  ///< of `completeness`: counts of each unit of this level too
};

/// Who has reported and who has not. Counts reports, not figures: a report without a figure for some indicator counts
/// all the same.
struct Completeness {
    std::int64_t as_of = 0;       ///< journal sequence
    std::int64_t reported = 0;    ///< units whose report counts
    std::int64_t expected = 0;    ///< duties as frozen
    std::vector<UnitId> missing;  ///< the units that owe a report that is not there, in the order of the map

    /// The rows of the selection "under:CODE:level", and what is counted of each: Note::none, own or undivided.
    struct Row {
        UnitId unit;
        Note note{};
        std::int64_t reported = 0;
        std::int64_t expected = 0;
    };
    std::vector<Row> rows;  ///< of `ScanQuery::by`; own and undivided ones where somebody reported or owed
};
[[nodiscard]] Result<Completeness> completeness(const Snapshot& snapshot, const units::Territory& territory,
                                                const ScanQuery& query);

/// A unit's own figure at the indicator's scale, and how many periods ago it was reported.
struct UnitFigure {
    UnitId unit;
    std::int64_t value = 0;
    int carried = 0;
};

/// The units' own figures. `carry` periods back at most, a unit that has not reported one gives its last known one.
/// `unknown_name` when the form does not have the indicator, `not_found` for a unit that is not on the map.
[[nodiscard]] Result<std::vector<UnitFigure>> unit_figures(const Snapshot& snapshot, const units::Territory& territory,
                                                           const ScanQuery& query, std::string_view indicator,
                                                           int carry);

/// The k-th smallest figure of n, k = quantile × n in parts of `of`, rounded up, at least the first: a figure that
/// somebody reported, never one in between. Nothing of no figures.
[[nodiscard]] std::optional<std::int64_t> quantile(std::span<const UnitFigure> figures, int part, int of);

/// The exact sum, with how many units are in it.
[[nodiscard]] Sum total(std::span<const UnitFigure> figures);

/// The `most` largest, the largest first; of equal ones the first in the order given.
[[nodiscard]] std::vector<UnitFigure> largest(std::span<const UnitFigure> figures, std::size_t most);

/// The most that is asked of unit_figures and distribution from outside.
inline constexpr std::int64_t carry_max = 12;
inline constexpr std::int64_t top_max = 10'000;

/// The words for the five figures that tell how many are spread, the same in every answer.
inline constexpr std::array<std::string_view, 5> quartile_words{"smallest", "lower_quartile", "median",
                                                                "upper_quartile", "largest"};

/// Many units' figures in a few: how they are spread. All but the sum are figures that somebody reported; there are
/// none of no figures.
struct Distribution {
    Sum total;
    std::array<std::optional<std::int64_t>, quartile_words.size()> quartiles;  ///< in the order of `quartile_words`
    std::vector<UnitFigure> top;                                               ///< the largest, the largest first
};
[[nodiscard]] Distribution distribution(std::span<const UnitFigure> figures, std::size_t top);

}  // namespace phoihop::rollup
