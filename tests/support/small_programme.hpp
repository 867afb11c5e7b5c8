// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "programme/programme.hpp"

#include <memory>
#include <string>

namespace phoihop::test {

/// A programme small enough to hold in the head: form "activity" (quarterly, by communes) with sessions S and
/// attendances T (flows), places P open, N new, X closed (P a stock: P == prev(P) + N - X), money M (two decimals,
/// optional), and the ratio R = 100 × T / S; form "opinions" (quarterly, front) with heard H.
struct SmallProgramme {
    static programme::Indicator indicator(std::string code, programme::OverTime over_time, int scale, std::int64_t cap)
    {
        programme::Indicator made;
        made.code = std::move(code);
        made.group = "A";
        made.name = {"Chỉ tiêu " + made.code, "Indicator " + made.code};
        made.unit = {"lần", "times"};
        made.over_time = over_time;
        made.scale = scale;
        made.cap = cap;
        return made;
    }

    static programme::CellRule rule(const char* condition, programme::Severity severity, const char* cell)
    {
        return {*programme::Expression::parse(condition),
                severity,
                {std::string("Phải đúng: ") + condition, condition},
                cell};
    }

    static programme::Cell cell(std::string code, bool required, std::int64_t max, int jump_percent = 0)
    {
        return {std::move(code), required, 0, max, jump_percent};
    }

    static std::shared_ptr<const programme::Programme> make()
    {
        using programme::OverTime;
        using programme::Severity;
        auto made = std::make_shared<programme::Programme>();
        made->id = ProgrammeId{1};
        made->code = "small";
        made->title = {"Chương trình nhỏ", "Small programme"};
        made->validity = {day(2014, 1, 1), day(2030, 1, 1)};
        made->simulated = true;
        made->calendar.span = made->validity;
        made->calendar.closes_after_days = 60;
        programme::DeadlineRule deadline;
        deadline.name = "commune";
        deadline.frequency = programme::Frequency::quarter;
        deadline.days_after_cut_off = 10;
        made->calendar.deadlines = {deadline};
        made->groups = {{"A", {"Hoạt động", "Activity"}}};
        made->indicators = {indicator("S", OverTime::sum, 0, 400),  indicator("T", OverTime::sum, 0, 40000),
                            indicator("P", OverTime::last, 0, 400), indicator("N", OverTime::sum, 0, 100),
                            indicator("X", OverTime::sum, 0, 100),  indicator("M", OverTime::sum, 2, 100000),
                            indicator("H", OverTime::sum, 0, 1000)};
        programme::Indicator ratio = indicator("R", OverTime::formula, 0, 0);
        ratio.over_units = programme::OverUnits::formula;
        ratio.source = programme::Source::computed;
        ratio.formula = *programme::Expression::parse("100 * T / S");
        ratio.shown_scale = 1;
        made->indicators.push_back(ratio);

        programme::Form activity;
        activity.code = "activity";
        activity.number = 1;
        activity.title = {"Biểu hoạt động", "Activity form"};
        activity.party = "police";
        activity.frequency = programme::Frequency::quarter;
        activity.source = "typed";
        activity.duties = {{units::Level::commune, "commune", true}};
        activity.cells = {cell("S", true, 400, 100), cell("T", true, 40000), cell("P", true, 400),
                          cell("N", true, 100),      cell("X", true, 100),   cell("M", false, 10'000'000)};
        activity.rules = {rule("S > 0 implies T >= S", Severity::error, "T"), rule("X <= P + X", Severity::error, "X"),
                          rule("P == prev(P) + N - X", Severity::warning, "P")};
        programme::Form opinions;
        opinions.code = "opinions";
        opinions.number = 2;
        opinions.title = {"Biểu ý kiến", "Opinions form"};
        opinions.party = "front";
        opinions.frequency = programme::Frequency::quarter;
        opinions.source = "typed";
        opinions.duties = {{units::Level::commune, "commune", true}};
        opinions.cells = {cell("H", true, 1000)};
        made->forms = {activity, opinions};
        made->kept_maps = {day(2025, 6, 30), day(2025, 7, 1)};
        return made;
    }
};

}  // namespace phoihop::test
