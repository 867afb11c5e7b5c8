// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/problem.hpp"

#include <tl/expected.hpp>

#include <string>
#include <utility>

namespace phoihop {

/// A value, or the reason why the caller gets none. For what the caller can do something about;
/// a failing machine throws instead (house rule: refusals are data, breakdowns are exceptions).
template <class T>
using Result = tl::expected<T, Problem>;

/// Shorthand for `return refuse(ProblemCode::…, where, {{"key", "value"}})`.
[[nodiscard]] inline tl::unexpected<Problem> refuse(ProblemCode code, std::string where = {}, Problem::Facts facts = {})
{
    return tl::make_unexpected(Problem{code, std::move(where), std::move(facts)});
}

}  // namespace phoihop

#define PHOIHOP_CONCAT_(a, b) a##b
#define PHOIHOP_CONCAT(a, b) PHOIHOP_CONCAT_(a, b)

/// `PHOIHOP_TRY(name, expression);` — name the value of a Result, or return its Problem.
#define PHOIHOP_TRY(name, ...)                                                           \
    auto PHOIHOP_CONCAT(result_of_, name) = (__VA_ARGS__);                               \
    if (!PHOIHOP_CONCAT(result_of_, name))                                               \
        return tl::make_unexpected(std::move(PHOIHOP_CONCAT(result_of_, name)).error()); \
    auto&& name = *PHOIHOP_CONCAT(result_of_, name)

/// `PHOIHOP_CHECK_OK(expression);` — go on when a Result<void> (or any Result) holds, else return
/// its Problem.
#define PHOIHOP_CHECK_OK(...)                                                 \
    do {                                                                      \
        auto result_ = (__VA_ARGS__);                                         \
        if (!result_) return tl::make_unexpected(std::move(result_).error()); \
    } while (false)
