// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "obligations/obligation.hpp"

#include <algorithm>

namespace phoihop::obligations {

/// What the events up to a day have made of an obligation.
class Course {
public:
    void take(EventKind kind, Date on)
    {
        switch (kind) {
            case EventKind::claimed: claim(Progress::claimed, on); break;
            case EventKind::evidenced: claim(Progress::evidenced, on); break;
            case EventKind::returned: take_back(Progress::returned); break;
            case EventKind::withdrawn:
            case EventKind::reopened: take_back(Progress::open); break;
            case EventKind::excused: m_progress = Progress::excused; break;
            case EventKind::passed_on: m_progress = Progress::passed_on; break;
        }
    }

    [[nodiscard]] Progress progress() const { return m_progress; }

    [[nodiscard]] Timing timing(Date opens, Date due, Date on) const
    {
        if (m_progress == Progress::open || m_progress == Progress::returned) {
            if (on < opens) return Timing::not_due;
            return on <= due ? Timing::due : Timing::overdue;
        }
        const bool by_itself = m_progress == Progress::claimed || m_progress == Progress::evidenced;
        return by_itself && m_claimed_since > due ? Timing::done_late : Timing::done;
    }

private:
    void claim(Progress progress, Date on)
    {
        // A version that the centre dates back moves the first day back, a later version does not move it on.
        m_claimed_since = std::min(m_claimed_since, on);
        m_progress = progress;
    }
    void take_back(Progress progress)
    {
        m_claimed_since = forever;
        m_progress = progress;
    }

    Progress m_progress = Progress::open;
    Date m_claimed_since = forever;
};

}  // namespace phoihop::obligations
