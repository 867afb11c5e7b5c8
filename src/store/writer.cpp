// SPDX-License-Identifier: Apache-2.0
#include "store/writer.hpp"

#include "base/log.hpp"
#include "store/batch.hpp"
#include "store/deliverer.hpp"
#include "store/retry_error.hpp"

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

/// How often a batch is run when the engine gives it up each time. Every deadlock lets somebody else go on, so that
/// even the second time is rare.
constexpr int attempts_max = 10;

using Job = std::function<bool(WriteContext&)>;

/// One caller of run(), waiting.
struct Ticket {
    const Job* job = nullptr;  ///< neither job nor item: only wait for the records of others
    JobGroup* group = nullptr;
    JobGroup::Item* item = nullptr;
    /// Its own, because all who share a batch are woken at once and would queue for the writer's.
    std::mutex mutex;
    std::exception_ptr error;
    bool done = false;
    std::condition_variable answered;
};

using Items = std::span<JobGroup::Item* const>;

}  // namespace

/// One caller of run_all(), waiting. All but what it brings is guarded by the writer's mutex.
struct Writer::Bulk {
    std::span<const Job> jobs;
    JobGroup* group = nullptr;  ///< then `items` instead of `jobs`
    Items items;
    std::size_t taken = 0;     ///< handed to the writing thread
    std::size_t finished = 0;  ///< durable and followed
    std::exception_ptr error;
    bool cancelled = false;
    bool detached = false;  ///< the writing thread knows it no more
    std::condition_variable answered;

    [[nodiscard]] std::size_t size() const { return group != nullptr ? items.size() : jobs.size(); }
};

/// What one transaction carries: single jobs first, so that an import does not keep people waiting longer
/// than its share of one batch.
struct Writer::Load {
    std::vector<Ticket*> tickets;
    Bulk* bulk = nullptr;
    std::size_t bulk_from = 0;
    std::size_t bulk_count = 0;

    // What came of it.
    std::vector<std::exception_ptr> ticket_errors;
    std::size_t bulk_finished = 0;
    std::exception_ptr bulk_error;

    /// As before anything was run.
    void forget()
    {
        std::ranges::fill(ticket_errors, nullptr);
        bulk_finished = 0;
        bulk_error = nullptr;
    }
};

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
    struct Committed;
    Committed run_and_commit(Load& load);
    Committed commit_in_the_end(Load& load);
    [[nodiscard]] JournalPosition head();
    static void run_tickets(Batch& batch, Load& load);
    static void run_bulk(Batch& batch, Load& load);
    void answer(Load& load);
    [[nodiscard]] Result<void> queue_and_wait(Ticket& ticket);
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

Writer::Load Writer::Impl::next_load()
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
        load.bulk_from = bulk.taken;
        load.bulk_count = bulk.cancelled ? 0 : std::min(room, bulk.size() - bulk.taken);
        bulk.taken += load.bulk_count;
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
        if (load.bulk_count != 0) load.bulk_error = std::current_exception();
    }
}

void Writer::Impl::run_tickets(Batch& batch, Load& load)
{
    std::vector<JobGroup*> done;
    for (std::size_t i = 0; i < load.tickets.size(); ++i) {
        const auto& ticket = *load.tickets[i];
        if (ticket.job != nullptr) load.ticket_errors[i] = batch.run(*ticket.job);
        if (ticket.group == nullptr || std::ranges::find(done, ticket.group) != done.end()) continue;
        done.push_back(ticket.group);
        std::vector<JobGroup::Item*> items;
        std::vector<std::size_t> places;
        for (std::size_t other = i; other < load.tickets.size(); ++other) {
            if (load.tickets[other]->group != ticket.group) continue;
            items.push_back(load.tickets[other]->item);
            places.push_back(other);
        }
        batch.run_group(*ticket.group, items, 0, [&](std::size_t at, std::exception_ptr error) {
            load.ticket_errors[places[at]] = std::move(error);
            return true;
        });
    }
}

void Writer::Impl::run_bulk(Batch& batch, Load& load)
{
    if (load.bulk_count == 0) return;
    const auto& bulk = *load.bulk;
    load.bulk_finished = load.bulk_count;
    if (bulk.group != nullptr) {
        batch.run_group(*bulk.group, bulk.items.subspan(load.bulk_from, load.bulk_count), 0,
                        [&](std::size_t at, std::exception_ptr error) {
                            load.bulk_finished = at;
                            load.bulk_error = std::move(error);
                            return false;
                        });
        return;
    }
    for (std::size_t at = 0; at < load.bulk_count; ++at) {
        load.bulk_error = batch.run(bulk.jobs[load.bulk_from + at]);
        if (!load.bulk_error) continue;
        load.bulk_finished = at;
        return;
    }
}

