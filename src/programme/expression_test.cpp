// SPDX-License-Identifier: Apache-2.0
#include "programme/expression.hpp"

#include <doctest/doctest.h>

#include <map>
#include <random>

using namespace phoihop;
using namespace phoihop::programme;

namespace {

using Values = std::map<std::string, std::int64_t, std::less<>>;

std::optional<Rational> value_of(std::string_view text, const Values& values = {})
{
    return Expression::parse(text).value().evaluate([&](std::string_view name) -> std::optional<Rational> {
        const auto found = values.find(name);
        if (found == values.end()) return std::nullopt;
        return Rational{found->second, 1};
    });
}

/// "7/2", or "nothing".
std::string shown(std::string_view text, const Values& values = {})
{
    const auto value = value_of(text, values);
    if (!value) return "nothing";
    return format_decimal(value->numerator, 0) + "/" + format_decimal(value->denominator, 0);
}

std::string position_of_error(std::string_view text)
{
    const auto parsed = Expression::parse(text);
    return parsed ? "none" : std::string(fact(parsed.error(), "position"));
}

}  // namespace

TEST_CASE("expression: arithmetic is exact and binds as in school")
{
    CHECK(shown("1 + 2 * 3 - 4 / 8") == "13/2");
    CHECK(shown("(1 + 2) * -3") == "-9/1");
    CHECK(shown("10 - 2 - 3") == "5/1");
    CHECK(shown("0.1 + 0.2 == 0.3") == "1/1");
    CHECK(shown("1 / 3 * 3 == 1") == "1/1");
    CHECK(shown("--2") == "2/1");
    CHECK(shown("1 / -4") == "-1/4");
}

TEST_CASE("expression: names are looked up, and a missing one gives nothing")
{
    CHECK(shown("100 * C7 / C2", {{"C7", 7}, {"C2", 8}}) == "175/2");
    CHECK(shown("100 * C7 / C2", {{"C7", 7}}) == "nothing");
    CHECK(shown("C7 / C2", {{"C7", 7}, {"C2", 0}}) == "nothing");
    CHECK(shown("prev( C2 ) + C4 - C6", {{"prev(C2)", 10}, {"C4", 3}, {"C6", 1}}) == "12/1");
    CHECK(shown("100 * D4 / units(commune)", {{"D4", 3}, {"units(commune)", 12}}) == "25/1");
}

TEST_CASE("expression: all names are listed once")
{
    const Expression parsed = Expression::parse("C2 == prev(C2) + C4 - C6 + C4").value();
    CHECK(parsed.names() == std::vector<std::string>{"C2", "prev(C2)", "C4", "C6"});
    CHECK(split_name("prev(C2)") == ExpressionName{ExpressionName::Kind::previous, "C2"});
    CHECK(split_name("units(commune)") == ExpressionName{ExpressionName::Kind::units, "commune"});
    CHECK(counted_units("commune") == CountedUnits{units::Level::commune, false});
    CHECK(counted_units("commune_or_lowest") == CountedUnits{units::Level::commune, true});
    CHECK_FALSE(counted_units("xa").has_value());
    CHECK_FALSE(counted_units("_or_lowest").has_value());
    CHECK(split_name("C2") == ExpressionName{ExpressionName::Kind::current, "C2"});
}

TEST_CASE("expression: comparisons give one or zero")
{
    const Values values{{"A", 2}, {"B", 3}};
    CHECK(shown("A < B", values) == "1/1");
    CHECK(shown("A > B", values) == "0/1");
    CHECK(shown("A <= 2", values) == "1/1");
    CHECK(shown("A >= B", values) == "0/1");
    CHECK(shown("A != B", values) == "1/1");
    CHECK(shown("A + 1 == B", values) == "1/1");
}

TEST_CASE("expression: an implication needs its right side only when the left one holds")
{
    CHECK(shown("B1 > 0 implies B2 >= B1", {{"B1", 2}, {"B2", 1}}) == "0/1");
    CHECK(shown("B1 > 0 implies B2 >= B1", {{"B1", 2}, {"B2", 2}}) == "1/1");
    CHECK(shown("B1 > 0 implies B2 >= B1", {{"B1", 0}}) == "1/1");
    CHECK(shown("B1 > 0 implies B2 > 0", {{"B2", 5}}) == "1/1");
    CHECK(shown("B1 > 0 implies B2 > 0", {{"B2", 0}}) == "nothing");
}

