// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/date.hpp"
#include "http/request.hpp"
#include "http/response.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace phoihop::http {

/// What goes over the line: a handler's answer after compression, 304, ranges and HEAD have been decided.
struct Delivery {
    int status = 200;
    std::vector<Field> headers;
    std::shared_ptr<const Content> content;  ///< keeps `body` alive
    std::string_view body;                   ///< the bytes to send; maybe compressed, maybe a range
    std::size_t length = 0;                  ///< Content-Length: what GET would send, also for HEAD and 304
    std::shared_ptr<Subscription> events;
    std::int64_t actor = 0;

    [[nodiscard]] std::string_view header(std::string_view name) const;
};

/// What every answer of this server says to browsers. The policy of a page may be widened by a handler that sets
/// the header itself.
inline constexpr std::string_view default_content_security_policy =
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'";

/// `request` asked, `response` is what the handler says. Adds ETag and 304 (If-None-Match), one byte range of a
/// kept file (Range, If-Range), gzip where the caller takes it, safety headers, Date, X-Request-Id, and "no-store"
/// where the handler says nothing about keeping. A header that would break the line makes a 500 of the answer.
[[nodiscard]] Delivery deliver(const Request& request, Response response, Instant now);

/// The status line and headers, ended by the empty line.
[[nodiscard]] std::string wire_head(const Delivery& delivery, bool keep_alive);

/// "Tue, 01 Jul 2025 02:03:04 GMT" (RFC 9110, section 5.6.7).
[[nodiscard]] std::string http_date(Instant instant);

[[nodiscard]] std::string_view reason(int status);

}  // namespace phoihop::http
