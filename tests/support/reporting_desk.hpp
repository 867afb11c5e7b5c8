// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "programme/load_programme.hpp"
#include "reporting/decide.hpp"
#include "reporting/submission_store.hpp"
#include "reporting/submit.hpp"
#include "support/office.hpp"

#include <doctest/doctest.h>

/// The desk of an office that takes reports and decides on them, for tests of both.
namespace phoihop::test {

using namespace reporting;
using programme::Instance;

using Figures = std::vector<std::pair<std::string, std::string>>;

inline const Figures usual = {{"S", "12"}, {"T", "360"}, {"P", "6"}, {"N", "1"}, {"X", "0"}};

inline Figures with(Figures figures, std::string_view indicator, std::string_view text)
{
    for (auto& [name, value] : figures)
        if (name == indicator) value = text;
    return figures;
}

/// An office with an opened quarter that takes reports of two communes:
///
///     Desk desk;
///     CHECK(desk.send("Xã Phó Bảng", usual) == "accepted 1");
struct Desk {
    explicit Desk(Instance instance = Instance::simulated, Land land = two_communes())
        : office(std::move(land)), reception(surroundings(instance))
    {
        REQUIRE(office.open("2015-Q1", day(2015, 4, 1)));
    }

    static Land two_communes()
    {
        return draw(R"(
            Việt Nam
              Hà Giang
                Xã Phó Bảng
                Xã Phố Là
            [2015-05-20] Xã Phố Là becomes Xã Phố Là mới
        )");
    }

    Reception::Surroundings surroundings(Instance instance)
    {
        auto programme = std::make_shared<programme::Programme>(*office.programme);
        programme->simulated = instance == Instance::simulated;
        office.programme = programme;
        Reception::Surroundings around;
        around.writer = &office.fresh.writer();
        around.programme = office.programme;
        around.opened = [](const programme::PeriodName& period) { return period == test::period("2015-Q1"); };
        return around;
    }

    [[nodiscard]] Submission report(std::string_view unit, const Figures& figures) const
    {
        Submission submission;
        submission.form = "activity";
        submission.period = test::period("2015-Q1");
        submission.unit = named(office.land, unit);
        submission.where = "a.csv row 2";
        for (const auto& [indicator, text] : figures) submission.cells.push_back({indicator, text, {}, {}});
        return submission;
    }

    [[nodiscard]] facts::FactKey key(std::string_view unit) const
    {
        return {office.programme->id, 1, programme::id_of(test::period("2015-Q1")), named(office.land, unit)};
    }

    Outcome outcome(const Submission& submission) { return reception.submit(submission, sender).value(); }

    /// "accepted 1", "corrected 2 late", "refused 1: S required, not_owed".
    static std::string told(const Outcome& outcome)
    {
        std::string text = std::string(word(outcome.verdict)) + " " + std::to_string(outcome.version);
        if (outcome.late) text += " late";
        std::string_view before = ": ";
        for (const Finding& finding : outcome.findings) {
            text += before;
            before = ", ";
            if (!finding.indicator.empty()) text += finding.indicator + " ";
            text += finding.code == FindingCode::refused ? word(finding.problem) : word(finding.code);
            if (finding.severity == Severity::warning) text += "?";
        }
        return text;
    }
    std::string send(const Submission& submission) { return told(outcome(submission)); }
    std::string send(std::string_view unit, const Figures& figures) { return send(report(unit, figures)); }

    /// "verified 2: 12 360 6 1 0 -", as it is stored now.
    std::string kept(std::string_view unit)
    {
        std::string text = "nothing";
        office.fresh.read([&](store::Connection& connection) {
            const auto current = facts::FactStore::current(connection, key(unit));
            if (!current) return;
            text = std::string(facts::word(current->state)) + " " + std::to_string(current->fact.version) + ":";
            for (const auto& cell : current->fact.cells) text += " " + (cell ? std::to_string(*cell) : "-");
        });
        return text;
    }

    /// What the register says of the unit's duty.
    std::string duty(std::string_view unit, Date on = day(2015, 4, 30)) { return office.state(unit, "2015-Q1", on); }

    std::string decide_on(std::string_view unit, std::int64_t version, Decision decision, std::string note = "vì sao")
    {
        const Decided one{key(unit), version};
        const auto done = decide(office.fresh.writer(), *office.programme, std::span(&one, 1), decision,
                                 {centre, day(2015, 4, 20), std::move(note)});
        return done ? "done" : std::string(word(done.error().code));
    }

    test::Office office;
    Reception reception;
    Sender sender{officer, day(2015, 4, 8), false, false};
};

/// The only fact of the only finding's problem called `name`.
inline std::string fact_of(const Outcome& outcome, std::string_view name)
{
    for (const Finding& finding : outcome.findings)
        for (const auto& [key, value] : finding.facts)
            if (key == name) return value;
    return "";
}

}  // namespace phoihop::test
