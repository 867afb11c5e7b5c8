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

/// One step in the life of a report, as the register sees it.
struct ReportStep {
    ProgrammeId programme;
    std::string_view form;
    PeriodId period;
    UnitId unit;
    EventKind kind = EventKind::claimed;
    std::int64_t version = 0;
    Date on{};
    Instant at{};
    UserId actor;
    std::string note = {};
};

/// The event that a step is for the row that it was asked of, or why it is none: the rules of `claim` and of
/// `follow_report`, without anything read or written.
[[nodiscard]] Result<Event> event_of(const std::optional<Found>& row, const ReportStep& step);

/// An event of another row that follows from one.
struct Consequence {
    Found row;
    Event event;
};

/// What a claim of an obligation that was passed on settles for its heirs; nothing for any other.
[[nodiscard]] std::vector<Consequence> relieved_heirs(store::Connection& connection, const Found& row,
                                                      const Event& claim);

/// Whether `relieved_heirs` may have something to say.
[[nodiscard]] bool was_passed_on(const Found& row);

/// The note on a heir's row that became moot because the ended unit's own report came after all.
inline constexpr std::string_view settled_by_origin = "settled_by_origin";

}  // namespace phoihop::obligations
