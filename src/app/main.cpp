// SPDX-License-Identifier: Apache-2.0
#include "app/serve.hpp"
#include "app/terminal.hpp"
#include "cli/command.hpp"
#include "cli/parts.hpp"
#include "store/handover.hpp"

#include <csignal>
#include <exception>
#include <filesystem>

namespace {

using namespace phoihop;

/// Opens databases for commands of this process; where another process holds the file, that one does the work.
class ProcessOpener final : public cli::Opener {
public:
    explicit ProcessOpener(const Clock& clock) : m_clock(clock) {}

    cli::Status with_instance(const cli::Command& command, const cli::Arguments& arguments,
                              const std::vector<std::string>& argv, cli::Output& output, const Body& body) override
    {
        const std::string address = cli::database_address(arguments);
        const bool writes = command.access == cli::Access::write;
        auto opened = instance::Instance::open(address, writes ? store::OpenMode::write : store::OpenMode::read,
                                               m_clock, command.path.front());
        if (!opened && writes && opened.error().code == ProblemCode::busy)
            return hand_over(address, argv, arguments, output, opened.error());
        if (!opened) return cli::say(output, opened.error());
        const auto today = cli::day_of(arguments, **opened);
        if (!today) return cli::say(output, today.error());
        if (arguments.given("today"))
            if (const auto set = (*opened)->set_today(*today); !set) return cli::say(output, set.error());
        return body(**opened, *today);
    }

private:
    static cli::Status hand_over(const std::string& address, const std::vector<std::string>& argv,
                                 const cli::Arguments& arguments, cli::Output& output, const Problem& held)
    {
        const store::CommandSinks sinks{[&](std::string_view text) { output.out(text); },
                                        [&](std::string_view text) { output.err(text); }};
        const auto status = store::hand_over(address, argv, arguments.directory, sinks);
        if (status) return static_cast<cli::Status>(*status);
        return cli::say(output, held);
    }

    const Clock& m_clock;
};

}  // namespace

int main(int argc, char** argv)
{
    // A reader that goes away early is no fault: writing then fails, and the command ends quietly.
    std::signal(SIGPIPE, SIG_IGN);
    const SystemClock clock;
    app::TerminalOutput output;
    try {
        ProcessOpener opener(clock);
        const std::vector<std::string> words(argv + 1, argv + argc);
        return static_cast<int>(
            cli::run(words, std::filesystem::current_path().string(), output, clock, opener, {app::serve_command()}));
    } catch (const std::exception& breakdown) {
        output.err(std::string("phoihop: ") + breakdown.what() + "\n");
        return static_cast<int>(cli::Status::breakdown);
    }
}
