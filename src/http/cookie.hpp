// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <string>
#include <string_view>

namespace phoihop::http {

enum class Transport : unsigned char { plain, tls };

/// The name under which a session cookie is kept: with TLS "__Host-…", which no subdomain and no plain connection
/// can set.
[[nodiscard]] std::string cookie_name(std::string_view name, Transport transport);

/// A Set-Cookie value that scripts cannot read and that other sites cannot send along with a POST: HttpOnly,
/// SameSite=Lax, Path=/, and Secure with TLS. A lifetime of zero takes the cookie away.
[[nodiscard]] std::string set_cookie(std::string_view name, std::string_view value, std::chrono::seconds lifetime,
                                     Transport transport);

}  // namespace phoihop::http
