// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "facts/fact_store.hpp"
#include "rollup/cube.hpp"

#include <optional>
#include <tuple>

namespace phoihop::rollup {

/// Makes the next snapshot from the last one. One thread at a time; what it has not handed out nobody sees.
class CubeBuilder {
public:
    /// An empty cube over these maps and programmes (all versions, newest last within a programme).
    void start(std::shared_ptr<const units::Territory> territory,
               const std::vector<std::shared_ptr<const programme::Programme>>& versions, Date today);

    /// After `start`: a form as a snapshot file has it, over the same maps.
    void hold(const std::shared_ptr<const FormLayout>& layout, std::vector<std::pair<PeriodId, HeldPeriod>> periods);
    /// What is being made, between `start` or `go_on` and `finish`.
    [[nodiscard]] const Snapshot& next() const { return *m_next; }

    /// Goes on from `snapshot` with a new edition.
    void go_on(const Snapshot& snapshot);

    /// Takes a report while everything is read from the database. Nothing is summed before `sum_all`; reports in the
    /// order of form and period are packed as soon as their period is read.
    void collect(const facts::StoredFact& fact);
    void sum_all();

    /// Takes a report's current version and state. Older versions than the one that is held change nothing.
    void apply(const facts::StoredFact& fact);

    /// The state of the version that is held becomes `state`; false when another version is held.
    [[nodiscard]] bool set_state(const facts::FactKey& key, std::int64_t version, facts::FactState state);

    /// Replaces who owes reports: of all periods, or of one.
    void set_owed(ProgrammeId programme, std::optional<PeriodId> period, std::vector<Owed> owed);

    /// Keeps the maps of another day: those that are kept already stay, new ones are summed from the reports.
    void keep_maps(const std::vector<std::shared_ptr<const programme::Programme>>& versions, Date today);

    /// Packs pages of periods that nobody has written to for a while, at most `most`; how many.
    std::size_t pack_cold(std::size_t most);

    [[nodiscard]] std::shared_ptr<const Snapshot> finish(std::int64_t as_of);
    [[nodiscard]] const std::vector<std::shared_ptr<const programme::Programme>>& programmes() const
    {
        return m_next->m_programmes;
    }

private:
    PeriodBlock& period_for(FormBlock& form, PeriodId period);
    enum class Content : std::uint8_t { given, as_before };
    void change(FormBlock& form, PeriodBlock& period, const facts::StoredFact& fact, Content content);
    void pack_last();
    /// Sums one period anew on every map; the columns that have to be made wide first.
    [[nodiscard]] std::vector<std::int32_t> sum_anew(const FormBlock& form, PeriodBlock& period);
    void add(FormBlock& form, PeriodBlock& period, Measure measure, UnitId unit);
    void settle(PeriodBlock& period);
    void rearrange(const FormBlock& form, PeriodBlock& period, const std::vector<std::size_t>& origins,
                   std::size_t maps_before);
    void widen(FormBlock& form, std::vector<std::int32_t> columns);

    std::uint64_t m_edition = 0;
    std::shared_ptr<Snapshot> m_next;
    Delta m_delta;
    PageReport m_before;
    facts::EncodedFact m_after;
    std::optional<std::tuple<ProgrammeId, std::int32_t, PeriodId>> m_collected;  // the period that is being read
};

/// The dates whose maps are kept, one for each different tree.
[[nodiscard]] std::vector<std::shared_ptr<const units::Map>> maps_to_keep(
    const units::Territory& territory, const std::vector<std::shared_ptr<const programme::Programme>>& programmes,
    Date today);

}  // namespace phoihop::rollup
