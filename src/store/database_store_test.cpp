// SPDX-License-Identifier: Apache-2.0
#include "support/notes.hpp"

#include <doctest/doctest.h>

using namespace phoihop;
using namespace phoihop::store;
using phoihop::test::Notes;

namespace {

std::vector<std::byte> bytes(std::initializer_list<int> values)
{
    std::vector<std::byte> all;
    for (const int value : values) all.push_back(static_cast<std::byte>(value));
    return all;
}

}  // namespace

TEST_CASE("store: what is written comes back, byte for byte and null for null")
{
    Notes notes;
    const auto data = bytes({0, 1, 254, 255, 0});
    notes.write([&](WriteContext& context) {
        auto& connection = context.connection();
        connection.execute("insert into note (words, amount, data) values (?, ?, ?)",
                           {"Phối hợp 'quote' ?", INT64_MIN, BytesView(data)});
        connection.execute("insert into note (words, amount, data) values (?, ?, ?)", {"", nullptr, nullptr});
        connection.execute("insert into note (words, amount, data) values (?, ?, ?)",
                           {"empty blob", INT64_MAX, BytesView()});
    });
    notes.read([&](Connection& connection) {
        int rows = 0;
        connection.query("select words, amount, data from note order by id", {}, [&](const Row& row) {
            switch (rows++) {
                case 0:
                    CHECK(row.text(0) == "Phối hợp 'quote' ?");
                    CHECK(row.integer(1) == INT64_MIN);
                    CHECK(std::ranges::equal(row.blob(2), data));
                    break;
                case 1:
                    CHECK(row.text(0).empty());
                    CHECK_FALSE(row.is_null(0));
                    CHECK(row.is_null(1));
                    CHECK(row.integer(1) == 0);
                    CHECK(row.is_null(2));
                    CHECK(row.blob(2).empty());
                    break;
                default:
                    CHECK(row.integer(1) == INT64_MAX);
                    CHECK_FALSE(row.is_null(2));
                    CHECK(row.blob(2).empty());
            }
        });
        CHECK(rows == 3);
    });
}

TEST_CASE("store: a question mark inside a text is no parameter")
{
    Notes notes;
    notes.write([](WriteContext& context) {
        context.connection().execute("insert into note (words, amount) values ('why? ''?''', ?)", {std::int64_t{7}});
    });
    notes.read([](Connection& connection) {
        CHECK(connection.text("select words from note where amount = ? and words <> '?'", {std::int64_t{7}}) ==
              "why? '?'");
        CHECK_FALSE(connection.text("select words from note where amount = ?", {std::int64_t{8}}));
    });
}

TEST_CASE("store: counts, sums and lengths come back as integers on every engine")
{
    Notes notes;
    notes.write([](WriteContext& context) {
        auto& connection = context.connection();
        for (const std::int64_t amount : {1'000'000'000'000'000'000LL, 2'000'000'000'000'000'001LL, -30LL}) {
            connection.execute("insert into note (words, amount) values (?, ?)", {std::to_string(amount), amount});
        }
    });
    notes.read([](Connection& connection) {
        CHECK(connection.integer("select sum(amount) from note") == 2'999'999'999'999'999'971LL);
        CHECK(connection.integer("select sum(amount) from note where amount < 0") == -30);
        CHECK(connection.integer("select sum(amount) - sum(amount) from note") == 0);
        CHECK(connection.integer("select count(*) from note") == 3);
        CHECK(connection.integer("select max(length(words)) from note") == 19);
        CHECK_FALSE(connection.integer("select sum(amount) from note where amount > ?", {INT64_MAX}));
    });
}

TEST_CASE("store: returning gives the new id, on conflict updates, and the number of changed rows is told")
{
    Notes notes;
    notes.write([](WriteContext& context) {
        auto& connection = context.connection();
        const auto first = connection.integer("insert into note (words) values (?) returning id", {"a"});
        const auto second = connection.integer("insert into note (words) values (?) returning id", {"b"});
        CHECK(second.value() == first.value() + 1);
        CHECK(connection.execute("insert into note (words, amount) values (?, ?)"
                                 " on conflict (words) do update set amount = excluded.amount",
                                 {"a", std::int64_t{5}}) == 1);
        CHECK(connection.execute("update note set amount = coalesce(amount, 0) + ?", {std::int64_t{1}}) == 2);
        CHECK(connection.execute("delete from note where words = ?", {"z"}) == 0);
        CHECK(connection.integer("select amount from note where words = ?", {"a"}) == 6);
    });
}

