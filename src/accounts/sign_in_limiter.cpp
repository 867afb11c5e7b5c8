// SPDX-License-Identifier: Apache-2.0
#include "accounts/sign_in_limiter.hpp"

#include <algorithm>

namespace phoihop::accounts {
namespace {

std::string both(std::string_view login, std::string_view address)
{
    return std::string(address) + ' ' + std::string(login);
}

}  // namespace

std::chrono::seconds SignInLimiter::wait_of(const std::string& key, int free, Instant now) const
{
    using std::chrono::seconds;
    const auto found = m_by_key.find(key);
    if (found == m_by_key.end() || found->second->failures < free) return seconds(0);
    const Entry& entry = *found->second;
    if (now - entry.last >= m_rule.forgets_after) return seconds(0);
    const int doublings = std::min(entry.failures - free, 20);
    const seconds whole = std::min(m_rule.first_wait * (1 << doublings), m_rule.wait_max);
    return std::max(seconds(0), std::chrono::ceil<seconds>(entry.last + whole - now));
}

std::chrono::seconds SignInLimiter::wait(std::string_view login, std::string_view address, Instant now)
{
    const std::lock_guard lock(m_mutex);
    return std::max(wait_of(both(login, address), m_rule.free_failures, now),
                    wait_of(std::string(address), m_rule.free_of_address, now));
}

void SignInLimiter::count(const std::string& key, Instant now)
{
    const auto found = m_by_key.find(key);
    if (found == m_by_key.end()) {
        m_entries.push_front({key, 0, now});
        m_by_key[key] = m_entries.begin();
    } else {
        m_entries.splice(m_entries.begin(), m_entries, found->second);
    }
    Entry& entry = m_entries.front();
    if (now - entry.last >= m_rule.forgets_after) entry.failures = 0;
    ++entry.failures;
    entry.last = now;
    while (m_entries.size() > m_rule.entries_max) {
        m_by_key.erase(m_entries.back().key);
        m_entries.pop_back();
    }
}

void SignInLimiter::failed(std::string_view login, std::string_view address, Instant now)
{
    const std::lock_guard lock(m_mutex);
    count(both(login, address), now);
    count(std::string(address), now);
}

void SignInLimiter::succeeded(std::string_view login, std::string_view address)
{
    const std::lock_guard lock(m_mutex);
    // The address keeps its count: one known password must not buy fifty more guesses at others.
    const auto found = m_by_key.find(both(login, address));
    if (found == m_by_key.end()) return;
    m_entries.erase(found->second);
    m_by_key.erase(found);
}

std::size_t SignInLimiter::entry_count()
{
    const std::lock_guard lock(m_mutex);
    return m_entries.size();
}

}  // namespace phoihop::accounts
