// SPDX-License-Identifier: Apache-2.0
#pragma once

// How a formula reckons; for expression.cpp only. In 64 bits or in 128: a step that does not fit has no value and says
// so in `fits`.
#include "base/decimal.hpp"
#include "programme/expression.hpp"

#include <cstdint>
#include <optional>

namespace phoihop::programme {

/// A rational: in 128 bits kept in lowest terms, so that later steps stay small; in 64 bits as it comes, because what
/// outgrows these is reckoned again in 128.
template <class Whole>
struct Fraction {
    Whole numerator = 0;
    Whole denominator = 1;  ///< > 0
};

inline Fraction<std::int64_t> reduced(Fraction<std::int64_t> value)
{
    return value;
}

inline Fraction<Int128> reduced(Fraction<Int128> value)
{
    Int128 a = value.numerator < 0 ? -value.numerator : value.numerator;
    Int128 b = value.denominator;
    if (b == 1) return value;
    while (b != 0) {
        const Int128 rest = a % b;
        a = b;
        b = rest;
    }
    return {value.numerator / a, value.denominator / a};
}

/// The smallest whole number has no positive twin, so it does not fit.
template <class Whole>
[[nodiscard]] bool has_twin(Whole value)
{
    Whole twin = 0;
    return !__builtin_sub_overflow(Whole{0}, value, &twin);
}

template <class Whole>
[[nodiscard]] std::optional<Fraction<Whole>> taken(const Rational& value, bool& fits)
{
    const auto numerator = static_cast<Whole>(value.numerator);
    const auto denominator = static_cast<Whole>(value.denominator);
    if (numerator == value.numerator && denominator == value.denominator && has_twin(numerator))
        return reduced(Fraction<Whole>{numerator, denominator});
    fits = false;
    return std::nullopt;
}

/// left + sign * right
template <class Whole>
[[nodiscard]] std::optional<Fraction<Whole>> added(const Fraction<Whole>& left, const Fraction<Whole>& right, int sign,
                                                   bool& fits)
{
    Whole a = 0;
    Whole b = 0;
    Fraction<Whole> sum;
    const bool lost =
        __builtin_mul_overflow(left.numerator, right.denominator, &a) ||
        __builtin_mul_overflow(right.numerator, left.denominator, &b) ||
        (sign > 0 ? __builtin_add_overflow(a, b, &sum.numerator) : __builtin_sub_overflow(a, b, &sum.numerator)) ||
        __builtin_mul_overflow(left.denominator, right.denominator, &sum.denominator) || !has_twin(sum.numerator);
    if (!lost) return reduced(sum);
    fits = false;
    return std::nullopt;
}

/// Crosswise in lowest terms first, so that it fits whenever its answer does.
template <class Whole>
[[nodiscard]] std::optional<Fraction<Whole>> multiplied(const Fraction<Whole>& left, const Fraction<Whole>& right,
                                                        bool& fits)
{
    const auto a = reduced(Fraction<Whole>{left.numerator, right.denominator});
    const auto b = reduced(Fraction<Whole>{right.numerator, left.denominator});
    Fraction<Whole> product;
    const bool lost = __builtin_mul_overflow(a.numerator, b.numerator, &product.numerator) ||
                      __builtin_mul_overflow(a.denominator, b.denominator, &product.denominator) ||
                      !has_twin(product.numerator);
    if (!lost) return product;
    fits = false;
    return std::nullopt;
}

template <class Whole>
[[nodiscard]] std::optional<Fraction<Whole>> divided(const Fraction<Whole>& left, const Fraction<Whole>& right,
                                                     bool& fits)
{
    if (right.numerator == 0) return std::nullopt;
    if (right.numerator < 0) return multiplied(left, {-right.denominator, -right.numerator}, fits);
    return multiplied(left, {right.denominator, right.numerator}, fits);
}

template <class Kind, class Whole>
[[nodiscard]] std::optional<Fraction<Whole>> applied(Kind kind, const std::optional<Fraction<Whole>>& left,
                                                     const std::optional<Fraction<Whole>>& right, bool& fits)
{
    const auto truth = [](bool holds) { return std::optional(Fraction<Whole>{holds ? 1 : 0, 1}); };
    if (kind == Kind::implies) {
        // Three-valued: a left side that does not hold settles it, and so does a right side that does.
        if ((left && left->numerator == 0) || (right && right->numerator != 0)) return truth(true);
        return left && right ? truth(false) : std::nullopt;
    }
    if (!left || !right) return std::nullopt;
    if (kind == Kind::add) return added(*left, *right, 1, fits);
    if (kind == Kind::subtract) return added(*left, *right, -1, fits);
    if (kind == Kind::multiply) return multiplied(*left, *right, fits);
    if (kind == Kind::divide) return divided(*left, *right, fits);
    const auto difference = added(*left, *right, -1, fits);
    if (!difference) return std::nullopt;
    const Whole sign = difference->numerator;
    if (kind == Kind::less) return truth(sign < 0);
    if (kind == Kind::less_equal) return truth(sign <= 0);
    if (kind == Kind::greater) return truth(sign > 0);
    if (kind == Kind::greater_equal) return truth(sign >= 0);
    return truth(kind == Kind::equal ? sign == 0 : sign != 0);
}

}  // namespace phoihop::programme
