// SPDX-License-Identifier: Apache-2.0
#include "support/notes.hpp"
#include "support/stopper.hpp"

#include <doctest/doctest.h>

#include <atomic>
#include <thread>

using namespace phoihop;
using namespace phoihop::store;
using phoihop::test::add_note;
using phoihop::test::Notes;
using phoihop::test::Stopper;

namespace {

Result<void> keep_note(WriteContext& context, std::string_view words)
{
    add_note(context, words);
    return {};
}

struct Listener : JournalFollower {
    void follow(std::span<const JournalRecord> records) override
    {
        for (const auto& record : records) {
            CHECK(record.sequence == last + 1);
            last = record.sequence;
            subjects.push_back(record.subject);
        }
        ++calls;
    }
    std::atomic<std::int64_t> last = 0;  ///< read by tests while the next batch is delivered
    int calls = 0;
    std::vector<std::string> subjects;
};

}  // namespace

TEST_CASE("store: a job that refuses leaves nothing, and its refusal comes back as it is")
{
    Notes notes;
    const auto answer = notes.writer().run([](WriteContext& context) -> Result<int> {
        add_note(context, "refused");
        return refuse(ProblemCode::conflict, "B1", {{"base", "1"}});
    });
    REQUIRE_FALSE(answer);
    CHECK(answer.error() == Problem{ProblemCode::conflict, "B1", {{"base", "1"}}});
    CHECK(notes.count() == 0);
    notes.read([](Connection& connection) { CHECK(journal_position(connection).sequence == 0); });
}

TEST_CASE("store: a job that throws leaves nothing, and its exception reaches the sender")
{
    Notes notes;
    CHECK_THROWS_WITH_AS((void)notes.writer().run([](WriteContext& context) -> Result<void> {
        add_note(context, "thrown");
        throw std::runtime_error("broken");
    }),
                         "broken", std::runtime_error);
    CHECK(notes.writer().run([](WriteContext& context) { return keep_note(context, "next"); }));
    CHECK(notes.count() == 1);
}

TEST_CASE("store: jobs that refuse or throw leave the others of their batch alone")
{
    Notes notes;
    Listener listener;
    notes.writer().add_follower(listener, Writer::Delivery::before_answer);
    Stopper stopper(notes.writer());
    std::vector<std::thread> senders;
    std::atomic<int> kept = 0;
    std::atomic<int> refused = 0;
    std::atomic<int> thrown = 0;
    for (int i = 0; i < 30; ++i) {
        senders.emplace_back([&, i] {
            try {
                const auto answer = notes.writer().run([i](WriteContext& context) -> Result<void> {
                    // Every third refuses, every third breaks a rule of the schema, after having written.
                    add_note(context, "note " + std::to_string(i));
                    if (i % 3 == 1) return refuse(ProblemCode::duplicate);
                    if (i % 3 == 2) add_note(context, "note " + std::to_string(i));
                    return {};
                });
                answer ? ++kept : ++refused;
            } catch (const ConstraintError&) {
                ++thrown;
            }
        });
    }
    stopper.release();
    for (auto& sender : senders) sender.join();
    CHECK(kept == 10);
    CHECK(refused == 10);
    CHECK(thrown == 10);
    CHECK(notes.count() == 10);
    CHECK(listener.last == 10);
    notes.read([](Connection& connection) { CHECK_FALSE(first_broken_record(connection)); });
}

TEST_CASE("store: followers have the records before the sender is answered")
{
    Notes notes;
    Listener listener;
    notes.writer().add_follower(listener, Writer::Delivery::before_answer);
    for (int i = 1; i <= 3; ++i) {
        REQUIRE(notes.writer().run([i](WriteContext& context) { return keep_note(context, std::to_string(i)); }));
        CHECK(listener.last == i);
        CHECK(notes.writer().followed().sequence == i);
    }
    CHECK(listener.subjects == std::vector<std::string>{"note:1", "note:2", "note:3"});
}

