// SPDX-License-Identifier: Apache-2.0
#include "obligations/register.hpp"

#include "programme/period_id.hpp"
#include "store/files.hpp"
#include "support/office.hpp"
#include "support/random_territory.hpp"

#include <doctest/doctest.h>

#include <random>

using namespace phoihop;
using namespace phoihop::obligations;
using phoihop::test::centre;
using phoihop::test::draw;
using phoihop::test::named;
using phoihop::test::Office;
using phoihop::test::officer;
using phoihop::test::period;
using Land = std::shared_ptr<const units::Territory>;

namespace {

Land three_communes()
{
    return draw(R"(
        Việt Nam
          Hà Giang
            Xã Phó Bảng
            Xã Phố Là
            Xã Lũng Cú
            Xã Phố Bảng
        [2025-07-01] Xã Phó Bảng + Xã Phố Là -> Xã Phố Bảng
    )");
}

}  // namespace

TEST_CASE("obligations: a period is opened on its day and not before")
{
    Office office(three_communes());
    const auto early = office.open("2015-Q1", day(2015, 3, 31));
    REQUIRE_FALSE(early);
    CHECK(early.error().code == ProblemCode::period_not_open);
    CHECK(fact(early.error(), "opens") == "2015-04-01");
    const auto opening = office.open("2015-Q1", day(2015, 4, 1));
    REQUIRE(opening);
    CHECK(opening->period.owed == 6);  // two forms by three communes
    CHECK_FALSE(opening->already);
    office.fresh.read([&](store::Connection& connection) {
        const auto kept = ObligationStore::opened_periods(connection, office.programme->id);
        REQUIRE(kept.size() == 1);
        CHECK(kept[0].dates.window == Validity{day(2015, 1, 1), day(2015, 4, 1)});
        CHECK(kept[0].dates.closes == day(2015, 6, 9));
        CHECK(kept[0].actor == centre);
    });
    CHECK(office.open("2015-M01").error().code == ProblemCode::unknown_name);
    CHECK(office.differences() == 0);
}

TEST_CASE("obligations: opening twice changes nothing and answers the same, whatever became of the territory")
{
    Office office(three_communes());
    const auto first = office.open("2015-Q1", day(2015, 4, 1)).value();
    office.land = draw("Việt Nam\n  Hà Giang\n    Xã Mới");
    const auto second = office.open("2015-Q1", day(2015, 5, 1)).value();
    CHECK(second.already);
    CHECK(second.period.on == day(2015, 4, 1));
    CHECK(second.period.owed == first.period.owed);
    office.fresh.read([&](store::Connection& connection) {
        ObligationFilter all;
        all.programme = office.programme->id;
        CHECK(ObligationStore::list(connection, all).size() == 6);
        CHECK(store::journal_position(connection).sequence == 1);
    });
}

TEST_CASE("obligations: an accepted report claims what its unit owes, and the books know at once")
{
    Office office(three_communes());
    (void)office.open("2015-Q1");
    CHECK(office.state("Xã Lũng Cú", "2015-Q1", day(2015, 4, 5)) == "open due");
    const auto counted = office.report("Xã Lũng Cú", "2015-Q1", day(2015, 4, 12));
    REQUIRE(counted);
    CHECK(counted->due == day(2015, 4, 10));
    CHECK(counted->timing == Timing::done_late);
    CHECK(office.state("Xã Lũng Cú", "2015-Q1", day(2015, 4, 11)) == "open overdue");
    CHECK(office.state("Xã Lũng Cú", "2015-Q1", day(2015, 4, 12)) == "claimed done_late");
    CHECK(office.follow("Xã Lũng Cú", "2015-Q1", EventKind::evidenced, day(2015, 4, 20))->timing == Timing::done_late);
    CHECK(office.state("Xã Lũng Cú", "2015-Q1", day(2015, 4, 30)) == "evidenced done_late");
    CHECK(office.differences() == 0);
}