TEST_CASE("expression: a step that does not fit is nothing, never a wrong number")
{
    std::string text = "A";
    for (int i = 0; i < 4; ++i) text += " * A";
    CHECK(shown(text, {{"A", 9'000'000'000'000'000'000}}) == "nothing");
    CHECK(shown("A * A / A == A", {{"A", 9'000'000'000'000'000'000}}) == "1/1");
}

TEST_CASE("expression: an error says where it is")
{
    CHECK(position_of_error("") == "1");
    CHECK(position_of_error("A + ") == "5");
    CHECK(position_of_error("A + * B") == "5");
    CHECK(position_of_error("(A + B") == "7");
    CHECK(position_of_error("A B") == "3");
    CHECK(position_of_error("A < B < C") == "7");
    CHECK(position_of_error("max(A)") == "1");
    CHECK(position_of_error("prev()") == "6");
    CHECK(position_of_error("1.2.3") == "1");
    CHECK(position_of_error("A = B") == "3");
    CHECK(position_of_error("A and B") == "3");
    CHECK(position_of_error("implies A") == "1");
    CHECK(position_of_error("tỷ lệ") == "2");
    CHECK(position_of_error("1.23456789") == "1");
}

TEST_CASE("expression: depth and length are limited")
{
    const auto nested = [](int depth) {
        return std::string(static_cast<std::size_t>(depth), '(') + "A" +
               std::string(static_cast<std::size_t>(depth), ')');
    };
    CHECK(Expression::parse(nested(expression_depth_max)).has_value());
    CHECK(Expression::parse(nested(expression_depth_max + 1)).error().code == ProblemCode::too_large);
    CHECK(Expression::parse(std::string(200, '-') + "A").error().code == ProblemCode::too_large);
    CHECK(Expression::parse(std::string(expression_length_max + 1, ' ')).error().code == ProblemCode::too_large);
    std::string implications = "A";
    for (int i = 0; i < 40; ++i) implications += " implies A";
    CHECK(Expression::parse(implications).error().code == ProblemCode::too_large);
}

TEST_CASE("expression: steps past 64 bits are reckoned in 128, and past 127 there is no value")
{
    constexpr auto most = std::numeric_limits<std::int64_t>::max();
    const Values big{{"A", most}, {"B", most - 1}};
    CHECK(shown("A * B / A", big) == "9223372036854775806/1");
    CHECK(shown("A + A - B", big) == "9223372036854775808/1");
    CHECK(shown("0 - A - A", big) == "-18446744073709551614/1");
    CHECK(shown("A / 6 + B / 10", big) == "73786976294838206453/30");
    CHECK(shown("A * A * A / A", big) == "nothing");
    CHECK(shown("A < A * B implies B > A", big) == "0/1");
}

TEST_CASE("expression: values may be given in the order of the names, and the answer is the same but for lowest terms")
{
    const auto share = Expression::parse("100 * B / (A + prev(A))").value();
    REQUIRE(share.names() == std::vector<std::string>{"B", "A", "prev(A)"});
    std::vector<std::optional<Rational>> values{Rational{30, 1}, Rational{500, 10}, Rational{70, 1}};
    const auto share_now = in_lowest_terms(share.evaluate(values).value());
    CHECK(share_now.numerator == 25);
    CHECK(share_now.denominator == 1);
    values[1].reset();
    CHECK(!share.evaluate(values));
    CHECK(in_lowest_terms({-6, 4}).numerator == -3);
    CHECK(in_lowest_terms({0, 4}).denominator == 1);
}

TEST_CASE("expression: random texts are parsed or refused, and never break the parser")
{
    const std::string_view alphabet[] = {"A", "B1", "prev(", "units(",  ")",   "(", "+",       "-", "*",
                                         "/", "<=", "==",    "implies", "0.5", " ", "commune", "đ"};
    std::mt19937 random(7);
    int parsed = 0;
    for (int round = 0; round < 20000; ++round) {
        std::string text;
        for (unsigned length = random() % 8; length > 0; --length) text += alphabet[random() % std::size(alphabet)];
        const auto expression = Expression::parse(text);
        if (!expression) continue;
        ++parsed;
        (void)expression->evaluate([&](std::string_view name) -> std::optional<Rational> {
            return Rational{static_cast<std::int64_t>(name.size()) - 2, 3};
        });
    }
    CHECK(parsed > 500);
}
