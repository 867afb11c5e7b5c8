// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/date.hpp"
#include "base/result.hpp"

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>

namespace phoihop::instance {

class Instance;

/// Whether the work of `today` is still to be done, when that of `last` was the last that was. A clock that is set back
/// brings no day twice.
[[nodiscard]] bool day_is_due(std::optional<Date> last, Date today);

/// How long to rest at `now`: until the next local day begins, and never longer than `rest_max`, because clocks are
/// set.
[[nodiscard]] std::chrono::milliseconds rest_until_next_day(Instant now);
inline constexpr std::chrono::minutes rest_max{1};

/// What a day brought to an installation.
struct DayKept {
    std::int64_t opened = 0;  ///< periods
    std::int64_t passed = 0;  ///< obligations of units that ended, passed on to their heirs
    std::int64_t files = 0;   ///< that nothing referred to
};

/// The work of the instance's day, for all its programmes: opens the periods that open by their calendar, passes on
/// what units that ended left open, removes files that nothing refers to, and keeps today's map ready. Done twice, or
/// by several servers over one database, it comes to the same. (That an obligation is overdue is read from its due day
/// and needs no work.)
[[nodiscard]] Result<DayKept> keep_day(Instance& instance);

/// Does the day's work at once and at each new local day, in a thread of its own, until it goes. What fails is logged
/// and tried again at the next look.
class DayKeeper {
public:
    explicit DayKeeper(Instance& instance);
    ~DayKeeper();
    DayKeeper(const DayKeeper&) = delete;
    DayKeeper& operator=(const DayKeeper&) = delete;

    /// Looks at the clock now instead of at the end of the rest, and returns when it has.
    void look();

private:
    void keep(const std::stop_token& stop);
    void keep_one(Date today);

    Instance& m_instance;
    std::optional<Date> m_last;
    std::mutex m_mutex;
    std::condition_variable_any m_changed;
    std::int64_t m_asked = 0;   ///< looks that were asked for
    std::int64_t m_looked = 0;  ///< the last of them that is answered
    std::jthread m_thread;      // last: it uses all the others
};

}  // namespace phoihop::instance
