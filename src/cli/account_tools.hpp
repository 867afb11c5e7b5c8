// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "accounts/manage_users.hpp"
#include "cli/command.hpp"
#include "instance/instance.hpp"

namespace phoihop::cli {

/// What the account use cases stand on, for commands: whoever can open the database is the operator.
class AccountTools {
public:
    explicit AccountTools(instance::Instance& instance)
        : m_services{instance.database(), instance.writer(), m_hasher, m_random, m_limiter}
    {
    }
    [[nodiscard]] const accounts::Services& services() const { return m_services; }

private:
    accounts::PasswordHasher m_hasher;
    accounts::SystemRandom m_random;
    accounts::SignInLimiter m_limiter;
    accounts::Services m_services;
};

/// The demonstration sign-ins, drawn and printed once: the centre, a province and a commune (police and Front), a
/// member organisation and a reader.
[[nodiscard]] Result<void> make_demonstration_accounts(instance::Instance& instance, Output& output);

/// The operator of a new database, with a one-time password that is printed once.
[[nodiscard]] Result<void> make_operator(instance::Instance& instance, Output& output);

}  // namespace phoihop::cli
