// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "obligations/obligation_store.hpp"
#include "programme/programme.hpp"

namespace phoihop::obligations {

/// What people do to an obligation by hand: officers claim and prove, the centre returns, excuses and reopens. Rights
/// are judged by the caller; the actor is written down. Each is one event with one journal record ("obligation:<id>").
///
/// All refuse: `not_found` without such a row; `wrong_state` (facts: state, wanted) when the step does not follow from
/// where the obligation stands; `out_of_range` (facts: min, max, found) for a day in the future of `today`; `missing`
/// for a reason or decision that must be given; `too_large` past the limits below. Rows that reports answer (kind
/// "report") are claimed, proved and returned by reporting alone (report_events.hpp): `not_allowed`.
struct Act {
    ObligationId obligation;
    UserId actor;
    Date today{};
    std::optional<Date> on;  ///< the day that counts; none = today
    std::string note;        ///< the reason, where one must be given
};

inline constexpr std::size_t decision_number_max = 100;
inline constexpr std::size_t note_max = 2000;

/// open, returned → claimed: "done", proof follows.
[[nodiscard]] Result<Event> claim_by_hand(store::WriteContext& context, const Act& act);

/// open, claimed, returned → evidenced. Where the standing obligation asks for a decision, its number and date must be
/// there; the decision may not be dated after `today`. The file, where there is one, was kept before
/// (store/files.hpp judges its type by its content) and must exist.
[[nodiscard]] Result<Event> give_evidence(store::WriteContext& context, const programme::Programme& programme,
                                          const Act& act, const Evidence& evidence);

/// claimed, evidenced → returned, with the reason.
[[nodiscard]] Result<Event> return_claim(store::WriteContext& context, const Act& act);

/// open, returned → excused, with the reason. Reports too: a unit that a flood cut off need not report.
[[nodiscard]] Result<Event> excuse(store::WriteContext& context, const Act& act);

/// claimed, evidenced, excused → open again, with the reason: a committee whose members left must be completed anew.
[[nodiscard]] Result<Event> reopen(store::WriteContext& context, const Act& act);

}  // namespace phoihop::obligations
