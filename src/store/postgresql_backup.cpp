// SPDX-License-Identifier: Apache-2.0
#include "store/postgresql_backup.hpp"

#include "store/postgresql_database.hpp"
#include "store/program.hpp"

namespace phoihop::store {

namespace {

/// How another program reaches the database of `uri`: the password goes by its environment, because everybody on
/// the machine may read its arguments.
struct Reach {
    std::string conninfo;
    std::vector<std::string> environment;
};

std::string quoted(std::string_view value)
{
    std::string text = "'";
    for (const char c : value) {
        if (c == '\'' || c == '\\') text.push_back('\\');
        text.push_back(c);
    }
    return text + "'";
}

Reach reach_of(const std::string& uri)
{
    Reach reach;
    char* error = nullptr;
    auto* options = PQconninfoParse(uri.c_str(), &error);
    if (options == nullptr) {
        PQfreemem(error);
        throw StoreError("postgresql: the address cannot be read");
    }
    for (const auto* option = options; option->keyword != nullptr; ++option) {
        if (option->val == nullptr) continue;
        if (std::string_view(option->keyword) == "password") {
            reach.environment.push_back(std::string("PGPASSWORD=") + option->val);
        } else {
            reach.conninfo += std::string(option->keyword) + "=" + quoted(option->val) + " ";
        }
    }
    PQconninfoFree(options);
    return reach;
}

Result<void> run(std::vector<std::string> argv, const Reach& reach)
{
    argv.push_back("--dbname=" + reach.conninfo);
    const auto name = argv.front();
    const auto ended = run_program(argv, reach.environment);
    if (!ended) return refuse(ProblemCode::missing, {}, {{"what", name}});
    if (ended->status != 0) throw StoreError(name + ": " + ended->said);
    return {};
}

std::string current_schema(Connection& connection)
{
    return connection.text("select current_schema()").value_or("public");
}

bool is_empty(Connection& connection)
{
    return connection
               .integer(
                   "select count(*) from pg_class where relnamespace = current_schema()::regnamespace"
                   " and relkind in ('r', 'p')")
               .value_or(0) == 0;
}

}  // namespace

Result<void> dump_postgresql(const Database& database, const std::string& path)
{
    const auto& postgresql = dynamic_cast<const PostgresqlDatabase&>(database);
    std::vector<std::string> argv{"pg_dump",         "--format=custom", "--no-owner",
                                  "--no-privileges", "--no-password",   "--file=" + path};
    std::string schema;
    database.read([&](Connection& connection) { schema = current_schema(connection); });
    if (schema != "public") argv.push_back("--schema=" + schema);
    return run(std::move(argv), reach_of(postgresql.uri()));
}

Result<void> fill_postgresql(Database& database, const std::string& path)
{
    const auto& postgresql = dynamic_cast<const PostgresqlDatabase&>(database);
    if (!is_empty(database.writing_connection()))
        return refuse(ProblemCode::wrong_state, database.address(), {{"state", "filled"}, {"wanted", "empty"}});
    const auto listed = run_program({"pg_restore", "--list", path}, {});
    if (!listed) return refuse(ProblemCode::missing, {}, {{"what", "pg_restore"}});
    if (listed->status != 0) return refuse(ProblemCode::wrong_type, path, {{"expected", "pg_dump"}, {"found", "?"}});
    return run({"pg_restore", "--exit-on-error", "--single-transaction", "--no-owner", "--no-privileges",
                "--no-password", path},
               reach_of(postgresql.uri()));
}

std::vector<std::string> integrity_of_postgresql(Connection& connection)
{
    std::vector<std::string> findings;
    connection.query(
        "select conname from pg_constraint"
        " where connamespace = current_schema()::regnamespace and not convalidated order by conname",
        {}, [&](const Row& row) { findings.push_back("rule " + std::string(row.text(0)) + " was never checked"); });
    connection.query(
        "select c.relname from pg_index i join pg_class c on c.oid = i.indexrelid"
        " where c.relnamespace = current_schema()::regnamespace and not i.indisvalid order by 1",
        {}, [&](const Row& row) { findings.push_back("index " + std::string(row.text(0)) + " is not valid"); });
    // A restore with triggers off can leave references to nothing, so they are looked for and not believed in.
    std::vector<std::pair<std::string, std::string>> searches;
    connection.query(
        "select c.conname, format('select count(*) from %s t where %s and not exists (select 1 from %s r where %s)',"
        " c.conrelid::regclass, string_agg(format('t.%I is not null', l.attname), ' and '),"
        " c.confrelid::regclass, string_agg(format('r.%I = t.%I', f.attname, l.attname), ' and '))"
        " from pg_constraint c cross join lateral unnest(c.conkey, c.confkey) as k (l, f)"
        " join pg_attribute l on l.attrelid = c.conrelid and l.attnum = k.l"
        " join pg_attribute f on f.attrelid = c.confrelid and f.attnum = k.f"
        " where c.contype = 'f' and c.connamespace = current_schema()::regnamespace"
        " group by c.oid, c.conname, c.conrelid, c.confrelid order by c.conname",
        {}, [&](const Row& row) { searches.emplace_back(row.text(0), row.text(1)); });
    for (const auto& [rule, search] : searches) {
        const auto lost = connection.integer(search).value_or(0);
        if (lost != 0) findings.push_back(std::to_string(lost) + " rows break " + rule + ": they refer to nothing");
    }
    return findings;
}

}  // namespace phoihop::store
