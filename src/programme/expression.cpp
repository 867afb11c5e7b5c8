// SPDX-License-Identifier: Apache-2.0
#include "programme/expression.hpp"

#include <algorithm>
#include <cassert>

namespace phoihop::programme {

namespace {

bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

Int128 greatest_common_divisor(Int128 a, Int128 b)
{
    if (a < 0) a = -a;
    while (b != 0) {
        const Int128 rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

/// In lowest terms with a positive denominator, so that later steps stay small.
Rational reduced(Rational value)
{
    if (value.denominator < 0) value = {-value.numerator, -value.denominator};
    const Int128 divisor = greatest_common_divisor(value.numerator, value.denominator);
    return divisor > 1 ? Rational{value.numerator / divisor, value.denominator / divisor} : value;
}

/// left.n/left.d + sign * right.n/right.d, or nothing past 127 bits.
std::optional<Rational> added(const Rational& left, const Rational& right, int sign)
{
    Int128 a = 0;
    Int128 b = 0;
    Int128 numerator = 0;
    Int128 denominator = 0;
    if (__builtin_mul_overflow(left.numerator, right.denominator, &a)) return std::nullopt;
    if (__builtin_mul_overflow(right.numerator, left.denominator, &b)) return std::nullopt;
    if (sign > 0 ? __builtin_add_overflow(a, b, &numerator) : __builtin_sub_overflow(a, b, &numerator))
        return std::nullopt;
    if (__builtin_mul_overflow(left.denominator, right.denominator, &denominator)) return std::nullopt;
    return reduced({numerator, denominator});
}

/// The product, crosswise in lowest terms first so that it fits whenever its answer does.
std::optional<Rational> multiplied(const Rational& left, const Rational& right)
{
    const Rational a = reduced({left.numerator, right.denominator});
    const Rational b = reduced({right.numerator, left.denominator});
    Rational product;
    if (__builtin_mul_overflow(a.numerator, b.numerator, &product.numerator)) return std::nullopt;
    if (__builtin_mul_overflow(a.denominator, b.denominator, &product.denominator)) return std::nullopt;
    return product;
}

std::optional<Rational> divided(const Rational& left, const Rational& right)
{
    if (right.numerator == 0) return std::nullopt;
    if (right.numerator < 0) return multiplied(left, {-right.denominator, -right.numerator});
    return multiplied(left, {right.denominator, right.numerator});
}

std::optional<Rational> truth(bool holds)
{
    return Rational{holds ? 1 : 0, 1};
}

}  // namespace

/// Recursive descent: one function per level of precedence, each leaving its value's steps behind.
class ExpressionParser {
public:
    using Kind = Expression::Step::Kind;

    explicit ExpressionParser(std::string_view text) : m_text(text) { m_expression.m_text = text; }

    Result<Expression> parse()
    {
        if (m_text.size() > expression_length_max)
            return refuse(ProblemCode::too_large, {},
                          {{"limit", std::to_string(expression_length_max)}, {"found", std::to_string(m_text.size())}});
        PHOIHOP_CHECK_OK(implication());
        skip_blanks();
        if (m_at != m_text.size()) return malformed("operator or end");
        return std::move(m_expression);
    }

private:
    Result<void> implication()
    {
        PHOIHOP_CHECK_OK(comparison());
        if (!take_word("implies")) return {};
        PHOIHOP_CHECK_OK(deeper([this] { return implication(); }));
        push(Kind::implies);
        return {};
    }

    Result<void> comparison()
    {
        PHOIHOP_CHECK_OK(sum());
        struct Sign {
            std::string_view text;
            Kind kind;
        };
        static constexpr Sign signs[] = {{"<=", Kind::less_equal}, {">=", Kind::greater_equal}, {"==", Kind::equal},
                                         {"!=", Kind::not_equal},  {"<", Kind::less},           {">", Kind::greater}};
        for (const Sign& sign : signs) {
            if (!take(sign.text)) continue;
            PHOIHOP_CHECK_OK(sum());
            push(sign.kind);
            return {};
        }
        return {};
    }

    Result<void> sum()
    {
        PHOIHOP_CHECK_OK(product());
        for (;;) {
            const bool plus = take("+");
            if (!plus && !take("-")) return {};
            PHOIHOP_CHECK_OK(product());
            push(plus ? Kind::add : Kind::subtract);
        }
    }

    Result<void> product()
    {
        PHOIHOP_CHECK_OK(factor());
        for (;;) {
            const bool times = take("*");
            if (!times && !take("/")) return {};
            PHOIHOP_CHECK_OK(factor());
            push(times ? Kind::multiply : Kind::divide);
        }
    }

    Result<void> factor()
    {
        if (take("-")) {
            PHOIHOP_CHECK_OK(deeper([this] { return factor(); }));
            push(Kind::negate);
            return {};
        }
        if (take("(")) {
            PHOIHOP_CHECK_OK(deeper([this] { return implication(); }));
            if (!take(")")) return malformed(")");
            return {};
        }
        skip_blanks();
        if (m_at < m_text.size() && is_digit(m_text[m_at])) return number();
        return name();
    }

    Result<void> number()
    {
        const std::size_t start = m_at;
        while (m_at < m_text.size() && (is_digit(m_text[m_at]) || m_text[m_at] == '.')) ++m_at;
        const std::string_view digits = m_text.substr(start, m_at - start);
        const std::size_t point = digits.find('.');
        const std::size_t places = point == std::string_view::npos ? 0 : digits.size() - point - 1;
        const auto value = parse_decimal(digits, static_cast<int>(std::min<std::size_t>(places, scale_max)));
        if (!value) {
            m_at = start;
            return malformed("number");
        }
        push(Kind::number);
        m_expression.m_steps.back().number =
            reduced({*value, power_of_ten(static_cast<int>(std::min<std::size_t>(places, scale_max)))});
        return {};
    }

    Result<void> name()
    {
        const std::size_t start = m_at;
        const std::string_view plain = identifier();
        if (plain.empty() || plain == "implies") {
            m_at = start;
            return malformed("number, indicator, prev(…), units(…) or (");
        }
        std::string full(plain);
        if (take("(")) {
            if (plain != "prev" && plain != "units") {
                m_at = start;
                return malformed("prev or units");
            }
            skip_blanks();
            const std::size_t inner_start = m_at;
            const std::string_view inner = identifier();
            if (inner.empty()) {
                m_at = inner_start;
                return malformed(plain == "units" ? "level" : "indicator");
            }
            if (!take(")")) return malformed(")");
            full += "(" + std::string(inner) + ")";
        }
        push_name(std::move(full));
        return {};
    }

    /// A letter, then letters and digits.
    std::string_view identifier()
    {
        skip_blanks();
        const std::size_t start = m_at;
        if (m_at < m_text.size() && is_letter(m_text[m_at]))
            while (m_at < m_text.size() && (is_letter(m_text[m_at]) || is_digit(m_text[m_at]))) ++m_at;
        return m_text.substr(start, m_at - start);
    }

    template <class Inner>
    Result<void> deeper(const Inner& inner)
    {
        if (++m_depth > expression_depth_max)
            return refuse(ProblemCode::too_large, {},
                          {{"limit", std::to_string(expression_depth_max)},
                           {"found", "nesting"},
                           {"position", std::to_string(m_at + 1)}});
        Result<void> answer = inner();
        --m_depth;
        return answer;
    }

    void skip_blanks()
    {
        while (m_at < m_text.size() && (m_text[m_at] == ' ' || m_text[m_at] == '\n' || m_text[m_at] == '\t')) ++m_at;
    }

    bool take(std::string_view sign)
    {
        skip_blanks();
        if (!m_text.substr(m_at).starts_with(sign)) return false;
        m_at += sign.size();
        return true;
    }

    bool take_word(std::string_view word)
    {
        const std::size_t start = m_at;
        if (identifier() == word) return true;
        m_at = start;
        return false;
    }

    [[nodiscard]] tl::unexpected<Problem> malformed(std::string expected)
    {
        skip_blanks();
        const std::string found = m_at < m_text.size() ? std::string(m_text.substr(m_at, 20)) : "end";
        return refuse(ProblemCode::malformed, {},
                      {{"expected", std::move(expected)}, {"found", found}, {"position", std::to_string(m_at + 1)}});
    }

    void push(Kind kind)
    {
        m_expression.m_steps.emplace_back();
        m_expression.m_steps.back().kind = kind;
    }

    void push_name(std::string name)
    {
        auto& names = m_expression.m_names;
        const auto known = std::find(names.begin(), names.end(), name);
        push(Kind::name);
        m_expression.m_steps.back().name = static_cast<std::size_t>(known - names.begin());
        if (known == names.end()) names.push_back(std::move(name));
    }

    std::string_view m_text;
    std::size_t m_at = 0;
    int m_depth = 0;
    Expression m_expression;
};

namespace {

template <class Kind>
std::optional<Rational> applied(Kind kind, const std::optional<Rational>& left, const std::optional<Rational>& right)
{
    if (kind == Kind::implies) {
        // Three-valued: a left side that does not hold settles it, and so does a right side that does.
        if ((left && left->numerator == 0) || (right && right->numerator != 0)) return truth(true);
        return left && right ? truth(false) : std::nullopt;
    }
    if (!left || !right) return std::nullopt;
    if (kind == Kind::add) return added(*left, *right, 1);
    if (kind == Kind::subtract) return added(*left, *right, -1);
    if (kind == Kind::multiply) return multiplied(*left, *right);
    if (kind == Kind::divide) return divided(*left, *right);
    const auto difference = added(*left, *right, -1);
    if (!difference) return std::nullopt;
    const Int128 sign = difference->numerator;
    if (kind == Kind::less) return truth(sign < 0);
    if (kind == Kind::less_equal) return truth(sign <= 0);
    if (kind == Kind::greater) return truth(sign > 0);
    if (kind == Kind::greater_equal) return truth(sign >= 0);
    return truth(kind == Kind::equal ? sign == 0 : sign != 0);
}

}  // namespace

Result<Expression> Expression::parse(std::string_view text)
{
    return ExpressionParser(text).parse();
}

std::optional<Rational> Expression::evaluate(const Lookup& lookup) const
{
    std::vector<std::optional<Rational>> stack;
    for (const Step& step : m_steps) {
        if (step.kind == Step::Kind::number) {
            stack.emplace_back(step.number);
        } else if (step.kind == Step::Kind::name) {
            const auto value = lookup(m_names[step.name]);
            stack.push_back(value ? std::optional(reduced(*value)) : std::nullopt);
        } else if (step.kind == Step::Kind::negate) {
            if (stack.back()) stack.back()->numerator = -stack.back()->numerator;
        } else {
            assert(stack.size() >= 2);
            const auto right = stack.back();
            stack.pop_back();
            stack.back() = applied(step.kind, stack.back(), right);
        }
    }
    assert(stack.size() == 1);
    return stack.back();
}

std::optional<CountedUnits> counted_units(std::string_view inside)
{
    constexpr std::string_view suffix = "_or_lowest";
    const bool or_lowest = inside.ends_with(suffix);
    if (or_lowest) inside.remove_suffix(suffix.size());
    const auto level = units::level_from_word(inside);
    if (!level) return std::nullopt;
    return CountedUnits{*level, or_lowest};
}

ExpressionName split_name(std::string_view name)
{
    const auto inside = [&](std::size_t prefix) { return std::string(name.substr(prefix, name.size() - prefix - 1)); };
    if (name.starts_with("prev(")) return {ExpressionName::Kind::previous, inside(5)};
    if (name.starts_with("units(")) return {ExpressionName::Kind::units, inside(6)};
    return {ExpressionName::Kind::current, std::string(name)};
}

}  // namespace phoihop::programme