TEST_CASE("store: later followers have everything when the writer ends")
{
    Notes notes;
    Listener listener;
    {
        Writer writer(notes.database(), notes.clock());
        writer.add_follower(listener, Writer::Delivery::after_answer);
        for (int i = 1; i <= 50; ++i)
            REQUIRE(writer.run([i](WriteContext& context) { return keep_note(context, std::to_string(i)); }));
    }
    CHECK(listener.last == 50);
}

TEST_CASE("store: a full queue answers busy with the seconds to wait")
{
    Notes notes;
    Writer writer(notes.database(), notes.clock(), {.queue_max = 0, .batch_jobs_max = 10});
    const auto answer = writer.run([](WriteContext& context) { return keep_note(context, "late"); });
    REQUIRE_FALSE(answer);
    CHECK(answer.error().code == ProblemCode::busy);
    CHECK(fact(answer.error(), "retry_s") == "1");
    CHECK(notes.count() == 0);
}

TEST_CASE("store: many jobs are answered in order, each when it is durable")
{
    Notes notes;
    Listener listener;
    Writer writer(notes.database(), notes.clock(), {.queue_max = 10, .batch_jobs_max = 7});
    writer.add_follower(listener, Writer::Delivery::before_answer);
    std::vector<std::function<bool(WriteContext&)>> jobs;
    for (int i = 0; i < 100; ++i) {
        jobs.emplace_back([i](WriteContext& context) {
            add_note(context, std::to_string(i));
            return i % 10 != 9;
        });
    }
    std::size_t next = 0;
    writer.run_all(jobs, [&](std::size_t i) {
        CHECK(i == next++);
        CHECK(listener.last >= static_cast<std::int64_t>(i - i / 10));
    });
    CHECK(next == 100);
    CHECK(notes.count() == 90);
    CHECK(listener.calls >= 15);
}

TEST_CASE("store: a job of many that throws ends the call and keeps those before it")
{
    Notes notes;
    std::vector<std::function<bool(WriteContext&)>> jobs;
    for (int i = 0; i < 20; ++i) {
        jobs.emplace_back([i](WriteContext& context) {
            add_note(context, std::to_string(i));
            if (i == 12) throw std::runtime_error("twelve");
            return true;
        });
    }
    std::size_t told = 0;
    CHECK_THROWS_WITH_AS(notes.writer().run_all(jobs, [&](std::size_t) { ++told; }), "twelve", std::runtime_error);
    CHECK(told == 12);
    CHECK(notes.count() == 12);
}

TEST_CASE("store: a listener of many that throws stops the call, not the writer")
{
    Notes notes;
    Writer writer(notes.database(), notes.clock(), {.queue_max = 10, .batch_jobs_max = 5});
    std::vector<std::function<bool(WriteContext&)>> jobs;
    for (int i = 0; i < 200; ++i)
        jobs.emplace_back([i](WriteContext& context) { return keep_note(context, std::to_string(i)).has_value(); });
    CHECK_THROWS_AS(writer.run_all(jobs,
                                   [](std::size_t i) {
                                       if (i == 3) throw std::runtime_error("stop");
                                   }),
                    std::runtime_error);
    CHECK(writer.run([](WriteContext& context) { return keep_note(context, "after"); }));
}

TEST_CASE("store: the writer refuses to wait for itself")
{
    Notes notes;
    auto& writer = notes.writer();
    CHECK_THROWS_AS((void)writer.run([&](WriteContext&) -> Result<void> {
        return writer.run([](WriteContext&) -> Result<void> { return {}; });
    }),
                    std::logic_error);
}

TEST_CASE("store: senders of many threads at once lose nothing and leave one unbroken chain")
{
    Notes notes;
    std::vector<std::thread> senders;
    for (int sender = 0; sender < 8; ++sender) {
        senders.emplace_back([&, sender] {
            for (int i = 0; i < 50; ++i) {
                const auto words = std::to_string(sender) + "/" + std::to_string(i);
                CHECK(notes.writer().run([&](WriteContext& context) { return keep_note(context, words); }));
            }
        });
    }
    for (auto& sender : senders) sender.join();
    CHECK(notes.count() == 400);
    notes.read([](Connection& connection) {
        CHECK(journal_position(connection).sequence == 400);
        CHECK_FALSE(first_broken_record(connection));
    });
}
