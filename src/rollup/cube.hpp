// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "facts/fact.hpp"
#include "obligations/obligation.hpp"
#include "programme/programme.hpp"
#include "store/journal.hpp"
#include "units/territory.hpp"

#include <cstdint>
#include <memory>
#include <vector>

namespace phoihop::rollup {

/// Which reports a sum counts.
enum class Measure : std::uint8_t { received, verified };

/// One version of the cube: immutable, shared by all readers that hold it, never waited for.
class Snapshot;

/// The exact live roll-up. Per form and base period a block of 64-bit sums and 32-bit counts for every node of
/// every kept map and both measures, in pages copied on write under a versioned root; the units' current figures
/// are kept beside them (encoded) for corrections, explanations and recomputation. Fed only by the journal, as a
/// synchronous follower: an accepted report is in the sums before its sender is answered. `reload` rebuilds from
/// the facts; `differences` recomputes everything and compares bit for bit.
class Cube final : public store::JournalFollower {
public:
    /// `database` is read for records of other processes and by `reload`.
    explicit Cube(const store::Database& database);
    ~Cube() override;

    /// Replaces territory and programmes (units imported, programme loaded, day changed) and rebuilds.
    void reload(std::shared_ptr<const units::Territory> territory,
                std::vector<std::shared_ptr<const programme::Programme>> programmes, Date today);

    void follow(std::span<const store::JournalRecord> records) override;

    [[nodiscard]] std::shared_ptr<const Snapshot> snapshot() const;

    /// Re-sums every block from the database and compares with the kept sums; one line for each difference
    /// (programme, form, period, map, node, indicator, kept, recomputed), at most `most`.
    [[nodiscard]] std::vector<std::string> differences(std::size_t most) const;

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

}  // namespace phoihop::rollup
