// SPDX-License-Identifier: Apache-2.0
#include "support/reporting_desk.hpp"

#include <doctest/doctest.h>

using namespace phoihop;
using namespace phoihop::test;

TEST_CASE("reporting: a decision moves the figures and the register together")
{
    Desk desk;
    desk.send("Xã Phó Bảng", usual);
    desk.send("Xã Phố Là", usual);
    CHECK(desk.decide_on("Xã Phó Bảng", 1, Decision::verify) == "done");
    CHECK(desk.kept("Xã Phó Bảng") == "verified 1: 12 360 6 1 0 -");
    CHECK(desk.duty("Xã Phó Bảng") == "evidenced done");
    CHECK(desk.decide_on("Xã Phó Bảng", 1, Decision::verify) == "wrong_state");
    CHECK(desk.decide_on("Xã Phố Là", 1, Decision::give_back, "") == "missing");
    CHECK(desk.decide_on("Xã Phố Là", 1, Decision::give_back) == "done");
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

TEST_CASE("reporting: each of many reports is decided on by itself, and what is refused leaves the others alone")
{
    Desk desk;
    desk.send("Xã Phó Bảng", usual);
    desk.send("Xã Phố Là", usual);
    desk.decide_on("Xã Phố Là", 1, Decision::verify);
    const std::vector<Decided> all = {{desk.key("Xã Phố Là"), 1},
                                      {desk.key("Hà Giang"), 1},
                                      {desk.key("Xã Phó Bảng"), 7},
                                      {desk.key("Xã Phó Bảng"), 1},
                                      {desk.key("Xã Phó Bảng"), 1}};
    const auto told = [&](Decision decision, const std::string& note) {
        std::string text;
        for (const auto& answer : decide_each(desk.office.fresh.writer(), *desk.office.programme, all, decision,
                                              {centre, day(2015, 4, 20), note}))
            text += (text.empty() ? "" : ", ") + (answer ? "done" : std::string(word(answer.error().code)));
        return text;
    };
    CHECK(told(Decision::verify, "") == "wrong_state, not_found, conflict, done, wrong_state");
    CHECK(desk.kept("Xã Phó Bảng") == "verified 1: 12 360 6 1 0 -");
    CHECK(desk.duty("Xã Phó Bảng") == "evidenced done");
    CHECK(told(Decision::unlock, "") == "missing, missing, missing, missing, missing");
    CHECK(told(Decision::lock, "") == "done, not_found, conflict, done, wrong_state");
    CHECK(desk.kept("Xã Phố Là") == "locked 1: 12 360 6 1 0 -");
    CHECK(desk.office.differences() == 0);
}

TEST_CASE("reporting: what is asked at cells is kept with the version that is given back, and is reason enough")
{
    Desk desk;
    desk.send("Xã Phó Bảng", usual);
    const auto decided = [&](Decision decision, CellComments comments) {
        const Decided one{desk.key("Xã Phó Bảng"), 1, std::move(comments)};
        const auto done = decide(desk.office.fresh.writer(), *desk.office.programme, std::span(&one, 1), decision,
                                 {centre, day(2015, 4, 20), ""});
        return done ? "done" : std::string(word(done.error().code)) + " " + done.error().where;
    };
    CHECK(decided(Decision::give_back, {}) == "missing note");
    CHECK(decided(Decision::give_back, {{"Q", "?"}}) == "unknown_name comments.Q");
    CHECK(decided(Decision::verify, {{"S", "?"}}) == "inconsistent comments");
    CHECK(decided(Decision::give_back, {{"S", "tăng gấp đôi?"}, {"T", "ít hơn S"}}) == "done");
    CHECK(desk.duty("Xã Phó Bảng") == "returned overdue");
    desk.office.fresh.read([&](store::Connection& connection) {
        const CellComments asked = {{"S", "tăng gấp đôi?"}, {"T", "ít hơn S"}};
        CHECK(SubmissionStore::return_comments(connection, desk.key("Xã Phó Bảng"), 1) == asked);
        CHECK(SubmissionStore::comments(connection, desk.key("Xã Phó Bảng"), 1).empty());
    });
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
