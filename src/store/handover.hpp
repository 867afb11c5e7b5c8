// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace phoihop::store {

/// Where a command writes that is carried out for another process. Thread-safe.
class CommandOutput {
public:
    virtual ~CommandOutput() = default;
    virtual void out(std::string_view bytes) = 0;  ///< to the asker's standard output
    virtual void err(std::string_view bytes) = 0;  ///< to the asker's standard error
    /// The asker is gone: whatever is written more is dropped, and a command that only prints may end.
    [[nodiscard]] virtual bool closed() const = 0;
};

/// Carries out the command line `argv` as if called in the folder `cwd`, and answers the exit status. Standard input
/// is not handed over.
using CommandHandler = std::function<int(const std::vector<std::string>& argv, const std::string& cwd, CommandOutput&)>;

/// Serves the socket "D.sock" (mode 0600) beside the open SQLite file D, so that commands that write are carried out
/// by the process that holds the lock. Only the file's own user and root are heard. Each asker has a thread; past
/// `handover_askers_max` at once the next ones are told to come again.
class HandoverServer {
public:
    /// `address` is that of an open database, whose lock this process holds. The handler runs on several threads.
    HandoverServer(const std::string& address, CommandHandler handler);
    /// Hears no more, waits for the commands that run, and removes the socket.
    ~HandoverServer();
    HandoverServer(const HandoverServer&) = delete;
    HandoverServer& operator=(const HandoverServer&) = delete;

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

inline constexpr int handover_askers_max = 16;

/// Where hand_over() puts what the command writes.
struct CommandSinks {
    std::function<void(std::string_view)> out;
    std::function<void(std::string_view)> err;
};

/// Has the process that holds the database at `address` carry out a command; its exit status. `busy` (fact: holder)
/// when that process does not answer. Throws StoreError when it ends before the command does.
[[nodiscard]] Result<int> hand_over(const std::string& address, const std::vector<std::string>& argv,
                                    const std::string& cwd, const CommandSinks& sinks);

}  // namespace phoihop::store
