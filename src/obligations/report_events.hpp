// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "obligations/obligation_store.hpp"

namespace phoihop::obligations {

/// How a report counted against the register.
struct Counted {
    ObligationId obligation;
    Date due{};
    Timing timing{};  ///< at the end of the day that counts
};

/// What the life of a report does to the obligation that it answers; called by the one writer of reports, inside the
/// job that keeps the report, so that both are durable together. One lookup, one insert, one journal record
/// ("obligation:<id>") each.

/// A version was accepted, on time or late. `version` is the report's, `received_on` the local day on which the office
/// received it.
///
/// `not_owed` (facts: form, period) when the register holds no such row; `period_not_open` before it opens;
/// `period_closed` (facts: period, closed) when it comes after the closing day and no earlier report stands.
/// A report in the name of a unit whose obligation was excused or passed on is taken; what its heirs were left only on
/// its account is excused with the note `settled_by_origin`.
[[nodiscard]] Result<Counted> claim(store::WriteContext& context, ProgrammeId programme, std::string_view form,
                                    PeriodId period, UnitId unit, std::int64_t version, Date received_on, UserId actor);

/// The report was verified (evidenced), sent back to its author (returned, with the reason) or taken back by him
/// (withdrawn). `wrong_state` (facts: state, wanted) unless a report stands; `not_owed` as above.
[[nodiscard]] Result<Counted> follow_report(store::WriteContext& context, ProgrammeId programme, std::string_view form,
                                            PeriodId period, UnitId unit, std::int64_t version, EventKind kind, Date on,
                                            UserId actor, std::string note);

/// The note on a heir's row that became moot because the ended unit's own report came after all.
inline constexpr std::string_view settled_by_origin = "settled_by_origin";

}  // namespace phoihop::obligations
