// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "support/small_programme.hpp"

namespace phoihop::test {

/// The small programme with standing obligations: a committee (once, by provinces and communes, due 31 March 2014),
/// a plan and a review (yearly, by provinces, due 31 January), a mid-term review of 2016 and a report to the People's
/// Council (half-yearly, by provinces, without a decision).
inline std::shared_ptr<const programme::Programme> owing_programme()
{
    using programme::DeadlineRule;
    using programme::Frequency;
    using programme::Standing;
    using units::Level;
    auto made = std::make_shared<programme::Programme>(*SmallProgramme::make());
    const auto deadline = [&](const char* name, Frequency frequency, int day) {
        DeadlineRule rule;
        rule.name = name;
        rule.frequency = frequency;
        rule.day = day;
        rule.month_offset = 1;
        rule.reports = false;
        made->calendar.deadlines.push_back(rule);
    };
    deadline("plan", Frequency::year, 31);
    deadline("review", Frequency::year, 31);
    deadline("council", Frequency::half_year, 25);
    DeadlineRule committee;
    committee.name = "committee";
    committee.frequency = Frequency::once;
    committee.date = day(2014, 3, 31);
    committee.reports = false;
    made->calendar.deadlines.push_back(committee);

    const auto standing = [&](const char* code, const char* kind, std::vector<Level> levels, Frequency frequency,
                              const char* due, std::vector<int> years, bool needs_decision) {
        Standing asked;
        asked.code = code;
        asked.kind = kind;
        asked.title = {code, code};
        asked.party = "police";
        asked.levels = std::move(levels);
        asked.frequency = frequency;
        asked.years = std::move(years);
        asked.deadline = due;
        asked.needs_decision = needs_decision;
        made->standings.push_back(std::move(asked));
    };
    standing("committee", "committee", {Level::province, Level::commune}, Frequency::once, "committee", {}, true);
    standing("plan", "plan", {Level::province}, Frequency::year, "plan", {}, true);
    standing("review_year", "review", {Level::province}, Frequency::year, "review", {}, true);
    standing("review_mid_term", "review", {Level::province}, Frequency::year, "review", {2016}, true);
    standing("council_6_months", "council_report", {Level::province}, Frequency::half_year, "council", {}, false);
    return made;
}

}  // namespace phoihop::test
