// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/date.hpp"
#include "store/journal.hpp"

#include <cstddef>
#include <functional>
#include <memory>
#include <type_traits>

namespace phoihop::store {

/// What a job may do: statements on the writing connection, and journal records that are chained and
/// written as the last act of its batch.
class WriteContext {
public:
    virtual ~WriteContext() = default;
    [[nodiscard]] virtual Connection& connection() = 0;
    [[nodiscard]] virtual Instant now() const = 0;  ///< one instant for the whole batch

    /// Journals a change made by this job. `content` is what the digest covers; it stays in memory for
    /// the followers of this process and is not stored in the journal.
    virtual void record(UserId actor, std::string_view verb, std::string subject, std::int64_t version,
                        Bytes content) = 0;
};

/// Work that many senders bring one by one and that costs less when it is done together.
class JobGroup {
public:
    /// What one sender brings; the group knows its own kind.
    struct Item {};

    virtual ~JobGroup() = default;

    /// Does the work of all items, in their order, inside one savepoint. An item that is refused by the rules says so
    /// in itself and leaves nothing. After an exception everything done here is undone, and the items come again in
    /// smaller parts, down to one: whatever this call left in them must not matter then.
    virtual void run(WriteContext& context, std::span<Item* const> items) = 0;
};

struct WriterOptions {
    std::size_t queue_max = 4096;       ///< waiting jobs; past it `run` answers `busy` with retry_s
    std::size_t batch_jobs_max = 4096;  ///< jobs that share one commit
};

/// The only writer of a database in this process. Each job runs in a savepoint: a refusal or an
/// exception undoes that job alone. Whatever queued during the last commit is the next batch and shares
/// one commit. After the commit the records go to the synchronous followers (they finish before any
/// sender is answered), then to the asynchronous ones. Thread-safe.
class Writer {
public:
    Writer(Database& database, const Clock& clock, WriterOptions options = {});
    ~Writer();  ///< finishes what is queued
    Writer(const Writer&) = delete;
    Writer& operator=(const Writer&) = delete;

    enum class Delivery : std::uint8_t { before_answer, after_answer };
    /// Must be called before the first job and before follow_others(). The follower must outlive the writer.
    /// It is given what comes after followed() as it was when the writer was made.
    void add_follower(JournalFollower& follower, Delivery delivery);

    /// Queues `job` (WriteContext& → Result<T>) and waits until its batch is durable and followed. Never call it
    /// from inside a job or a follower. A job may run more than once, each time as if for the first: when somebody was
    /// faster (ConstraintError: once more), or, on PostgreSQL, when its batch was given up (RetryError). A refusal
    /// returned by the job comes back as it is, with nothing of the job kept. An exception of the job is thrown here,
    /// with nothing of the job kept.
    template <class Job>
    auto run(Job&& job) -> std::invoke_result_t<Job, WriteContext&>
    {
        using Answer = std::invoke_result_t<Job, WriteContext&>;
        std::optional<Answer> answer;
        const std::function<bool(WriteContext&)> keep = [&](WriteContext& context) {
            answer.emplace(job(context));
            return answer->has_value();
        };
        if (auto queued = run_and_wait(keep); !queued) return tl::make_unexpected(std::move(queued).error());
        return std::move(*answer);
    }

    /// The same for one item of a group: all items of the group that wait are done together. An exception that is
    /// thrown for this item alone is thrown here; `busy` when the queue is full.
    [[nodiscard]] Result<void> run(JobGroup& group, JobGroup::Item& item);

    /// Many jobs as one call (imports): all are queued together, share as few commits as the options allow,
    /// and `durable(i)` is called in order, from this thread, once job i's batch is committed and followed,
    /// whether the job kept its work or not. A job answers true to keep its work. A job that throws ends the
    /// call: its own work is undone, the jobs behind it are not run, and the exception is thrown here after
    /// `durable` was called for those before it.
    void run_all(std::span<const std::function<bool(WriteContext&)>> jobs,
                 const std::function<void(std::size_t)>& durable);

    /// The same for many items of one group; an item always keeps its work.
    void run_all(JobGroup& group, std::span<JobGroup::Item* const> items,
                 const std::function<void(std::size_t)>& durable);

    /// Delivers what other processes committed to the same database, in order with what this one commits, and
    /// returns when the followers have it. A batch does the same by itself when it finds such records.
    void catch_up();

    /// Keeps catching up in the background (PostgreSQL: at every notice and at least every 250 ms). Nothing to
    /// do on SQLite, where nobody else can write.
    void follow_others();

    /// Senders that wait for a batch to begin with theirs.
    [[nodiscard]] std::size_t waiting() const;

    [[nodiscard]] Engine engine() const;

    /// The last record that the synchronous followers have been given.
    [[nodiscard]] JournalPosition followed() const;

private:
    Result<void> run_and_wait(const std::function<bool(WriteContext&)>& job);
    struct Bulk;
    struct Load;
    void run_bulk(Bulk& bulk, const std::function<void(std::size_t)>& durable);
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

}  // namespace phoihop::store
