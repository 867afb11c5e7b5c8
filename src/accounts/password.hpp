// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>

namespace phoihop::accounts {

/// What argon2id may cost. Measured on the reference machine: 2 passes over 19 MiB take 17 ms; these are OWASP's least.
struct PasswordCost {
    std::uint64_t passes = 2;
    std::size_t memory = 19UL * 1024 * 1024;
};

/// Hashes passwords, a bounded number at a time: a wave of sign-ins must not take the machine's memory. Thread-safe.
class PasswordHasher {
public:
    explicit PasswordHasher(PasswordCost cost = {}, int parallel_max = 4,
                            std::chrono::milliseconds wait_max = std::chrono::seconds(5));

    /// The hash with its salt and cost, as the database keeps it. `busy` when others have hashed for too long.
    [[nodiscard]] Result<std::string> hash(std::string_view password);

    /// Whether `password` has this hash. For an empty hash (no such user, nobody's password) it works as long and
    /// says no, so that the time tells nothing.
    [[nodiscard]] Result<bool> matches(std::string_view hash, std::string_view password);

private:
    class Turn;
    PasswordCost m_cost;
    int m_free;
    std::chrono::milliseconds m_wait_max;
    std::mutex m_mutex;
    std::condition_variable m_freed;
    std::string m_nobody;  // the hash of a password that nobody knows
};

inline constexpr std::size_t password_length_min = 10;
inline constexpr std::size_t password_size_max = 256;  ///< bytes

/// What a new password must be: long enough (letters are counted, not bytes), not the login, none of the most used.
/// Nothing about digits and capitals: they make people write it down.
[[nodiscard]] Result<void> check_password(std::string_view password, std::string_view login);

}  // namespace phoihop::accounts
