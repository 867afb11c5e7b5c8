// SPDX-License-Identifier: Apache-2.0
#include "store/journal.hpp"

#include "store/digest.hpp"

#include <algorithm>
#include <limits>
#include <vector>

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

std::int64_t search_journal(Connection& connection, const JournalWish& wish, std::int64_t looked_at_max,
                            const std::function<bool(const JournalRecord&)>& each)
{
    constexpr std::int64_t piece = 100'000;
    constexpr std::int64_t found_max = 500;  // PostgreSQL holds an answer in memory as a whole
    constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
    const std::string last_verb = wish.verb.empty() ? "~" : wish.verb;  // words are small letters
    const std::string first_subject = wish.kind.empty() ? "" : wish.kind + ":";
    const std::string last_subject = wish.kind.empty() ? "~" : wish.kind + ";";  // ';' comes after ':'
    std::int64_t before = std::min(wish.before, journal_position(connection).sequence + 1);
    const std::int64_t stop = before > looked_at_max ? before - looked_at_max : 1;
    bool goes_on = true;
    while (goes_on && before > stop) {
        const std::int64_t begin = std::max(stop, before - piece);
        std::vector<JournalRecord> found;  // first all, then each: whoever judges them asks the same connection
        connection.query(
            "select sequence, at, actor, verb, subject, version, digest, hash from journal"
            " where sequence >= ? and sequence < ? and at >= ? and at < ? and actor >= ? and actor <= ?"
            " and verb >= ? and verb <= ? and subject >= ? and subject < ? order by sequence desc limit ?",
            {begin, before, std::int64_t{wish.from.time_since_epoch().count()},
             std::int64_t{wish.to.time_since_epoch().count()}, wish.actor ? wish.actor->value : 0,
             wish.actor ? wish.actor->value : most, wish.verb, last_verb, first_subject, last_subject, found_max},
            [&](const Row& row) { found.push_back(record_in(row)); });
        before = static_cast<std::int64_t>(found.size()) < found_max ? begin : found.back().sequence;
        for (const JournalRecord& record : found) {
            goes_on = each(record);
            if (goes_on) continue;
            before = record.sequence;
            break;
        }
    }
    return before <= 1 ? 0 : before;
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
