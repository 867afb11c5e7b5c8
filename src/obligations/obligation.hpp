// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/date.hpp"
#include "base/id.hpp"
#include "base/result.hpp"
#include "programme/calendar.hpp"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace phoihop::obligations {

/// One thing that one unit owes: a row of the register, frozen when its period opened.
struct Obligation {
    ObligationId id;
    ProgrammeId programme;
    std::string kind;      ///< "report", "committee", "review", "council_report", "plan", …
    std::string subject;   ///< the form's or standing obligation's code
    UnitId unit;           ///< who owes it
    std::string party;     ///< whose body of the unit
    PeriodId period;
    Date opens{};
    Date due{};
    Date closes{};
    std::vector<UnitId> predecessors;  ///< units that ended inside the window and whose part this row covers
    ObligationId passed_from;          ///< the row that became `passed_on`, 0 for none
};

enum class EventKind : std::uint8_t { claimed, evidenced, returned, excused, reopened, withdrawn, passed_on };

[[nodiscard]] std::string_view word(EventKind kind);

/// A decision cited as proof: its number, its date, the kept file.
struct Evidence {
    std::string decision_number;
    std::optional<Date> decision_date;
    FileId file;
};

/// Something that happened to an obligation; append-only, in order.
struct Event {
    ObligationId obligation;
    EventKind kind{};
    Date on{};      ///< the local day that counts (for a claim by report: received_on)
    Instant at{};   ///< when the program learned of it
    UserId actor;
    std::string note;
    Evidence evidence;
    std::int64_t version = 0;  ///< of the report, 0 otherwise
};

enum class Progress : std::uint8_t { open, claimed, evidenced, returned, excused, passed_on };
enum class Timing : std::uint8_t { not_due, due, overdue, done, done_late };

[[nodiscard]] std::string_view word(Progress progress);
[[nodiscard]] std::string_view word(Timing timing);

/// Where the obligation stands at the end of `on`, from the events with event.on <= on. A report is claimed when
/// accepted and evidenced when verified; a withdrawal or a return takes the claim back.
[[nodiscard]] Progress progress(std::span<const Event> events, Date on);

/// The first day on which it was claimed (and not taken back later, up to `on`) against the due day. `not_due`
/// before the obligation opens; excused and passed_on rows are never overdue and count as `done`.
[[nodiscard]] Timing timing(const Obligation& obligation, std::span<const Event> events, Date on);

}  // namespace phoihop::obligations
