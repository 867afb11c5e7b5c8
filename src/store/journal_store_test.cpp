// SPDX-License-Identifier: Apache-2.0
#include "store/digest.hpp"
#include "support/notes.hpp"

#include <doctest/doctest.h>

using namespace phoihop;
using namespace phoihop::store;

namespace {

/// Five records; then `damage` as one statement, behind the journal's back.
std::optional<std::int64_t> broken_after(std::string_view damage)
{
    test::FreshDatabase fresh;
    for (int i = 1; i <= 5; ++i) {
        fresh.write([i](WriteContext& context) {
            context.record(UserId{i}, "added", "note:" + std::to_string(i), 1, Bytes(3, std::byte{7}));
        });
    }
    if (!damage.empty()) fresh.write([&](WriteContext& context) { context.connection().execute(damage); });
    std::optional<std::int64_t> broken;
    fresh.read([&](Connection& connection) { broken = first_broken_record(connection); });
    return broken;
}

}  // namespace

TEST_CASE("store: a record keeps who, when, what and the digest of its content")
{
    test::FreshDatabase fresh;
    fresh.clock().set(Instant(std::chrono::milliseconds(1'751'328'000'123)));
    const Bytes content{std::byte{1}, std::byte{2}};
    fresh.write([&](WriteContext& context) {
        context.record(UserId{42}, "accepted", "fact:3/1042/17/2", 2, content);
        context.record(UserId{}, "opened", "period:17", 0, {});
    });
    fresh.read([&](Connection& connection) {
        std::vector<JournalRecord> records;
        read_journal(connection, 0, INT64_MAX, [&](const JournalRecord& record) { records.push_back(record); });
        REQUIRE(records.size() == 2);
        CHECK(records[0].sequence == 1);
        CHECK(records[0].at.time_since_epoch().count() == 1'751'328'000'123);
        CHECK(records[0].actor == UserId{42});
        CHECK(records[0].verb == "accepted");
        CHECK(records[0].subject == "fact:3/1042/17/2");
        CHECK(records[0].version == 2);
        Salt salt{};
        connection.query("select salt from journal where sequence = 1", {},
                         [&](const Row& row) { std::ranges::copy(row.blob(0), salt.begin()); });
        CHECK(records[0].digest == digest_of(salt, content));
        CHECK(records[0].hash == chain_hash(Digest{}, records[0]));
        CHECK(records[1].hash == chain_hash(records[0].hash, records[1]));
        CHECK(journal_position(connection) == JournalPosition{2, records[1].hash});
    });
}

TEST_CASE("store: equal contents have different digests, so that a short one cannot be guessed after purging")
{
    test::FreshDatabase fresh;
    fresh.write([](WriteContext& context) {
        context.record(UserId{1}, "added", "a:1", 1, Bytes(1, std::byte{5}));
        context.record(UserId{1}, "added", "a:1", 1, Bytes(1, std::byte{5}));
    });
    fresh.read([](Connection& connection) {
        CHECK(connection.integer("select count(distinct digest) from journal") == 2);
        CHECK(connection.integer("select count(distinct salt) from journal") == 2);
    });
}

TEST_CASE("store: reading the journal in pieces gives each record once, in order")
{
    test::FreshDatabase fresh;
    fresh.write([](WriteContext& context) {
        for (int i = 1; i <= 25; ++i) context.record(UserId{1}, "added", "note:" + std::to_string(i), 1, {});
    });
    fresh.read([](Connection& connection) {
        std::int64_t last = 0;
        for (int piece = 0; piece < 4; ++piece) {
            read_journal(connection, last, 10, [&](const JournalRecord& record) { CHECK(record.sequence == ++last); });
        }
        CHECK(last == 25);
    });
}

TEST_CASE("store: an untouched chain fits")
{
    CHECK_FALSE(broken_after(""));
}

TEST_CASE("store: an edited, removed, added or cut record is found, and so is an edited head")
{
    CHECK(broken_after("update journal set actor = 9 where sequence = 3") == 3);
    CHECK(broken_after("update journal set at = at + 1 where sequence = 1") == 1);
    CHECK(broken_after("update journal set verb = 'adde', subject = 'd' || subject where sequence = 4") == 4);
    CHECK(broken_after("update journal set digest = hash where sequence = 2") == 2);
    CHECK(broken_after("delete from journal where sequence = 2") == 2);
    CHECK(broken_after("delete from journal where sequence = 5") == 5);
    CHECK(broken_after("insert into journal select 6, at, actor, verb, subject, version, salt, digest, hash"
                       " from journal where sequence = 5") == 6);
    CHECK(broken_after("update journal_head set sequence = 4").has_value());
    CHECK(broken_after("update journal_head set hash = (select digest from journal where sequence = 1)") == 5);
}

TEST_CASE("store: dropping the salt of purged content leaves the chain whole")
{
    CHECK_FALSE(broken_after("update journal set salt = null where sequence = 3"));
}

TEST_CASE("store: the journal is searched from its end, by who, what and when, and says where to go on")
{
    test::FreshDatabase fresh;
    const Instant begin = fresh.clock().now();
    // 1,200 records, a minute apart: more than one answer of the engine holds.
    for (int i = 1; i <= 1200; ++i) {
        fresh.clock().set(begin + std::chrono::minutes(i));
        fresh.write([i](WriteContext& context) {
            context.record(UserId{i % 3}, i % 2 == 0 ? "added" : "taken",
                           (i % 5 == 0 ? "user:" : "unit:") + std::to_string(i), 1, {});
        });
    }
    std::int64_t next = 0;
    const auto search = [&](const JournalWish& wish, std::size_t most, std::int64_t looked_at_max = 1'000'000) {
        std::vector<std::int64_t> found;
        fresh.read([&](Connection& connection) {
            next = search_journal(connection, wish, looked_at_max, [&](const JournalRecord& record) {
                found.push_back(record.sequence);
                return found.size() < most;
            });
        });
        return found;
    };
    using Found = std::vector<std::int64_t>;
    CHECK(search({}, 5000).size() == 1200);
    CHECK(next == 0);
    CHECK(search({}, 3) == Found{1200, 1199, 1198});
    CHECK(next == 1198);
    CHECK(search({.before = next}, 2) == Found{1197, 1196});
    CHECK(search({.actor = UserId{1}, .verb = "added", .kind = "user"}, 2) == Found{1180, 1150});
    CHECK(search({.from = begin + std::chrono::minutes(7), .to = begin + std::chrono::minutes(9)}, 9) == Found{8, 7});
    CHECK(search({.verb = "lost"}, 9).empty());
    CHECK(next == 0);
    // Not further than was allowed.
    CHECK(search({.before = 101, .verb = "lost"}, 9, 40).empty());
    CHECK(next == 61);
    CHECK(search({.before = 4, .kind = "unit"}, 9) == Found{3, 2, 1});
}
