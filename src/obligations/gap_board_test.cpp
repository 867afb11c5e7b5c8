// SPDX-License-Identifier: Apache-2.0
#include "obligations/gap_board.hpp"

#include "obligations/register_measure.hpp"
#include "programme/period_id.hpp"
#include "support/office.hpp"
#include "support/random_territory.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <numeric>

using namespace phoihop;
using namespace phoihop::obligations;
using phoihop::test::draw;
using phoihop::test::named;
using phoihop::test::Office;
using phoihop::test::period;

namespace {

std::string text(const Counts& counts)
{
    return std::to_string(counts.done) + "+" + std::to_string(counts.done_late) + " done " +
           std::to_string(counts.due) + " due " + std::to_string(counts.overdue) + " overdue";
}

BoardFilter activity(const Office& office, Date on, std::optional<units::Level> level)
{
    BoardFilter filter;
    filter.programme = office.programme->id;
    filter.on = on;
    filter.subjects = {"activity"};
    filter.level = level;
    return filter;
}

Board board(const Office& office, const BoardFilter& filter)
{
    Board answer;
    office.books.read(
        [&](const Books& books, std::int64_t) { answer = gap_board(books, *office.land, filter).value(); });
    return answer;
}

std::string names(const Office& office, const Board& shown)
{
    std::string all;
    for (const BoardRow& row : shown.rows)
        all += (all.empty() ? "" : ", ") + office.land->state_near(row.unit, shown.on).name;
    return all;
}

std::string list(const Office& office, const BoardFilter& filter, std::string_view unit, Reading reading)
{
    std::string all;
    office.books.read([&](const Books& books, std::int64_t) {
        const auto items = behind(books, *office.land, filter, named(office.land, unit), 0, reading).value();
        for (const BoardItem& item : items)
            all += (all.empty() ? "" : ", ") + office.land->state_near(item.unit, item.opens).name + " " +
                   std::string(word(item.state.progress)) + (item.counted ? "" : " (heir)");
    });
    return all;
}

std::string measured(const Office& office, std::string_view word, std::string_view unit, std::string_view in)
{
    std::string text;
    office.books.read([&](const Books& books, std::int64_t) {
        const auto [met, asked] =
            register_measure(books, *office.programme, *office.land, word, named(office.land, unit), period(in));
        text = std::to_string(met) + "/" + std::to_string(asked);
    });
    return text;
}

const char* const two_provinces = R"(
    Việt Nam
      Hà Giang
        Xã Yên Minh
        Xã Bắc Mê
        Xã Đồng Văn
      Tuyên Quang
        Xã Na Hang
        Xã Na Hang mới
    [2025-07-01] Xã Na Hang -> Xã Na Hang mới
)";

}  // namespace

TEST_CASE("gap board: a province shows how many of its communes are late, a commune shows its own")
{
    Office office(draw(two_provinces));
    (void)office.open("2015-Q1");
    (void)office.report("Xã Yên Minh", "2015-Q1", day(2015, 4, 5));
    (void)office.report("Xã Bắc Mê", "2015-Q1", day(2015, 4, 12));
    const Board shown = board(office, activity(office, day(2015, 4, 15), units::Level::province));
    REQUIRE(shown.rows.size() == 2);
    REQUIRE(shown.columns.size() == 1);
    CHECK(text(shown.rows[0].below) == "1+1 done 0 due 1 overdue");
    CHECK(text(shown.rows[1].below) == "0+0 done 0 due 1 overdue");
    CHECK(text(shown.all) == "1+1 done 0 due 2 overdue");
    CHECK(shown.rows[0].own.total() == 0);
    const Board communes = board(office, activity(office, day(2015, 4, 15), units::Level::commune));
    REQUIRE(communes.rows.size() == 4);
    CHECK(communes.rows[1].cells[0].own.done_late == 1);
    CHECK(communes.rows[1].cells[0].obligation == office.id("Xã Bắc Mê", "2015-Q1", "activity"));
    CHECK(communes.rows[1].cells[0].due == day(2015, 4, 10));
}

TEST_CASE("gap board: any day of the past is shown as it was")
{
    Office office(draw(two_provinces));
    (void)office.open("2015-Q1");
    (void)office.report("Xã Yên Minh", "2015-Q1", day(2015, 4, 5));
    CHECK(board(office, activity(office, day(2015, 3, 31), units::Level::province)).columns.empty());
    CHECK(text(board(office, activity(office, day(2015, 4, 4), units::Level::province)).all) ==
          "0+0 done 4 due 0 overdue");
    CHECK(text(board(office, activity(office, day(2015, 4, 5), units::Level::province)).all) ==
          "1+0 done 3 due 0 overdue");
    // Closed, and nobody asked for this period by name.
    CHECK(board(office, activity(office, day(2016, 1, 1), units::Level::province)).columns.empty());
    BoardFilter named_period = activity(office, day(2016, 1, 1), units::Level::province);
    named_period.periods = {programme::id_of(period("2015-Q1"))};
    CHECK(text(board(office, named_period).all) == "1+0 done 0 due 3 overdue");
}

