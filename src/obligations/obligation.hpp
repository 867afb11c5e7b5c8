// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/date.hpp"
#include "base/id.hpp"
#include "base/result.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace phoihop::obligations {

/// The kind of every obligation that comes from a form; other kinds are those of the standing obligations.
inline constexpr std::string_view report_kind = "report";

/// One thing that one unit owes: a row of the register, frozen when its period opened. The same unit owes the same
/// subject of the same period once.
struct Obligation {
    ObligationId id;
    ProgrammeId programme;
    std::string kind;     ///< "report", "committee", "review", "council_report", "plan", …
    std::string subject;  ///< the form's or standing obligation's code
    UnitId unit;          ///< who owes it
    std::string party;    ///< whose body of the unit
    PeriodId period;
    Date opens{};
    Date due{};
    Date closes{};                          ///< the last day on which it can still be answered
    std::vector<UnitId> predecessors;       ///< units that ended inside the window and whose part this row covers
    std::vector<ObligationId> passed_from;  ///< the `passed_on` rows that this one goes on with; empty for a frozen row
};

enum class EventKind : std::uint8_t { claimed, evidenced, returned, excused, reopened, withdrawn, passed_on };

[[nodiscard]] std::string_view word(EventKind kind);
[[nodiscard]] std::optional<EventKind> event_kind_from_word(std::string_view word);

/// A decision cited as proof: its number, its date, the kept file.
struct Evidence {
    std::string decision_number;
    std::optional<Date> decision_date;
    FileId file;

    [[nodiscard]] bool empty() const { return decision_number.empty() && !decision_date && !file; }
    friend bool operator==(const Evidence&, const Evidence&) = default;
};

/// Something that happened to an obligation; append-only, in the order in which it was written down.
struct Event {
    ObligationId obligation;
    EventKind kind{};
    Date on{};     ///< the local day that counts (for a claim by report: received_on)
    Instant at{};  ///< when the program learned of it
    UserId actor;
    std::string note;
    Evidence evidence;
    std::int64_t version = 0;  ///< of the report, 0 otherwise

    friend bool operator==(const Event&, const Event&) = default;
};

/// What progress and timing need to know of an event.
struct Step {
    EventKind kind{};
    Date on{};
};

enum class Progress : std::uint8_t { open, claimed, evidenced, returned, excused, passed_on };
enum class Timing : std::uint8_t { not_due, due, overdue, done, done_late };

[[nodiscard]] std::string_view word(Progress progress);
[[nodiscard]] std::string_view word(Timing timing);
[[nodiscard]] std::optional<Timing> timing_from_word(std::string_view word);

/// Where the obligation stands at the end of `on`. Events dated later than `on` have not happened; the others count
/// in the order in which they were written down, because whoever wrote one knew those before it: a claim that the
/// centre dates back before a return still answers that return.
///
/// claimed, evidenced, returned, excused and passed_on say where it stands; a withdrawal takes the claim back and a
/// reopening takes everything back, both to `open`. A report that comes after all in the name of a unit whose
/// obligation was excused or passed on is a claim like any other.
[[nodiscard]] Progress progress(std::span<const Event> events, Date on);
[[nodiscard]] Progress progress(std::span<const Step> steps, Date on);

/// Done when claimed, evidenced, excused or passed on; late when the first day of the claim (or evidence) that still
/// stands on `on` is past the due day. A return, withdrawal or reopening takes the claim back, so that the next one
/// counts anew; a later version of a standing report does not. Excused and passed-on obligations are never late.
/// Not done: `not_due` before the obligation opens, `due` up to the due day, `overdue` from the day after.
[[nodiscard]] Timing timing(const Obligation& obligation, std::span<const Event> events, Date on);
[[nodiscard]] Timing timing(Date opens, Date due, std::span<const Step> steps, Date on);

/// The journal subject of one obligation: "obligation:991".
[[nodiscard]] std::string subject(ObligationId obligation);
[[nodiscard]] std::optional<ObligationId> obligation_from_subject(std::string_view subject);

}  // namespace phoihop::obligations
