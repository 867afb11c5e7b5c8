// SPDX-License-Identifier: Apache-2.0
// The only file that knows the option parser (its header costs three seconds).
#include "cli/command.hpp"

#include "text/messages.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <filesystem>

namespace phoihop::cli {

namespace {

/// The parser keeps addresses of what it fills, so a command's raw values live here until it has run.
struct Parsed {
    std::map<std::string, std::string> texts;
    std::map<std::string, bool> flags;
    std::vector<std::string> operands;
};

std::vector<Command> all_commands()
{
    std::vector<Command> commands;
    add_unit_commands(commands);
    add_programme_commands(commands);
    add_reporting_commands(commands);
    add_rollup_commands(commands);
    add_obligation_commands(commands);
    add_document_commands(commands);
    add_account_commands(commands);
    add_database_commands(commands);
    return commands;
}

/// The first words of commands that have two.
constexpr std::pair<std::string_view, std::string_view> groups[] = {
    {"units", "The territory: check, import, find, show, add residential areas, choose heirs"},
    {"programme", "Programmes: check a definition, load it, list what is loaded"},
    {"period", "Periods: open one, do what a day brings, list the opened"},
    {"accounts", "People: add, reset a password, disable, list"}};

CLI::App* sub(CLI::App& parent, const std::string& name)
{
    for (CLI::App* existing : parent.get_subcommands({}))
        if (existing->get_name() == name) return existing;
    const auto group =
        std::find_if(std::begin(groups), std::end(groups), [&](const auto& g) { return g.first == name; });
    CLI::App* made =
        parent.add_subcommand(name, group == std::end(groups) ? std::string{} : std::string(group->second));
    made->require_subcommand(0, 1);
    return made;
}

void declare(CLI::App& app, const Command& command, Parsed& parsed)
{
    app.description(command.summary);
    app.footer("Example:\n  " + command.example);
    for (const Option& option : command.options) {
        if (option.placeholder.empty()) {
            app.add_flag("--" + option.name, parsed.flags[option.name], option.help);
            continue;
        }
        CLI::Option* made = app.add_option("--" + option.name, parsed.texts[option.name], option.help);
        made->type_name(option.placeholder);
        if (option.name == "db") made->envname("PHOIHOP_DB");
        if (option.required) made->required();
        if (!option.fallback.empty()) {
            parsed.texts[option.name] = option.fallback;
            made->capture_default_str();
        }
    }
    for (std::size_t i = 0; i < command.operands.size(); ++i) {
        CLI::Option* made = app.add_option(command.operands[i].name, parsed.operands[i], command.operands[i].help);
        if (command.operands[i].required) made->required();
    }
}

Arguments collect(const CLI::App& app, const Command& command, const Parsed& parsed, const std::string& directory)
{
    Arguments arguments;
    arguments.directory = directory;
    for (const Option& option : command.options) {
        const CLI::Option* made = app.get_option("--" + option.name);
        if (option.placeholder.empty()) {
            if (parsed.flags.at(option.name)) arguments.values[option.name] = "yes";
        } else if (made->count() > 0 || !option.fallback.empty()) {
            arguments.values[option.name] = parsed.texts.at(option.name);
        }
    }
    arguments.operands = parsed.operands;
    while (!arguments.operands.empty() && arguments.operands.back().empty()) arguments.operands.pop_back();
    return arguments;
}

}  // namespace

std::string Arguments::value(std::string_view name) const
{
    const auto found = values.find(name);
    return found == values.end() ? std::string{} : found->second;
}

std::string Arguments::path(const std::string& name) const
{
    return (std::filesystem::path(directory) / name).lexically_normal().string();
}

Status say(Output& output, const Problem& problem)
{
    const std::string where = problem.where.empty() ? "" : problem.where + ": ";
    output.err(where + text::sentence(problem, text::Language::vi) + "\n" + where +
               text::sentence(problem, text::Language::en) + " [" + std::string(word(problem.code)) + "]\n");
    return problem.code == ProblemCode::busy ? Status::breakdown : Status::refused;
}

Status run(const std::vector<std::string>& argv, const std::string& directory, Output& output, const Clock& clock,
           Opener& opener, const std::vector<Command>& more)
{
    std::vector<Command> commands = all_commands();
    commands.insert(commands.end(), more.begin(), more.end());
    CLI::App app("Phối Hợp: who owes what, who has done it, what it adds up to.", "phoihop");
    app.require_subcommand(0, 1);
    app.set_help_all_flag("--help-all", "Help of every command");
    std::vector<Parsed> parsed(commands.size());
    std::vector<CLI::App*> apps(commands.size());
    for (std::size_t i = 0; i < commands.size(); ++i) {
        apps[i] = &app;
        for (const std::string& part : commands[i].path) apps[i] = sub(*apps[i], part);
        parsed[i].operands.resize(commands[i].operands.size());
        declare(*apps[i], commands[i], parsed[i]);
    }
    try {
        app.parse(std::vector<std::string>(argv.rbegin(), argv.rend()));
    } catch (const CLI::Success&) {
        const CLI::App* asked = &app;
        while (!asked->get_subcommands().empty()) asked = asked->get_subcommands().front();
        output.out(asked->help("", CLI::AppFormatMode::Normal));
        return Status::ok;
    } catch (const CLI::ParseError& error) {
        output.err(std::string(error.what()) + "\nRun with --help for what is possible.\n");
        return Status::usage;
    }
    for (std::size_t i = 0; i < commands.size(); ++i) {
        // A group's own node ("units") is no command; the deepest parsed one is.
        if (!apps[i]->parsed() || !apps[i]->get_subcommands().empty()) continue;
        const Arguments arguments = collect(*apps[i], commands[i], parsed[i], directory);
        Invocation invocation{arguments, output, clock, nullptr, {}};
        if (commands[i].access == Access::none || commands[i].access == Access::own) return commands[i].run(invocation);
        const auto with = [&](instance::Instance& instance, Date today) {
            invocation.instance = &instance;
            invocation.today = today;
            return commands[i].run(invocation);
        };
        return opener.with_instance(commands[i], arguments, argv, output, with);
    }
    const CLI::App* asked = &app;
    while (!asked->get_subcommands().empty()) asked = asked->get_subcommands().front();
    output.err(asked->help());
    return Status::usage;
}

}  // namespace phoihop::cli
