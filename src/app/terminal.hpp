// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/command.hpp"

namespace phoihop::app {

/// The standard streams of this process. Progress lines are shown only on a terminal.
class TerminalOutput final : public cli::Output {
public:
    TerminalOutput();
    ~TerminalOutput() override;
    void out(std::string_view text) override;
    void err(std::string_view text) override;
    void flush() override;
    void progress(std::string_view line) override;
    [[nodiscard]] bool wanted() const override { return m_wanted; }

private:
    void clear_progress();
    bool m_terminal;
    bool m_wanted = true;
    bool m_progress_shown = false;
};

}  // namespace phoihop::app
