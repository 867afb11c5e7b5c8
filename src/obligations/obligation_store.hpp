// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "obligations/obligation_journal.hpp"
#include "programme/calendar.hpp"
#include "store/together.hpp"
#include "store/writer.hpp"

#include <functional>
#include <span>

namespace phoihop::obligations {

/// A period whose register has been frozen, with the dates and the definition of that moment.
struct OpenedPeriod {
    ProgrammeId programme;
    PeriodId period;
    std::int64_t programme_version = 1;
    programme::PeriodDates dates;
    Date on{};  ///< the local day on which it was opened
    Instant at{};
    UserId actor;
    std::int64_t owed = 0;  ///< rows frozen
};

/// One subject of one period of one programme.
struct Asked {
    std::int64_t id = 0;
    ProgrammeId programme;
    PeriodId period;
    std::string kind;
    std::string subject;
    std::string party;

    friend bool operator==(const Asked&, const Asked&) = default;
};

/// What a use case needs of a row: who, until when, and everything that happened to it, in order.
struct Found {
    ObligationId id;
    UnitId unit;
    Date opens{};
    Date due{};
    Date closes{};
    std::vector<Step> steps;
};

/// What names one row: the report of a form, of a period, of a unit.
struct AskedOf {
    ProgrammeId programme;
    PeriodId period;
    std::string_view subject;  ///< must outlive the call, or the statements that it goes with
    UnitId unit;
};

/// One unit's row without what it shares with the others of its subject.
struct BookedRow {
    ObligationId id;
    UnitId unit;
    std::int64_t asked = 0;
    Date opens{};
    Date due{};
    Date closes{};
    bool inherited = false;  ///< made by passing on, not frozen with the register
};

/// A passed-on row and the row of an heir.
struct Inheritance {
    ObligationId from;
    UnitId from_unit;
    ObligationId to;
    UnitId to_unit;
};

/// Which rows a list is of; an absent part takes all.
struct ObligationFilter {
    std::optional<ProgrammeId> programme;
    std::optional<UnitId> unit;
    std::optional<PeriodId> period;
    std::string kind;     ///< "" = all
    std::string subject;  ///< "" = all
};

/// Rows and events of the register: the only SQL over them.
class ObligationStore {
public:
    // Reading.
    [[nodiscard]] static std::optional<OpenedPeriod> opened(store::Connection& connection, ProgrammeId programme,
                                                            PeriodId period);
    [[nodiscard]] static std::vector<OpenedPeriod> opened_periods(store::Connection& connection, ProgrammeId programme);

    /// One statement, by keys: it stands in the way of every accepted report.
    [[nodiscard]] static std::optional<Found> find(store::Connection& connection, ProgrammeId programme,
                                                   PeriodId period, std::string_view subject, UnitId unit);
    static void find(store::Together& together, const AskedOf& asked, std::optional<Found>& found);
    [[nodiscard]] static std::optional<Found> find(store::Connection& connection, ObligationId id);

    [[nodiscard]] static std::optional<Obligation> obligation(store::Connection& connection, ObligationId id);
    [[nodiscard]] static std::vector<Event> events(store::Connection& connection, const Found& of);
    /// The rows of which an event cites the kept file, without their predecessors and origins.
    [[nodiscard]] static std::vector<Obligation> citing(store::Connection& connection, FileId file);
    [[nodiscard]] static std::vector<Obligation> list(store::Connection& connection, const ObligationFilter& filter);
    [[nodiscard]] static std::vector<Inheritance> heirs(store::Connection& connection, const Found& of);
    [[nodiscard]] static std::vector<Inheritance> origins(store::Connection& connection, ObligationId heir);
    [[nodiscard]] static bool is_inherited(store::Connection& connection, ObligationId id);

    /// The rows of `unit` that are answerable on or after `from`: candidates for passing on.
    [[nodiscard]] static std::vector<BookedRow> rows_of_unit(store::Connection& connection, ProgrammeId programme,
                                                             UnitId unit, Date from);
    [[nodiscard]] static std::optional<Asked> asked(store::Connection& connection, std::int64_t id);

    /// Whole tables, of one period, of some rows or of all, in no particular order: what the reading model is loaded
    /// from. `each` of steps is told the step's number within its obligation.
    static void each_asked(store::Connection& connection, const std::function<void(const Asked&)>& each);
    static void each_row(store::Connection& connection, const std::function<void(const BookedRow&)>& each);
    static void each_row(store::Connection& connection, std::int64_t asked,
                         const std::function<void(const BookedRow&)>& each);
    static void each_step(store::Connection& connection,
                          const std::function<void(ObligationId, std::int64_t number, const Step&)>& each);
    static void each_step_of(store::Connection& connection, std::span<const ObligationId> ids,
                             const std::function<void(ObligationId, std::int64_t number, const Step&)>& each);
    static void each_step(store::Connection& connection, std::int64_t asked,
                          const std::function<void(ObligationId, std::int64_t number, const Step&)>& each);
    static void each_inheritance(store::Connection& connection, const std::function<void(const Inheritance&)>& each);
    static void each_predecessor(store::Connection& connection, const std::function<void(ObligationId, UnitId)>& each);

    // Writing.
    /// The first of `count` new ids in a row.
    [[nodiscard]] static std::int64_t draw_ids(store::WriteContext& context, std::int64_t count);

    /// Writes a drawn register down in batches and gives every row its id.
    static void freeze(store::WriteContext& context, const OpenedPeriod& period, std::span<Obligation> rows);

    static void add_row(store::WriteContext& context, const BookedRow& row);
    /// Gives an inherited row more time, because more was left to it.
    static void extend(store::WriteContext& context, const Found& row, Date due, Date closes);
    static void add_inheritance(store::WriteContext& context, const Inheritance& inheritance);

    /// Appends the event behind the steps of `to` and journals it: verb = the kind's word, subject "obligation:<id>",
    /// content = encode(event). `conflict` when another process was faster.
    static Result<void> append(store::WriteContext& context, const Found& to, const Event& event);

    /// The same among other statements, which fail with a ConstraintError when another process was faster.
    static void append(store::Together& together, store::WriteContext& context, const Found& to, const Event& event);

    /// Appends without a journal record of its own, for acts that journal many events as one.
    static void append_silently(store::WriteContext& context, const Found& to, const Event& event);
};

}  // namespace phoihop::obligations
