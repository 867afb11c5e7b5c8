// SPDX-License-Identifier: Apache-2.0
#include "reporting/finding_text.hpp"
#include "reporting/submission.hpp"
#include "support/small_programme.hpp"

#include <doctest/doctest.h>

using namespace phoihop;
using namespace phoihop::reporting;

namespace {

const auto small = test::SmallProgramme::make();
const programme::Form& activity = *small->form("activity");

Submission report(std::initializer_list<std::pair<const char*, const char*>> cells)
{
    Submission submission;
    submission.form = "activity";
    int column = 0;
    for (const auto& [indicator, text] : cells)
        submission.cells.push_back({indicator, text, std::string(1, static_cast<char>('A' + column++)) + "7", {}});
    return submission;
}

std::vector<Finding> judged(const Submission& submission, const History& history = {})
{
    ReadCells read = Judge(*small, activity).read(submission, nullptr);
    if (!has_error(read.findings))
        for (Finding& finding : Judge(*small, activity).findings(read.cells, submission.nil, history))
            read.findings.push_back(std::move(finding));
    return read.findings;
}

std::string summary(const std::vector<Finding>& findings)
{
    std::string text;
    for (const Finding& finding : findings) {
        if (!text.empty()) text += ", ";
        text += finding.indicator + " " + std::string(word(finding.code)) +
                (finding.severity == Severity::warning ? "?" : "");
    }
    return text;
}

const facts::Cells last_quarter = {10, 300, 5, 1, 0, std::nullopt};

}  // namespace

TEST_CASE("reporting: a complete and coherent report has no findings")
{
    CHECK(summary(judged(report({{"S", "12"}, {"T", "360"}, {"P", "6"}, {"N", "1"}, {"X", "0"}, {"M", "12.50"}}),
                         {last_quarter}))
              .empty());
}

TEST_CASE("reporting: each kind of mistake is found at its own cell")
{
    CHECK(summary(judged(report({{"S", "12"}, {"T", "360"}, {"P", "6"}, {"N", "1"}}))) == "X required");
    CHECK(summary(judged(report({{"S", "12"}, {"T", "360"}, {"P", "6"}, {"N", "1"}, {"X", "-1"}}))) ==
          "X out_of_range");
    CHECK(summary(judged(report({{"S", "12"}, {"T", "3.6"}, {"P", "6"}, {"N", "1"}, {"X", "0"}}))) == "T not_whole");
    CHECK(summary(judged(report({{"S", "1 2"}, {"T", "360"}, {"P", "x"}, {"N", "1"}, {"X", "0"}}))) ==
          "S malformed, P malformed");
    CHECK(summary(judged(report({{"S", "12"}, {"T", "11"}, {"P", "6"}, {"N", "1"}, {"X", "0"}}))) == "T rule");
    CHECK(summary(judged(report({{"S", "12"}, {"S", "12"}, {"T", "360"}, {"P", "6"}, {"N", "1"}, {"X", "0"}}))) ==
          "S duplicate");
    CHECK(summary(judged(report({{"Q", "1"}}))) == "Q unknown");
    CHECK(summary(judged(report({{"R", "1"}}))) == "R machine");
    CHECK(summary(judged(report({{"S", "99999999999999999999"}}))) == "S out_of_range");
}

TEST_CASE("reporting: zero, empty and nil are three things")
{
    CHECK(summary(judged(report({{"S", "0"}, {"T", "0"}, {"P", "0"}, {"N", "0"}, {"X", "0"}}))).empty());
    CHECK(summary(judged(report({}))) == "S required, T required, P required, N required, X required");
    Submission nil = report({});
    nil.nil = true;
    CHECK(judged(nil).empty());
    const facts::Cells cells = Judge(*small, activity).read(nil, nullptr).cells;
    CHECK(cells == facts::Cells{0, 0, std::nullopt, 0, 0, 0});
}

TEST_CASE("reporting: a stock that does not follow from the last one is a warning, and only when the last one is known")
{
    const Submission now = report({{"S", "12"}, {"T", "360"}, {"P", "9"}, {"N", "1"}, {"X", "0"}});
    CHECK(summary(judged(now, {last_quarter})) == "P rule?");
    CHECK(summary(judged(now, {std::nullopt, last_quarter})).empty());
    CHECK(summary(judged(now)).empty());
}

TEST_CASE("reporting: a jump is measured against the mean of past periods, and one past figure is no habit")
{
    const facts::Cells usual = {20, 300, 6, 0, 0, std::nullopt};
    const Submission now = report({{"S", "41"}, {"T", "360"}, {"P", "6"}, {"N", "0"}, {"X", "0"}});
    CHECK(summary(judged(now, {usual})).empty());
    CHECK(summary(judged(now, {usual, usual})) == "S jump?");
    CHECK(summary(judged(report({{"S", "40"}, {"T", "360"}, {"P", "6"}, {"N", "0"}, {"X", "0"}}), {usual, usual}))
              .empty());
}

TEST_CASE("reporting: a patch changes only the cells that it names")
{
    Submission patch = report({{"T", "400"}, {"M", ""}});
    patch.scope = Scope::patch;
    const facts::Cells current = {10, 300, 5, 1, 0, 7};
    CHECK(Judge(*small, activity).read(patch, &current).cells == facts::Cells{10, 400, 5, 1, 0, std::nullopt});
}

TEST_CASE("reporting: every finding is a sentence in both languages that says what would be right")
{
    const Finding fraction = judged(report({{"S", "1.234"}, {"T", "1"}})).front();
    CHECK(sentence(fraction, text::Language::vi) ==
          "“1.234” có phần lẻ, chỉ tiêu này ghi đến 0 chữ số thập phân. Nếu dấu chấm ngăn hàng nghìn thì bỏ dấu chấm.");
    CHECK(sentence(judged(report({{"S", "401"}, {"T", "500"}, {"P", "6"}, {"N", "1"}, {"X", "0"}})).front(),
                   text::Language::en) == "401 is outside the limits (from 0 to 400).");
}