TEST_CASE("obligations: a report that nobody asked for, or outside opening and closing, is refused")
{
    Office office(three_communes());
    (void)office.open("2015-Q1");
    CHECK(office.report("Hà Giang", "2015-Q1", day(2015, 4, 5)).error().code == ProblemCode::not_owed);
    CHECK(office.report("Xã Lũng Cú", "2015-Q2", day(2015, 7, 5)).error().code == ProblemCode::not_owed);
    CHECK(office.report("Xã Lũng Cú", "2015-Q1", day(2015, 3, 31)).error().code == ProblemCode::period_not_open);
    CHECK(office.report("Xã Lũng Cú", "2015-Q1", day(2015, 6, 10)).error().code == ProblemCode::period_closed);
    CHECK(office.report("Xã Lũng Cú", "2015-Q1", day(2015, 6, 9)).has_value());
    CHECK(office.report("Xã Lũng Cú", "2015-Q1", day(2015, 6, 12), 2).has_value());  // corrects what stands
}

TEST_CASE("obligations: a returned report must come again, and what nobody sent cannot be returned")
{
    Office office(three_communes());
    (void)office.open("2015-Q1");
    CHECK(office.follow("Xã Lũng Cú", "2015-Q1", EventKind::returned, day(2015, 4, 5)).error().code ==
          ProblemCode::wrong_state);
    (void)office.report("Xã Lũng Cú", "2015-Q1", day(2015, 4, 5));
    CHECK(office.follow("Xã Lũng Cú", "2015-Q1", EventKind::returned, day(2015, 4, 8)).has_value());
    CHECK(office.state("Xã Lũng Cú", "2015-Q1", day(2015, 4, 15)) == "returned overdue");
    CHECK(office.follow("Xã Lũng Cú", "2015-Q1", EventKind::evidenced, day(2015, 4, 8)).error().code ==
          ProblemCode::wrong_state);
    (void)office.report("Xã Lũng Cú", "2015-Q1", day(2015, 4, 9), 2);
    CHECK(office.state("Xã Lũng Cú", "2015-Q1", day(2015, 4, 15)) == "claimed done");
    CHECK(office.follow("Xã Lũng Cú", "2015-Q1", EventKind::withdrawn, day(2015, 4, 16)).has_value());
    CHECK(office.state("Xã Lũng Cú", "2015-Q1", day(2015, 4, 16)) == "open overdue");
    CHECK(office.differences() == 0);
}

TEST_CASE("obligations: a committee is proved by a decision with number, date and file")
{
    Office office(three_communes());
    (void)office.open("once");
    const ObligationId committee = office.id("Hà Giang", "once", "committee");
    const std::string pdf = "%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n";
    const auto file = store::keep_file(office.fresh.writer(), std::as_bytes(std::span(pdf)));
    REQUIRE(file);
    const auto prove = [&](const Evidence& evidence) {
        return office.run([&](store::WriteContext& context) {
            return give_evidence(context, *office.programme, office.act(committee), evidence);
        });
    };
    CHECK(prove({"", day(2014, 2, 1), {}}).error().where == "decision_number");
    CHECK(prove({"12/QĐ-UBND", {}, {}}).error().where == "decision_date");
    CHECK(prove({"12/QĐ-UBND", day(2015, 6, 2), {}}).error().code == ProblemCode::out_of_range);
    CHECK(prove({"12/QĐ-UBND", day(2014, 2, 1), FileId{4711}}).error().code == ProblemCode::not_found);
    CHECK(prove({std::string(101, 'x'), day(2014, 2, 1), {}}).error().code == ProblemCode::too_large);
    const Evidence good{"12/QĐ-UBND", day(2014, 2, 1), file->id};
    REQUIRE(prove(good));
    CHECK(prove(good).error().code == ProblemCode::wrong_state);
    office.fresh.read([&](store::Connection& connection) {
        const auto events = ObligationStore::events(connection, *ObligationStore::find(connection, committee));
        REQUIRE(events.size() == 1);
        CHECK(events[0].evidence == good);
        CHECK(events[0].actor == officer);
    });
    CHECK(office.state("Hà Giang", "once", day(2015, 6, 1), "committee") == "evidenced done_late");
    CHECK(office.state("Hà Giang", "once", day(2014, 3, 31), "committee") == "open due");
}

