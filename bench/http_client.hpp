// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "bench/loopback.hpp"

#include <sched.h>
#include <sys/types.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace phoihop::bench {

/// A blocking keep-alive connection to 127.0.0.1, the same for every server.
class HttpClient {
public:
    explicit HttpClient(std::uint16_t port);

    void send(std::string_view bytes) const;
    /// The next answer's body, valid until the next call; throws unless it is a 200.
    std::string_view answer();
    std::string_view ask(std::string_view request)
    {
        send(request);
        return answer();
    }
    /// `bytes` bytes and no more: for a server that knows no HTTP.
    void read_exactly(std::size_t bytes);
    /// Gives the buffer back: thousands may stay open.
    void forget() { std::string().swap(m_buffer); }
    /// False when the server has closed.
    [[nodiscard]] bool is_open() const;

private:
    Descriptor m_socket;
    std::string m_buffer;
};

[[nodiscard]] std::string get(std::string_view target, std::string_view more_headers = {});

/// While it lives, all servers have one core and the thread that asks them stands on another or on the same, as is
/// said. Left to itself, the scheduler puts now this and now that server beside its client, and a round trip between
/// two cores takes several times as long as one on a single core. A machine with one core has nothing to part.
class Cores {
public:
    Cores();
    ~Cores();
    Cores(const Cores&) = delete;
    Cores& operator=(const Cores&) = delete;

    /// As callers from elsewhere do: nothing of theirs runs on the server's core.
    void ask_from_another_core() const;
    /// So that no server's processor time holds the waking of a sleeping core, which on a virtual machine takes several
    /// times as long as an answer.
    void ask_from_the_same_core() const;

    [[nodiscard]] const cpu_set_t& of_servers() const { return m_servers; }

private:
    cpu_set_t m_all{};
    cpu_set_t m_client{};
    cpu_set_t m_servers{};
};

/// A server that this program has started, ended with it.
class Process {
public:
    /// Standard output goes to `out`, standard error to `err`.
    Process(const std::vector<std::string>& words, const std::string& out, const std::string& err, const Cores& cores);
    ~Process();
    Process(const Process&) = delete;
    Process& operator=(const Process&) = delete;

    [[nodiscard]] double cpu_us() const;          ///< user and system, of all its threads that live
    [[nodiscard]] double resident_bytes() const;  ///< VmRSS

private:
    pid_t m_pid;
};

/// Runs to its end; throws unless it ends with 0.
void run_program(const std::vector<std::string>& words, const std::string& out);

}  // namespace phoihop::bench
