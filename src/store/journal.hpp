// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/date.hpp"
#include "base/id.hpp"
#include "store/database.hpp"

#include <array>
#include <string>

namespace phoihop::store {

using Digest = std::array<std::byte, 32>;  ///< BLAKE2b-256

/// One accepted change. `subject` is "<kind>:<key>" ("fact:3/1042/17/2" = form/unit/period/version,
/// "obligation:991", "unit:12", "programme:1/4", "user:7"); the kind is what followers switch on.
/// The journal holds no content: `digest` is BLAKE2b(salt ‖ content), so that content can be purged
/// with its salt while the chain stays valid.
struct JournalRecord {
    std::int64_t sequence = 0;  ///< 1, 2, 3 … without gaps; sequence order = commit order
    Instant at{};
    UserId actor;      ///< 0 = the program itself
    std::string verb;  ///< "accepted", "corrected", "opened", "evidenced" …
    std::string subject;
    std::int64_t version = 0;
    Digest digest{};
    Digest hash{};  ///< BLAKE2b over this record's fields and the hash before

    /// The content that `digest` covers. Present only in the process that wrote the record; a follower
    /// that needs it for a record of another process reads the state by `subject`.
    Bytes content;
};

/// Something fed by accepted changes, in order. Must not throw for a record it does not know.
class JournalFollower {
public:
    virtual ~JournalFollower() = default;
    virtual void follow(std::span<const JournalRecord> records) = 0;
};

/// The last sequence and its chain hash: what a snapshot, follower or cursor keeps.
struct JournalPosition {
    std::int64_t sequence = 0;
    Digest hash{};
    friend bool operator==(const JournalPosition&, const JournalPosition&) = default;
};

[[nodiscard]] JournalPosition journal_position(Connection& connection);

/// Records with `after` < sequence <= `after` + `most`, in order, without content.
void read_journal(Connection& connection, std::int64_t after, std::int64_t most,
                  const std::function<void(const JournalRecord&)>& each);

/// What is looked for in the journal. Empty parts ask for all.
struct JournalWish {
    std::int64_t before = std::numeric_limits<std::int64_t>::max();  ///< sequences below this one
    Instant from = Instant::min();
    Instant to = Instant::max();  ///< not included
    std::optional<UserId> actor = {};
    std::string verb = {};
    std::string kind = {};  ///< of the subject: "user"
};

/// Calls `each` for what is wished, newest first, until it answers false or `looked_at_max` sequences have been
/// passed. The answer is the sequence to go on before, 0 when the beginning was reached. Nothing is indexed for this:
/// what would help here would slow every report down, and the journal is read by its key, 100,000 records at a time.
[[nodiscard]] std::int64_t search_journal(Connection& connection, const JournalWish& wish, std::int64_t looked_at_max,
                                          const std::function<bool(const JournalRecord&)>& each);

/// Walks the whole chain and recomputes every hash. The answer is the first sequence that does not
/// fit, or nothing.
[[nodiscard]] std::optional<std::int64_t> first_broken_record(Connection& connection);

}  // namespace phoihop::store