TEST_CASE("obligations: returning, excusing and reopening want a reason and the right state")
{
    Office office(three_communes());
    (void)office.open("2014");
    const ObligationId plan = office.id("Hà Giang", "2014", "plan");
    const auto use = [&](auto step, const std::string& note = "có lý do") {
        return office.run([&](store::WriteContext& context) { return step(context, office.act(plan, note)); });
    };
    CHECK(use(excuse, "").error().code == ProblemCode::missing);
    CHECK(use(return_claim).error().code == ProblemCode::wrong_state);
    CHECK(use(claim_by_hand).has_value());
    CHECK(use(claim_by_hand).error().code == ProblemCode::wrong_state);
    CHECK(use(return_claim).has_value());
    CHECK(use(excuse).has_value());
    CHECK(office.state("Hà Giang", "2014", day(2015, 6, 1), "plan") == "excused done");
    CHECK(use(reopen).has_value());
    CHECK(office.state("Hà Giang", "2014", day(2015, 6, 1), "plan") == "open overdue");
    CHECK(use(excuse, std::string(2001, 'x')).error().code == ProblemCode::too_large);
    Act future = office.act(plan, "x");
    future.on = day(2015, 6, 2);
    CHECK(office.run([&](store::WriteContext& context) { return excuse(context, future); }).error().code ==
          ProblemCode::out_of_range);
    CHECK(office.run([&](store::WriteContext& context) { return excuse(context, office.act(ObligationId{4711}, "x")); })
              .error()
              .code == ProblemCode::not_found);
    CHECK(office.differences() == 0);
}

TEST_CASE("obligations: a report is not claimed by hand, but may be excused and its excuse taken back")
{
    Office office(three_communes());
    (void)office.open("2015-Q1");
    const Act act = office.act(office.id("Xã Lũng Cú", "2015-Q1", "activity"), "lũ quét");
    CHECK(office.run([&](store::WriteContext& context) { return claim_by_hand(context, act); }).error().code ==
          ProblemCode::not_allowed);
    CHECK(office.run([&](store::WriteContext& context) { return excuse(context, act); }).has_value());
    CHECK(office.run([&](store::WriteContext& context) { return reopen(context, act); }).has_value());
    (void)office.report("Xã Lũng Cú", "2015-Q1", day(2015, 4, 5));
    CHECK(office.run([&](store::WriteContext& context) { return reopen(context, act); }).error().code ==
          ProblemCode::wrong_state);
}

TEST_CASE("obligations: what ended units left open passes to one row of their heir, and a second sweep does nothing")
{
    Office office(three_communes());
    (void)office.open("2025-Q1");
    (void)office.report("Xã Phố Là", "2025-Q1", day(2025, 4, 5));
    CHECK(office.sweep(day(2025, 6, 30)).passed == 0);
    // The first quarter closed on 9 June, before the communes ended: it stays as it is.
    CHECK(office.sweep(day(2025, 7, 1)).passed == 0);

    (void)office.open("2025-Q2");
    const PassedOn passed = office.sweep(day(2025, 7, 1));
    CHECK(passed.passed == 4);  // two forms by two communes
    CHECK(passed.made == 2);    // one row of the heir for each form
    CHECK(passed.joined == 2);
    CHECK(office.sweep(day(2025, 7, 2)).passed == 0);
    CHECK(office.state("Xã Phó Bảng", "2025-Q2", day(2025, 6, 30)) == "open not_due");
    CHECK(office.state("Xã Phó Bảng", "2025-Q2", day(2025, 7, 5)) == "passed_on due");
    CHECK(office.state("Xã Phó Bảng", "2025-Q2", day(2025, 7, 11)) == "passed_on overdue");
    CHECK(office.state("Xã Phố Bảng", "2025-Q2", day(2025, 7, 11)) == "open overdue");
    CHECK(office.report("Xã Phố Bảng", "2025-Q2", day(2025, 7, 9)).has_value());
    CHECK(office.state("Xã Phó Bảng", "2025-Q2", day(2025, 7, 11)) == "passed_on done");
    CHECK(office.state("Xã Phố Là", "2025-Q2", day(2025, 7, 11)) == "passed_on done");
    CHECK(office.differences() == 0);
}

