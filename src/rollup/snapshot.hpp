// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/date.hpp"
#include "rollup/block.hpp"
#include "rollup/leaves.hpp"

#include <map>
#include <memory>
#include <string_view>
#include <utility>
#include <vector>

namespace phoihop::rollup {

/// Who owes the reports of one form and period, as the register was frozen: each unit once, as the register has it.
struct OwedReports {
    std::vector<std::uint64_t> bits;                ///< of the units, by unit id
    std::vector<std::vector<std::int32_t>> counts;  ///< [kept map][row]

    OwedReports() = default;
    explicit OwedReports(std::span<const UnitId> units);
    [[nodiscard]] std::vector<UnitId> units() const;  ///< ascending
    [[nodiscard]] bool owes(UnitId unit) const
    {
        return (owing_of(static_cast<std::size_t>(unit.value) / 64) >> (unit.value % 64) & 1) != 0;
    }
    /// Bits of the units that owe, of the 64 units whose ids divided by 64 are `index`.
    [[nodiscard]] std::uint64_t owing_of(std::size_t index) const { return index < bits.size() ? bits[index] : 0; }
};

/// How many of `units` stand under each row of a map.
[[nodiscard]] std::vector<std::int32_t> count_units(std::span<const UnitId> units, const MapRows& map);

/// Makes a part of the cube at its first use: one that still lies in a snapshot file.
template <class Part>
class Source {
public:
    virtual ~Source() = default;
    /// Thread-safe; the same part each time. Throws `SnapshotRefused` when the file is damaged.
    [[nodiscard]] virtual const Part& get() const = 0;
    [[nodiscard]] virtual bool is_made() const = 0;
};

/// The reports of a period, which are held, or made at their first use: most questions are answered from the sums.
class HeldLeaves {
public:
    HeldLeaves() = default;
    explicit HeldLeaves(std::shared_ptr<const Source<LeafBlock>> source) : m_source(std::move(source)) {}

    [[nodiscard]] const LeafBlock& operator*() const { return m_source ? m_source->get() : m_made; }
    [[nodiscard]] const LeafBlock* operator->() const { return &**this; }
    [[nodiscard]] bool is_made() const { return !m_source || m_source->is_made(); }
    [[nodiscard]] LeafBlock& write()
    {
        if (m_source) m_made = m_source->get();
        m_source.reset();
        return m_made;
    }

private:
    std::shared_ptr<const Source<LeafBlock>> m_source;
    LeafBlock m_made;  // where there is no `m_source`
};

/// One form in one period: the units' current reports, who owes one, and the sums of every kept map and measure.
struct PeriodBlock {
    std::uint64_t edition = 0;
    HeldLeaves leaves;
    std::shared_ptr<const OwedReports> owed;            ///< null until the period is opened
    std::vector<std::shared_ptr<const SumBlock>> sums;  ///< [measure * maps + map]; null = nothing counts yet
};

/// A period that is held, or that is made at its first use.
class HeldPeriod {
public:
    explicit HeldPeriod(std::shared_ptr<const PeriodBlock> made) : m_made(std::move(made)) {}
    explicit HeldPeriod(std::shared_ptr<const Source<PeriodBlock>> source) : m_source(std::move(source)) {}

    [[nodiscard]] const PeriodBlock* get() const { return m_made ? m_made.get() : &m_source->get(); }
    [[nodiscard]] const PeriodBlock& operator*() const { return *get(); }
    [[nodiscard]] const PeriodBlock* operator->() const { return get(); }
    /// Whether nothing of it lies in a file any more that was never looked at.
    [[nodiscard]] bool is_made() const { return (m_made || m_source->is_made()) && get()->leaves.is_made(); }

    [[nodiscard]] friend PeriodBlock& writable(HeldPeriod& held, std::uint64_t edition)
    {
        if (!held.m_made) held.m_made = std::make_shared<const PeriodBlock>(*held);
        held.m_source.reset();
        return writable(held.m_made, edition);
    }

private:
    std::shared_ptr<const PeriodBlock> m_made;
    std::shared_ptr<const Source<PeriodBlock>> m_source;  // where there is no `m_made`
};

/// One form in all its periods, by number of the period.
struct FormBlock {
    std::uint64_t edition = 0;
    std::shared_ptr<const FormLayout> layout;
    std::vector<std::pair<PeriodId, HeldPeriod>> periods;  ///< ascending

    [[nodiscard]] const PeriodBlock* find(PeriodId period) const;
};

/// A unit's current report, decoded.
using CurrentReport = PageReport;

/// One version of the cube: immutable, shared by all readers that hold it, never waited for.
class Snapshot {
public:
    /// The journal sequence up to which everything accepted is inside.
    [[nodiscard]] std::int64_t as_of() const { return m_as_of; }
    [[nodiscard]] Date today() const { return m_today; }
    [[nodiscard]] const std::shared_ptr<const units::Territory>& territory() const { return m_territory; }

    /// The newest version of a loaded programme, null when there is none.
    [[nodiscard]] const programme::Programme* programme(ProgrammeId id) const;
    [[nodiscard]] const programme::Programme* programme(std::string_view code) const;
    [[nodiscard]] std::span<const std::shared_ptr<const programme::Programme>> programmes() const
    {
        return m_programmes;
    }

    /// The unit's current report whatever its state; nothing when none was ever accepted.
    [[nodiscard]] std::optional<CurrentReport> current(const facts::FactKey& key) const;

    [[nodiscard]] const FormBlock* form(ProgrammeId programme, std::int32_t form) const;
    /// All forms, by programme and number.
    [[nodiscard]] const std::map<std::pair<ProgrammeId, std::int32_t>, std::shared_ptr<const FormBlock>>& forms() const
    {
        return m_forms;
    }
    [[nodiscard]] std::span<const std::shared_ptr<const MapRows>> kept_maps() const { return m_maps; }
    /// The index of the kept map that has the tree of `map`, or -1: then sums are made from the reports.
    [[nodiscard]] std::int32_t kept_map(const units::Territory& territory, const units::Map& map) const;

private:
    friend class CubeBuilder;
    std::int64_t m_as_of = 0;
    Date m_today{};
    std::shared_ptr<const units::Territory> m_territory;
    std::vector<std::shared_ptr<const programme::Programme>> m_programmes;  // the newest of each
    std::vector<std::shared_ptr<const MapRows>> m_maps;
    std::map<std::pair<ProgrammeId, std::int32_t>, std::shared_ptr<const FormBlock>> m_forms;
};

}  // namespace phoihop::rollup