TEST_CASE("store: the same statement may run inside its own answer")
{
    Notes notes;
    notes.write([](WriteContext& context) {
        for (const auto* words : {"a", "b", "c"}) test::add_note(context, words);
    });
    notes.read([](Connection& connection) {
        int pairs = 0;
        const auto* all = "select words from note order by words";
        connection.query(all, {}, [&](const Row& outer) {
            const std::string kept(outer.text(0));
            connection.query(all, {}, [&](const Row&) { ++pairs; });
            CHECK(outer.text(0) == kept);
        });
        CHECK(pairs == 9);
    });
}

TEST_CASE("store: append writes many rows, none at all, and keeps nulls")
{
    Notes notes;
    const auto data = bytes({9});
    notes.write([&](WriteContext& context) {
        constexpr std::array<std::string_view, 3> columns{"words", "amount", "data"};
        std::vector<std::string> words;
        for (int i = 0; i < 2500; ++i) words.push_back("note \t\\ " + std::to_string(i));
        std::vector<Parameter> rows;
        for (std::int64_t i = 0; i < 2500; ++i) {
            rows.emplace_back(std::string_view(words[static_cast<std::size_t>(i)]));
            rows.push_back(i % 2 == 0 ? Parameter(i) : Parameter(nullptr));
            rows.push_back(i % 3 == 0 ? Parameter(BytesView(data)) : Parameter(nullptr));
        }
        context.connection().append("note", columns, rows);
        context.connection().append("note", columns, {});
    });
    notes.read([](Connection& connection) {
        CHECK(connection.integer("select count(*) from note") == 2500);
        CHECK(connection.integer("select count(amount) from note") == 1250);
        CHECK(connection.integer("select count(data) from note") == 834);
        CHECK(connection.integer("select amount from note where words = ?", {"note \t\\ 2498"}) == 2498);
    });
}

TEST_CASE("store: rules of the schema are told apart from breakdowns")
{
    Notes notes;
    const auto run = [&](std::string_view sql) {
        notes.write([&](WriteContext& context) { context.connection().execute(sql); });
    };
    run("insert into note (id, words) values (1000, 'a')");
    CHECK_THROWS_AS(run("insert into note (words) values ('a')"), ConstraintError);
    CHECK_THROWS_AS(run("insert into note (words) values (null)"), ConstraintError);
    CHECK_THROWS_AS(run("insert into remark (note) values (77)"), ConstraintError);
    CHECK_THROWS_AS(run("insert into journal_head (one, sequence, hash) values (2, 0, '')"), StoreError);
    CHECK_THROWS_AS(run("insert into nothing (words) values ('a')"), StoreError);
    CHECK_THROWS_AS(run("insert into note (words) values (?)"), StoreError);
    CHECK(notes.count() == 1);
}

TEST_CASE("store: a reading sees one state from its first statement to its last")
{
    Notes notes;
    notes.write([](WriteContext& context) { test::add_note(context, "before"); });
    notes.read([&](Connection& connection) {
        CHECK(connection.integer("select count(*) from note") == 1);
        notes.write([](WriteContext& context) { test::add_note(context, "meanwhile"); });
        CHECK(connection.integer("select count(*) from note") == 1);
    });
    CHECK(notes.count() == 2);
}

TEST_CASE("store: a reading cannot write")
{
    Notes notes;
    notes.read([](Connection& connection) {
        CHECK_THROWS_AS(connection.execute("insert into note (words) values ('a')"), StoreError);
    });
    CHECK(notes.count() == 0);
}

TEST_CASE("store: text sorts by its bytes on every engine, whatever the locale")
{
    Notes notes;
    notes.write([](WriteContext& context) {
        for (const auto* words : {"b", "Đ", "a", "Z", "a b", "A"}) test::add_note(context, words);
    });
    std::string order;
    notes.read([&](Connection& connection) {
        connection.query("select words from note order by words", {},
                         [&](const Row& row) { order += std::string(row.text(0)) + ","; });
        CHECK(connection.integer("select count(*) from note where words like 'a%'") == 2);
        CHECK(connection.text("select words from note order by words collate \"C\" limit 1") == "A");
    });
    CHECK(order == "A,Z,a,a b,b,Đ,");
}

TEST_CASE("store: a missing database is not found, and an address must be given")
{
    CHECK(Database::open("", OpenMode::read).error().code == ProblemCode::missing);
    CHECK(Database::open("/nowhere/at/all.db", OpenMode::read).error().code == ProblemCode::not_found);
    CHECK(Database::open("/nowhere/at/all.db", OpenMode::create).error().code == ProblemCode::not_found);
    CHECK(Database::open("/", OpenMode::write).error().code == ProblemCode::wrong_type);
}