/// Where the journal stands. Beginning a transaction makes a lost session anew, also where nobody writes.
JournalPosition Writer::Impl::head()
{
    JournalPosition at;
    {
        const Batch looking(database.writing_connection(), database.engine(), clock.now());
        at = journal_position(database.writing_connection());
    }
    database.note_commit();
    return at;
}

struct Writer::Impl::Committed {
    JournalPosition before;
    std::vector<JournalRecord> records;
};

Writer::Impl::Committed Writer::Impl::run_and_commit(Load& load)
{
    Batch batch(database.writing_connection(), database.engine(), clock.now());
    run_tickets(batch, load);
    run_bulk(batch, load);
    const auto before = batch.commit();
    database.note_commit();
    return {before, batch.take_records()};
}

/// Whoever waits for a row that waits for us is let through first, and then the whole batch comes again.
Writer::Impl::Committed Writer::Impl::commit_in_the_end(Load& load)
{
    for (int attempt = 1; attempt < attempts_max; ++attempt) {
        try {
            return run_and_commit(load);
        } catch (const RetryError& error) {
            log::warning("batch run again", {{"attempt", std::to_string(attempt)}, {"why", error.what()}});
            load.forget();
        }
    }
    return run_and_commit(load);
}

void Writer::Impl::commit(Load& load)
{
    auto& connection = database.writing_connection();
    const auto is_job = [](const Ticket* ticket) { return ticket->job != nullptr || ticket->group != nullptr; };
    const bool all_jobs = std::ranges::all_of(load.tickets, is_job);
    if (load.bulk_count == 0 && std::ranges::none_of(load.tickets, is_job)) {
        deliverer.catch_up(connection, head());
        return;
    }
    auto [before, records] = commit_in_the_end(load);
    if (!records.empty()) {
        deliverer.catch_up(connection, before);
        deliverer.deliver(std::move(records));
    } else if (!all_jobs) {
        deliverer.catch_up(connection, head());
    }
}

void Writer::Impl::answer(Load& load)
{
    for (std::size_t i = 0; i < load.tickets.size(); ++i) {
        auto& ticket = *load.tickets[i];
        const std::lock_guard lock(ticket.mutex);
        ticket.error = std::move(load.ticket_errors[i]);
        ticket.done = true;
        // Notified under the lock: the ticket goes as soon as its owner can take it.
        ticket.answered.notify_one();
    }
    if (load.bulk == nullptr) return;
    const std::lock_guard lock(mutex);
    auto& bulk = *load.bulk;
    bulk.finished += load.bulk_finished;
    bulk.error = std::move(load.bulk_error);
    bulks.pop_front();
    bulk.detached = bulk.cancelled || bulk.error || bulk.taken == bulk.size();
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
    lock.unlock();
    changed.notify_one();
    std::unique_lock own(ticket.mutex);
    ticket.answered.wait(own, [&] { return ticket.done; });
    if (ticket.error) std::rethrow_exception(ticket.error);
}

void Writer::Impl::refuse_own_thread() const
{
    if (std::this_thread::get_id() == thread.get_id())
        throw std::logic_error("the writer was called from inside a job or follower");
}

Result<void> Writer::Impl::queue_and_wait(Ticket& ticket)
{
    refuse_own_thread();
    std::unique_lock lock(mutex);
    if (tickets.size() >= options.queue_max) return refuse(ProblemCode::busy, {}, {{"retry_s", "1"}});
    wait_for(ticket, lock);
    return {};
}

Result<void> Writer::run_and_wait(const Job& job)
{
    Ticket ticket;
    ticket.job = &job;
    return m_impl->queue_and_wait(ticket);
}

Result<void> Writer::run(JobGroup& group, JobGroup::Item& item)
{
    Ticket ticket;
    ticket.group = &group;
    ticket.item = &item;
    return m_impl->queue_and_wait(ticket);
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

std::size_t Writer::waiting() const
{
    const std::lock_guard lock(m_impl->mutex);
    return m_impl->tickets.size();
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
    Bulk bulk;
    bulk.jobs = jobs;
    run_bulk(bulk, durable);
}

void Writer::run_all(JobGroup& group, Items items, const std::function<void(std::size_t)>& durable)
{
    Bulk bulk;
    bulk.group = &group;
    bulk.items = items;
    run_bulk(bulk, durable);
}

void Writer::run_bulk(Bulk& bulk, const std::function<void(std::size_t)>& durable)
{
    if (bulk.size() == 0) return;
    auto& writer = *m_impl;
    writer.refuse_own_thread();
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