TEST_CASE("gap board: rows come in the order of codes, the latest first, or by name as in a dictionary")
{
    Office office(draw(two_provinces));
    (void)office.open("2015-Q1");
    (void)office.report("Xã Yên Minh", "2015-Q1", day(2015, 4, 5));
    BoardFilter filter = activity(office, day(2015, 4, 15), units::Level::commune);
    CHECK(names(office, board(office, filter)) == "Xã Yên Minh, Xã Bắc Mê, Xã Đồng Văn, Xã Na Hang");
    filter.order = BoardOrder::late_first;
    CHECK(names(office, board(office, filter)) == "Xã Bắc Mê, Xã Đồng Văn, Xã Na Hang, Xã Yên Minh");
    filter.order = BoardOrder::name;
    CHECK(names(office, board(office, filter)) == "Xã Bắc Mê, Xã Đồng Văn, Xã Na Hang, Xã Yên Minh");
    filter.late_only = true;
    CHECK(names(office, board(office, filter)) == "Xã Bắc Mê, Xã Đồng Văn, Xã Na Hang");
    filter.parent = named(office.land, "Tuyên Quang");
    CHECK(names(office, board(office, filter)) == "Xã Na Hang");
}

TEST_CASE("gap board: kinds, parties and subjects choose the columns")
{
    Office office(draw(two_provinces));
    for (const char* name : {"once", "2014", "2015-Q1"}) (void)office.open(name);
    BoardFilter filter;
    filter.programme = office.programme->id;
    filter.on = day(2015, 4, 15);
    CHECK(board(office, filter).columns.size() == 5);
    filter.kinds = {"review", "committee"};
    const Board standing = board(office, filter);
    REQUIRE(standing.columns.size() == 2);
    CHECK(standing.columns[0].asked.subject == "committee");
    CHECK(standing.columns[1].asked.subject == "review_year");
    filter.kinds.clear();
    filter.party = "front";
    REQUIRE(board(office, filter).columns.size() == 1);
    CHECK(board(office, filter).columns[0].asked.subject == "opinions");
    filter.party = "women";
    CHECK(board(office, filter).columns.empty());
    filter.parent = named(office.land, "Xã Na Hang");
    filter.on = day(2026, 1, 1);
    office.books.read([&](const Books& books, std::int64_t) {
        CHECK(gap_board(books, *office.land, filter).error().code == ProblemCode::not_found);
    });
}

TEST_CASE("gap board: what an ended commune owes counts once, with its heir, and the heir's row is listed beside it")
{
    Office office(draw(two_provinces));
    (void)office.open("2025-Q2");
    (void)office.sweep(day(2025, 7, 1));
    BoardFilter filter = activity(office, day(2025, 7, 20), units::Level::commune);
    const Board shown = board(office, filter);
    CHECK(names(office, shown) == "Xã Yên Minh, Xã Bắc Mê, Xã Đồng Văn, Xã Na Hang mới");
    CHECK(text(shown.rows[3].own) == "0+0 done 0 due 1 overdue");
    CHECK(shown.all.total() == 4);
    CHECK(list(office, filter, "Xã Na Hang mới", Reading::own) == "Xã Na Hang passed_on, Xã Na Hang mới open (heir)");
    CHECK(list(office, filter, "Tuyên Quang", Reading::below) == "Xã Na Hang passed_on, Xã Na Hang mới open (heir)");
    (void)office.report("Xã Na Hang mới", "2025-Q2", day(2025, 7, 20));
    CHECK(text(board(office, filter).rows[3].own) == "0+1 done 0 due 0 overdue");
}

TEST_CASE("gap board: what was returned counts apart from what is late, and what an heir claims stands for its origin")
{
    Office office(draw(two_provinces));
    (void)office.open("2025-Q2");
    (void)office.sweep(day(2025, 7, 1));
    (void)office.report("Xã Yên Minh", "2025-Q2", day(2025, 7, 5));
    (void)office.report("Xã Bắc Mê", "2025-Q2", day(2025, 7, 5));
    (void)office.follow("Xã Bắc Mê", "2025-Q2", EventKind::returned, day(2025, 7, 20));
    (void)office.report("Xã Na Hang mới", "2025-Q2", day(2025, 7, 5));
    const Counts all = board(office, activity(office, day(2025, 7, 20), units::Level::commune)).all;
    CHECK(all.total() == 4);
    CHECK(all.of(StateWord::claimed) == 2);  // Na Hang's row by its heir
    CHECK(all.of(StateWord::returned) == 1);
    CHECK(all.of(StateWord::late) == 1);
    CHECK(all.overdue == 2);
    CHECK(all.worst() == StateWord::returned);
    CHECK(!Counts{}.worst());
}

