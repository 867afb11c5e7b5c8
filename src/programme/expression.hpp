// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/decimal.hpp"
#include "base/result.hpp"
#include "units/unit.hpp"

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace phoihop::programme {

/// An exact rational: what a formula evaluates to before it is rounded for printing.
struct Rational {
    Int128 numerator = 0;
    Int128 denominator = 1;  ///< > 0
};

[[nodiscard]] Rational in_lowest_terms(const Rational& value);

template <class Whole>
struct Fraction;

/// The longest formula, and how deep its parentheses and minus signs may nest.
inline constexpr std::size_t expression_length_max = 1000;
inline constexpr int expression_depth_max = 32;

/// A small formula over indicator codes: numbers, + - * /, parentheses, comparisons (<= >= < > == !=),
/// prev(CODE) for the last base period, units(level) for the number of units of a level under the node that were
/// valid on the last day of the window, units(level_or_lowest) for those and the units of a higher level that have
/// none of it below them (FormDuty::or_lowest), and `x implies y`. From loose to tight: implies, comparison (one, not a
/// chain), + -, * /, unary minus. Parsed once; evaluated without floating point. Immutable and thread-safe.
class Expression {
public:
    /// `malformed` with the facts expected, found and position (byte, from 1); `too_large` past the limits.
    [[nodiscard]] static Result<Expression> parse(std::string_view text);

    /// Gives a named value as an exact rational, or nothing when it is missing. Names: "B1", "prev(C2)",
    /// "units(commune)".
    using Lookup = std::function<std::optional<Rational>(std::string_view name)>;

    /// The value; nothing when a name it needs is missing, a division is by zero, or a step does not fit 127 bits.
    /// Comparisons give 1 or 0. `implies` needs its right side only when the left one holds.
    [[nodiscard]] std::optional<Rational> evaluate(const Lookup& lookup) const;
    /// The same with a value for each of `names()`, in their order. Not always in lowest terms: a table has thousands
    /// of such values, and prints them.
    [[nodiscard]] std::optional<Rational> evaluate(std::span<const std::optional<Rational>> values) const;

    [[nodiscard]] const std::string& text() const { return m_text; }
    [[nodiscard]] const std::vector<std::string>& names() const { return m_names; }  ///< all names used, once each

private:
    template <class ValueOf>
    [[nodiscard]] std::optional<Rational> run(const ValueOf& value_of) const;
    template <class Whole, class ValueOf>
    [[nodiscard]] std::optional<Fraction<Whole>> run_in(const ValueOf& value_of, bool& fits) const;

    struct Step {
        enum class Kind : std::uint8_t {
            number,
            name,
            add,
            subtract,
            multiply,
            divide,
            less,
            less_equal,
            greater,
            greater_equal,
            equal,
            not_equal,
            implies,
            negate
        };
        Kind kind{};
        Rational number;
        std::size_t name = 0;
    };
    std::string m_text;
    std::vector<std::string> m_names;
    std::vector<Step> m_steps;  // reverse Polish
    friend class ExpressionParser;
};

/// What a name of an expression asks for.
struct ExpressionName {
    enum class Kind : std::uint8_t { current, previous, units };
    Kind kind{};
    std::string code;  ///< the indicator's code, or the level's word

    friend bool operator==(const ExpressionName&, const ExpressionName&) = default;
};

/// "B1" → current B1, "prev(C2)" → previous C2, "units(commune)" → units commune.
[[nodiscard]] ExpressionName split_name(std::string_view name);

/// What stands inside units(…): "commune", or "commune_or_lowest"; nothing when it names no level.
struct CountedUnits {
    units::Level level{};
    bool or_lowest = false;

    friend auto operator<=>(const CountedUnits&, const CountedUnits&) = default;
};
[[nodiscard]] std::optional<CountedUnits> counted_units(std::string_view inside);

}  // namespace phoihop::programme
