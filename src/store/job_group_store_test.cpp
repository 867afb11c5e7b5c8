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

struct Word : JobGroup::Item {
    explicit Word(std::string said) : words(std::move(said)) {}
    std::string words;
    std::size_t company = 0;  ///< how many were done together
};

/// Keeps words; a word "poison" breaks whoever touches it.
struct Keeper : JobGroup {
    void run(WriteContext& context, std::span<Item* const> items) override
    {
        ++calls;
        for (auto* item : items) {
            auto& word = static_cast<Word&>(*item);
            add_note(context, word.words);
            word.company = items.size();
            if (word.words == "poison") throw std::runtime_error("poisoned");
        }
    }
    int calls = 0;
};

/// Senders that wait at the same time.
class Senders {
public:
    Senders(Writer& writer, JobGroup& group) : m_writer(writer), m_group(group) {}
    ~Senders() { join(); }
    Senders(const Senders&) = delete;
    Senders& operator=(const Senders&) = delete;

    void send(Word& word)
    {
        m_threads.emplace_back([this, &word] {
            try {
                if (m_writer.run(m_group, word)) ++kept;
            } catch (const std::runtime_error&) {
                ++thrown;
            }
        });
    }
    void join()
    {
        for (auto& thread : m_threads) thread.join();
        m_threads.clear();
    }
    std::atomic<int> kept = 0;
    std::atomic<int> thrown = 0;

private:
    Writer& m_writer;
    JobGroup& m_group;
    std::vector<std::thread> m_threads;
};

}  // namespace

TEST_CASE("writer: items of one group that wait are done together and share one commit")
{
    Notes notes;
    Keeper keeper;
    Word a("a");
    Word b("b");
    Word c("c");
    Senders senders(notes.writer(), keeper);
    {
        const Stopper stopper(notes.writer());
        for (auto* word : {&a, &b, &c}) senders.send(*word);
        stopper.wait_for_queue(3);
    }
    senders.join();
    CHECK(senders.kept == 3);
    CHECK(keeper.calls == 1);
    CHECK(a.company == 3);
    CHECK(notes.count() == 3);
}

TEST_CASE("writer: a poisoned item of a group harms nobody else")
{
    Notes notes;
    Keeper keeper;
    Word a("a");
    Word poison("poison");
    Word b("b");
    Senders senders(notes.writer(), keeper);
    {
        const Stopper stopper(notes.writer());
        for (auto* word : {&a, &poison, &b}) senders.send(*word);
        stopper.wait_for_queue(3);
    }
    senders.join();
    CHECK(senders.kept == 2);
    CHECK(senders.thrown == 1);
    CHECK(notes.count() == 2);
    notes.read([](Connection& connection) {
        CHECK(journal_position(connection).sequence == 2);
        CHECK(first_broken_record(connection) == std::nullopt);
    });
}

TEST_CASE("writer: many items of a group are told in order, up to the one that throws")
{
    Notes notes;
    Keeper keeper;
    std::vector<Word> words;
    for (const auto* word : {"a", "b", "poison", "c"}) words.emplace_back(word);
    std::vector<JobGroup::Item*> items;
    for (auto& word : words) items.push_back(&word);
    std::vector<std::size_t> told;
    const auto run = [&] { notes.writer().run_all(keeper, items, [&](std::size_t i) { told.push_back(i); }); };
    CHECK_THROWS_WITH_AS(run(), "poisoned", std::runtime_error);
    CHECK(told == std::vector<std::size_t>{0, 1});
    CHECK(notes.count() == 2);
}

TEST_CASE("writer: one poisoned item of a thousand costs a few rounds, not a thousand")
{
    Notes notes;
    Keeper keeper;
    std::vector<Word> words;
    for (int i = 0; i < 1'000; ++i) words.emplace_back(i == 700 ? "poison" : std::to_string(i));
    std::vector<JobGroup::Item*> items;
    for (auto& word : words) items.push_back(&word);
    std::size_t told = 0;
    const auto run = [&] { notes.writer().run_all(keeper, items, [&](std::size_t) { ++told; }); };
    CHECK_THROWS_WITH_AS(run(), "poisoned", std::runtime_error);
    CHECK(told == 700);
    CHECK(notes.count() == 700);
    CHECK(keeper.calls <= 25);
}

TEST_CASE("writer: a full queue answers busy to items of a group too, and keeps nothing of them")
{
    Notes notes;
    Writer writer(notes.database(), notes.clock(), {.queue_max = 0, .batch_jobs_max = 10});
    Keeper keeper;
    Word late("late");
    const auto answer = writer.run(keeper, late);
    REQUIRE_FALSE(answer);
    CHECK(answer.error() == Problem{ProblemCode::busy, {}, {{"retry_s", "1"}}});
    CHECK(keeper.calls == 0);
    CHECK(notes.count() == 0);
}
