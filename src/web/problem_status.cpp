// SPDX-License-Identifier: Apache-2.0
#include "web/problem_status.hpp"

namespace phoihop::web {

int status_of(ProblemCode code)
{
    switch (code) {
        case ProblemCode::malformed:
        case ProblemCode::missing:
        case ProblemCode::out_of_range:
        case ProblemCode::not_whole:
        case ProblemCode::duplicate: return 400;
        case ProblemCode::unknown_name:
        case ProblemCode::ambiguous_name:
        case ProblemCode::inconsistent:
        case ProblemCode::not_additive: return 422;
        case ProblemCode::not_signed_in: return 401;
        case ProblemCode::not_allowed: return 403;
        case ProblemCode::not_found: return 404;
        case ProblemCode::conflict:
        case ProblemCode::period_not_open:
        case ProblemCode::period_closed:
        case ProblemCode::not_owed:
        case ProblemCode::machine_filled:
        case ProblemCode::wrong_state:
        case ProblemCode::simulated_only:
        case ProblemCode::real_only: return 409;
        case ProblemCode::too_large: return 413;
        case ProblemCode::wrong_type: return 415;
        case ProblemCode::too_many_requests: return 429;
        case ProblemCode::unsupported: return 501;
        case ProblemCode::busy:
        case ProblemCode::newer_schema: return 503;
    }
    return 500;
}

}  // namespace phoihop::web
