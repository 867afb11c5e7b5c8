// SPDX-License-Identifier: Apache-2.0
#include "base/problem.hpp"

namespace phoihop {

std::string_view word(ProblemCode code)
{
    switch (code) {
        case ProblemCode::malformed: return "malformed";
        case ProblemCode::missing: return "missing";
        case ProblemCode::unknown_name: return "unknown_name";
        case ProblemCode::ambiguous_name: return "ambiguous_name";
        case ProblemCode::out_of_range: return "out_of_range";
        case ProblemCode::not_whole: return "not_whole";
        case ProblemCode::too_large: return "too_large";
        case ProblemCode::wrong_type: return "wrong_type";
        case ProblemCode::duplicate: return "duplicate";
        case ProblemCode::conflict: return "conflict";
        case ProblemCode::inconsistent: return "inconsistent";
        case ProblemCode::not_found: return "not_found";
        case ProblemCode::not_allowed: return "not_allowed";
        case ProblemCode::not_signed_in: return "not_signed_in";
        case ProblemCode::period_not_open: return "period_not_open";
        case ProblemCode::period_closed: return "period_closed";
        case ProblemCode::not_owed: return "not_owed";
        case ProblemCode::machine_filled: return "machine_filled";
        case ProblemCode::wrong_state: return "wrong_state";
        case ProblemCode::not_additive: return "not_additive";
        case ProblemCode::simulated_only: return "simulated_only";
        case ProblemCode::real_only: return "real_only";
        case ProblemCode::busy: return "busy";
        case ProblemCode::newer_schema: return "newer_schema";
        case ProblemCode::too_many_requests: return "too_many_requests";
        case ProblemCode::unsupported: return "unsupported";
    }
    return "unsupported";
}

std::string_view fact(const Problem& problem, std::string_view key)
{
    for (const auto& [name, value] : problem.facts)
        if (name == key) return value;
    return {};
}

}  // namespace phoihop
