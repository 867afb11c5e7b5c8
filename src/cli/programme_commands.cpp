// SPDX-License-Identifier: Apache-2.0
#include "cli/parts.hpp"
#include "obligations/keep_up.hpp"
#include "programme/load_programme.hpp"
#include "text/messages.hpp"

namespace phoihop::cli {

namespace {

void say_findings(Output& output, const std::vector<Problem>& findings)
{
    for (const Problem& finding : findings) {
        const std::string_view key = fact(finding, "key");
        const std::string head = finding.where + (key.empty() ? "" : " " + std::string(key)) + ": ";
        output.out(head + text::sentence(finding, text::Language::vi) + "\n" + head +
                   text::sentence(finding, text::Language::en) + " [" + std::string(word(finding.code)) + "]\n");
    }
}

Status check_command(Invocation& call)
{
    const std::string path = call.arguments.path(call.arguments.operands.at(0));
    const auto definition = programme::read_definition_at(path);
    if (!definition) return say(call.output, definition.error());
    say_findings(call.output, definition->findings);
    if (!definition->programme) {
        call.output.out("findings: " + std::to_string(definition->findings.size()) + "\n");
        return Status::refused;
    }
    const programme::Programme& programme = *definition->programme;
    call.output.out(programme.code + ": " + programme.title.vi +
                    "\nparties: " + std::to_string(programme.parties.size()) +
                    "\nobjectives: " + std::to_string(programme.objectives.size()) + "\nindicators: " +
                    std::to_string(programme.indicators.size()) + "\nforms: " + std::to_string(programme.forms.size()) +
                    "\nstandings: " + std::to_string(programme.standings.size()) + "\nfindings: 0\n");
    return Status::ok;
}

Result<void> load_command(Invocation& call)
{
    instance::Instance& instance = *call.instance;
    PHOIHOP_TRY(definition, programme::read_definition_at(call.arguments.path(call.arguments.operands.at(0))));
    const auto kind = call.arguments.given("simulated") ? programme::Instance::simulated : programme::Instance::real;
    PHOIHOP_TRY(answer,
                programme::load_programme(instance.writer(), instance.programme_store(), definition, {kind, UserId{}}));
    say_findings(call.output, answer.findings);
    if (answer.outcome == programme::LoadOutcome::refused)
        return refuse(ProblemCode::inconsistent, call.arguments.operands.at(0),
                      {{"rule", std::to_string(answer.findings.size()) + " findings"}});
    if (answer.outcome != programme::LoadOutcome::unchanged) instance.reload(progress_of(call));
    call.output.out(answer.programme->code + " version " + std::to_string(answer.programme->version) + ": " +
                    std::string(programme::word(answer.outcome)) + "\n");
    return {};
}

Result<void> list_command(Invocation& call)
{
    Listing listing(
        {{"code"}, {"version", Listing::Kind::number}, {"symbol"}, {"title"}, {"from"}, {"to"}, {"simulated"}});
    for (const auto& programme : call.instance->programmes())
        listing.add(
            {programme->code, std::to_string(programme->version), programme->symbol, programme->title.vi,
             format_date(programme->validity.from),
             programme->validity.to == forever ? "" : format_date(programme->validity.to - std::chrono::days{1}),
             programme->simulated ? "yes" : "no"});
    return listing.print(call.arguments, call.output);
}

Result<void> open_command(Invocation& call)
{
    instance::Instance& instance = *call.instance;
    PHOIHOP_TRY(programme, instance.programme(call.arguments.value("programme")));
    PHOIHOP_TRY(territory, instance.territory());
    PHOIHOP_TRY(period, period_at(call.arguments, "period"));
    PHOIHOP_TRY(opening,
                obligations::open_period(instance.writer(), *programme, *territory, period, UserId{}, call.today));
    call.output.out(period.text() + ": " + std::to_string(opening.period.owed) + " obligations" +
                    (opening.already ? " (already open)" : "") + "\n");
    return {};
}

Result<void> sweep_command(Invocation& call)
{
    instance::Instance& instance = *call.instance;
    PHOIHOP_TRY(territory, instance.territory());
    for (const auto& programme : instance.programmes()) {
        if (call.arguments.given("programme") && programme->code != call.arguments.value("programme")) continue;
        PHOIHOP_TRY(done, obligations::keep_up(instance.writer(), *programme, *territory, call.today, UserId{}));
        call.output.out(programme->code + ": " + std::to_string(done.opened.size()) + " periods opened, " +
                        std::to_string(done.passed.passed) + " obligations passed on to " +
                        std::to_string(done.passed.made) + " new rows\n");
    }
    return {};
}

Result<void> periods_command(Invocation& call)
{
    instance::Instance& instance = *call.instance;
    PHOIHOP_TRY(programme, instance.programme(call.arguments.value("programme")));
    Listing listing(
        {{"period"}, {"from"}, {"to"}, {"opens"}, {"closes"}, {"opened_on"}, {"owed", Listing::Kind::number}});
    std::vector<obligations::OpenedPeriod> opened;
    instance.database().read([&](store::Connection& connection) {
        opened = obligations::ObligationStore::opened_periods(connection, programme->id);
    });
    for (const obligations::OpenedPeriod& period : opened) {
        const programme::PeriodName name = programme::name_of(period.period);
        const programme::PeriodDates dates = programme->calendar.dates(name);
        listing.add({name.text(), format_date(dates.window.from), format_date(dates.cut_off()),
                     format_date(dates.opens), format_date(dates.closes), format_date(period.on),
                     std::to_string(period.owed)});
    }
    return listing.print(call.arguments, call.output);
}

}  // namespace

void add_programme_commands(std::vector<Command>& commands)
{
    commands.push_back({{"programme", "check"},
                        "Check a programme definition: file, line and what would be right",
                        {},
                        {{"PATH", "A file or folder of YAML", true}},
                        "phoihop programme check programmes/ctr-09",
                        Access::none,
                        check_command});
    commands.push_back(
        {{"programme", "load"},
         "Bring a programme, or a new version of it, into force",
         {database_option(), {"simulated", "", "An instance that only ever holds simulated data", false, {}}},
         {{"PATH", "A folder of YAML", true}},
         "phoihop programme load --db phoihop.db programmes/ctr-09",
         Access::write,
         command_of(load_command)});
    commands.push_back({{"programme", "list"},
                        "The programmes of a database",
                        {database_option(), format_option()},
                        {},
                        "phoihop programme list --db phoihop.db",
                        Access::read,
                        command_of(list_command)});
    commands.push_back({{"period", "open"},
                        "Open a period: freeze who owes what",
                        {database_option(),
                         programme_option(),
                         {"period", "PERIOD", "2015-Q1, 2015-H1, 2015", true, {}},
                         today_option()},
                        {},
                        "phoihop period open --db phoihop.db --programme ctr-09 --period 2015-Q1",
                        Access::write,
                        command_of(open_command)});
    commands.push_back({{"period", "sweep"},
                        "What a day brings: open what opens, pass on what ended units left open",
                        {database_option(), {"programme", "P", "Only this programme", false, {}}, today_option()},
                        {},
                        "phoihop period sweep --db phoihop.db",
                        Access::write,
                        command_of(sweep_command)});
    commands.push_back({{"period", "list"},
                        "The opened periods",
                        {database_option(), programme_option(), format_option()},
                        {},
                        "phoihop period list --db phoihop.db --programme ctr-09",
                        Access::read,
                        command_of(periods_command)});
}

}  // namespace phoihop::cli
