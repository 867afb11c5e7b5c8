// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "http/request.hpp"
#include "http/response.hpp"

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace phoihop::http {

/// An ordinary function on a worker thread: it may block, and it may throw (one catch in `Site`).
using Handler = std::function<Response(const Request&)>;

/// Runs on the connection's thread and must not block: an answer that is already there, or nothing, and then the
/// handler is asked.
using FastHandler = std::function<std::optional<Response>(const Request&)>;

/// Runs on a worker thread when only the head is known, before a large body is read: a refusal, or nothing.
using Gate = std::function<std::optional<Response>(const Request&)>;

/// One method of one pattern. Options are added where the route is:
///
///     routes.post("/api/v1/obligations/{id}/evidence", add_evidence).body_up_to(21 << 20).gate(signed_in);
class Route {
public:
    Route(Method method, std::string pattern, Handler handler)
        : m_method(method), m_pattern(std::move(pattern)), m_handler(std::move(handler))
    {
    }
    Route& body_up_to(std::size_t bytes);
    Route& fast(FastHandler handler);
    Route& gate(Gate gate);

    [[nodiscard]] Method method() const { return m_method; }
    [[nodiscard]] const std::string& pattern() const { return m_pattern; }
    [[nodiscard]] const Handler& handler() const { return m_handler; }
    [[nodiscard]] const FastHandler& fast() const { return m_fast; }
    [[nodiscard]] const Gate& gate() const { return m_gate; }
    [[nodiscard]] std::optional<std::size_t> body_max() const { return m_body_max; }

private:
    Method m_method;
    std::string m_pattern;
    Handler m_handler;
    FastHandler m_fast;
    Gate m_gate;
    std::optional<std::size_t> m_body_max;
};

/// Which route a path leads to. A literal segment goes before a {name}; `{name...}` at the end takes the rest with
/// its slashes. Filled before the server starts and never changed after, so it needs no lock.
class Router {
public:
    Router();
    ~Router();
    Router(Router&&) noexcept;

    Route& get(std::string pattern, Handler handler)
    {
        return add(Method::get, std::move(pattern), std::move(handler));
    }
    Route& post(std::string pattern, Handler handler)
    {
        return add(Method::post, std::move(pattern), std::move(handler));
    }
    Route& put(std::string pattern, Handler handler)
    {
        return add(Method::put, std::move(pattern), std::move(handler));
    }
    Route& patch(std::string pattern, Handler handler)
    {
        return add(Method::patch, std::move(pattern), std::move(handler));
    }
    Route& remove(std::string pattern, Handler handler)
    {
        return add(Method::remove, std::move(pattern), std::move(handler));
    }
    /// The same route twice, or two names for one segment, is our mistake and throws.
    Route& add(Method method, std::string pattern, Handler handler);

    struct Match {
        const Route* route = nullptr;  ///< null: see `allowed`
        std::vector<Field> parameters;
        std::vector<Method> allowed;  ///< what the path takes; empty when nothing is there
    };
    /// GET routes also answer HEAD.
    [[nodiscard]] Match match(Method method, const std::vector<std::string>& segments) const;

    /// Every route in the order added: what docs/api.yaml is compared with.
    [[nodiscard]] const std::deque<Route>& routes() const { return m_routes; }

private:
    struct Node;
    std::unique_ptr<Node> m_root;
    std::deque<Route> m_routes;
};

}  // namespace phoihop::http
