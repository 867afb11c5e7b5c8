// SPDX-License-Identifier: Apache-2.0
#include "store/writer.hpp"

#include "store/batch.hpp"
#include "store/deliverer.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <utility>

namespace phoihop::store {

namespace {

/// Notices can be lost with their session; polling finds what they would have told.
constexpr std::chrono::milliseconds follow_pause_max{250};

using Job = std::function<bool(WriteContext&)>;

/// One caller of run(), waiting.
struct Ticket {
    const Job* job = nullptr;  ///< none: only wait for the records of others
    std::exception_ptr error;
    bool done = false;
    std::condition_variable answered;
};

/// One caller of run_all(), waiting. All but `jobs` is guarded by the writer's mutex.
struct Bulk {
    std::span<const Job> jobs;
    std::size_t taken = 0;     ///< handed to the writing thread
    std::size_t finished = 0;  ///< durable and followed
    std::exception_ptr error;
    bool cancelled = false;
    bool detached = false;  ///< the writing thread knows it no more
    std::condition_variable answered;
};

/// What one transaction carries: single jobs first, so that an import does not keep people waiting longer
/// than its share of one batch.
struct Load {
    std::vector<Ticket*> tickets;
    Bulk* bulk = nullptr;
    std::span<const Job> bulk_jobs;

    // What came of it.
    std::vector<std::exception_ptr> ticket_errors;
    std::size_t bulk_finished = 0;
    std::exception_ptr bulk_error;
};

}  // namespace

struct Writer::Impl {
    Impl(Database& opened, const Clock& time, WriterOptions limits)
        : database(opened),
          clock(time),
          options(limits),
          deliverer(journal_position(opened.writing_connection())),
          thread([this] { work(); })
    {
    }
    ~Impl()
    {
        stop_listening();
        {
            const std::lock_guard lock(mutex);
            stop = true;
        }
        changed.notify_all();
        thread.join();
    }
    /// Before the writing thread ends, because it asks that one.
    void stop_listening()
    {
        if (!listener) return;
        listening_ends = true;
        listener->interrupt();
        listening_thread.join();
    }
    void listen();
    Impl(const Impl&) = delete;
    Impl& operator=(const Impl&) = delete;

    void work();
    Load next_load();
    void process(Load& load);
    void commit(Load& load);
    void answer(Load& load);
    void wait_for(Ticket& ticket, std::unique_lock<std::mutex>& lock);
    void refuse_own_thread() const;
    void catch_up();

    Database& database;
    const Clock& clock;
    WriterOptions options;
    Deliverer deliverer;

    std::mutex mutex;
    std::condition_variable changed;
    std::deque<Ticket*> tickets;
    std::deque<Bulk*> bulks;
    bool stop = false;

    std::unique_ptr<CommitListener> listener;
    std::atomic<bool> listening_ends = false;
    std::thread listening_thread;

