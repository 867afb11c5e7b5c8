// SPDX-License-Identifier: Apache-2.0
#include "app/handed_over.hpp"

#include "cli/command.hpp"
#include "cli/parts.hpp"

namespace phoihop::app {

namespace {

/// The asker's streams. Progress lines are left out: the asker may be no terminal.
class AskerOutput final : public cli::Output {
public:
    explicit AskerOutput(store::CommandOutput& asker) : m_asker(asker) {}
    void out(std::string_view text) override { m_asker.out(text); }
    void err(std::string_view text) override { m_asker.err(text); }
    void progress(std::string_view) override {}
    [[nodiscard]] bool wanted() const override { return !m_asker.closed(); }

private:
    store::CommandOutput& m_asker;
};

/// Every command that names a database uses the one that is open here: the asker came to its socket.
class ServerOpener final : public cli::Opener {
public:
    explicit ServerOpener(instance::Instance& instance) : m_instance(instance) {}
    cli::Status with_instance(const cli::Command&, const cli::Arguments& arguments, const std::vector<std::string>&,
                              cli::Output& output, const Body& body) override
    {
        // The asker's --today is that of this one command; the server goes on with its own day.
        const auto today = cli::day_of(arguments, m_instance);
        return today ? body(m_instance, *today) : cli::say(output, today.error());
    }

private:
    instance::Instance& m_instance;
};

}  // namespace

store::CommandHandler handed_over(instance::Instance& instance, const Clock& clock)
{
    return
        [&instance, &clock](const std::vector<std::string>& argv, const std::string& cwd, store::CommandOutput& asker) {
            AskerOutput output(asker);
            ServerOpener opener(instance);
            return static_cast<int>(cli::run(argv, cwd, output, clock, opener));
        };
}

}  // namespace phoihop::app
