// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/digest.hpp"
#include "store/writer.hpp"

#include <exception>

namespace phoihop::store {

/// One transaction: jobs, each in a savepoint of its own, and as its last act their journal records, numbered
/// and chained under the lock of the chain's head. Used by `Writer` alone, on its own thread.
class Batch final : public WriteContext {
public:
    /// Begins the transaction. All jobs of the batch share the instant `now`.
    Batch(Connection& connection, Engine engine, Instant now);
    /// Undoes everything unless committed.
    ~Batch() override;
    Batch(const Batch&) = delete;
    Batch& operator=(const Batch&) = delete;

    Connection& connection() override;
    Instant now() const override { return m_now; }
    void record(UserId actor, std::string_view verb, std::string subject, std::int64_t version, Bytes content) override;

    /// Runs one job; what it threw, or nothing. Unless it answered true, nothing of it is kept.
    /// Where a rule of the schema refused it because another process was faster, it runs once more.
    /// A failure to undo and a RetryError are thrown: then the whole batch is lost.
    [[nodiscard]] std::exception_ptr run(const std::function<bool(WriteContext&)>& job);

    /// Told of an item that fails even alone; answers whether to go on with those behind it.
    using Failed = std::function<bool(std::size_t, std::exception_ptr)>;
    /// Runs all items of a group in one savepoint. When that throws, each half in one of its own, and so on down to the
    /// items that are to blame. `from` is the number of the first item; false when `failed` ended it.
    bool run_group(JobGroup& group, std::span<JobGroup::Item* const> items, std::size_t from, const Failed& failed);

    /// Writes the journal and commits. Answers the position before this batch's first record.
    JournalPosition commit();

    /// The committed records, in order.
    [[nodiscard]] std::vector<JournalRecord> take_records() { return std::move(m_records); }

private:
    [[nodiscard]] std::exception_ptr run_once(const std::function<bool(WriteContext&)>& job);
    void undo_job(std::size_t kept_records);
    [[nodiscard]] Salt new_salt();
    JournalPosition draw_numbers();
    void write_journal_and_commit();

    Connection& m_connection;
    Engine m_engine;
    Instant m_now;
    bool m_open = true;
    bool m_in_savepoint = false;
    std::vector<JournalRecord> m_records;
    std::vector<Salt> m_salts;  ///< beside m_records
    std::vector<Salt> m_drawn;  ///< for records to come: asking the system for many at once costs as much as for one
};

}  // namespace phoihop::store
