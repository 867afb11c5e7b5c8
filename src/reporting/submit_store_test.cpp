// SPDX-License-Identifier: Apache-2.0
#include "support/reporting_desk.hpp"

#include <doctest/doctest.h>

using namespace phoihop;
using namespace phoihop::test;

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
