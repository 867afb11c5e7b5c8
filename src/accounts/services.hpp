// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "accounts/account.hpp"
#include "accounts/password.hpp"
#include "accounts/secret.hpp"
#include "accounts/sign_in_limiter.hpp"
#include "store/writer.hpp"

namespace phoihop::units {
class Territory;
}

namespace phoihop::accounts {

/// What the use cases of this module stand on; made once in app/.
struct Services {
    store::Database& database;
    store::Writer& writer;
    PasswordHasher& hasher;
    Random& random;
    SignInLimiter& limiter;
};

/// The world that rights are judged in.
struct Setting {
    const units::Territory* territory;  ///< null while the database has no units
    Date today;
};

}  // namespace phoihop::accounts
