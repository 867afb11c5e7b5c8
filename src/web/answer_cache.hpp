// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "http/response.hpp"

#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

namespace phoihop::web {

/// What an answer was computed from.
struct AnswerVersion {
    std::weak_ptr<const void> snapshot;  ///< of the cube; names it without holding it
    std::int64_t as_of = 0;              ///< its journal sequence
    std::int64_t definitions = 0;        ///< which reading of units and programmes

    [[nodiscard]] bool is(const AnswerVersion& other) const
    {
        return definitions == other.definitions && !snapshot.owner_before(other.snapshot) &&
               !other.snapshot.owner_before(snapshot);
    }
    [[nodiscard]] bool is_before(const AnswerVersion& other) const
    {
        return as_of < other.as_of || definitions < other.definitions;
    }
};

/// Whole answers of one version of the figures, each for everybody who has the same rights. The key names the question
/// and the scope (accounts::scope_key); what was computed from another version is never found. Bounded: an answer
/// counts as its key and twice its bytes (its compressed form is never longer), and the ones asked longest ago go
/// first. Thread-safe; `find` holds a lock for a moment and frees nothing large.
class AnswerCache {
public:
    static constexpr std::size_t bytes_max = std::size_t{64} << 20U;

    explicit AnswerCache(std::size_t limit = bytes_max) : m_limit(limit) {}

    /// Null when it is not there, or not of this version.
    [[nodiscard]] std::shared_ptr<const http::Content> find(std::string_view key, const AnswerVersion& version);

    /// The first answer of a newer version lets all others go. An answer larger than an eighth of the limit, or older
    /// than what is kept, is not kept.
    void keep(std::string key, const AnswerVersion& version, std::shared_ptr<const http::Content> content);

    [[nodiscard]] std::size_t bytes() const;
    [[nodiscard]] std::size_t size() const;

private:
    struct Entry {
        std::string key;
        std::shared_ptr<const http::Content> content;
        std::size_t bytes = 0;
    };
    using Entries = std::list<Entry>;  // the one asked last stands first

    void drop_last();

    const std::size_t m_limit;
    mutable std::mutex m_mutex;
    AnswerVersion m_version;
    std::size_t m_bytes = 0;
    Entries m_entries;
    std::unordered_map<std::string_view, Entries::iterator> m_by_key;  // views into the entries
};

}  // namespace phoihop::web
