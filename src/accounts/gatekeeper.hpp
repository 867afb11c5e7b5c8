// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "accounts/services.hpp"

#include <memory>
#include <mutex>
#include <optional>
#include <string_view>
#include <unordered_map>

namespace phoihop::accounts {

/// Who stands behind a cookie or a token, asked at every request. Answers are kept in memory and forgotten as soon as
/// the journal tells of any change to a user, by this process or another. Register it with the writer as a follower
/// before the answer. Thread-safe.
class Gatekeeper final : public store::JournalFollower {
public:
    struct Known {
        Actor actor;
        User user;
        std::string scope;  ///< scope_key of the actor's grants
    };

    explicit Gatekeeper(const Services& services) : m_services(services) {}

    /// The session's user; `not_signed_in` when it has ended. Marks the session as seen, every few minutes.
    [[nodiscard]] Result<std::shared_ptr<const Known>> by_session(std::string_view token, Instant now);

    /// The same from memory alone, for threads that must not wait; null when the database must be asked.
    [[nodiscard]] std::shared_ptr<const Known> by_session_at_once(std::string_view token, Instant now);
    [[nodiscard]] std::shared_ptr<const Known> by_api_token_at_once(std::string_view token, Instant now);

    /// The owner of an API token ("ph_…") with the rights narrowed to the token's.
    [[nodiscard]] Result<std::shared_ptr<const Known>> by_api_token(std::string_view token, Instant now);

    void follow(std::span<const store::JournalRecord> records) override;

private:
    struct Entry {
        std::shared_ptr<const Known> known;
        Instant ends;     // whatever happens
        Instant seen_at;  // sessions only
        bool is_session = false;
    };
    using Key = std::string;  // the hash, as bytes

    [[nodiscard]] std::optional<Entry> find(const Key& key, Instant now);
    [[nodiscard]] std::optional<Entry> load(std::string_view token, bool session, Instant now) const;
    Result<std::shared_ptr<const Known>> enter(std::string_view token, bool session, Instant now);
    void keep(const Key& key, Entry entry, std::uint64_t generation);
    void touch(const Key& key, std::string_view token, Instant now);

    Services m_services;
    std::mutex m_mutex;
    std::uint64_t m_generation = 0;  // counts the forgettings: an answer read before one is not kept after it
    std::unordered_map<Key, Entry> m_entries;
};

}  // namespace phoihop::accounts
