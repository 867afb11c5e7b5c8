// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "facts/fact.hpp"
#include "programme/programme.hpp"
#include "rollup/snapshot.hpp"
#include "store/journal.hpp"
#include "units/territory.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace phoihop::rollup {

/// One frozen duty to report: what `m` counts. A duty that was passed on to heirs stands here once, with the unit
/// that owed it first.
struct Owed {
    std::int32_t form = 0;
    PeriodId period;
    UnitId unit;
};

/// Hands over every duty to report of a programme, or of one of its periods only.
using OwedReader = std::function<void(store::Connection& connection, ProgrammeId programme,
                                      std::optional<PeriodId> period, const std::function<void(const Owed&)>& each)>;

/// Which dates' maps are kept beside those of the programmes, and what the cube may tell while it loads.
struct ReloadOptions {
    Date today{};
    std::function<void(std::int64_t reports)> progress;  ///< called now and then with the reports read so far
    /// A snapshot file to begin with, where there is one that fits; "" for none. What came since is then followed.
    std::string file = {};
};

/// How far the scrub has come.
struct Scrubbed {
    std::int64_t rounds = 0;   ///< how often all periods were looked at
    std::int64_t periods = 0;  ///< looked at since the beginning
    bool differs = false;      ///< kept sums were found that are not those of the reports
};

/// The exact live roll-up. Per form and base period a block of 64-bit sums (128-bit where figures ask for it) and
/// counts for the inner nodes of every kept map and both measures, in pages copied on write under a versioned root;
/// the units' current figures are kept beside them (encoded) for corrections, explanations, single units and other
/// maps. Fed only by the journal, as a synchronous follower: an accepted report is in the sums before its sender is
/// answered. `reload` rebuilds from the facts; `differences` recomputes everything and compares bit for bit.
/// Thread-safe: readers hold a snapshot and never wait for the writer.
class Cube final : public store::JournalFollower {
public:
    /// `database` is read for records of other processes and by `reload`; `owed` is asked for the register.
    Cube(const store::Database& database, OwedReader owed);
    ~Cube() override;

    /// Replaces territory and programmes (units imported, programme loaded, day changed) and rebuilds from the
    /// database. `programmes` may hold several versions of one programme: figures made under an old version are
    /// read by it. Without a change of territory, programmes or kept maps nothing is read; where only the day changes,
    /// the maps that are new are summed from the reports that are held, and readers go on meanwhile.
    void reload(const std::shared_ptr<const units::Territory>& territory,
                std::vector<std::shared_ptr<const programme::Programme>> programmes, const ReloadOptions& options);

    /// Packs reports that were written to periods which have been left alone since, at most `most` pages of them, so
    /// that writers wait for milliseconds only. False when there is nothing left to pack.
    bool pack_cold(std::size_t most);

    /// Looks at the next period that still lies in the snapshot file. False when there is none left.
    bool check_file();

    /// Sums the next period anew and compares. What differs is logged, told by `scrubbed` and never mended: whether
    /// the sums or the reports are wrong is for `differences` to say.
    void scrub();
    [[nodiscard]] Scrubbed scrubbed() const;

    /// Writes what is held now into a snapshot file, while readers and writers go on; the sequence that it is of.
    /// Nothing is written (and 0 answered) before anything was loaded, of a cube whose sums differ, and while another
    /// process writes the same file. Throws `std::system_error` when the machine fails.
    std::int64_t save(const std::string& path);
    /// The sequence of the file that was last begun with or written; 0 before.
    [[nodiscard]] std::int64_t filed() const;

    /// Applies records in order. Records up to the snapshot's sequence are skipped, so replays do no harm.
    void follow(std::span<const store::JournalRecord> records) override;

    /// Follows what other processes have committed since.
    void catch_up();

    [[nodiscard]] std::shared_ptr<const Snapshot> snapshot() const;

    /// Re-sums every block from the database and compares with the kept sums, counts, reports and duties; one line
    /// for each difference (programme, form, period, map, node, indicator, kept, recomputed), at most `most`.
    [[nodiscard]] std::vector<std::string> differences(std::size_t most);

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

}  // namespace phoihop::rollup
