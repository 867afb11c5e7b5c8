// SPDX-License-Identifier: Apache-2.0
#include "store/batch.hpp"

#include "store/retry_error.hpp"
#include "store/together.hpp"

#include <algorithm>
#include <cassert>

namespace phoihop::store {

namespace {

bool is_constraint(const std::exception_ptr& error)
{
    if (!error) return false;
    try {
        std::rethrow_exception(error);
    } catch (const ConstraintError&) {
        return true;
    } catch (...) {
        return false;
    }
}

}  // namespace

Batch::Batch(Connection& connection, Engine engine, Instant now)
    : m_connection(connection), m_engine(engine), m_now(now)
{
    // SQLite: ask for the file's write lock now; later asking could be refused in the middle.
    m_connection.execute(engine == Engine::sqlite ? "begin immediate" : "begin");
}

Batch::~Batch()
{
    if (!m_open) return;
    try {
        m_connection.execute("rollback");
    } catch (const StoreError&) {
        // The engine ended the transaction itself (disk full, connection lost): nothing is kept either way.
    }
}

Connection& Batch::connection()
{
    // Only a job that asks for the connection can have anything to undo.
    if (!m_in_savepoint) {
        m_connection.execute("savepoint job");
        m_in_savepoint = true;
    }
    return m_connection;
}

Salt Batch::new_salt()
{
    if (m_drawn.empty()) {
        m_drawn.resize(std::clamp<std::size_t>(m_records.size(), 2, 64));
        fill_random(std::as_writable_bytes(std::span(m_drawn)));
    }
    const Salt salt = m_drawn.back();
    m_drawn.pop_back();
    return salt;
}

void Batch::record(UserId actor, std::string_view verb, std::string subject, std::int64_t version, Bytes content)
{
    const Salt salt = new_salt();
    JournalRecord record;
    record.at = m_now;
    record.actor = actor;
    record.verb = verb;
    record.subject = std::move(subject);
    record.version = version;
    record.digest = digest_of(salt, content);
    record.content = std::move(content);
    m_records.push_back(std::move(record));
    m_salts.push_back(salt);
}

std::exception_ptr Batch::run(const std::function<bool(WriteContext&)>& job)
{
    auto error = run_once(job);
    // Somebody may only have been faster, another process or a job before it, and now it can be seen how.
    if (is_constraint(error)) error = run_once(job);
    return error;
}

std::exception_ptr Batch::run_once(const std::function<bool(WriteContext&)>& job)
{
    const auto kept_records = m_records.size();
    bool keep = false;
    std::exception_ptr thrown;
    try {
        keep = job(*this);
        if (keep && m_in_savepoint) m_connection.execute("release job");
    } catch (const RetryError&) {
        // Undoing this job alone would keep the locks of those before it, and the other process waiting for them.
        throw;
    } catch (...) {
        keep = false;
        thrown = std::current_exception();
    }
    if (!keep) undo_job(kept_records);
    m_in_savepoint = false;
    return thrown;
}

bool Batch::run_group(JobGroup& group, std::span<JobGroup::Item* const> items, std::size_t from, const Failed& failed)
{
    const auto run_all = [&] {
        return run([&](WriteContext& context) {
            group.run(context, items);
            return true;
        });
    };
    auto error = items.empty() ? nullptr : run_all();
    if (!error) return true;
    if (items.size() == 1) return failed(from, std::move(error));
    const auto half = items.size() / 2;
    return run_group(group, items.first(half), from, failed) &&
           run_group(group, items.subspan(half), from + half, failed);
}

void Batch::undo_job(std::size_t kept_records)
{
    m_records.resize(kept_records);
    m_salts.resize(kept_records);
    if (!m_in_savepoint) return;
    m_connection.execute("rollback to job");
    m_connection.execute("release job");
}

JournalPosition Batch::draw_numbers()
{
    JournalPosition before;
    // The update holds the head's row until the commit, so the order of numbers is the order of commits.
    m_connection.query("update journal_head set sequence = sequence + ? where one = 1 returning sequence, hash",
                       {static_cast<std::int64_t>(m_records.size())}, [&](const Row& row) {
                           before.sequence = row.integer(0) - static_cast<std::int64_t>(m_records.size());
                           const auto hash = row.blob(1);
                           assert(hash.size() == before.hash.size());
                           std::ranges::copy(hash, before.hash.begin());
                       });
    auto at = before;
    for (auto& record : m_records) {
        record.sequence = ++at.sequence;
        record.hash = at.hash = chain_hash(at.hash, record);
    }
    return before;
}

/// The records, the new head and the commit, in one journey unless there are many records.
void Batch::write_journal_and_commit()
{
    static constexpr std::array<std::string_view, 9> columns{"sequence", "at",   "actor",  "verb", "subject",
                                                             "version",  "salt", "digest", "hash"};
    Together last(m_connection);
    for (std::size_t i = 0; i < m_records.size(); ++i) {
        const auto& record = m_records[i];
        last.insert("journal", columns,
                    {record.sequence, std::int64_t{record.at.time_since_epoch().count()}, record.actor.value,
                     std::string_view(record.verb), std::string_view(record.subject), record.version,
                     BytesView(m_salts[i]), BytesView(record.digest), BytesView(record.hash)});
    }
    last.execute("update journal_head set hash = ? where one = 1", {BytesView(m_records.back().hash)});
    // One empty notice per batch: notices take a lock of the whole cluster at commit.
    if (m_engine == Engine::postgresql) last.execute("notify phoihop_journal", {});
    last.execute("commit", {});
    last.run();
}

JournalPosition Batch::commit()
{
    JournalPosition before;
    if (m_records.empty()) {
        m_connection.execute("commit");
    } else {
        before = draw_numbers();
        write_journal_and_commit();
    }
    m_open = false;
    return before;
}

}  // namespace phoihop::store