TEST_CASE("gap board: on every day and any territory each frozen obligation is counted once, and rows add up")
{
    for (std::uint64_t seed = 1; seed <= 10; ++seed) {
        Office office(test::random_territory(seed));
        std::mt19937_64 random(seed);
        for (const char* name : {"once", "2020-Q1", "2025-Q2"}) (void)office.open(name);
        for (const Date on : {day(2020, 4, 15), day(2025, 7, 20), day(2026, 5, 15)}) {
            std::vector<std::pair<PeriodId, UnitId>> rows;
            std::int64_t frozen = 0;
            office.books.read([&](const Books& books, std::int64_t) {
                for (const Column& column : books.columns())
                    for (const Entry& entry : column.entries) {
                        if (entry.opens() <= on && !entry.inherited()) ++frozen;
                        if (column.asked.subject == "activity" && random() % 3 == 0)
                            rows.emplace_back(column.asked.period, entry.unit());
                    }
            });
            for (const auto& row : rows)
                (void)office.run([&](store::WriteContext& context) {
                    return claim(context, office.programme->id, "activity", row.first, row.second, 1, on,
                                 test::officer);
                });
            (void)office.sweep(on);
            BoardFilter filter;
            filter.programme = office.programme->id;
            filter.on = on;
            filter.periods = {programme::id_of(period("once")), programme::id_of(period("2020-Q1")),
                              programme::id_of(period("2025-Q2"))};
            filter.level = units::Level::nation;
            const Board nation = board(office, filter);
            REQUIRE(nation.rows.size() == 1);
            Counts all = nation.rows[0].own;
            all += nation.rows[0].below;
            CHECK(all == nation.all);
            CHECK(all.total() == frozen);
            CHECK(std::accumulate(all.by_word.begin(), all.by_word.end(), 0) == all.total());
            // Every unit's own and every undivided row, once: the own counts never exceed the whole.
            filter.level.reset();
            Counts own;
            for (const BoardRow& row : board(office, filter).rows) own += row.own;
            CHECK(own.total() <= all.total());
            CHECK(own.overdue <= all.overdue);
        }
    }
}

TEST_CASE("obligations: the register answers the indicators that are about obligations")
{
    Office office(draw(two_provinces));
    for (const char* name : {"once", "2014-Q4", "2014", "2015-Q1"}) (void)office.open(name);
    (void)office.report("Xã Yên Minh", "2015-Q1", day(2015, 4, 5));
    (void)office.report("Xã Bắc Mê", "2015-Q1", day(2015, 4, 12));
    CHECK(measured(office, "reports_on_time", "Xã Yên Minh", "2015-Q1") == "1/2");  // two forms, one sent
    CHECK(measured(office, "reports_on_time", "Xã Yên Minh", "2015-H1") == "1/2");
    CHECK(measured(office, "reports_on_time", "Xã Bắc Mê", "2015-Q1") == "0/2");
    CHECK(measured(office, "reports_on_time", "Xã Yên Minh", "2014") == "0/2");
    const auto done = [&](std::string_view in, std::string_view subject, Date on) {
        Act act{office.id("Hà Giang", in, subject), test::officer, day(2015, 6, 1), on, ""};
        return office.run([&](store::WriteContext& context) { return claim_by_hand(context, act); }).has_value();
    };
    CHECK(done("2014", "plan", day(2015, 2, 3)));
    CHECK(done("2014", "review_year", day(2015, 2, 3)));
    CHECK(done("once", "committee", day(2015, 2, 3)));
    CHECK(measured(office, "plan_on_time", "Hà Giang", "2014") == "0/1");
    CHECK(measured(office, "review_held", "Hà Giang", "2014") == "1/1");
    CHECK(measured(office, "review_held", "Hà Giang", "2014-Q4") == "1/1");
    CHECK(measured(office, "review_held", "Hà Giang", "2014-Q3") == "0/0");
    CHECK(measured(office, "committee_done", "Hà Giang", "2014-Q4") == "0/1");
    CHECK(measured(office, "committee_done", "Hà Giang", "2015-Q1") == "1/1");
    CHECK(measured(office, "unknown", "Hà Giang", "2015-Q1") == "0/0");
}

TEST_CASE("obligations: merged communes with a committee each are one unit, done when all are")
{
    Office office(draw(R"(
        Việt Nam
          Hà Giang
            Xã A
            Xã B
            Xã C
        [2025-07-01] Xã A + Xã B -> Xã C
    )"));
    (void)office.open("once");
    const auto done = [&](std::string_view unit) {
        Act act{office.id(unit, "once", "committee"), test::officer, day(2015, 6, 1), day(2014, 3, 1), ""};
        CHECK(office.run([&](store::WriteContext& context) { return claim_by_hand(context, act); }).has_value());
    };
    done("Xã A");
    (void)office.sweep(day(2025, 7, 1));
    CHECK(measured(office, "committee_done", "Xã C", "2025-Q2") == "0/0");
    CHECK(measured(office, "committee_done", "Xã A", "2025-Q2") == "1/1");
    CHECK(measured(office, "committee_done", "Xã B", "2025-Q2") == "0/1");
    CHECK(measured(office, "committee_done", "Xã C", "2025-Q3") == "0/1");
    Act act{office.id("Xã C", "once", "committee"), test::officer, day(2025, 9, 1), {}, ""};
    CHECK(office.run([&](store::WriteContext& context) { return claim_by_hand(context, act); }).has_value());
    CHECK(measured(office, "committee_done", "Xã C", "2025-Q3") == "1/1");
}
