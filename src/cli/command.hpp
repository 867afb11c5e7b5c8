// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/date.hpp"
#include "base/result.hpp"

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace phoihop::instance {
class Instance;
}

namespace phoihop::cli {

/// What a command ends with.
enum class Status : int {
    ok = 0,
    refused = 1,    ///< the input was refused, or a check found something
    usage = 2,      ///< the command line cannot be understood
    breakdown = 3,  ///< the machine failed, or another process holds the database
};

/// Where a command writes: the terminal or pipe of the person who called it, also when a server carries it out.
class Output {
public:
    virtual ~Output() = default;
    virtual void out(std::string_view text) = 0;
    virtual void err(std::string_view text) = 0;
    /// Sends on what was written so far, for a reader that waits for it.
    virtual void flush() {}
    /// One line that replaces the one before, on terminals only: what long work has done so far.
    virtual void progress(std::string_view line) = 0;
    /// False once the reader has gone (a closed pipe): long listings may stop.
    [[nodiscard]] virtual bool wanted() const = 0;
};

/// One `--name VALUE` or, without a placeholder, one `--flag`.
struct Option {
    std::string name;
    std::string placeholder;
    std::string help;
    bool required = false;
    std::string fallback;
};

struct Operand {
    std::string name;
    std::string help;
    bool required = true;
};

/// How a command needs its database.
enum class Access : std::uint8_t {
    none,   ///< none at all
    read,   ///< reads; works beside a running server
    write,  ///< changes it; carried out by the server that holds it, if one does
    own,    ///< must hold it itself (init, restore, serve)
};

class Arguments {
public:
    std::map<std::string, std::string, std::less<>> values;
    std::vector<std::string> operands;
    std::string directory;  ///< the caller's working directory: relative paths start there

    [[nodiscard]] bool given(std::string_view name) const { return values.contains(name); }
    [[nodiscard]] std::string value(std::string_view name) const;
    [[nodiscard]] std::string path(const std::string& name) const;  ///< made absolute from `directory`
};

/// What a command works with. `instance` is null for Access::none and Access::own.
struct Invocation {
    const Arguments& arguments;
    Output& output;
    const Clock& clock;
    instance::Instance* instance = nullptr;
    Date today{};  ///< the instance's day, or --today
};

/// One command: data for the parser and `--help`, and the function that does it.
struct Command {
    std::vector<std::string> path;  ///< {"units", "find"}
    std::string summary;
    std::vector<Option> options;
    std::vector<Operand> operands;
    std::string example;
    Access access = Access::read;
    std::function<Status(Invocation&)> run;
};

/// Says a problem on the error stream in both languages and answers Status::refused.
Status say(Output& output, const Problem& problem);

/// The commands of each module; listed together in command_line.cpp.
void add_unit_commands(std::vector<Command>& commands);
void add_programme_commands(std::vector<Command>& commands);
void add_reporting_commands(std::vector<Command>& commands);
void add_rollup_commands(std::vector<Command>& commands);
void add_obligation_commands(std::vector<Command>& commands);
void add_document_commands(std::vector<Command>& commands);
void add_database_commands(std::vector<Command>& commands);
void add_account_commands(std::vector<Command>& commands);

/// Opens what `address` names for a command and calls `body` with it; hands the whole command line over to the
/// server that holds the database when there is one. Given by `app`, which alone may open databases.
class Opener {
public:
    /// `today` is the day on which the command acts.
    using Body = std::function<Status(instance::Instance&, Date today)>;
    virtual ~Opener() = default;
    virtual Status with_instance(const Command& command, const Arguments& arguments,
                                 const std::vector<std::string>& argv, Output& output, const Body& body) = 0;
};

/// Parses `argv` (without the program's name) and carries the command out. `in_server` is set when a running server
/// does it for a caller: it uses that server's instance.
Status run(const std::vector<std::string>& argv, const std::string& directory, Output& output, const Clock& clock,
           Opener& opener, const std::vector<Command>& more = {});

}  // namespace phoihop::cli
