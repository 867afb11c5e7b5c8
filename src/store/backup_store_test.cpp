// SPDX-License-Identifier: Apache-2.0
#include "store/backup.hpp"

#include "support/folder.hpp"
#include "support/notes.hpp"

#include <doctest/doctest.h>

#include <fstream>

using namespace phoihop;
using namespace phoihop::store;
using phoihop::test::add_note;
using phoihop::test::Folder;
using phoihop::test::Notes;

namespace {

/// The address of a new, empty database of the same engine as the test's: a file, or a database of the server.
class EmptyPlace {
public:
    explicit EmptyPlace(const Folder& folder, Database& beside) : m_beside(beside)
    {
        m_address = folder.file("restored.db");
        if (beside.engine() == Engine::sqlite) return;
        m_name = beside.writing_connection().text("select current_schema() || '_restored'").value();
        beside.writing_connection().script("create database " + m_name + " encoding 'UTF8' template template0");
        m_address = beside.address();
        const std::string server = "/postgres?";
        m_address.replace(m_address.find(server), server.size(), "/" + m_name + "?");
    }
    ~EmptyPlace()
    {
        if (!m_name.empty()) m_beside.writing_connection().script("drop database " + m_name + " with (force)");
    }
    EmptyPlace(const EmptyPlace&) = delete;
    EmptyPlace& operator=(const EmptyPlace&) = delete;

    [[nodiscard]] const std::string& address() const { return m_address; }

private:
    Database& m_beside;
    std::string m_name;
    std::string m_address;
};

}  // namespace

TEST_CASE("store: a backup restored into an empty database is the same, and can be written on")
{
    const Folder folder;
    Notes notes;
    for (const auto* words : {"a", "b"}) notes.write([&](WriteContext& context) { add_note(context, words); });
    REQUIRE(backup(notes.database(), folder.file("backup")));
    notes.write([](WriteContext& context) { add_note(context, "after"); });

    const EmptyPlace place(folder, notes.database());
    REQUIRE(restore(folder.file("backup"), place.address()));
    const auto restored = Database::open(place.address(), OpenMode::write);
    REQUIRE(restored);
    CHECK(migrate(**restored, test::migrations_with_notes()) == 0);
    CHECK(integrity(**restored).empty());
    Writer writer(**restored, notes.clock());
    CHECK(writer.followed().sequence == 2);
    CHECK(writer.run([](WriteContext& context) -> Result<void> {
        add_note(context, "c");
        return {};
    }));
    (*restored)->read([](Connection& connection) {
        CHECK(connection.integer("select count(*) from note") == 3);
        CHECK_FALSE(first_broken_record(connection));
    });
    CHECK(restore(folder.file("backup"), place.address()).error().code !=
          ProblemCode::wrong_type);  // filled or held: refused either way
}

TEST_CASE("store: nothing is restored into a database that holds anything")
{
    const Folder folder;
    Notes notes;
    REQUIRE(backup(notes.database(), folder.file("backup")));
    const EmptyPlace place(folder, notes.database());
    REQUIRE(restore(folder.file("backup"), place.address()));
    CHECK(restore(folder.file("backup"), place.address()).error().code == ProblemCode::wrong_state);
}

TEST_CASE("store: a backup never overwrites, and needs its folder")
{
    const Folder folder;
    Notes notes;
    std::ofstream(folder.file("taken")) << "mine";
    CHECK(backup(notes.database(), folder.file("taken")).error().code == ProblemCode::duplicate);
    CHECK(std::filesystem::file_size(folder.file("taken")) == 4);
    CHECK(backup(notes.database(), folder.file("no/such")).error().code == ProblemCode::not_found);
}

TEST_CASE("store: what is no backup is refused, and the empty database stays empty")
{
    const Folder folder;
    Notes notes;
    std::ofstream(folder.file("letter")) << "Kính gửi: Ủy ban nhân dân tỉnh";
    const EmptyPlace place(folder, notes.database());
    CHECK(restore(folder.file("letter"), place.address()).error().code == ProblemCode::wrong_type);
    CHECK(restore(folder.file("nothing"), place.address()).error().code == ProblemCode::not_found);
    REQUIRE(backup(notes.database(), folder.file("backup")));
    CHECK(restore(folder.file("backup"), place.address()));
}

TEST_CASE("store: a healthy database has no findings")
{
    Notes notes;
    notes.write([](WriteContext& context) { add_note(context, "a"); });
    CHECK(integrity(notes.database()).empty());
}

TEST_CASE("store: a reference to nothing is found")
{
    Notes notes;
    auto& connection = notes.database().writing_connection();
    const bool sqlite = notes.database().engine() == Engine::sqlite;
    connection.script(sqlite ? "pragma foreign_keys=off" : "set session_replication_role = replica");
    connection.script("insert into remark (note) values (77)");
    connection.script(sqlite ? "pragma foreign_keys=on" : "set session_replication_role = origin");
    const auto findings = integrity(notes.database());
    REQUIRE(findings.size() == 1);
    CHECK(findings[0].find("remark") != std::string::npos);
    CHECK(findings[0].find("nothing") != std::string::npos);
}
