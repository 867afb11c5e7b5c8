// SPDX-License-Identifier: Apache-2.0
#include "facts/fact_store.hpp"

#include "support/store.hpp"

#include <doctest/doctest.h>

using namespace phoihop;
using namespace phoihop::facts;

namespace {

const FactKey pho_bang{ProgrammeId{1}, 2, PeriodId{17}, UnitId{1042}};

FactVersion report(const FactKey& key, Cells cells)
{
    FactVersion fact;
    fact.key = key;
    fact.programme_version = 3;
    fact.received_on = day(2015, 4, 5);
    fact.at = Instant{std::chrono::milliseconds{1428200000123}};
    fact.actor = UserId{7};
    fact.cells = std::move(cells);
    return fact;
}

/// Hears what the writer tells its followers.
struct Listener final : store::JournalFollower {
    std::vector<store::JournalRecord> heard;
    void follow(std::span<const store::JournalRecord> records) override
    {
        heard.insert(heard.end(), records.begin(), records.end());
    }
};

FactEvent step(const FactKey& key, std::int64_t version, FactState state, std::string note = "")
{
    return {key, version, state, Instant{std::chrono::milliseconds{1428300000000}}, UserId{8}, std::move(note)};
}

void set_state(test::FreshDatabase& database, FactState from, const FactEvent& event)
{
    database.write([&](store::WriteContext& context) {
        store::Together together(context.connection());
        FactStore::advance(together, event.key, {event.version, from}, {event.version, event.state});
        FactStore::note_state(together, context, event);
        together.run();
    });
}

void append(test::FreshDatabase& database, const FactVersion& fact)
{
    database.write([&](store::WriteContext& context) { FactStore::append(context, fact); });
}

}  // namespace

TEST_CASE("facts: a report is kept whole and read back as it was sent")
{
    test::FreshDatabase database;
    auto sent = report(pho_bang, {12, std::nullopt, -5, 0});
    sent.nil = true;
    sent.reason = "gửi bù theo công văn 15/UBND";
    append(database, sent);
    database.read([&](store::Connection& connection) {
        const auto found = FactStore::current(connection, pho_bang).value();
        CHECK(found.state == FactState::submitted);
        CHECK(found.fact.key == pho_bang);
        CHECK(found.fact.version == 1);
        CHECK(found.fact.programme_version == 3);
        CHECK(found.fact.received_on == sent.received_on);
        CHECK(found.fact.at == sent.at);
        CHECK(found.fact.actor == sent.actor);
        CHECK(found.fact.nil);
        CHECK(found.fact.reason == sent.reason);
        CHECK(found.fact.cells == sent.cells);
        CHECK_FALSE(FactStore::current(connection, {ProgrammeId{1}, 2, PeriodId{18}, UnitId{1042}}));
    });
}

TEST_CASE("facts: a correction is a new version in state submitted and the old one stays readable")
{
    test::FreshDatabase database;
    append(database, report(pho_bang, {1}));
    set_state(database, FactState::submitted, step(pho_bang, 1, FactState::verified));
    append(database, report(pho_bang, {2}));
    database.read([&](store::Connection& connection) {
        const auto versions = FactStore::versions(connection, pho_bang);
        REQUIRE(versions.size() == 2);
        CHECK(versions[0].cells == Cells{1});
        CHECK(versions[1].cells == Cells{2});
        const auto current = FactStore::current(connection, pho_bang).value();
        CHECK(current.fact.version == 2);
        CHECK(current.state == FactState::submitted);
        CHECK(FactStore::events(connection, pho_bang).size() == 1);
    });
}

TEST_CASE("facts: a state is changed only from the version and the state that somebody judged")
{
    test::FreshDatabase database;
    append(database, report(pho_bang, {1}));
    append(database, report(pho_bang, {2}));
    const auto returned = step(pho_bang, 2, FactState::returned, "thiếu mục 3");
    CHECK_THROWS_AS(set_state(database, FactState::submitted, step(pho_bang, 1, FactState::verified)),
                    store::ConstraintError);
    CHECK_THROWS_AS(set_state(database, FactState::verified, returned), store::ConstraintError);
    set_state(database, FactState::submitted, returned);
    database.read([&](store::Connection& connection) {
        CHECK(FactStore::current(connection, pho_bang)->state == FactState::returned);
        const auto events = FactStore::events(connection, pho_bang);
        REQUIRE(events.size() == 1);
        CHECK(events[0].note == "thiếu mục 3");
        CHECK(events[0].version == 2);
    });
}

TEST_CASE("facts: every change is journalled under the fact's own subject with what it contains")
{
    test::FreshDatabase database;
    Listener listener;
    database.writer().add_follower(listener, store::Writer::Delivery::before_answer);
    const auto first = report(pho_bang, {1});
    append(database, first);
    append(database, report(pho_bang, {2}));
    set_state(database, FactState::submitted, step(pho_bang, 2, FactState::withdrawn));
    REQUIRE(listener.heard.size() == 3);
    CHECK(listener.heard[0].verb == "accepted");
    CHECK(listener.heard[0].content == encode(first));
    CHECK(listener.heard[1].verb == "corrected");
    CHECK(listener.heard[1].version == 2);
    CHECK(listener.heard[2].verb == "withdrawn");
    for (const auto& record : listener.heard) CHECK(key_from_subject(record.subject) == pho_bang);
}

TEST_CASE("facts: figures that any earlier version said are known again, others are not")
{
    test::FreshDatabase database;
    append(database, report(pho_bang, {1, 2}));
    append(database, report(pho_bang, {1, 3}));
    auto older = report(pho_bang, {1, 2});
    older.programme_version = 9;
    database.read([&](store::Connection& connection) {
        CHECK(FactStore::seen_before(connection, pho_bang, encode(older)));
        CHECK(FactStore::seen_before(connection, pho_bang, encode(report(pho_bang, {1, 3}))));
        CHECK_FALSE(FactStore::seen_before(connection, pho_bang, encode(report(pho_bang, {1, 4}))));
        CHECK_FALSE(FactStore::seen_before(connection, pho_bang, encode(report(pho_bang, {1, 2, std::nullopt}))));
        const FactKey other{ProgrammeId{1}, 2, PeriodId{17}, UnitId{1043}};
        CHECK_FALSE(FactStore::seen_before(connection, other, encode(report(other, {1, 2}))));
    });
}

TEST_CASE("facts: a programme's current facts come in the order of form, period and unit")
{
    test::FreshDatabase database;
    std::vector<FactKey> keys;
    for (const int form : {1, 2})
        for (const int period : {16, 17})
            for (const int unit : {5, 900, 1042})
                keys.push_back({ProgrammeId{1}, form, PeriodId{period}, UnitId{unit}});
    for (auto key = keys.rbegin(); key != keys.rend(); ++key) append(database, report(*key, {key->unit.value}));
    append(database, report({ProgrammeId{2}, 1, PeriodId{16}, UnitId{5}}, {1}));
    append(database, report(keys[4], {77}));
    database.read([&](store::Connection& connection) {
        std::vector<FactKey> stored;
        FactStore::each_stored(connection, ProgrammeId{1}, [&](const StoredFact& fact) {
            stored.push_back(fact.key);
            CHECK(decode(fact.content)->cells == Cells{fact.key == keys[4] ? 77 : fact.key.unit.value});
        });
        CHECK(stored == keys);
        std::vector<FactKey> decoded;
        FactStore::each_current(connection, ProgrammeId{1},
                                [&](const CurrentFact& fact) { decoded.push_back(fact.fact.key); });
        CHECK(decoded == keys);
    });
}
