// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/decimal.hpp"
#include "base/result.hpp"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace phoihop::programme {

/// An exact rational: what a formula evaluates to before it is rounded for printing.
struct Rational {
    Int128 numerator = 0;
    Int128 denominator = 1;  ///< > 0
};

/// A small formula over indicator codes: numbers, + - * /, parentheses, comparisons (<= >= < > == !=),
/// prev(CODE) for the last base period, units(level) for the number of units of a level on the date, and
/// `x implies y`. Parsed once; evaluated without floating point.
class Expression {
public:
    [[nodiscard]] static Result<Expression> parse(std::string_view text);

    /// Gives a named value as an exact rational, or nothing when it is missing. Names: "B1", "prev(C2)",
    /// "units(commune)".
    using Lookup = std::function<std::optional<Rational>(std::string_view name)>;

    /// The value; nothing when a name it needs is missing or a division is by zero. Comparisons give 1 or 0.
    [[nodiscard]] std::optional<Rational> evaluate(const Lookup& lookup) const;

    [[nodiscard]] const std::string& text() const { return m_text; }
    [[nodiscard]] const std::vector<std::string>& names() const { return m_names; }  ///< all names used, once each

private:
    struct Step {
        enum class Kind : std::uint8_t { number, name, add, subtract, multiply, divide, less, less_equal, greater, greater_equal, equal, not_equal, implies, negate };
        Kind kind{};
        Rational number;
        std::size_t name = 0;
    };
    std::string m_text;
    std::vector<std::string> m_names;
    std::vector<Step> m_steps;  // reverse Polish
};

}  // namespace phoihop::programme
