// SPDX-License-Identifier: Apache-2.0
#include "cli/account_tools.hpp"
#include "cli/demonstration.hpp"
#include "cli/parts.hpp"
#include "facts/fact_store.hpp"
#include "obligations/register.hpp"
#include "rollup/cube.hpp"
#include "store/backup.hpp"
#include "store/journal.hpp"

namespace phoihop::cli {

namespace {

constexpr std::size_t differences_shown = 100;

Result<void> init_database(Invocation& call)
{
    const std::string address = database_address(call.arguments);
    // Only what is simulated may have a day of its own.
    if (call.arguments.given("today") && !call.arguments.given("demo"))
        return refuse(ProblemCode::missing, "--today", {{"what", "--demo"}});
    PHOIHOP_TRY(instance, instance::Instance::open(address, store::OpenMode::create, call.clock, "init"));
    // A database that has people is somebody's: it is not begun anew.
    if (const auto made = make_operator(*instance, call.output); !made)
        return made.error().code == ProblemCode::wrong_state
                   ? Result<void>(refuse(ProblemCode::wrong_state, address, {{"state", "filled"}}))
                   : made;
    PHOIHOP_TRY(day, date_or(call.arguments, "today", instance->today()));
    if (call.arguments.given("demo")) {
        PHOIHOP_CHECK_OK(make_demonstration(*instance, day, call.output));
        PHOIHOP_CHECK_OK(make_demonstration_accounts(*instance, call.output));
    }
    call.output.out(address + ": ready\n");
    return {};
}

Result<void> verify_database(Invocation& call, std::size_t& found)
{
    instance::Instance& instance = *call.instance;
    instance.prepare({.register_of_obligations = true, .cube = true}, progress_of(call));
    std::vector<std::string> differences = instance.cube().differences(differences_shown);
    for (std::string& line : instance.register_of_obligations().differences(differences_shown))
        differences.push_back("register: " + std::move(line));
    std::int64_t records = 0;
    instance.database().read([&](store::Connection& connection) {
        records = store::journal_position(connection).sequence;
        if (const auto broken = store::first_broken_record(connection))
            differences.push_back("journal: the chain breaks at record " + std::to_string(*broken));
    });
    for (const std::string& fault : store::integrity(instance.database())) differences.push_back("database: " + fault);
    found = differences.size();
    for (const std::string& line : differences) call.output.out(line + "\n");
    call.output.out("journal records: " + std::to_string(records) + "\n");
    for (const auto& programme : instance.programmes()) {
        std::int64_t reports = 0;
        instance.database().read([&](store::Connection& connection) {
            facts::FactStore::each_stored(connection, programme->id, [&](const facts::StoredFact&) { ++reports; });
        });
        call.output.out(programme->code + " current reports: " + std::to_string(reports) + "\n");
    }
    call.output.out("differences: " + std::to_string(found) + "\n");
    return {};
}

Status verify_command(Invocation& call)
{
    std::size_t found = 0;
    const auto done = verify_database(call, found);
    if (!done) return say(call.output, done.error());
    return found == 0 ? Status::ok : Status::refused;
}

Result<void> backup_command(Invocation& call)
{
    const std::string path = call.arguments.path(call.arguments.value("out"));
    PHOIHOP_CHECK_OK(store::backup(call.instance->database(), path));
    call.output.out(path + "\n");
    return {};
}

Result<void> restore_command(Invocation& call)
{
    const std::string address = database_address(call.arguments);
    PHOIHOP_CHECK_OK(store::restore(call.arguments.path(call.arguments.operands.at(0)), address));
    call.output.out(address + ": restored; run phoihop verify --db " + address + "\n");
    return {};
}

}  // namespace

void add_database_commands(std::vector<Command>& commands)
{
    commands.push_back({{"init"},
                        "Make a new database, empty or with the demonstration",
                        {database_option(),
                         {"demo", "", "With units, programmes and simulated reports", false, {}},
                         {"today", "DATE", "The day up to which the demonstration is simulated", false, {}}},
                        {},
                        "phoihop init --db phoihop.db --demo",
                        Access::own,
                        command_of(init_database)});
    commands.push_back({{"verify"},
                        "Recompute everything derived and compare, walk the journal, check the database",
                        {database_option()},
                        {},
                        "phoihop verify --db phoihop.db",
                        Access::read,
                        verify_command});
    commands.push_back({{"backup"},
                        "Write a copy of the whole database, while it is in use",
                        {database_option(), {"out", "FILE", "The copy", true, {}}},
                        {},
                        "phoihop backup --db phoihop.db --out phoihop-backup.db",
                        Access::write,
                        command_of(backup_command)});
    commands.push_back({{"restore"},
                        "Bring a copy back, into a database that does not exist yet",
                        {database_option()},
                        {{"FILE", "What backup wrote", true}},
                        "phoihop restore --db phoihop.db phoihop-backup.db",
                        Access::own,
                        command_of(restore_command)});
}

}  // namespace phoihop::cli
