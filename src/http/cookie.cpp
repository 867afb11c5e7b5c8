// SPDX-License-Identifier: Apache-2.0
#include "http/cookie.hpp"

namespace phoihop::http {

std::string cookie_name(std::string_view name, Transport transport)
{
    return (transport == Transport::tls ? "__Host-" : "") + std::string(name);
}

std::string set_cookie(std::string_view name, std::string_view value, std::chrono::seconds lifetime,
                       Transport transport)
{
    std::string out = cookie_name(name, transport);
    out += '=';
    out += value;
    out += "; Path=/; Max-Age=" + std::to_string(lifetime.count()) + "; HttpOnly; SameSite=Lax";
    if (transport == Transport::tls) out += "; Secure";
    return out;
}

}  // namespace phoihop::http
