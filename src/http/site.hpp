// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/date.hpp"
#include "http/delivery.hpp"
#include "http/limits.hpp"
#include "http/router.hpp"

#include <exception>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace phoihop::http {

struct SitePolicy {
    /// The names by which callers may address the server, besides "localhost" and bare IP addresses. A foreign name
    /// that somebody points at this machine (DNS rebinding) is refused with 421.
    std::vector<std::string> hosts = {};

    /// Believe X-Forwarded-For and X-Forwarded-Proto when the connection comes from this machine: nginx in front.
    bool trust_local_proxy = false;

    /// What an exception that leaves a handler is answered with (it has been logged); by default a bare 500.
    std::function<Response(const Request&, const std::exception&)> breakdown = {};
};

/// Everything between the connection and the handlers, without a socket: which host, which route, which body may
/// come, the one catch, and how the answer is delivered. The server drives it in steps, tests in one call.
class Site {
public:
    Site(Router router, const Clock& clock, SitePolicy policy = {}, Limits limits = {});

    [[nodiscard]] const Router& router() const { return m_router; }
    [[nodiscard]] const Limits& limits() const { return m_limits; }

    struct Admission {
        const Route* route = nullptr;  ///< null when refused
        std::size_t body_max = 0;
        std::optional<Response> refusal;  ///< also the plain answer to OPTIONS
    };
    /// Step 1, when the head is known: fills in path, query, parameters and route of `request`. Quick.
    [[nodiscard]] Admission admit(Request& request) const;

    /// Step 2, still quick: the route's answer that is already there.
    [[nodiscard]] std::optional<Response> answer_fast(const Route& route, const Request& request) const;

    /// Step 2b, on a worker, only for routes with a gate and before the body is read.
    [[nodiscard]] std::optional<Response> answer_gate(const Route& route, const Request& request) const;

    /// Step 3, on a worker: the handler. Never throws.
    [[nodiscard]] Response answer(const Route& route, const Request& request) const;

    /// Step 4.
    [[nodiscard]] Delivery deliver(const Request& request, Response response) const;

    /// All steps, for a request that is here as a whole.
    [[nodiscard]] Delivery exchange(Request request) const;

private:
    [[nodiscard]] std::optional<Response> refuse_host(const Request& request) const;
    [[nodiscard]] Response after_breakdown(const Request& request, const std::exception& error) const;
    Router m_router;
    const Clock& m_clock;
    SitePolicy m_policy;
    Limits m_limits;
};

/// The host part of a Host header without its port: "[::1]:8080" → "[::1]"; nothing when it is not one.
[[nodiscard]] std::optional<std::string> host_name(std::string_view header);
[[nodiscard]] bool is_ip_literal(std::string_view host);

}  // namespace phoihop::http
