// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/date.hpp"

#include <chrono>
#include <list>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

namespace phoihop::accounts {

/// Slows the guessing of passwords down. Counted are failures of a login from an address (a stranger cannot lock an
/// officer out from elsewhere), and of an address over all logins. Kept in memory and bounded: past the bound the
/// longest untouched are forgotten. Thread-safe.
class SignInLimiter {
public:
    struct Rule {
        int free_failures = 5;     ///< of one login from one address; then each wait is twice the last
        int free_of_address = 50;  ///< many officers may share one address
        std::chrono::seconds first_wait{15};
        std::chrono::seconds wait_max{15 * 60};
        std::chrono::seconds forgets_after{60 * 60};
        std::size_t entries_max = 20'000;
    };
    SignInLimiter() : SignInLimiter(Rule()) {}
    explicit SignInLimiter(Rule rule) : m_rule(rule) {}

    /// How long the caller must wait before the next try; 0 when it may try now.
    [[nodiscard]] std::chrono::seconds wait(std::string_view login, std::string_view address, Instant now);

    void failed(std::string_view login, std::string_view address, Instant now);
    void succeeded(std::string_view login, std::string_view address);

    [[nodiscard]] std::size_t entry_count();

private:
    struct Entry {
        std::string key;
        int failures = 0;
        Instant last{};
    };
    [[nodiscard]] std::chrono::seconds wait_of(const std::string& key, int free, Instant now) const;
    void count(const std::string& key, Instant now);

    Rule m_rule;
    std::mutex m_mutex;
    std::list<Entry> m_entries;  // the latest first
    std::unordered_map<std::string, std::list<Entry>::iterator> m_by_key;
};

}  // namespace phoihop::accounts
