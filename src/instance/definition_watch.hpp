// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/journal.hpp"

#include <condition_variable>
#include <mutex>
#include <stop_token>

namespace phoihop::instance {

/// Notes which record last changed what an instance reads once and keeps: units, heirs, programmes. Whoever made it,
/// this process or another; reading anew is left to a thread that nobody waits for.
class DefinitionWatch final : public store::JournalFollower {
public:
    void follow(std::span<const store::JournalRecord> records) override;

    /// The sequence of the last such record, 0 before the first.
    [[nodiscard]] std::int64_t last() const;

    /// Waits for one after `sequence`; false when told to stop.
    [[nodiscard]] bool wait_for_newer(std::int64_t sequence, const std::stop_token& stop);

private:
    mutable std::mutex m_mutex;
    std::condition_variable_any m_changed;
    std::int64_t m_last = 0;
};

}  // namespace phoihop::instance
