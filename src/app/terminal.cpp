// SPDX-License-Identifier: Apache-2.0
#include "app/terminal.hpp"

#include <unistd.h>

#include <cstdio>

namespace phoihop::app {

TerminalOutput::TerminalOutput() : m_terminal(isatty(STDERR_FILENO) != 0) {}

TerminalOutput::~TerminalOutput()
{
    clear_progress();
    std::fflush(stdout);
}

void TerminalOutput::out(std::string_view text)
{
    clear_progress();
    if (!m_wanted) return;
    if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size() || std::ferror(stdout) != 0) m_wanted = false;
}

void TerminalOutput::err(std::string_view text)
{
    clear_progress();
    std::fflush(stdout);
    std::fwrite(text.data(), 1, text.size(), stderr);
}

void TerminalOutput::flush()
{
    std::fflush(stdout);
}

void TerminalOutput::progress(std::string_view line)
{
    if (!m_terminal) return;
    clear_progress();
    if (line.empty()) return;
    std::fwrite(line.data(), 1, line.size(), stderr);
    std::fflush(stderr);
    m_progress_shown = true;
}

void TerminalOutput::clear_progress()
{
    if (!m_progress_shown) return;
    std::fputs("\r\033[K", stderr);
    m_progress_shown = false;
}

}  // namespace phoihop::app
