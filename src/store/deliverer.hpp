// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/writer.hpp"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

namespace phoihop::store {

/// Hands committed records to the followers, in order of their sequence and without gaps: synchronous ones in
/// the calling thread, asynchronous ones in a thread of their own.
class Deliverer {
public:
    using Records = std::vector<JournalRecord>;

    /// Followers are given what comes after `start`.
    explicit Deliverer(JournalPosition start) : m_position(start) {}
    ~Deliverer();  ///< waits until the asynchronous followers have everything
    Deliverer(const Deliverer&) = delete;
    Deliverer& operator=(const Deliverer&) = delete;

    void add(JournalFollower& follower, Writer::Delivery delivery);

    /// Gives `records`, which directly follow what was given before. A follower that throws ends the process:
    /// what is derived from the journal is right again after a restart, and would be wrong without.
    void deliver(Records records) noexcept;

    /// Gives what the journal holds after the last record given, up to and including `last`. Where the journal does not
    /// go on from what was given (a standby that had not received it all took over), the process ends: what it keeps in
    /// memory is of records that are no more, and right again after a restart.
    void catch_up(Connection& connection, const JournalPosition& last);

    [[nodiscard]] JournalPosition position() const;

private:
    void follow_later();

    std::vector<JournalFollower*> m_before_answer;
    std::vector<JournalFollower*> m_after_answer;
    mutable std::mutex m_mutex;
    std::condition_variable m_changed;
    JournalPosition m_position;
    std::deque<Records> m_waiting;
    std::size_t m_waiting_records = 0;
    bool m_stop = false;
    std::thread m_thread;
};

}  // namespace phoihop::store