TEST_CASE("obligations: the sweep of a day opens what can still be answered and passes on what ended units left")
{
    Office office(three_communes());
    const auto sweep = [&](Date today) {
        const auto done = keep_up(office.fresh.writer(), *office.programme, *office.land, today, centre).value();
        std::string text;
        for (const auto& name : done.opened) text += name.text() + " ";
        return text + std::to_string(done.passed.passed);
    };
    CHECK(sweep(day(2015, 4, 1)) == "once 2015-Q1 0");
    CHECK(sweep(day(2015, 4, 1)) == "0");
    CHECK(sweep(day(2015, 6, 30)) == "0");
    CHECK(sweep(day(2015, 7, 1)) == "2015-Q2 2015-H1 0");
    // The three committees and what was opened for the communes of 30 June 2025 and is not closed.
    CHECK(sweep(day(2025, 7, 1)) == "2025-Q2 2025-H1 6");
    CHECK(sweep(day(2025, 7, 1)) == "0");
    CHECK(office.differences() == 0);
}

TEST_CASE("obligations: a list is of what its filter names, with predecessors and origins")
{
    Office office(three_communes());
    for (const char* name : {"2025-Q2", "2025-Q3", "2025"}) (void)office.open(name);
    (void)office.sweep(day(2025, 7, 1));
    const auto listed = [&](const ObligationFilter& filter) {
        std::vector<Obligation> rows;
        office.fresh.read([&](store::Connection& connection) { rows = ObligationStore::list(connection, filter); });
        return rows;
    };
    ObligationFilter filter;
    CHECK(listed(filter).size() == 6 + 2 + 4 + 2);  // forms of Q2, the heir's rows, forms of Q3, plan and review
    filter.unit = named(office.land, "Xã Phố Bảng");
    filter.subject = "activity";
    CHECK(listed(filter).size() == 2);
    filter.period = programme::id_of(period("2025-Q2"));
    const auto heir = listed(filter);
    REQUIRE(heir.size() == 1);
    CHECK(heir[0].passed_from == std::vector<ObligationId>{office.id("Xã Phó Bảng", "2025-Q2", "activity"),
                                                           office.id("Xã Phố Là", "2025-Q2", "activity")});
    filter = {};
    filter.kind = "plan";
    REQUIRE(listed(filter).size() == 1);
    CHECK(listed(filter)[0].unit == named(office.land, "Hà Giang"));
    filter.programme = ProgrammeId{9};
    CHECK(listed(filter).empty());
}

