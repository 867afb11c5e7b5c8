// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rollup/snapshot.hpp"

#include <optional>
#include <string>
#include <tuple>

namespace phoihop::rollup {

/// The first place where kept and fresh sums differ, at the lowest node that has one.
struct Difference {
    std::string place;    ///< programme, form, period, map, unit, indicator
    std::string figures;  ///< both sums
    std::string reports;  ///< the versions of the reports there

    [[nodiscard]] std::string text() const { return place + ": " + figures + "; " + reports; }
};

/// Sums one form and period after another anew from the reports that are held and compares with what is kept, bit for
/// bit. It looks at snapshots only, so nobody waits for it. (`Cube::differences` asks the database instead, in another
/// way.)
class Scrub {
public:
    /// Looks at the next period of `snapshot`, the first one after the last; nothing when there is none.
    [[nodiscard]] std::optional<Difference> step(const Snapshot& snapshot);

    [[nodiscard]] std::int64_t rounds() const { return m_rounds; }    ///< how often everything was looked at
    [[nodiscard]] std::int64_t periods() const { return m_periods; }  ///< looked at since the beginning

private:
    using Place = std::tuple<ProgrammeId, std::int32_t, PeriodId>;
    std::optional<Place> m_last;
    std::int64_t m_rounds = 0;
    std::int64_t m_periods = 0;
};

/// The first difference of one period, as `Scrub::step` tells it.
[[nodiscard]] std::optional<Difference> first_difference(const Snapshot& snapshot, const FormBlock& form,
                                                         PeriodId period, const PeriodBlock& block);

}  // namespace phoihop::rollup
