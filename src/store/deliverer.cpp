// SPDX-License-Identifier: Apache-2.0
#include "store/deliverer.hpp"

#include "base/log.hpp"
#include "store/digest.hpp"

#include <algorithm>
#include <cassert>
#include <cstdlib>

namespace phoihop::store {

namespace {

/// Past it the writer waits for the asynchronous followers, so that a slow one cannot fill the memory.
constexpr std::size_t waiting_records_max = 200'000;

constexpr std::int64_t catch_up_piece = 10'000;

[[noreturn]] void end_for_lost_records(const JournalPosition& followed, const JournalPosition& found)
{
    log::error("the database has lost records, ending to read it anew",
               {{"followed", std::to_string(followed.sequence)}, {"found", std::to_string(found.sequence)}});
    std::abort();
}

}  // namespace

Deliverer::~Deliverer()
{
    {
        const std::lock_guard lock(m_mutex);
        m_stop = true;
    }
    m_changed.notify_all();
    if (m_thread.joinable()) m_thread.join();
}

void Deliverer::add(JournalFollower& follower, Writer::Delivery delivery)
{
    if (delivery == Writer::Delivery::before_answer) {
        m_before_answer.push_back(&follower);
        return;
    }
    m_after_answer.push_back(&follower);
    if (!m_thread.joinable()) m_thread = std::thread([this] { follow_later(); });
}

void Deliverer::deliver(Records records) noexcept
{
    if (records.empty()) return;
    for (auto* follower : m_before_answer) follower->follow(records);
    std::unique_lock lock(m_mutex);
    assert(records.front().sequence == m_position.sequence + 1);
    m_position = {records.back().sequence, records.back().hash};
    if (m_after_answer.empty()) return;
    m_changed.wait(lock, [&] { return m_waiting_records < waiting_records_max; });
    m_waiting_records += records.size();
    m_waiting.push_back(std::move(records));
    m_changed.notify_all();
}

void Deliverer::catch_up(Connection& connection, const JournalPosition& last)
{
    auto at = position();
    for (; at.sequence < last.sequence; at = position()) {
        Records records;
        read_journal(connection, at.sequence, std::min(catch_up_piece, last.sequence - at.sequence),
                     [&](const JournalRecord& record) { records.push_back(record); });
        if (records.empty() || records.front().sequence != at.sequence + 1)
            throw StoreError("the journal has no record " + std::to_string(at.sequence + 1));
        if (chain_hash(at.hash, records.front()) != records.front().hash) end_for_lost_records(at, last);
        deliver(std::move(records));
    }
    if (at != last) end_for_lost_records(at, last);
}

JournalPosition Deliverer::position() const
{
    const std::lock_guard lock(m_mutex);
    return m_position;
}

void Deliverer::follow_later()
{
    std::unique_lock lock(m_mutex);
    while (true) {
        m_changed.wait(lock, [&] { return m_stop || !m_waiting.empty(); });
        if (m_waiting.empty()) return;
        const auto records = std::move(m_waiting.front());
        m_waiting.pop_front();
        lock.unlock();
        for (auto* follower : m_after_answer) follower->follow(records);
        lock.lock();
        m_waiting_records -= records.size();
        m_changed.notify_all();
    }
}

}  // namespace phoihop::store
