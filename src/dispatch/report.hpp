// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dispatch/issuer.hpp"
#include "obligations/books.hpp"
#include "rollup/query.hpp"

#include <map>
#include <string>
#include <vector>

namespace phoihop::dispatch {

/// A figure that a document prints, so that it can be opened again: what it is of, how it was printed, from how many
/// reports, and which version of the roll-up it was read from.
struct FigureUsed {
    std::string key;  ///< "B1/2015-H1/12", "B1/2015-H1/12/own": stable, and unique within the document
    std::string indicator;
    UnitId unit;
    programme::PeriodName period;
    std::string value;  ///< plain decimal, "" when there is none
    std::int64_t reported = 0;
    std::int64_t expected = 0;
    std::int64_t as_of = 0;

    friend bool operator==(const FigureUsed&, const FigureUsed&) = default;
};

[[nodiscard]] std::string key_of(const rollup::Figure& figure);

/// A paragraph that an officer may write anew before the document is signed. Keys are stable: "opening", "I/1",
/// "II/B/best", "II/B/B1", "III/timeliness", "IV/1" …
struct Passage {
    std::string key;
    std::size_t block = 0;  ///< in the document's body

    friend bool operator==(const Passage&, const Passage&) = default;
};

struct Composed {
    documents::OfficialDocument document;
    std::vector<Passage> passages;
    std::vector<FigureUsed> figures;  ///< by key
};

/// New words for passages, by their keys.
using Edits = std::map<std::string, std::string, std::less<>>;

/// What a report is composed from: one version of everything.
struct Sources {
    const rollup::Snapshot& snapshot;
    const units::Territory& territory;
    const programme::Programme& programme;
    const obligations::Books& books;  ///< also answers the indicators that are read from the register
};

struct ReportOrder {
    UnitId unit;
    programme::PeriodName period;
    Date made_on{};          ///< the document's day; who has reported is told as of its end
    std::string party = {};  ///< who issues; "": the programme's issuing party
    rollup::Measure measure = rollup::Measure::received;
};

/// The report of a unit on a period of any length in the official form: outline of five chapters, a heading for every
/// group of indicators, an annex of all indicators and one of the main indicators by locality. Pure: equal inputs give
/// equal documents.
///
/// Localities are those of the map of the period's last day. Indicators that are entered for longer periods than the
/// one asked are left out. `not_found` when the unit is not on that map; otherwise what `issuer_of` refuses.
[[nodiscard]] Result<Composed> compose_report(const Sources& sources, const ReportOrder& order);

/// Puts an officer's words in place of composed ones; what he wrote names no figures any more. `unknown_name` for a
/// key that the document lacks, `too_large` past passage_length_max bytes.
inline constexpr std::size_t passage_length_max = 20'000;
[[nodiscard]] Result<void> apply_edits(Composed& composed, const Edits& edits);

/// The words of a passage as they stand.
[[nodiscard]] std::string words_of(const Composed& composed, const Passage& passage);

}  // namespace phoihop::dispatch
