// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "accounts/gatekeeper.hpp"
#include "accounts/sign_in.hpp"
#include "web/services.hpp"

namespace phoihop::web {

/// The door over `accounts`: sessions by cookie, API tokens by `Authorization: Bearer`. A change made with a session
/// must come from a page of this server and carry the session's CSRF token; a token in a header needs neither, because
/// no browser sends it by itself.
class AccountDoor final : public Door {
public:
    /// Registers the gatekeeper with the writer, so it must be made before the first job.
    explicit AccountDoor(instance::Instance& instance);

    Result<SignedIn> sign_in(const http::Request& request, const std::string& name,
                             const std::string& password) override;
    Result<std::string> sign_out(const http::Request& request) override;
    Result<Actor> actor(const http::Request& request) override;
    std::optional<Reader> reader_at_once(const http::Request& request) override;
    Result<void> change_password(const http::Request& request, const Actor& actor, const std::string& old_password,
                                 const std::string& new_password) override;
    Result<SignedIn> admit(const http::Request& request, const std::string& session_token) override;
    std::string session_token(const http::Request& request) override;
    const accounts::Services& accounts() override { return m_services; }

    [[nodiscard]] bool has_demonstration_accounts() const;

private:
    instance::Instance& m_instance;
    accounts::PasswordHasher m_hasher;
    accounts::SystemRandom m_random;
    accounts::SignInLimiter m_limiter;
    accounts::Services m_services;
    accounts::Gatekeeper m_gatekeeper;
};

}  // namespace phoihop::web
