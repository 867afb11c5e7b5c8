// SPDX-License-Identifier: Apache-2.0
// What only a PostgreSQL database can get wrong: other processes that write to it, and a server that goes away.
#include "support/notes.hpp"
#include "support/stopper.hpp"

#include <doctest/doctest.h>

#include <condition_variable>
#include <latch>
#include <mutex>
#include <thread>
#include <utility>

using namespace phoihop;
using namespace phoihop::store;
using phoihop::test::add_note;
using phoihop::test::Notes;

namespace {

struct Listener : JournalFollower {
    void follow(std::span<const JournalRecord> records) override
    {
        const std::lock_guard lock(mutex);
        for (const auto& record : records) {
            CHECK(record.sequence == static_cast<std::int64_t>(hashes.size()) + 1);
            hashes.push_back(record.hash);
        }
        grown.notify_all();
    }
    void wait_for(std::size_t records)
    {
        std::unique_lock lock(mutex);
        grown.wait(lock, [&] { return hashes.size() >= records; });
    }
    std::mutex mutex;
    std::condition_variable grown;
    std::vector<Digest> hashes;
};

/// Two processes over one database, as far as the database can tell.
struct TwoProcesses {
    TwoProcesses()
    {
        here.add_follower(heard_here, Writer::Delivery::before_answer);
        there.add_follower(heard_there, Writer::Delivery::before_answer);
    }
    Notes notes;
    std::unique_ptr<Database> other = notes.other_process();
    Listener heard_here;
    Listener heard_there;
    Writer here{notes.database(), notes.clock()};
    Writer there{*other, notes.clock()};
};

Result<void> keep_note(WriteContext& context, std::string_view words)
{
    add_note(context, words);
    return {};
}

/// Run by hand without a server, these tests have nothing to say; ctest always gives one.
bool no_server()
{
    return std::getenv("PHOIHOP_TEST_POSTGRESQL") == nullptr && std::getenv("PHOIHOP_TEST_ENGINE") == nullptr;
}

}  // namespace

TEST_CASE("store: records of another process reach the followers before those that come after them")
{
    if (no_server()) return;
    TwoProcesses two;
    REQUIRE(two.there.run([](WriteContext& context) { return keep_note(context, "a"); }));
    REQUIRE(two.there.run([](WriteContext& context) { return keep_note(context, "b"); }));
    CHECK(two.heard_here.hashes.empty());
    REQUIRE(two.here.run([](WriteContext& context) { return keep_note(context, "c"); }));
    CHECK(two.heard_here.hashes.size() == 3);
    two.there.catch_up();
    CHECK(two.heard_there.hashes == two.heard_here.hashes);
    CHECK(two.there.followed() == two.here.followed());
}

TEST_CASE("store: a process that only follows hears of every commit by itself")
{
    if (no_server()) return;
    TwoProcesses two;
    two.here.follow_others();
    for (int i = 0; i < 20; ++i)
        REQUIRE(two.there.run([i](WriteContext& context) { return keep_note(context, std::to_string(i)); }));
    two.heard_here.wait_for(20);
    CHECK(two.heard_here.hashes == two.heard_there.hashes);
}

TEST_CASE("store: two processes that write at once leave one chain, and both hear all of it in its order")
{
    if (no_server()) return;
    TwoProcesses two;
    two.here.follow_others();
    two.there.follow_others();
    std::vector<std::thread> senders;
    for (int sender = 0; sender < 6; ++sender) {
        senders.emplace_back([&, sender] {
            auto& writer = sender % 2 == 0 ? two.here : two.there;
            for (int i = 0; i < 40; ++i) {
                const auto words = std::to_string(sender) + "/" + std::to_string(i);
                CHECK(writer.run([&](WriteContext& context) { return keep_note(context, words); }));
            }
        });
    }
    for (auto& sender : senders) sender.join();
    two.here.catch_up();
    two.there.catch_up();
    CHECK(two.heard_here.hashes.size() == 240);
    CHECK(two.heard_here.hashes == two.heard_there.hashes);
    two.notes.read([](Connection& connection) { CHECK_FALSE(first_broken_record(connection)); });
}

TEST_CASE("store: of two processes whose batches wait for each other, both keep everything, once")
{
    if (no_server()) return;
    TwoProcesses two;
    REQUIRE(two.here.run([](WriteContext& context) { return keep_note(context, "first"); }));
    REQUIRE(two.here.run([](WriteContext& context) { return keep_note(context, "second"); }));
    std::latch both_hold(2);
    const auto crossing = [&](Writer& writer, std::string_view name, std::string_view one, std::string_view other) {
        bool waited = false;
        const auto add = [](WriteContext& context, std::string_view words) {
            context.connection().execute("update note set amount = coalesce(amount, 0) + 1 where words = ?", {words});
        };
        const auto done = writer.run([&](WriteContext& context) {
            add(context, one);
            if (!std::exchange(waited, true)) both_hold.arrive_and_wait();
            add(context, other);
            return keep_note(context, name);
        });
        CHECK(done.has_value());
    };
    {
        const std::jthread here([&] { crossing(two.here, "here", "first", "second"); });
        const std::jthread there([&] { crossing(two.there, "there", "second", "first"); });
    }
    two.notes.read([](Connection& connection) {
        CHECK(connection.integer("select count(*) from note where amount = 2") == 2);
        CHECK_FALSE(first_broken_record(connection));
    });
    two.here.catch_up();
    two.there.catch_up();
    CHECK(two.heard_here.hashes.size() == 4);
    CHECK(two.heard_here.hashes == two.heard_there.hashes);
}

