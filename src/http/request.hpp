// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"
#include "http/url.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace phoihop::http {

enum class Method : std::uint8_t { get, head, post, put, patch, remove, options };

[[nodiscard]] std::string_view word(Method method);  ///< "GET"
[[nodiscard]] std::optional<Method> method_from_word(std::string_view word);

/// One request, whole: what a handler gets. The connection fills the first part, `Site` the second.
struct Request {
    Method method = Method::get;
    std::string target;          ///< as sent: "/api/v1/units?on=2025-07-01"
    std::vector<Field> headers;  ///< names as sent; look them up with `header`
    std::string body;
    std::string address;  ///< the caller's, or what a trusted proxy says
    bool secure = false;  ///< came in over TLS (said by a trusted proxy)
    std::string id;       ///< in the log line and in the answer's X-Request-Id

    std::string path;               ///< the target before '?', still escaped
    std::vector<Field> query;       ///< decoded, clean text
    std::vector<Field> parameters;  ///< the {names} of the route, decoded
    std::string route;              ///< the route's pattern, "" before it is known

    /// The header's value, "" when absent. Names are compared without case.
    [[nodiscard]] std::string_view header(std::string_view name) const;
    [[nodiscard]] std::size_t header_count(std::string_view name) const;

    /// The first query field of that name.
    [[nodiscard]] std::optional<std::string> query_value(std::string_view name) const;

    /// The same where an absent field and an empty one are the same.
    [[nodiscard]] std::string_view query_text(std::string_view name) const;

    /// The route's {name}; asking for one that the route does not have is our mistake.
    [[nodiscard]] const std::string& parameter(std::string_view name) const;

    /// The value of a cookie, "" when absent.
    [[nodiscard]] std::string_view cookie(std::string_view name) const;

    /// The body's media type without parameters, in small letters: "application/json".
    [[nodiscard]] std::string media_type() const;

    /// The fields of an application/x-www-form-urlencoded body; `wrong_type` for any other.
    [[nodiscard]] Result<std::vector<Field>> form() const;

    /// Whether a browser says that the request comes from a page of this same server: `Origin` (or, where a
    /// browser leaves it out, `Sec-Fetch-Site`) when present must agree. Callers that are not browsers send neither.
    [[nodiscard]] bool from_same_origin() const;
};

/// Equal apart from the case of ASCII letters; never asks the locale.
[[nodiscard]] bool equal_ignoring_case(std::string_view left, std::string_view right);
[[nodiscard]] std::string lower_ascii(std::string_view text);
/// Without blanks and tabs at both ends.
[[nodiscard]] std::string_view trimmed(std::string_view text);

}  // namespace phoihop::http
