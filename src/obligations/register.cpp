// SPDX-License-Identifier: Apache-2.0
#include "obligations/register.hpp"

#include <mutex>
#include <set>
#include <shared_mutex>
#include <vector>

namespace phoihop::obligations {

struct Register::Impl {
    explicit Impl(const store::Database& from) : database(from) {}

    const store::Database& database;
    mutable std::shared_mutex lock;
    Books books;
    std::int64_t as_of = 0;

    /// Books and the position that they are of, from one snapshot.
    std::pair<Books, std::int64_t> load() const
    {
        std::pair<Books, std::int64_t> answer;
        database.read([&](store::Connection& connection) {
            answer = {Books::load(connection), store::journal_position(connection).sequence};
        });
        return answer;
    }

    /// What another process did comes without its content: such rows are noted in `behind`.
    void follow(const store::JournalRecord& record, std::set<ObligationId>& behind)
    {
        if (record.sequence <= as_of) return;  // was read with the books
        as_of = record.sequence;
        if (const auto id = obligation_from_subject(record.subject)) {
            const auto event = decode_step(record.content);
            if (!event || !books.append(*id, event->number, event->step)) behind.insert(*id);
        } else if (const auto key = register_from_subject(record.subject)) {
            database.read(
                [&](store::Connection& connection) { books.reload(connection, key->programme, key->period); });
        }
    }
};

Register::Register(const store::Database& database) : m_impl(std::make_unique<Impl>(database)) {}
Register::~Register() = default;

void Register::reload()
{
    auto [books, as_of] = m_impl->load();
    const std::unique_lock guard(m_impl->lock);
    m_impl->books = std::move(books);
    m_impl->as_of = as_of;
}

void Register::follow(std::span<const store::JournalRecord> records)
{
    const std::unique_lock guard(m_impl->lock);
    std::set<ObligationId> behind;
    for (const store::JournalRecord& record : records) m_impl->follow(record, behind);
    if (behind.empty()) return;
    const std::vector<ObligationId> ids(behind.begin(), behind.end());
    m_impl->database.read([&](store::Connection& connection) { m_impl->books.reload(connection, ids); });
}

void Register::read(const std::function<void(const Books&, std::int64_t)>& reading) const
{
    const std::shared_lock guard(m_impl->lock);
    reading(m_impl->books, m_impl->as_of);
}

std::vector<std::string> Register::differences(std::size_t most) const
{
    const auto [fresh, as_of] = m_impl->load();
    const std::shared_lock guard(m_impl->lock);
    if (as_of != m_impl->as_of)
        return {"as of " + std::to_string(m_impl->as_of) + ", the store as of " + std::to_string(as_of)};
    return m_impl->books.differences(fresh, most);
}

}  // namespace phoihop::obligations
