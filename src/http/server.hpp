// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "http/site.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace phoihop::http {

/// One line of the access log. No query: what people search for is nobody's business.
struct AccessRecord {
    std::string_view id, method, path, address;
    int status = 0;
    std::size_t bytes = 0;
    std::int64_t actor = 0;
    std::chrono::microseconds took{};
};

struct ServerOptions {
    std::string address = "127.0.0.1";
    std::uint16_t port = 8080;    ///< 0: any free one (tests)
    std::size_t workers = 4;      ///< threads that run handlers
    std::string id_prefix = "r";  ///< of request ids; drawn at start, so that two runs do not share ids
    std::size_t io_threads = 1;   ///< threads that read, write and answer from caches
    std::function<void(const AccessRecord&)> on_access = {};  ///< instead of the log line
};

/// Listens, reads requests, has them answered by `site` and writes the answers. HTTP/1.1; TLS and HTTP/2 are the
/// business of a proxy in front. Safe bare: every limit of `Limits` is kept.
class Server {
public:
    /// Binds and starts. `busy` when the address is taken, `malformed` when it is none. `site` must outlive it.
    [[nodiscard]] static Result<std::unique_ptr<Server>> start(const Site& site, ServerOptions options);
    ~Server();  ///< stop()
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    [[nodiscard]] std::uint16_t port() const;
    [[nodiscard]] std::size_t connection_count() const;

    /// Takes no more connections, ends idle ones and event streams, lets running requests finish for at most
    /// `grace`, then closes. Returns when all threads have ended.
    void stop(std::chrono::milliseconds grace = std::chrono::seconds(10));

    struct State;  ///< server_state.hpp

private:
    explicit Server(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

/// Whether `address` can be reached from this machine only.
[[nodiscard]] bool is_loopback_address(const std::string& address);

}  // namespace phoihop::http
