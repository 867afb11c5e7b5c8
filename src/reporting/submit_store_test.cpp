// SPDX-License-Identifier: Apache-2.0
#include "reporting/submit.hpp"

#include "programme/load_programme.hpp"
#include "reporting/decide.hpp"
#include "reporting/submission_store.hpp"
#include "support/office.hpp"

#include <doctest/doctest.h>

using namespace phoihop;
using namespace phoihop::reporting;
using facts::FactState;
using phoihop::test::centre;
using phoihop::test::draw;
using phoihop::test::named;
using phoihop::test::officer;
using programme::Instance;

namespace {

using Figures = std::vector<std::pair<std::string, std::string>>;

const Figures usual = {{"S", "12"}, {"T", "360"}, {"P", "6"}, {"N", "1"}, {"X", "0"}};

Figures with(Figures figures, std::string_view indicator, std::string text)
{
    for (auto& [name, value] : figures)
        if (name == indicator) value = std::move(text);
    return figures;
}

/// An office with an opened quarter that takes reports of two communes:
///
///     Desk desk;
///     CHECK(desk.send("Xã Phó Bảng", usual) == "accepted 1");
struct Desk {
    explicit Desk(Instance instance = Instance::simulated) : reception(surroundings(instance))
    {
        REQUIRE(office.open("2015-Q1", day(2015, 4, 1)));
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

    test::Office office{draw(R"(
        Việt Nam
          Hà Giang
            Xã Phó Bảng
            Xã Phố Là
        [2015-05-20] Xã Phố Là becomes Xã Phố Là mới
    )")};
    Reception reception;
    Sender sender{officer, day(2015, 4, 8), false, false};
};

/// The only fact of the only finding's problem called `name`.
std::string fact_of(const Outcome& outcome, std::string_view name)
{
    for (const Finding& finding : outcome.findings)
        for (const auto& [key, value] : finding.facts)
            if (key == name) return value;
    return "";
}

}  // namespace

TEST_CASE("reporting: an accepted report is kept whole and claims what its unit owes")
{
    Desk desk;
    CHECK(desk.duty("Xã Phó Bảng", day(2015, 4, 5)) == "open due");
    CHECK(desk.send("Xã Phó Bảng", usual) == "accepted 1");
    CHECK(desk.kept("Xã Phó Bảng") == "submitted 1: 12 360 6 1 0 -");
    CHECK(desk.duty("Xã Phó Bảng") == "claimed done");
    CHECK(desk.duty("Xã Phố Là", day(2015, 4, 11)) == "open overdue");
    CHECK(desk.office.differences() == 0);
}

TEST_CASE("reporting: the same report sent again changes nothing")
{
    Desk desk;
    desk.send("Xã Phó Bảng", usual);
    std::int64_t sequence = 0;
    const auto position = [&](store::Connection& connection) {
        sequence = store::journal_position(connection).sequence;
    };
    desk.office.fresh.read(position);
    const std::int64_t before = sequence;
    CHECK(desk.send("Xã Phó Bảng", usual) == "unchanged 1");
    CHECK(desk.send("Xã Phó Bảng", with(usual, "S", "012")) == "unchanged 1");
    desk.office.fresh.read(position);
    CHECK(sequence == before);
}

TEST_CASE("reporting: a correction keeps both versions and their days")
{
    Desk desk;
    desk.send("Xã Phó Bảng", usual);
    desk.sender.today = day(2015, 4, 20);
    Submission correction = desk.report("Xã Phó Bảng", with(usual, "T", "300"));
    correction.reason = "cộng nhầm";
    CHECK(desk.send(correction) == "corrected 2 late");
    desk.office.fresh.read([&](store::Connection& connection) {
        const auto versions = facts::FactStore::versions(connection, desk.key("Xã Phó Bảng"));
        REQUIRE(versions.size() == 2);
        CHECK(versions[0].cells[1] == 360);
        CHECK(versions[0].received_on == day(2015, 4, 8));
        CHECK(versions[1].cells[1] == 300);
        CHECK(versions[1].received_on == day(2015, 4, 20));
        CHECK(versions[1].reason == "cộng nhầm");
    });
    CHECK(desk.duty("Xã Phó Bảng") == "claimed done");  // the first was in time
}

TEST_CASE("reporting: an old file after a correction changes nothing, unless it is meant")
{
    Desk desk;
    desk.send("Xã Phó Bảng", usual);
    desk.send("Xã Phó Bảng", with(usual, "T", "300"));
    CHECK(desk.send("Xã Phó Bảng", usual) == "unchanged 2");
    CHECK(desk.kept("Xã Phó Bảng") == "submitted 2: 12 300 6 1 0 -");
    SUBCASE("--correct")
    {
        desk.sender.correct = true;
        CHECK(desk.send("Xã Phó Bảng", usual) == "corrected 3");
    }
    SUBCASE("naming the version that it is based on")
    {
        Submission meant = desk.report("Xã Phó Bảng", usual);
        meant.based_on = 2;
        CHECK(desk.send(meant) == "corrected 3");
    }
    CHECK(desk.kept("Xã Phó Bảng") == "submitted 3: 12 360 6 1 0 -");
}

TEST_CASE("reporting: a stale base is refused, naming both versions")
{
    Desk desk;
    desk.send("Xã Phó Bảng", usual);
    desk.send("Xã Phó Bảng", with(usual, "T", "300"));
    Submission stale = desk.report("Xã Phó Bảng", with(usual, "T", "310"));
    stale.based_on = 1;
    const Outcome outcome = desk.outcome(stale);
    CHECK(Desk::told(outcome) == "refused 2: conflict");
    CHECK(fact_of(outcome, "base") == "1");
    CHECK(fact_of(outcome, "current") == "2");
    Submission first = desk.report("Xã Phố Là", usual);
    first.based_on = 1;
    CHECK(desk.send(first) == "refused 0: conflict");
    first.based_on = 0;
    CHECK(desk.send(first) == "accepted 1");
}

TEST_CASE("reporting: a sender's own id that was seen before gets the answer that it got then")
{
    Desk desk;
    Submission submission = desk.report("Xã Phó Bảng", usual);
    submission.client_id = "d290f1ee-6c54-4b01-90e6-d701748f0851";
    submission.based_on = 0;
    desk.sender.today = day(2015, 4, 13);
    CHECK(desk.send(submission) == "accepted 1 late");
    desk.send("Xã Phó Bảng", with(usual, "T", "300"));
    desk.sender.today = day(2015, 5, 1);
    const Outcome again = desk.outcome(submission);
    CHECK(Desk::told(again) == "accepted 1 late");
    CHECK(again.received_on == day(2015, 4, 13));
    CHECK(desk.kept("Xã Phó Bảng") == "submitted 2: 12 300 6 1 0 -");
}

TEST_CASE("reporting: a withdrawal sent twice with one id is answered twice the same")
{
    Desk desk;
    desk.send("Xã Phó Bảng", usual);
    Submission back = desk.report("Xã Phó Bảng", {});
    back.withdraw = true;
    back.client_id = "w1";
    CHECK(desk.send(back) == "withdrawn 1");
    CHECK(desk.send(back) == "withdrawn 1");
}

TEST_CASE("reporting: an id that another report was sent with is refused")
{
    Desk desk;
    Submission one = desk.report("Xã Phó Bảng", usual);
    one.client_id = "id-1";
    CHECK(desk.send(one) == "accepted 1");
    Submission other = desk.report("Xã Phố Là", usual);
    other.client_id = "id-1";
    CHECK(desk.send(other) == "refused 0: duplicate");
    other.client_id = std::string(SubmissionStore::client_id_max + 1, 'x');
    CHECK(desk.send(other) == "refused 0: too_large");
    CHECK(desk.kept("Xã Phố Là") == "nothing");
}

TEST_CASE("reporting: a withdrawn report is owed again, and is sent again by whoever names its version")
{
    Desk desk;
    Submission back = desk.report("Xã Phó Bảng", {});
    back.withdraw = true;
    CHECK(desk.send(back) == "refused 0: not_found");
    desk.send("Xã Phó Bảng", usual);
    CHECK(desk.send(back) == "withdrawn 1");
    CHECK(desk.kept("Xã Phó Bảng") == "withdrawn 1: 12 360 6 1 0 -");
    CHECK(desk.duty("Xã Phó Bảng") == "open overdue");
    CHECK(desk.send(back) == "unchanged 1");
    // The file that was taken back does not come back by itself.
    CHECK(desk.send("Xã Phó Bảng", usual) == "unchanged 1");
    Submission again = desk.report("Xã Phó Bảng", usual);
    again.based_on = 1;
    CHECK(desk.send(again) == "corrected 2");
    CHECK(desk.kept("Xã Phó Bảng") == "submitted 2: 12 360 6 1 0 -");
    CHECK(desk.duty("Xã Phó Bảng") == "claimed done");
    CHECK(desk.office.differences() == 0);
}

TEST_CASE("reporting: nobody corrects or withdraws a locked report")
{
    Desk desk;
    desk.send("Xã Phó Bảng", usual);
    CHECK(desk.decide_on("Xã Phó Bảng", 1, Decision::lock) == "wrong_state");
    CHECK(desk.decide_on("Xã Phó Bảng", 1, Decision::verify) == "done");
    CHECK(desk.decide_on("Xã Phó Bảng", 1, Decision::lock) == "done");
    CHECK(desk.send("Xã Phó Bảng", with(usual, "T", "300")) == "refused 1: wrong_state");
    Submission back = desk.report("Xã Phó Bảng", {});
    back.withdraw = true;
    CHECK(desk.send(back) == "refused 1: wrong_state");
    CHECK(desk.kept("Xã Phó Bảng") == "locked 1: 12 360 6 1 0 -");
    CHECK(desk.decide_on("Xã Phó Bảng", 1, Decision::unlock, "") == "missing");
    CHECK(desk.decide_on("Xã Phó Bảng", 1, Decision::unlock) == "done");
    CHECK(desk.send("Xã Phó Bảng", with(usual, "T", "300")) == "corrected 2");
    CHECK(desk.kept("Xã Phó Bảng") == "submitted 2: 12 300 6 1 0 -");
}

TEST_CASE("reporting: a period takes reports from its opening to its closing, and corrections of what stands after it")
{
    Desk desk;
    Submission early = desk.report("Xã Phó Bảng", usual);
    early.period = test::period("2015-Q2");
    CHECK(desk.send(early) == "refused 0: period_not_open");
    early.period = test::period("2015-H1");
    CHECK(desk.send(early) == "refused 0: period_not_open");
    desk.sender.today = day(2015, 6, 9);
    CHECK(desk.send("Xã Phó Bảng", usual) == "accepted 1 late");
    desk.sender.today = day(2015, 6, 10);
    CHECK(desk.send("Xã Phố Là", usual) == "refused 0: period_closed");
    CHECK(desk.kept("Xã Phố Là") == "nothing");
    CHECK(desk.send("Xã Phó Bảng", with(usual, "T", "300")) == "corrected 2 late");
}

TEST_CASE("reporting: a unit that owes no such report is refused, and so are unknown forms and figures")
{
    Desk desk;
    CHECK(desk.send("Hà Giang", usual) == "refused 0: not_owed");
    CHECK(desk.kept("Hà Giang") == "nothing");
    Submission other = desk.report("Xã Phó Bảng", usual);
    other.form = "activty";
    CHECK(desk.send(other) == "refused 0: unknown_name");
    Figures unknown = usual;
    unknown.emplace_back("Z", "1");
    CHECK(desk.send("Xã Phó Bảng", unknown) == "refused 0: Z unknown");
    unknown.back() = {"R", "1"};
    CHECK(desk.send("Xã Phó Bảng", unknown) == "refused 0: R machine");
}

TEST_CASE("reporting: a patch changes the cells that it names and is judged whole")
{
    Desk desk;
    desk.send("Xã Phó Bảng", usual);
    Submission patch = desk.report("Xã Phó Bảng", {{"T", "300"}});
    patch.scope = Scope::patch;
    CHECK(desk.send(patch) == "corrected 2");
    CHECK(desk.kept("Xã Phó Bảng") == "submitted 2: 12 300 6 1 0 -");
    patch.cells = {{"T", "3", "row 9, column B", {}}};
    const Outcome outcome = desk.outcome(patch);
    CHECK(Desk::told(outcome) == "refused 2: T rule");
    CHECK(outcome.findings.front().where == "row 9, column B");
    patch.cells = {{"M", "12.50", {}, {}}};
    CHECK(desk.send(patch) == "corrected 3");
    patch.cells = {{"M", "", {}, {}}};
    CHECK(desk.send(patch) == "unchanged 3");  // as version 2 said already
    patch.based_on = 3;
    CHECK(desk.send(patch) == "corrected 4");
    CHECK(desk.kept("Xã Phó Bảng") == "submitted 4: 12 300 6 1 0 -");
    Submission first = desk.report("Xã Phố Là", {{"T", "300"}});
    first.scope = Scope::patch;
    CHECK(desk.send(first) == "refused 0: S required, P required, N required, X required");
}

TEST_CASE("reporting: a nil report is zero in every flow, and neither empty nor the same as zeros typed")
{
    Desk desk;
    Submission nil = desk.report("Xã Phó Bảng", {{"P", "6"}});
    nil.nil = true;
    CHECK(desk.send(nil) == "accepted 1");
    CHECK(desk.kept("Xã Phó Bảng") == "submitted 1: 0 0 6 0 0 0");
    Figures zeros = {{"S", "0"}, {"T", "0"}, {"P", "6"}, {"N", "0"}, {"X", "0"}, {"M", "0"}};
    CHECK(desk.send("Xã Phó Bảng", zeros) == "corrected 2");
}

TEST_CASE("reporting: in a batch, errors refuse their own report and are answered in order")
{
    Desk desk;
    const std::vector<Submission> batch = {desk.report("Xã Phó Bảng", with(usual, "S", "-1")),
                                           desk.report("Hà Giang", usual), desk.report("Xã Phố Là", usual),
                                           desk.report("Xã Phó Bảng", usual),
                                           desk.report("Xã Phố Là", with(usual, "T", "300"))};
    std::vector<std::string> answers;
    desk.reception.submit_all(batch, desk.sender, [&](std::size_t i, Outcome&& outcome) {
        CHECK(i == answers.size());
        answers.push_back(Desk::told(outcome));
    });
    CHECK(answers == std::vector<std::string>{"refused 0: S out_of_range", "refused 0: not_owed", "accepted 1",
                                              "accepted 1", "corrected 2"});
    CHECK(desk.kept("Hà Giang") == "nothing");
    CHECK(desk.kept("Xã Phó Bảng") == "submitted 1: 12 360 6 1 0 -");
    CHECK(desk.kept("Xã Phố Là") == "submitted 2: 12 300 6 1 0 -");
    CHECK(desk.office.differences() == 0);
}

TEST_CASE("reporting: only the centre sets another day of receipt, gives its reason, and never a day to come")
{
    Desk desk(Instance::real);
    desk.sender.today = day(2015, 4, 20);
    Submission dated = desk.report("Xã Phó Bảng", usual);
    dated.received_on = day(2015, 4, 9);
    dated.reason = "bản giấy đến ngày 09/4";
    CHECK(desk.send(dated) == "refused 0: not_allowed");
    desk.sender.may_set_received_on = true;
    dated.received_on = day(2015, 4, 21);
    CHECK(desk.send(dated) == "refused 0: not_allowed");
    dated.received_on = day(2015, 4, 9);
    dated.reason = "";
    CHECK(desk.send(dated) == "refused 0: missing");
    dated.reason = "bản giấy đến ngày 09/4";
    CHECK(desk.send(dated) == "accepted 1");  // in time
    CHECK(desk.duty("Xã Phó Bảng") == "claimed done");
    CHECK(desk.send("Xã Phố Là", usual) == "accepted 1 late");
    CHECK(desk.duty("Xã Phố Là") == "claimed done_late");
}

TEST_CASE("reporting: a decision moves the figures and the register together")
{
    Desk desk;
    desk.send("Xã Phó Bảng", usual);
    desk.send("Xã Phố Là", usual);
    CHECK(desk.decide_on("Xã Phó Bảng", 1, Decision::verify) == "done");
    CHECK(desk.kept("Xã Phó Bảng") == "verified 1: 12 360 6 1 0 -");
    CHECK(desk.duty("Xã Phó Bảng") == "evidenced done");
    CHECK(desk.decide_on("Xã Phó Bảng", 1, Decision::verify) == "wrong_state");
    CHECK(desk.decide_on("Xã Phố Là", 1, Decision::return_, "") == "missing");
    CHECK(desk.decide_on("Xã Phố Là", 1, Decision::return_) == "done");
    CHECK(desk.kept("Xã Phố Là") == "returned 1: 12 360 6 1 0 -");
    CHECK(desk.duty("Xã Phố Là") == "returned overdue");
    CHECK(desk.send("Xã Phố Là", with(usual, "T", "300")) == "corrected 2");
    CHECK(desk.duty("Xã Phố Là") == "claimed done");
    CHECK(desk.decide_on("Xã Phố Là", 1, Decision::verify) == "conflict");  // of the version before
    CHECK(desk.decide_on("Hà Giang", 1, Decision::verify) == "not_found");
    CHECK(desk.office.differences() == 0);
}

TEST_CASE("reporting: a decision on several reports is made on all or on none")
{
    Desk desk;
    desk.send("Xã Phó Bảng", usual);
    const std::vector<Decided> both = {{desk.key("Xã Phó Bảng"), 1}, {desk.key("Xã Phố Là"), 1}};
    const auto done = decide(desk.office.fresh.writer(), *desk.office.programme, both, Decision::verify,
                             {centre, day(2015, 4, 20), ""});
    REQUIRE_FALSE(done);
    CHECK(done.error().code == ProblemCode::not_found);
    CHECK(done.error().where == facts::subject(both[1].key));
    CHECK(desk.kept("Xã Phó Bảng") == "submitted 1: 12 360 6 1 0 -");
    CHECK(desk.duty("Xã Phó Bảng") == "claimed done");
    CHECK(desk.office.differences() == 0);
}

TEST_CASE("reporting: a correction of a verified report is verified anew")
{
    Desk desk;
    desk.send("Xã Phó Bảng", usual);
    desk.decide_on("Xã Phó Bảng", 1, Decision::verify);
    CHECK(desk.send("Xã Phó Bảng", with(usual, "T", "300")) == "corrected 2");
    CHECK(desk.kept("Xã Phó Bảng") == "submitted 2: 12 300 6 1 0 -");
    CHECK(desk.duty("Xã Phó Bảng") == "claimed done");
    CHECK(desk.decide_on("Xã Phó Bảng", 2, Decision::verify) == "done");
    CHECK(desk.duty("Xã Phó Bảng") == "evidenced done");
}

TEST_CASE("reporting: comments at cells are kept with the version that they explain")
{
    Desk desk;
    Submission submission = desk.report("Xã Phó Bảng", usual);
    submission.cells[0].comment = "tổ chức nhân dịp 19/8";
    CHECK(desk.send(submission) == "accepted 1");
    CHECK(desk.send("Xã Phó Bảng", with(usual, "T", "300")) == "corrected 2");
    desk.office.fresh.read([&](store::Connection& connection) {
        const auto comments = SubmissionStore::comments(connection, desk.key("Xã Phó Bảng"), 1);
        REQUIRE(comments.size() == 1);
        CHECK(comments[0].first == "S");
        CHECK(comments[0].second == "tổ chức nhân dịp 19/8");
        CHECK(SubmissionStore::comments(connection, desk.key("Xã Phó Bảng"), 2).empty());
    });
}

TEST_CASE("reporting: a draft waits as it was typed, for its own typist, until the report is sent")
{
    Desk desk;
    const facts::FactKey key = desk.key("Xã Phó Bảng");
    const auto waiting = [&](UserId who) {
        std::optional<Draft> found;
        desk.office.fresh.read(
            [&](store::Connection& connection) { found = SubmissionStore::draft(connection, key, who); });
        return found;
    };
    Draft draft{key, officer, {{"S", "12"}, {"T", "ba trăm"}, {"P", ""}}, 0, {}};
    desk.office.fresh.write([&](store::WriteContext& context) { SubmissionStore::keep_draft(context, draft); });
    draft.cells[1].second = "360";
    desk.office.fresh.write([&](store::WriteContext& context) { SubmissionStore::keep_draft(context, draft); });
    REQUIRE(waiting(officer));
    CHECK(waiting(officer)->cells == draft.cells);
    CHECK_FALSE(waiting(centre));
    Submission sent = desk.report("Xã Phó Bảng", usual);
    sent.based_on = 0;
    CHECK(desk.send(sent) == "accepted 1");
    CHECK_FALSE(waiting(officer));
}

TEST_CASE("reporting: judging beforehand answers the findings and keeps nothing")
{
    Desk desk;
    CHECK(Desk::told(desk.reception.judge(desk.report("Xã Phó Bảng", with(usual, "T", "3")), desk.sender)) ==
          "refused 0: T rule");
    CHECK(desk.reception.judge(desk.report("Xã Phó Bảng", usual), desk.sender).findings.empty());
    CHECK(desk.kept("Xã Phó Bảng") == "nothing");
}