    std::thread thread;  // last: it uses all the others
};

void Writer::Impl::work()
{
    while (true) {
        auto load = next_load();
        if (load.tickets.empty() && load.bulk == nullptr) return;
        process(load);
        answer(load);
    }
}

Load Writer::Impl::next_load()
{
    Load load;
    std::unique_lock lock(mutex);
    changed.wait(lock, [&] { return stop || !tickets.empty() || !bulks.empty(); });
    const auto singles = std::min(tickets.size(), options.batch_jobs_max);
    load.tickets.assign(tickets.begin(), tickets.begin() + static_cast<std::ptrdiff_t>(singles));
    tickets.erase(tickets.begin(), tickets.begin() + static_cast<std::ptrdiff_t>(singles));
    if (!bulks.empty()) {
        auto& bulk = *(load.bulk = bulks.front());
        // At least one, so that an import moves on however busy the single jobs are.
        const auto room = std::max<std::size_t>(1, options.batch_jobs_max - singles);
        const auto share = bulk.cancelled ? 0 : std::min(room, bulk.jobs.size() - bulk.taken);
        load.bulk_jobs = bulk.jobs.subspan(bulk.taken, share);
        bulk.taken += share;
    }
    load.ticket_errors.resize(load.tickets.size());
    return load;
}

void Writer::Impl::process(Load& load)
{
    try {
        commit(load);
    } catch (...) {
        // The whole transaction is lost, and with it every job that it carried.
        std::ranges::fill(load.ticket_errors, std::current_exception());
        load.bulk_finished = 0;
        if (!load.bulk_jobs.empty()) load.bulk_error = std::current_exception();
    }
}

void Writer::Impl::commit(Load& load)
{
    auto& connection = database.writing_connection();
    const auto is_job = [](const Ticket* ticket) { return ticket->job != nullptr; };
    const bool all_jobs = std::ranges::all_of(load.tickets, is_job);
    if (load.bulk_jobs.empty() && std::ranges::none_of(load.tickets, is_job)) {
        deliverer.catch_up(connection, journal_position(connection).sequence);
        return;
    }
    Batch batch(connection, database.engine(), clock.now());
    for (std::size_t i = 0; i < load.tickets.size(); ++i) {
        if (load.tickets[i]->job != nullptr) load.ticket_errors[i] = batch.run(*load.tickets[i]->job);
    }
    for (const auto& job : load.bulk_jobs) {
        load.bulk_error = batch.run(job);
        if (load.bulk_error) break;
        ++load.bulk_finished;
    }
    const auto before = batch.commit();
    auto records = batch.take_records();
    if (!records.empty()) {
        deliverer.catch_up(connection, before.sequence);
        deliverer.deliver(std::move(records));
    } else if (!all_jobs) {
        deliverer.catch_up(connection, journal_position(connection).sequence);
    }
}

void Writer::Impl::answer(Load& load)
{
    const std::lock_guard lock(mutex);
    for (std::size_t i = 0; i < load.tickets.size(); ++i) {
        load.tickets[i]->error = std::move(load.ticket_errors[i]);
        load.tickets[i]->done = true;
        // Notified under the lock: the ticket goes as soon as its owner can take it.
        load.tickets[i]->answered.notify_one();
    }
    if (load.bulk == nullptr) return;
    auto& bulk = *load.bulk;
    bulk.finished += load.bulk_finished;
    bulk.error = std::move(load.bulk_error);
    bulks.pop_front();
    bulk.detached = bulk.cancelled || bulk.error || bulk.taken == bulk.jobs.size();
    if (!bulk.detached) bulks.push_back(&bulk);
    bulk.answered.notify_one();
}

Writer::Writer(Database& database, const Clock& clock, WriterOptions options)
    : m_impl(std::make_unique<Impl>(database, clock, options))
{
}

Writer::~Writer() = default;

void Writer::add_follower(JournalFollower& follower, Delivery delivery)
{
    m_impl->deliverer.add(follower, delivery);
}

void Writer::Impl::wait_for(Ticket& ticket, std::unique_lock<std::mutex>& lock)
{
    tickets.push_back(&ticket);
    changed.notify_one();
    ticket.answered.wait(lock, [&] { return ticket.done; });
    if (ticket.error) std::rethrow_exception(ticket.error);
}

void Writer::Impl::refuse_own_thread() const
{
    if (std::this_thread::get_id() == thread.get_id())
        throw std::logic_error("the writer was called from inside a job or follower");
}

Result<void> Writer::run_and_wait(const Job& job)
{
    m_impl->refuse_own_thread();
    std::unique_lock lock(m_impl->mutex);
    if (m_impl->tickets.size() >= m_impl->options.queue_max) return refuse(ProblemCode::busy, {}, {{"retry_s", "1"}});
    Ticket ticket;
    ticket.job = &job;
    m_impl->wait_for(ticket, lock);
    return {};
}

void Writer::Impl::catch_up()
{
    refuse_own_thread();
    std::unique_lock lock(mutex);
    Ticket ticket;
    wait_for(ticket, lock);
}

void Writer::Impl::listen()
{
    while (!listening_ends) {
        try {
            listener->wait(follow_pause_max);
            if (!listening_ends) catch_up();
        } catch (const StoreError&) {
            // The server is away: the next round tries again, and jobs meanwhile tell their senders.
        }
    }
}

void Writer::catch_up()
{
    m_impl->catch_up();
}

void Writer::follow_others()
{
    if (m_impl->listener) return;
    m_impl->listener = m_impl->database.listen();
    if (m_impl->listener) m_impl->listening_thread = std::thread([this] { m_impl->listen(); });
}

Engine Writer::engine() const
{
    return m_impl->database.engine();
}

JournalPosition Writer::followed() const
{
    return m_impl->deliverer.position();
}

void Writer::run_all(std::span<const Job> jobs, const std::function<void(std::size_t)>& durable)
{
    if (jobs.empty()) return;
    auto& writer = *m_impl;
    writer.refuse_own_thread();
    Bulk bulk;
    bulk.jobs = jobs;
    std::unique_lock lock(writer.mutex);
    writer.bulks.push_back(&bulk);
    writer.changed.notify_one();
    std::size_t told = 0;
    while (!bulk.detached || told < bulk.finished) {
        bulk.answered.wait(lock, [&] { return bulk.detached || told < bulk.finished; });
        const auto finished = bulk.finished;
        lock.unlock();
        try {
            for (; told < finished; ++told) durable(told);
        } catch (...) {
            lock.lock();
            bulk.cancelled = true;
            bulk.answered.wait(lock, [&] { return bulk.detached; });
            throw;
        }
        lock.lock();
    }
    if (bulk.error) std::rethrow_exception(bulk.error);
}

}  // namespace phoihop::store