TEST_CASE("obligations: an heir's own earlier report does not answer for what it inherits, a later version does")
{
    Office office(draw(R"(
        Việt Nam
          Hà Giang
            Xã A
            Xã B
        [2025-05-10] Xã A + Xã B -> Xã A
    )"));
    (void)office.open("2025-Q1");
    (void)office.report("Xã A", "2025-Q1", day(2025, 4, 5));
    CHECK(office.sweep(day(2025, 5, 10)).joined == 2);
    CHECK(office.state("Xã A", "2025-Q1", day(2025, 5, 20)) == "claimed done");
    CHECK(office.state("Xã B", "2025-Q1", day(2025, 5, 20)) == "passed_on overdue");
    (void)office.report("Xã A", "2025-Q1", day(2025, 5, 21), 2);
    CHECK(office.state("Xã A", "2025-Q1", day(2025, 5, 21)) == "claimed done");
    CHECK(office.state("Xã B", "2025-Q1", day(2025, 5, 21)) == "passed_on done_late");
    CHECK(office.differences() == 0);
}

TEST_CASE("obligations: a split without a default heir leaves a row to each heir of people and is done when all are")
{
    Office office(draw(R"(
        Việt Nam
          Hà Giang
            Xã A
            Xã B
            Xã C
        [2025-07-01] Xã A -> Xã B part + Xã C part
    )"));
    (void)office.open("2025-Q2");
    CHECK(office.sweep(day(2025, 7, 1)).made == 4);
    (void)office.report("Xã B", "2025-Q2", day(2025, 7, 5));
    CHECK(office.state("Xã A", "2025-Q2", day(2025, 7, 11)) == "passed_on overdue");
    (void)office.report("Xã C", "2025-Q2", day(2025, 7, 12));
    CHECK(office.state("Xã A", "2025-Q2", day(2025, 7, 12)) == "passed_on done_late");
}

TEST_CASE("obligations: the report of the ended unit settles its own row and relieves the heir of it")
{
    Office office(three_communes());
    (void)office.open("2025-Q2");
    (void)office.sweep(day(2025, 7, 1));
    (void)office.report("Xã Phó Bảng", "2025-Q2", day(2025, 7, 3));
    CHECK(office.state("Xã Phó Bảng", "2025-Q2", day(2025, 7, 3)) == "claimed done");
    CHECK(office.state("Xã Phố Bảng", "2025-Q2", day(2025, 7, 3)) == "open due");
    (void)office.report("Xã Phố Là", "2025-Q2", day(2025, 7, 4));
    CHECK(office.state("Xã Phố Bảng", "2025-Q2", day(2025, 7, 4)) == "excused done");
    CHECK(office.differences() == 0);
}

TEST_CASE("obligations: a unit that ended without heirs leaves its obligations to nobody, and they are late no more")
{
    Office office(draw(R"(
        Việt Nam
          Quảng Ngãi
            Huyện Lý Sơn
        [2025-07-01] district ends
    )"));
    (void)office.open("2025-Q2");
    CHECK(office.sweep(day(2025, 7, 1)).without_heir == 2);
    CHECK(office.state("Huyện Lý Sơn", "2025-Q2", day(2025, 12, 1)) == "passed_on done");
}

TEST_CASE("obligations: the frozen rows of any territory stay whatever is swept, claimed and returned afterwards")
{
    for (std::uint64_t seed = 1; seed <= 12; ++seed) {
        Office office(test::random_territory(seed));
        std::mt19937_64 random(seed);
        std::vector<ObligationId> frozen;
        for (const char* name : {"2016-Q2", "2020-Q1", "2025-Q2", "2026-Q1"}) (void)office.open(name);
        std::size_t rows = 0;
        office.books.read([&](const Books& books, std::int64_t) { rows = books.size(); });
        for (const Date on : {day(2016, 7, 20), day(2020, 4, 15), day(2025, 7, 20), day(2026, 5, 15)}) {
            std::vector<std::pair<std::int64_t, UnitId>> units;
            office.books.read([&](const Books& books, std::int64_t) {
                for (const Column& column : books.columns())
                    if (column.asked.subject == "activity")
                        for (const Entry& entry : column.entries)
                            units.emplace_back(column.asked.period.value, entry.unit());
            });
            for (const auto& row : units)
                if (random() % 3 == 0)
                    (void)office.run([&](store::WriteContext& context) {
                        return claim(context, office.programme->id, "activity", PeriodId{row.first}, row.second, 1, on,
                                     officer);
                    });
            const PassedOn passed = office.sweep(on);
            CHECK(office.sweep(on).passed == 0);
            office.books.read([&](const Books& books, std::int64_t) {
                std::size_t counted = 0;
                std::int64_t passed_rows = 0;
                for (const Column& column : books.columns())
                    for (const Entry& entry : column.entries) {
                        counted += entry.inherited() ? 0U : 1U;
                        passed_rows += books.own_state(entry, on).progress == Progress::passed_on ? 1 : 0;
                        if (entry.inherited()) CHECK_FALSE(books.origins(entry).empty());
                        // What is still open belongs to a unit that lives, or closed before it ended.
                        const bool ended = office.land->unit(entry.unit()).ends() <= on;
                        const bool answerable = entry.closes() >= office.land->unit(entry.unit()).ends();
                        if (ended && answerable) CHECK(books.own_state(entry, on).done());
                    }
                CHECK(counted == rows);
                CHECK(passed_rows >= passed.passed);
            });
            CHECK(office.differences() == 0);
        }
    }
}

TEST_CASE("obligations: a register that starts late, or missed content, reads the same from the store")
{
    Office office(three_communes());
    (void)office.open("2015-Q1");
    (void)office.report("Xã Lũng Cú", "2015-Q1", day(2015, 4, 5));
    (void)office.follow("Xã Lũng Cú", "2015-Q1", EventKind::returned, day(2015, 4, 6));
    (void)office.report("Xã Lũng Cú", "2015-Q1", day(2015, 4, 7), 2);
    Register late(office.fresh.database());
    std::vector<store::JournalRecord> records;
    office.fresh.read([&](store::Connection& connection) {
        store::read_journal(connection, 0, 100, [&](const store::JournalRecord& record) { records.push_back(record); });
    });
    late.follow(records);  // without content, as from another process
    CHECK(late.differences(10).empty());
    late.follow(records);  // again
    CHECK(late.differences(10).empty());
}
