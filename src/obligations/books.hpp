// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "obligations/obligation_store.hpp"

#include <array>
#include <optional>
#include <unordered_map>

namespace phoihop::obligations {

/// Where an obligation stands on a day.
struct State {
    Progress progress{};
    Timing timing{};

    [[nodiscard]] bool done() const { return timing == Timing::done || timing == Timing::done_late; }
    friend bool operator==(const State&, const State&) = default;
};

/// One unit's row in the books, with its events packed: 48 bytes.
class Entry {
public:
    Entry() = default;
    explicit Entry(const BookedRow& row);

    [[nodiscard]] ObligationId id() const { return ObligationId{m_id}; }
    [[nodiscard]] UnitId unit() const { return UnitId{m_unit}; }
    [[nodiscard]] Date opens() const { return Date{std::chrono::days{m_opens}}; }
    [[nodiscard]] Date due() const { return Date{std::chrono::days{m_due}}; }
    [[nodiscard]] Date closes() const { return Date{std::chrono::days{m_closes}}; }
    /// Made by passing on; never counted, because the row that it came from is.
    [[nodiscard]] bool inherited() const { return m_inherited; }

private:
    friend class Books;
    std::int64_t m_id = 0;
    std::int32_t m_unit = 0;
    std::int32_t m_opens = 0;
    std::int32_t m_due = 0;
    std::int32_t m_closes = 0;
    std::array<std::uint32_t, 2> m_steps{};  // the first two; what does not fit stands in Books::m_more
    std::uint32_t m_step_count = 0;
    bool m_inherited = false;
};

/// All rows of one subject of one period, by unit.
struct Column {
    Asked asked;
    std::vector<Entry> entries;
    Date first_opening = forever;
    Date last_closing{};

    [[nodiscard]] const Entry* of(UnitId unit) const;
};

/// The whole register as a value in memory: what gap board, roll-up and reminders read. Half a million rows take
/// about 30 MB. Kept up to date by Register; pure otherwise.
///
/// What is counted is the frozen row, once. A row that was passed on stands where its heirs brought it: it is done when
/// all of them have done it since the passing, and as late as the latest of them.
class Books {
public:
    [[nodiscard]] static Books load(store::Connection& connection);

    [[nodiscard]] const std::vector<Column>& columns() const { return m_columns; }  ///< by asked.id
    [[nodiscard]] const Column* column(ProgrammeId programme, PeriodId period, std::string_view subject) const;
    [[nodiscard]] bool is_opened(ProgrammeId programme, PeriodId period) const;
    /// The row that `ObligationStore::find` would read, as far as the books follow.
    [[nodiscard]] std::optional<Found> found(const AskedOf& asked) const;

    /// Where the row itself stands.
    [[nodiscard]] State own_state(const Entry& entry, Date on) const;

    /// Where the obligation stands, wherever it was passed on to.
    [[nodiscard]] State state(const Entry& entry, Date on) const;

    [[nodiscard]] std::vector<Step> steps(const Entry& entry) const;
    [[nodiscard]] std::vector<const Entry*> heirs(const Entry& entry) const;
    [[nodiscard]] std::vector<const Entry*> origins(const Entry& entry) const;
    [[nodiscard]] std::span<const UnitId> predecessors(const Entry& entry) const;

    struct Place {
        const Column* column = nullptr;
        const Entry* entry = nullptr;
    };
    [[nodiscard]] Place place(ObligationId id) const;  ///< null pointers for an unknown id

    [[nodiscard]] std::size_t size() const;    ///< rows
    [[nodiscard]] std::int64_t bytes() const;  ///< memory held, about

    /// Replaces one period by what the store holds now: after an opening or a passing on.
    void reload(store::Connection& connection, ProgrammeId programme, PeriodId period);
    /// The `number`th event of a row. False when the row is unknown or events before it are: then reload it. An event
    /// that is there already changes nothing.
    bool append(ObligationId id, std::int64_t number, const Step& step);
    /// Replaces the events of some rows by what the store holds; rows that are not known are left.
    void reload(store::Connection& connection, std::span<const ObligationId> ids);

    /// What differs from `other`, one line each, at most `most`.
    [[nodiscard]] std::vector<std::string> differences(const Books& other, std::size_t most) const;

private:
    struct Where {
        std::uint32_t column = UINT32_MAX;
        std::uint32_t entry = 0;
    };
    struct Numbered {
        ObligationId id;
        std::int64_t number = 0;
        Step step;
    };
    Column& column_of(const Asked& asked);
    void index(std::size_t column);
    void take(std::vector<Numbered>& steps);
    [[nodiscard]] Entry* entry(ObligationId id);
    void push(Entry& entry, const Step& step);
    void load_links(store::Connection& connection);
    template <class Each>
    void each_step(const Entry& entry, const Each& each) const;
    [[nodiscard]] std::vector<const Entry*> linked(
        const std::unordered_map<std::int64_t, std::vector<ObligationId>>& links, const Entry& entry) const;
    [[nodiscard]] State state_since(const Entry& row, Date since, Date opens, Date due, Date on) const;
    [[nodiscard]] std::string difference(const Entry& entry, const Books& other) const;

    std::vector<Column> m_columns;
    std::vector<Where> m_places;                                          // by obligation; ids are dense
    std::unordered_map<std::int64_t, std::vector<std::uint32_t>> m_more;  // by obligation: the third event and on
    std::unordered_map<std::int64_t, std::vector<ObligationId>> m_heirs;  // by obligation
    std::unordered_map<std::int64_t, std::vector<ObligationId>> m_origins;
    std::unordered_map<std::int64_t, std::vector<UnitId>> m_predecessors;
};

}  // namespace phoihop::obligations
