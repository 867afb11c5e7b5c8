// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "facts/fact_store.hpp"
#include "programme/programme.hpp"
#include "reporting/submission.hpp"
#include "store/writer.hpp"

#include <span>
#include <vector>

namespace phoihop::reporting {

/// What the office above does with a report that was accepted.
enum class Decision : std::uint8_t {
    give_back,  ///< back to its sender, with the reason; its figures leave the sums
    verify,     ///< evidenced: it counts as verified
    lock,       ///< nobody changes it any more
    unlock,     ///< back to verified, by the centre, with the reason
};

[[nodiscard]] std::string_view word(Decision decision);
[[nodiscard]] std::optional<Decision> decision_from_word(std::string_view word);

/// One report to decide on: the version that the decider looked at.
struct Decided {
    facts::FactKey key;
    std::int64_t version = 0;
    CellComments comments = {};  ///< what its sender is asked at single cells; with `give_back` alone
};

/// Who decides, when and why.
struct Decider {
    UserId actor;
    Date today{};
    std::string
        note;  ///< the reason; must be said for `give_back` without comments at cells and for `unlock` (`missing`)
};

/// The state that a decision leads to; `wrong_state` when it does not follow from `from`. Pure.
[[nodiscard]] Result<facts::FactState> next_state(facts::FactState from, Decision decision);

/// Decides on all of `reports` or on none: the first refusal (`conflict`: the sender was faster, `wrong_state`,
/// `not_found`) undoes the rest and names its report. The register takes the same step: a verified report is
/// evidenced, a returned one is owed again.
[[nodiscard]] Result<void> decide(store::Writer& writer, const programme::Programme& programme,
                                  std::span<const Decided> reports, Decision decision, const Decider& decider);

/// Decides on each of `reports` by itself, as many as share a commit: what is refused leaves the others alone. The
/// answers, in their order.
[[nodiscard]] std::vector<Result<void>> decide_each(store::Writer& writer, const programme::Programme& programme,
                                                    std::span<const Decided> reports, Decision decision,
                                                    const Decider& decider);

}  // namespace phoihop::reporting
