// SPDX-License-Identifier: Apache-2.0
// Formulas as strangers write them: parsed or refused, and evaluated without overflow.
#include "programme/expression.hpp"

#include <cstdint>
#include <cstdlib>
#include <limits>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using phoihop::programme::Expression;
    using phoihop::programme::Rational;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto expression = Expression::parse(text);
    if (!expression) return 0;
    if (!Expression::parse(expression->text())) std::abort();
    const auto value = expression->evaluate([](std::string_view name) -> std::optional<Rational> {
        if (name.size() % 5 == 0) return std::nullopt;
        return Rational{std::numeric_limits<std::int64_t>::max() - static_cast<int>(name.size()), 1};
    });
    if (value && value->denominator <= 0) std::abort();
    return 0;
}
