// SPDX-License-Identifier: Apache-2.0
#include "programme/expression.hpp"

#include "programme/fraction.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <limits>
#include <numeric>

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
        const int scale = static_cast<int>(std::min<std::size_t>(places, scale_max));
        const auto value = parse_decimal(digits, scale);
        if (!value) {
            m_at = start;
            return malformed("number");
        }
        push(Kind::number);
        const auto number = reduced(Fraction<Int128>{*value, power_of_ten(scale)});
        m_expression.m_steps.back().number = {number.numerator, number.denominator};
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

Rational in_lowest_terms(const Rational& value)
{
    if (value.denominator == 1) return value;
    constexpr Int128 narrow_max = std::numeric_limits<std::int64_t>::max();
    if (value.numerator >= 0 && value.numerator <= narrow_max &&
        value.denominator <= narrow_max) {  // many times faster
        const auto numerator = static_cast<std::int64_t>(value.numerator);
        const auto denominator = static_cast<std::int64_t>(value.denominator);
        const auto divisor = std::gcd(numerator, denominator);
        return {numerator / divisor, denominator / divisor};
    }
    const auto made = reduced(Fraction<Int128>{value.numerator, value.denominator});
    return {made.numerator, made.denominator};
}

Result<Expression> Expression::parse(std::string_view text)
{
    return ExpressionParser(text).parse();
}

template <class ValueOf>
std::optional<Rational> Expression::run(const ValueOf& value_of) const
{
    // Nearly everything fits 64 bits, in which a step takes a fraction of the time.
    bool fits = true;
    const auto narrow = run_in<std::int64_t>(value_of, fits);
    if (fits) return narrow ? std::optional(Rational{narrow->numerator, narrow->denominator}) : std::nullopt;
    const auto wide = run_in<Int128>(value_of, fits);
    return wide ? std::optional(Rational{wide->numerator, wide->denominator}) : std::nullopt;
}

template <class Whole, class ValueOf>
std::optional<Fraction<Whole>> Expression::run_in(const ValueOf& value_of, bool& fits) const
{
    // Thousands of cells are evaluated for one answer, and usual formulas need no more than this.
    std::array<std::optional<Fraction<Whole>>, 8> few;
    std::vector<std::optional<Fraction<Whole>>> many;
    if (m_steps.size() > few.size()) many.resize(m_steps.size());
    auto* const stack = many.empty() ? few.data() : many.data();
    std::size_t height = 0;
    for (const Step& step : m_steps) {
        if (step.kind == Step::Kind::number) {
            stack[height++] = taken<Whole>(step.number, fits);
        } else if (step.kind == Step::Kind::name) {
            const std::optional<Rational>& value = value_of(step.name);
            stack[height++] = value ? taken<Whole>(*value, fits) : std::nullopt;
        } else if (step.kind == Step::Kind::negate) {
            if (auto& top = stack[height - 1]) top->numerator = -top->numerator;
        } else {
            assert(height >= 2);
            --height;
            stack[height - 1] = applied(step.kind, stack[height - 1], stack[height], fits);
        }
    }
    assert(height == 1);
    return stack[0];
}

std::optional<Rational> Expression::evaluate(const Lookup& lookup) const
{
    const auto value = run([&](std::size_t name) { return lookup(m_names[name]); });
    return value ? std::optional(in_lowest_terms(*value)) : std::nullopt;
}

std::optional<Rational> Expression::evaluate(std::span<const std::optional<Rational>> values) const
{
    assert(values.size() == m_names.size());
    return run([&](std::size_t name) -> const std::optional<Rational>& { return values[name]; });
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
