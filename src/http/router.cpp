// SPDX-License-Identifier: Apache-2.0
#include "http/router.hpp"

#include <stdexcept>

namespace phoihop::http {

struct Router::Node {
    std::map<std::string, std::unique_ptr<Node>, std::less<>> literals;
    std::unique_ptr<Node> parameter;
    std::string name;                        // of the {parameter} that leads here
    bool takes_rest = false;                 // {name...}
    std::map<Method, const Route*> methods;  // of a path that ends here
};

namespace {

std::vector<std::string> split_pattern(const std::string& pattern)
{
    if (pattern.empty() || pattern.front() != '/') throw std::logic_error("route must begin with '/': " + pattern);
    std::vector<std::string> segments;
    for (std::size_t start = 1;;) {
        const std::size_t slash = pattern.find('/', start);
        segments.push_back(pattern.substr(start, slash == std::string::npos ? slash : slash - start));
        if (slash == std::string::npos) return segments;
        start = slash + 1;
    }
}

}  // namespace

Route& Route::body_up_to(std::size_t bytes)
{
    m_body_max = bytes;
    return *this;
}

Route& Route::fast(FastHandler handler)
{
    m_fast = std::move(handler);
    return *this;
}

Route& Route::gate(Gate gate)
{
    m_gate = std::move(gate);
    return *this;
}

Router::Router() : m_root(std::make_unique<Node>()) {}
Router::~Router() = default;
Router::Router(Router&&) noexcept = default;

Route& Router::add(Method method, std::string pattern, Handler handler)
{
    Node* node = m_root.get();
    for (const std::string& segment : split_pattern(pattern)) {
        if (node->takes_rest) throw std::logic_error("nothing may follow a {rest...}: " + pattern);
        if (segment.size() < 2 || segment.front() != '{' || segment.back() != '}') {
            auto& next = node->literals[segment];
            if (!next) next = std::make_unique<Node>();
            node = next.get();
            continue;
        }
        const bool rest = segment.ends_with("...}");
        const std::string name = segment.substr(1, segment.size() - (rest ? 5 : 2));
        if (!node->parameter) {
            node->parameter = std::make_unique<Node>();
            node->parameter->name = name;
            node->parameter->takes_rest = rest;
        }
        node = node->parameter.get();
        if (node->name != name || node->takes_rest != rest)
            throw std::logic_error("one segment, two names: {" + name + "} in " + pattern);
    }
    if (node->methods.contains(method)) throw std::logic_error("route twice: " + pattern);
    Route& route = m_routes.emplace_back(method, std::move(pattern), std::move(handler));
    node->methods[method] = &route;
    return route;
}

Router::Match Router::match(Method method, const std::vector<std::string>& segments) const
{
    Match found;
    const Method wanted = method == Method::head ? Method::get : method;
    std::vector<Field> parameters;
    // Depth first, literals before parameters; a dead end of a literal tries the parameter beside it.
    const auto visit = [&](const auto& self, const Node& node, std::size_t depth) -> void {
        if (depth == segments.size()) {
            for (const auto& [known, route] : node.methods) found.allowed.push_back(known);
            if (const auto it = node.methods.find(wanted); it != node.methods.end()) {
                found.route = it->second;
                found.parameters = parameters;
            }
            return;
        }
        if (const auto it = node.literals.find(segments[depth]); it != node.literals.end())
            self(self, *it->second, depth + 1);
        if (found.route != nullptr || !node.parameter || segments[depth].empty()) return;
        std::string value = segments[depth];
        std::size_t next = depth + 1;
        if (node.parameter->takes_rest)
            for (; next < segments.size(); ++next) value += "/" + segments[next];
        parameters.push_back({node.parameter->name, std::move(value)});
        self(self, *node.parameter, next);
        parameters.pop_back();
    };
    visit(visit, *m_root, 0);
    return found;
}

}  // namespace phoihop::http
