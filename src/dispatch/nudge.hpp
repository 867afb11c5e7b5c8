// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dispatch/issuer.hpp"
#include "obligations/gap_board.hpp"

namespace phoihop::dispatch {

/// What a unit is late with.
struct LateItem {
    ObligationId obligation;
    std::string title;   ///< of the form or standing obligation, with the merged body that owed it
    std::string period;  ///< in words
    Date due{};
    std::int64_t working_days = 0;  ///< late, up to and with the day of the letter
};

/// A letter that urges one unit (công văn đôn đốc).
struct Nudge {
    UnitId unit;
    UnitId from;  ///< whose body writes
    std::string party;
    Date on{};
    std::vector<LateItem> late;
    documents::OfficialDocument document;
};

struct NudgeOrder {
    Date on{};  ///< the day of the letters: what is overdue at its end
    units::Level level{};
    std::vector<std::string> kinds = {};  ///< "report", …; none: all
    std::vector<PeriodId> periods = {};   ///< none: whatever can still be answered
    std::vector<UnitId> units = {};       ///< only these; none: all
    UnitId parent = {};                   ///< only units at or below this one
    std::string party = {};               ///< whose bodies write; "": the programme's issuing party
    std::optional<Date> reply_by = {};    ///< none: reply_working_days after `on`
};

/// A week of work.
inline constexpr int reply_working_days = 5;

/// One letter for each unit of a level that is late itself, from the body of the unit above it to its own, in the
/// official order. Pure.
[[nodiscard]] Result<std::vector<Nudge>> compose_nudges(const obligations::Books& books,
                                                        const units::Territory& territory,
                                                        const programme::Programme& programme, const NudgeOrder& order);

}  // namespace phoihop::dispatch
