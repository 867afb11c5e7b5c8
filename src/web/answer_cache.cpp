// SPDX-License-Identifier: Apache-2.0
#include "web/answer_cache.hpp"

namespace phoihop::web {

namespace {

constexpr std::size_t entry_overhead = 256;  // list, table and counters, about
constexpr std::size_t large_part = 8;

}  // namespace

std::shared_ptr<const http::Content> AnswerCache::find(std::string_view key, const AnswerVersion& version)
{
    const std::scoped_lock lock(m_mutex);
    if (!m_version.is(version)) return nullptr;
    const auto found = m_by_key.find(key);
    if (found == m_by_key.end()) return nullptr;
    m_entries.splice(m_entries.begin(), m_entries, found->second);
    return found->second->content;
}

void AnswerCache::keep(std::string key, const AnswerVersion& version, std::shared_ptr<const http::Content> content)
{
    const std::size_t bytes = key.size() + 2 * content->bytes().size() + entry_overhead;
    if (bytes > m_limit / large_part) return;
    Entries gone;  // freed outside the lock
    const std::scoped_lock lock(m_mutex);
    if (!m_version.is(version)) {
        if (version.is_before(m_version)) return;
        m_by_key.clear();
        gone.swap(m_entries);
        m_bytes = 0;
        m_version = version;
    }
    if (m_by_key.contains(key)) return;  // two asked at once
    while (m_bytes + bytes > m_limit) drop_last();
    m_entries.push_front({std::move(key), std::move(content), bytes});
    m_by_key.emplace(m_entries.front().key, m_entries.begin());
    m_bytes += bytes;
}

void AnswerCache::drop_last()
{
    m_by_key.erase(m_entries.back().key);
    m_bytes -= m_entries.back().bytes;
    m_entries.pop_back();
}

std::size_t AnswerCache::bytes() const
{
    const std::scoped_lock lock(m_mutex);
    return m_bytes;
}

std::size_t AnswerCache::size() const
{
    const std::scoped_lock lock(m_mutex);
    return m_entries.size();
}

}  // namespace phoihop::web
