// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "web/services.hpp"

namespace phoihop::web {

/// Who is signed in, what may be done, which programmes there are: what the desk begins with.
[[nodiscard]] http::Response session_answer(Services& services, const Actor& actor);

}  // namespace phoihop::web
