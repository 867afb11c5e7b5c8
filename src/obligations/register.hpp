// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "obligations/books.hpp"
#include "store/journal.hpp"

#include <memory>

namespace phoihop::obligations {

/// The register of a database, in memory and live: the books, fed by the journal. As a synchronous follower it holds an
/// accepted report before its sender is answered. Thread-safe; a reader holds the writer up while it reads, so read
/// briefly (the largest gap board takes some milliseconds).
class Register final : public store::JournalFollower {
public:
    /// `database` is read by `reload`, for openings and passings, and for records of other processes.
    explicit Register(const store::Database& database);
    ~Register() override;

    /// Builds the books anew from the store.
    void reload();

    void follow(std::span<const store::JournalRecord> records) override;

    /// Calls `reading` with the books and the journal sequence that they are as of; nothing changes meanwhile. Keep
    /// no reference into them.
    void read(const std::function<void(const Books&, std::int64_t as_of)>& reading) const;

    /// Loads the books a second time and compares; one line for each difference, at most `most`.
    [[nodiscard]] std::vector<std::string> differences(std::size_t most) const;

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

}  // namespace phoihop::obligations
