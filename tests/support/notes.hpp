// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "support/store.hpp"

#include <vector>

namespace phoihop::test {

/// The built-in migrations and one more table, `note`, for tests of the store itself.
[[nodiscard]] inline std::vector<store::Migration> migrations_with_notes()
{
    const auto built_in = store::built_in_migrations();
    std::vector<store::Migration> migrations(built_in.begin(), built_in.end());
    migrations.push_back({9000, "note",
                          "create table note (id integer primary key, words text not null unique,"
                          " amount integer, data blob) strict;\n"
                          "create table remark (id integer primary key,"
                          " note integer not null references note (id)) strict;",
                          "", ""});
    return migrations;
}

/// A fresh database with the table `note`.
struct Notes : FreshDatabase {
    Notes() : FreshDatabase(migrations_with_notes()) {}

    [[nodiscard]] std::int64_t count()
    {
        std::int64_t notes = 0;
        read([&](store::Connection& connection) { notes = connection.integer("select count(*) from note").value(); });
        return notes;
    }
};

inline void add_note(store::WriteContext& context, std::string_view words)
{
    context.connection().execute("insert into note (words) values (?)", {words});
    context.record(UserId{1}, "added", "note:" + std::string(words), 1, {});
}

}  // namespace phoihop::test
