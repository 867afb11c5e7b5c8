// SPDX-License-Identifier: Apache-2.0
#include "store/together.hpp"

#include "support/notes.hpp"

#include <doctest/doctest.h>

#include <array>

using namespace phoihop;
using namespace phoihop::store;
using phoihop::test::add_note;
using phoihop::test::Notes;

namespace {

/// `count` notes "note 0", "note 1" …, and their amounts.
struct Words {
    explicit Words(std::int64_t count)
    {
        for (std::int64_t i = 0; i < count; ++i) all.push_back("note " + std::to_string(i));
        for (std::int64_t i = 0; i < count; ++i)
            rows.insert(rows.end(), {std::string_view(all[static_cast<std::size_t>(i)]), i});
    }
    std::vector<std::string> all;
    std::vector<Parameter> rows;
};

constexpr std::string_view insert_sql = "insert into note (words, amount) values (?, ?)";

}  // namespace

TEST_CASE("store: one statement runs for every row of a batch, and tells which row answered what")
{
    Notes notes;
    const Words words(3'000);  // several pieces
    notes.write([&](WriteContext& context) {
        CHECK(context.connection().execute_each(insert_sql, 2, words.rows) == 3'000);
        CHECK(context.connection().execute_each("delete from note where words = ?", 1,
                                                std::array<Parameter, 2>{"note 7", "note 8"}) == 2);
    });
    notes.read([&](Connection& connection) {
        std::vector<Parameter> wanted;
        for (const auto& one : words.all) wanted.emplace_back(std::string_view(one));
        std::size_t answers = 0;
        connection.query_each("select amount from note where words = ?", 1, wanted, [&](std::size_t i, const Row& row) {
            CHECK(row.integer(0) == static_cast<std::int64_t>(i));
            ++answers;
        });
        CHECK(answers == 2'998);
    });
}

TEST_CASE("store: a row may answer nothing or many, and hold nulls and blobs")
{
    Notes notes;
    const std::vector<std::byte> data(300'000, std::byte{7});  // fills a piece by itself
    notes.write([&](WriteContext& context) {
        const std::vector<Parameter> rows{"a", 1,         BytesView(data), "b", nullptr, nullptr,
                                          "c", INT64_MIN, BytesView(),     "d", 1,       BytesView(data)};
        context.connection().execute_each("insert into note (words, amount, data) values (?, ?, ?)", 3, rows);
    });
    std::string told;
    notes.read([&](Connection& connection) {
        const std::array<Parameter, 3> amounts{1, 2, INT64_MIN};
        connection.query_each("select words, data from note where amount = ? order by words", 1, amounts,
                              [&](std::size_t i, const Row& row) {
                                  told += std::to_string(i) + std::string(row.text(0)) + " " +
                                          std::to_string(row.blob(1).size()) + " ";
                                  // Statements inside the callback are fine, as everywhere.
                                  CHECK(connection.integer("select count(*) from note") == 4);
                              });
    });
    CHECK(told == "0a 300000 0d 300000 2c 0 ");
}

TEST_CASE("store: an error in a batch is thrown as it is, nothing behind it runs, and the connection goes on")
{
    Notes notes;
    notes.write([&](WriteContext& context) { add_note(context, "note 5"); });
    const Words words(20);
    const auto kept = [&] {
        return notes.writer().run([&](WriteContext& context) -> Result<void> {
            context.connection().execute_each(insert_sql, 2, words.rows);
            return {};
        });
    };
    CHECK_THROWS_AS((void)kept(), ConstraintError);
    CHECK(notes.count() == 1);
    const auto wrong = [&] {
        return notes.writer().run([&](WriteContext& context) -> Result<void> {
            context.connection().execute_each("insert into nothing (a, b) values (?, ?)", 2, words.rows);
            return {};
        });
    };
    CHECK_THROWS_AS((void)wrong(), StoreError);
    notes.write([&](WriteContext& context) { add_note(context, "after"); });
    CHECK(notes.count() == 2);
}

TEST_CASE("store: statements of several kinds go together, few inserts or many")
{
    for (const std::int64_t count : {std::int64_t{1}, std::int64_t{7}, std::int64_t{8}, std::int64_t{700}}) {
        CAPTURE(count);
        Notes notes;
        const Words words(count);
        static constexpr std::array<std::string_view, 2> columns{"words", "amount"};
        notes.write([&](WriteContext& context) {
            Together together(context.connection());
            for (std::int64_t i = 0; i < count; ++i)
                together.insert("note", columns, {std::string_view(words.all[static_cast<std::size_t>(i)]), i});
            together.change_one("update note set words = ? where amount = ?", {together.keep(std::string("first")), 0});
            together.run();
            std::int64_t sum = 0;
            std::string first;
            for (std::int64_t i = 0; i < count; ++i)
                together.query("select amount from note where amount = ?", {i},
                               [&](const Row& row) { sum += row.integer(0); });
            together.query("select words from note where amount = 0", {}, [&](const Row& row) { first = row.text(0); });
            together.run();
            CHECK(sum == count * (count - 1) / 2);
            CHECK(first == "first");
        });
        CHECK(notes.count() == count);
    }
}

TEST_CASE("store: a statement that must change one row and does not is somebody else's faster hand")
{
    Notes notes;
    const auto change = [&] {
        notes.write([&](WriteContext& context) {
            Together together(context.connection());
            together.change_one("update note set amount = ? where words = ?", {1, "missing"});
            together.run();
        });
    };
    CHECK_THROWS_AS(change(), ConstraintError);
}
