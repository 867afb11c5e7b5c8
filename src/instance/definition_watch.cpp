// SPDX-License-Identifier: Apache-2.0
#include "instance/definition_watch.hpp"

#include <string_view>

namespace phoihop::instance {

namespace {

bool defines(std::string_view subject)
{
    return subject.starts_with("unit:") || subject.starts_with("outline:") || subject.starts_with("programme:");
}

}  // namespace

void DefinitionWatch::follow(std::span<const store::JournalRecord> records)
{
    std::int64_t last = 0;
    for (const store::JournalRecord& record : records)
        if (defines(record.subject)) last = record.sequence;
    if (last == 0) return;
    const std::scoped_lock lock(m_mutex);
    m_last = last;
    m_changed.notify_all();
}

std::int64_t DefinitionWatch::last() const
{
    const std::scoped_lock lock(m_mutex);
    return m_last;
}

bool DefinitionWatch::wait_for_newer(std::int64_t sequence, const std::stop_token& stop)
{
    std::unique_lock lock(m_mutex);
    return m_changed.wait(lock, stop, [&] { return m_last > sequence; });
}

}  // namespace phoihop::instance