TEST_CASE("store: a batch that is given up comes again with all its jobs, also those that were done")
{
    if (no_server()) return;
    TwoProcesses two;
    REQUIRE(two.here.run([](WriteContext& context) { return keep_note(context, "before"); }));
    int runs = 0;
    {
        std::jthread earlier;
        std::jthread later;
        const test::Stopper stopper(two.here);
        earlier = std::jthread(
            [&] { CHECK(two.here.run([](WriteContext& context) { return keep_note(context, "earlier"); })); });
        stopper.wait_for_queue(1);
        later = std::jthread([&] {
            CHECK(two.here.run([&](WriteContext& context) -> Result<void> {
                // What the engine says to the victim of a deadlock, as often as the test wants it.
                if (++runs < 3)
                    context.connection().execute("do $$ begin raise exception using errcode = '40P01'; end $$");
                return keep_note(context, "later");
            }));
        });
        stopper.wait_for_queue(2);
    }
    CHECK(runs == 3);
    CHECK(two.notes.count() == 3);
    CHECK(two.heard_here.hashes.size() == 3);
}

TEST_CASE("store: a single job that another process overtook looks again")
{
    if (no_server()) return;
    TwoProcesses two;
    int looks = 0;
    const auto added = two.here.run([&](WriteContext& context) -> Result<bool> {
        const bool there_already = context.connection().integer("select 1 from note where words = 'same'").has_value();
        if (++looks == 1) CHECK(two.there.run([](WriteContext& other) { return keep_note(other, "same"); }));
        if (there_already) return false;
        add_note(context, "same");
        return true;
    });
    CHECK(added == false);
    CHECK(looks == 2);
    CHECK(two.notes.count() == 1);
}

TEST_CASE("store: a job that swallows a failure cannot keep its work, and the next job is not blamed")
{
    if (no_server()) return;
    Notes notes;
    const auto swallow = [](WriteContext& context) -> Result<void> {
        add_note(context, "twice");
        try {
            add_note(context, "twice");
        } catch (const ConstraintError&) {
        }
        return {};
    };
    CHECK_THROWS_AS((void)notes.writer().run(swallow), StoreError);
    CHECK(notes.writer().run([](WriteContext& context) { return keep_note(context, "next"); }));
    CHECK(notes.count() == 1);
}

TEST_CASE("store: sessions that the server ended are made anew")
{
    if (no_server()) return;
    Notes notes;
    auto& writer = notes.writer();
    REQUIRE(writer.run([](WriteContext& context) { return keep_note(context, "before"); }));
    CHECK(notes.count() == 1);
    // Each test names its sessions after its schema.
    const auto ended = notes.other_process()->writing_connection().integer(
        "select count(pg_terminate_backend(pid, 10000)) from pg_stat_activity"
        " where pid <> pg_backend_pid() and application_name = current_setting('application_name')");
    CHECK(ended.value_or(0) >= 2);
    CHECK(writer.run([](WriteContext& context) { return keep_note(context, "after"); }));
    CHECK(notes.count() == 2);
}

TEST_CASE("store: a process that only follows goes on after its sessions were ended")
{
    if (no_server()) return;
    TwoProcesses two;
    two.here.follow_others();
    REQUIRE(two.there.run([](WriteContext& context) { return keep_note(context, "before"); }));
    two.heard_here.wait_for(1);
    const auto ended = two.notes.other_process()->writing_connection().integer(
        "select count(pg_terminate_backend(pid, 10000)) from pg_stat_activity"
        " where pid <> pg_backend_pid() and application_name = current_setting('application_name')");
    CHECK(ended.value_or(0) >= 3);
    REQUIRE(two.there.run([](WriteContext& context) { return keep_note(context, "after"); }));
    two.heard_here.wait_for(2);
    CHECK(two.heard_here.hashes == two.heard_there.hashes);
}

TEST_CASE("store: a replica that is away, or none, is passed over, and its address must be one")
{
    if (no_server()) return;
    Notes notes;
    auto& database = notes.database();
    CHECK(database.read_from("replica.db").error().code == ProblemCode::wrong_type);
    for (const auto& replica : {std::string("postgresql://phoihop@/postgres?host=/no/such/folder"), notes.address()}) {
        REQUIRE(database.read_from(replica));
        const auto before = notes.count();
        REQUIRE(notes.writer().run([&](WriteContext& context) { return keep_note(context, replica); }));
        CHECK(notes.count() == before + 1);
    }
}

TEST_CASE("store: an address in a message never shows the password")
{
    if (no_server()) return;
    auto uri = std::string(std::getenv("PHOIHOP_TEST_POSTGRESQL"));
    uri.insert(uri.find('@'), ":s3cret");
    const auto database = Database::open(uri + "&password=s3cret", OpenMode::read);
    REQUIRE(database.has_value());
    CHECK((*database)->address().find("s3cret") == std::string::npos);
    CHECK((*database)->address().find("phoihop:***@") != std::string::npos);
}
