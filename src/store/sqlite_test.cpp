// SPDX-License-Identifier: Apache-2.0
// What only a SQLite file can get wrong: the lock, sudden death, files that are no databases.
#include "store/backup.hpp"
#include "support/folder.hpp"
#include "support/notes.hpp"

#include <doctest/doctest.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>

using namespace phoihop;
using namespace phoihop::store;
using phoihop::test::Folder;
using phoihop::test::in_child;

namespace {

std::unique_ptr<Database> open_with_notes(const std::string& file)
{
    auto opened = Database::open(file, OpenMode::create, "test");
    if (!opened || !migrate(**opened, test::migrations_with_notes())) throw std::runtime_error("cannot open " + file);
    return std::move(*opened);
}

}  // namespace

TEST_CASE("store: a file has no replicas to read from")
{
    const Folder folder;
    const auto answer = open_with_notes(folder.file("a.db"))->read_from("postgresql://db2/phoihop");
    REQUIRE_FALSE(answer);
    CHECK(answer.error().code == ProblemCode::wrong_type);
}

TEST_CASE("store: two processes never write one file, and the second is told who holds it")
{
    const Folder folder;
    const auto file = folder.file("a.db");
    const auto database = open_with_notes(file);
    CHECK(in_child([&] {
              const auto second = Database::open(file, OpenMode::write);
              if (second || second.error().code != ProblemCode::busy) return 1;
              const auto holder = "pid " + std::to_string(::getppid()) + " test";
              return fact(second.error(), "holder") == holder ? 0 : 2;
          }) == 0);
    // Reading never takes the lock, and another name of the file is the same file.
    CHECK(in_child([&] { return Database::open(file, OpenMode::read).has_value() ? 0 : 1; }) == 0);
    std::filesystem::create_symlink(file, folder.file("b.db"));
    CHECK(Database::open(folder.file("b.db"), OpenMode::write).error().code == ProblemCode::busy);
}

TEST_CASE("store: the lock goes with the process that held it, however it died")
{
    const Folder folder;
    const auto file = folder.file("a.db");
    CHECK(in_child([&] {
              const auto database = open_with_notes(file);
              std::raise(SIGKILL);
              return 0;
          }) == -SIGKILL);
    CHECK(Database::open(file, OpenMode::write).has_value());
}

TEST_CASE("store: a killed process leaves what it acknowledged and nothing half-done")
{
    const Folder folder;
    const auto file = folder.file("a.db");
    constexpr int acknowledged = 57;
    const int killed = in_child([&] {
        const auto database = open_with_notes(file);
        const SystemClock clock;
        Writer writer(*database, clock, {.queue_max = 10, .batch_jobs_max = 10});
        for (int i = 0; i < acknowledged; ++i) {
            (void)writer.run([i](WriteContext& context) -> Result<void> {
                test::add_note(context, std::to_string(i));
                return {};
            });
        }
        (void)writer.run([](WriteContext& context) -> Result<void> {
            test::add_note(context, "half");
            std::raise(SIGKILL);
            return {};
        });
        return 0;
    });
    CHECK(killed == -SIGKILL);
    const auto database = open_with_notes(file);
    database->read([&](Connection& connection) {
        CHECK(connection.integer("select count(*) from note") == acknowledged);
        CHECK(journal_position(connection).sequence == acknowledged);
        CHECK_FALSE(first_broken_record(connection));
    });
}

TEST_CASE("store: a file that is no database is refused and left as it is")
{
    const Folder folder;
    const auto file = folder.file("letter.txt");
    std::ofstream(file) << "Kính gửi: Ủy ban nhân dân tỉnh";
    CHECK(Database::open(file, OpenMode::create).error().code == ProblemCode::wrong_type);
    CHECK(std::filesystem::file_size(file) == std::string_view("Kính gửi: Ủy ban nhân dân tỉnh").size());
}

TEST_CASE("store: a database open for reading refuses to be written")
{
    const Folder folder;
    const auto file = folder.file("a.db");
    open_with_notes(file);
    const auto database = Database::open(file, OpenMode::read);
    REQUIRE(database.has_value());
    CHECK_THROWS_AS((void)(*database)->writing_connection(), StoreError);
    (*database)->read([](Connection& connection) { CHECK(connection.integer("select count(*) from note") == 0); });
}

TEST_CASE("store: an in-memory database leaves no file behind")
{
    std::string file;
    {
        test::FreshDatabase fresh;
        if (fresh.database().engine() != Engine::sqlite) return;
        fresh.read([&](Connection& connection) {
            connection.query("pragma database_list", {}, [&](const Row& row) { file = row.text(2); });
        });
        CHECK(std::filesystem::exists(file));
    }
    CHECK_FALSE(std::filesystem::exists(std::filesystem::path(file).parent_path()));
}

TEST_CASE("store: a full disk fails the job that met it, and the writer goes on once there is room")
{
    const Folder folder;
    const auto database = open_with_notes(folder.file("a.db"));
    auto& connection = database->writing_connection();
    const auto add = [](Writer& writer, const std::string& words) {
        return writer.run([&](WriteContext& context) -> Result<void> {
            test::add_note(context, words);
            return {};
        });
    };
    const SystemClock clock;
    Writer writer(*database, clock);
    REQUIRE(add(writer, "before"));
    const auto pages = connection.integer("pragma page_count").value();
    connection.script("pragma max_page_count=" + std::to_string(pages));
    CHECK_THROWS_AS((void)add(writer, std::string(100'000, 'x')), StoreError);
    connection.script("pragma max_page_count=1000000");
    CHECK(add(writer, "after"));
    database->read([](Connection& reading) {
        CHECK(reading.integer("select count(*) from note") == 2);
        CHECK(journal_position(reading).sequence == 2);
        CHECK_FALSE(first_broken_record(reading));
    });
}

TEST_CASE("store: a damaged page is found by the check of integrity")
{
    const Folder folder;
    const auto file = folder.file("a.db");
    {
        const auto database = open_with_notes(file);
        const SystemClock clock;
        Writer writer(*database, clock);
        REQUIRE(writer.run([](WriteContext& context) -> Result<void> {
            for (int i = 0; i < 2000; ++i) test::add_note(context, "note number " + std::to_string(i));
            return {};
        }));
    }
    {
        std::fstream stream(file, std::ios::in | std::ios::out | std::ios::binary);
        stream.seekp(static_cast<std::streamoff>(std::filesystem::file_size(file)) / 2);
        stream << std::string(6000, '\xff');
    }
    const auto database = Database::open(file, OpenMode::read);
    REQUIRE(database);
    bool found = false;
    try {
        found = !integrity(**database).empty();
    } catch (const StoreError&) {
        found = true;
    }
    CHECK(found);
}
