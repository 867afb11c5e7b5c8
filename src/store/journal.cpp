// SPDX-License-Identifier: Apache-2.0
#include "store/journal.hpp"

#include "store/digest.hpp"

#include <algorithm>
#include <limits>

namespace phoihop::store {

namespace {

Digest digest_in(BytesView bytes)
{
    Digest digest{};
    // A wrong length leaves zeros, which no chain fits.
    if (bytes.size() == digest.size()) std::copy(bytes.begin(), bytes.end(), digest.begin());
    return digest;
}

JournalRecord record_in(const Row& row)
{
    JournalRecord record;
    record.sequence = row.integer(0);
    record.at = Instant(std::chrono::milliseconds(row.integer(1)));
    record.actor = UserId{row.integer(2)};
    record.verb = row.text(3);
    record.subject = row.text(4);
    record.version = row.integer(5);
    record.digest = digest_in(row.blob(6));
    record.hash = digest_in(row.blob(7));
    return record;
}

}  // namespace

JournalPosition journal_position(Connection& connection)
{
    JournalPosition position;
    connection.query("select sequence, hash from journal_head where one = 1", {}, [&](const Row& row) {
        position.sequence = row.integer(0);
        position.hash = digest_in(row.blob(1));
    });
    return position;
}

void read_journal(Connection& connection, std::int64_t after, std::int64_t most,
                  const std::function<void(const JournalRecord&)>& each)
{
    connection.query(
        "select sequence, at, actor, verb, subject, version, digest, hash from journal"
        " where sequence > ? and sequence <= ? order by sequence",
        {after, most > std::numeric_limits<std::int64_t>::max() - after ? std::numeric_limits<std::int64_t>::max()
                                                                        : after + most},
        [&](const Row& row) { each(record_in(row)); });
}

std::optional<std::int64_t> first_broken_record(Connection& connection)
{
    constexpr std::int64_t piece = 10'000;
    const auto head = journal_position(connection);
    JournalPosition at;
    std::optional<std::int64_t> broken;
    const auto check = [&](const JournalRecord& record) {
        if (broken) return;
        const auto expected = chain_hash(at.hash, record);
        if (record.sequence != at.sequence + 1 || record.hash != expected) broken = at.sequence + 1;
        at = {record.sequence, record.hash};
    };
    while (!broken && at.sequence < head.sequence) {
        const auto before = at.sequence;
        read_journal(connection, before, piece, check);
        if (at.sequence == before) broken = before + 1;  // the rest is gone
    }
    if (!broken && at != head) broken = head.sequence;
    // Rows past the head were never drawn from it.
    if (!broken) broken = connection.integer("select min(sequence) from journal where sequence > ?", {head.sequence});
    return broken;
}

}  // namespace phoihop::store
