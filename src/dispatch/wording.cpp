// SPDX-License-Identifier: Apache-2.0
#include "dispatch/wording.hpp"

#include "text/number_format.hpp"

#include <algorithm>
#include <array>

namespace phoihop::dispatch {

namespace {

struct KindWord {
    std::string_view begins;
    std::string_view whole;
};

constexpr std::array<KindWord, 10> kind_words{{{"Thành phố ", "Toàn thành phố"},
                                               {"Tỉnh ", "Toàn tỉnh"},
                                               {"Quận ", "Toàn quận"},
                                               {"Huyện ", "Toàn huyện"},
                                               {"Thị xã ", "Toàn thị xã"},
                                               {"Thị trấn ", "Toàn thị trấn"},
                                               {"Phường ", "Toàn phường"},
                                               {"Xã ", "Toàn xã"},
                                               {"Đặc khu ", "Toàn đặc khu"},
                                               {"Thôn ", "Toàn thôn"}}};

/// A difference as a fraction; false when it does not fit.
struct Difference {
    Int128 numerator = 0;
    Int128 denominator = 1;
};

std::optional<Difference> difference(const programme::Rational& a, const programme::Rational& b)
{
    Int128 left = 0;
    Int128 right = 0;
    Difference answer;
    if (__builtin_mul_overflow(a.numerator, b.denominator, &left) ||
        __builtin_mul_overflow(b.numerator, a.denominator, &right) ||
        __builtin_sub_overflow(left, right, &answer.numerator) ||
        __builtin_mul_overflow(a.denominator, b.denominator, &answer.denominator))
        return std::nullopt;
    return answer;
}

std::string one_decimal(Int128 tenths)
{
    std::string text = text::number_vi(tenths < 0 ? -tenths : tenths, 1);
    if (text.ends_with(",0")) text.resize(text.size() - 2);
    return text;
}

}  // namespace

std::string period_words(const programme::PeriodName& period)
{
    using programme::Frequency;
    std::string year = "năm " + std::to_string(period.year);
    switch (period.frequency) {
        case Frequency::month:
            return "tháng " + std::string(period.number < 3 ? "0" : "") + std::to_string(period.number) + " " + year;
        case Frequency::quarter: return "quý " + text::roman(period.number) + " " + year;
        case Frequency::half_year: return (period.number == 1 ? "6 tháng đầu " : "6 tháng cuối ") + year;
        case Frequency::nine_months: return "9 tháng đầu " + year;
        case Frequency::year: return year;
        case Frequency::once: return "cả giai đoạn";
    }
    return year;
}

std::string programme_words(const programme::Programme& programme)
{
    return programme.symbol.empty() ? programme.title.vi : "Chương trình số " + programme.symbol;
}

std::string whole_of(const units::UnitState& unit)
{
    if (unit.level == units::Level::nation) return "Cả nước";
    for (const KindWord& kind : kind_words)
        if (unit.full_name.starts_with(kind.begins)) return std::string(kind.whole);
    switch (unit.level) {
        case units::Level::province: return "Toàn tỉnh";
        case units::Level::district: return "Toàn huyện";
        case units::Level::commune: return "Toàn xã";
        case units::Level::nation:
        case units::Level::residential_area: break;
    }
    return "Toàn khu dân cư";
}

std::string inside_a_sentence(const units::UnitState& unit)
{
    return programme::body_name(" {unit}", unit.full_name, "").substr(1);
}

std::string figure_words(const rollup::Figure& figure, const programme::Indicator& indicator)
{
    if (!figure.value) return "chưa có số liệu";
    if (indicator.unit.vi == "%") return text::percent_vi(figure.text());
    return text::number_vi(figure.text()) + " " + indicator.unit.vi;
}

std::optional<std::string> change_words(const rollup::Figure& now, const rollup::Figure& before,
                                        const programme::Indicator& indicator)
{
    if (!now.value || !before.value) return std::nullopt;
    const auto changed = difference(*now.value, *before.value);
    if (!changed) return std::nullopt;
    if (changed->numerator == 0) return "bằng";
    const bool share = indicator.unit.vi == "%";
    Int128 numerator = 0;
    Int128 denominator = changed->denominator;
    if (share) {
        if (__builtin_mul_overflow(changed->numerator, Int128{10}, &numerator)) return std::nullopt;
    } else {
        // (a/b - c/d) : (c/d) in tenths of a per cent = difference × 1000 × d / (bd × c).
        if (before.value->numerator <= 0) return std::nullopt;
        if (__builtin_mul_overflow(changed->numerator, Int128{1000}, &numerator) ||
            __builtin_mul_overflow(numerator, before.value->denominator, &numerator) ||
            __builtin_mul_overflow(denominator, before.value->numerator, &denominator))
            return std::nullopt;
    }
    const Int128 tenths = divide_rounded(numerator, denominator);
    const std::string direction = changed->numerator > 0 ? "tăng " : "giảm ";
    if (tenths == 0) return direction + (share ? "dưới 0,1 điểm phần trăm" : "dưới 0,1%");
    return direction + one_decimal(tenths) + (share ? " điểm phần trăm" : "%");
}

std::string enumeration(const std::vector<std::string>& parts)
{
    std::string all;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (i > 0) all += i + 1 == parts.size() ? " và " : ", ";
        all += parts[i];
    }
    return all;
}

}  // namespace phoihop::dispatch
