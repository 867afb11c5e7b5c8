// SPDX-License-Identifier: Apache-2.0
#pragma once

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
    ~HttpClient();
    HttpClient(HttpClient&& other) noexcept;
    HttpClient(const HttpClient&) = delete;
    HttpClient& operator=(const HttpClient&) = delete;

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
    int m_socket;
    std::string m_buffer;
};

[[nodiscard]] std::string get(std::string_view target, std::string_view more_headers = {});

/// A program that this one has started, ended with it.
class Process {
public:
    /// Standard output goes to `out`, standard error to `err`.
    Process(const std::vector<std::string>& words, const std::string& out, const std::string& err);
    ~Process();
    Process(const Process&) = delete;
    Process& operator=(const Process&) = delete;

    [[nodiscard]] double cpu_us() const;          ///< user and system, of all its threads
    [[nodiscard]] double resident_bytes() const;  ///< VmRSS

private:
    pid_t m_pid;
};

/// Runs to its end; throws unless it ends with 0.
void run_program(const std::vector<std::string>& words, const std::string& out);

}  // namespace phoihop::bench
