// SPDX-License-Identifier: Apache-2.0
#include "obligations/books.hpp"
#include "support/reporting_desk.hpp"
#include "support/stopper.hpp"

#include <doctest/doctest.h>

#include <random>
#include <thread>

using namespace phoihop;
using namespace phoihop::test;

namespace {

/// Five communes of which two become one after the quarter was opened; their open duties are passed on to it.
Land merging_communes()
{
    return draw(R"(
        Việt Nam
          Hà Giang
            Xã An
            Xã Bình
            Xã Công
            Xã Dân
            Xã An Bình (commune) [from 2015-05-20]
        [2015-05-20] Xã An + Xã Bình -> Xã An Bình
    )");
}

constexpr std::string_view senders[] = {"Xã An", "Xã Bình", "Xã An Bình", "Xã Công", "Xã Dân", "Hà Giang"};

struct MergedDesk : Desk {
    MergedDesk() : Desk(Instance::simulated, merging_communes())
    {
        office.sweep(day(2015, 5, 21));
        sender.today = day(2015, 5, 25);
    }

    std::vector<Submission> drawn(std::mt19937& draw, std::size_t count) const
    {
        std::vector<Submission> made;
        const auto one_of = [&](int n) { return static_cast<int>(draw() % static_cast<unsigned>(n)); };
        for (std::size_t i = 0; i < count; ++i) {
            const auto attendances = std::to_string(100 + one_of(3));
            Submission one = report(senders[draw() % std::size(senders)], with(usual, "T", attendances));
            if (one_of(5) == 0) one.client_id = "id-" + std::to_string(one_of(4));
            if (one_of(4) == 0) one.based_on = one_of(3);
            switch (one_of(6)) {
                case 0:
                    one.withdraw = true;
                    one.cells.clear();
                    break;
                case 1:
                    one.scope = Scope::patch;
                    one.cells.resize(2);
                    one.cells.front().comment = "đã kiểm tra";
                    break;
                default: break;
            }
            made.push_back(std::move(one));
        }
        return made;
    }

    /// Everything that reports leave, but for the journal.
    std::string all()
    {
        std::string text;
        office.fresh.read([&](store::Connection& connection) {
            const auto list = [&](std::string_view sql) {
                connection.query(sql, {}, [&](const store::Row& row) { text.append(row.text(0)).append("\n"); });
            };
            list("select 'fact ' || unit || ' ' || version || ' ' || state from fact_current order by unit");
            list(
                "select 'version ' || unit || ' ' || version || ' ' || cell || ' ' || value from fact_value"
                " order by unit, version, cell");
            list(
                "select 'event ' || unit || ' ' || number || ' ' || kind || ' ' || on_day || ' ' || version"
                " || ' ' || note from obligation_event order by unit, obligation, number");
            list(
                "select 'answer ' || client_id || ' ' || unit || ' ' || verdict || ' ' || version from"
                " submission_answer order by client_id");
            list(
                "select 'comment ' || unit || ' ' || version || ' ' || indicator from cell_comment order by unit,"
                " version, indicator");
        });
        return text;
    }
};

obligations::Books books_of(Desk& desk)
{
    obligations::Books found;
    desk.office.fresh.read([&](store::Connection& connection) { found = obligations::Books::load(connection); });
    return found;
}

obligations::Books frozen_before_merger()
{
    Desk early(Instance::simulated, merging_communes());
    return books_of(early);
}

/// Its office follows the register so far as it was before and after its communes merged, and takes every report for
/// the first one.
struct ForgetfulDesk : MergedDesk {
    ForgetfulDesk() : forgetful(around()) {}

    Reception::Surroundings around()
    {
        Reception::Surroundings around = surroundings(Instance::simulated);
        around.first_reports = [this](std::span<FirstReport> reports) {
            for (FirstReport& one : reports) {
                one.duty = books.found({one.key.programme, one.key.period, one.form, one.key.unit});
                taken_for_first += one.duty ? 1 : 0;
            }
        };
        return around;
    }

    obligations::Books books;
    Reception forgetful;
    int taken_for_first = 0;
};

}  // namespace

TEST_CASE("reporting: whoever has not followed keeps reports as if the database had been asked")
{
    for (unsigned seed = 1; seed <= 12; ++seed) {
        CAPTURE(seed);
        std::mt19937 draw(seed);
        MergedDesk asking;
        ForgetfulDesk forgetful;
        // As the register was frozen (before the merger) or as it is now: both without any report.
        forgetful.books = seed % 2 == 0 ? books_of(forgetful) : frozen_before_merger();
        const auto submissions = asking.drawn(draw, 40);
        std::vector<std::string> asked;
        std::vector<std::string> answers;
        for (const auto& submission : submissions) {
            asked.push_back(asking.send(submission));
            answers.push_back(Desk::told(forgetful.forgetful.submit(submission, forgetful.sender).value()));
        }
        CHECK(answers == asked);
        const auto more = asking.drawn(draw, 30);
        const auto send_all = [&](Reception& reception, const Sender& sender, std::vector<std::string>& told) {
            reception.submit_all(more, sender,
                                 [&](std::size_t, Outcome&& outcome) { told.push_back(Desk::told(outcome)); });
        };
        send_all(asking.reception, asking.sender, asked);
        send_all(forgetful.forgetful, forgetful.sender, answers);
        CHECK(answers == asked);
        CHECK(forgetful.all() == asking.all());
        CHECK(forgetful.office.differences() == 0);
        CHECK(forgetful.taken_for_first > 0);
    }
}

TEST_CASE("reporting: a first report of a followed duty is kept without reading what stands")
{
    ForgetfulDesk desk;
    desk.books = books_of(desk);
    CHECK(Desk::told(desk.forgetful.submit(desk.report("Xã Công", usual), desk.sender).value()) == "accepted 1 late");
    CHECK(desk.taken_for_first == 1);
    CHECK(desk.duty("Xã Công", day(2015, 5, 26)) == "claimed done_late");
    CHECK(desk.office.differences() == 0);
}

TEST_CASE("reporting: what comes together is kept as if it had come one after the other")
{
    for (unsigned seed = 1; seed <= 12; ++seed) {
        CAPTURE(seed);
        std::mt19937 draw(seed);
        MergedDesk one_by_one;
        MergedDesk together;
        const auto submissions = one_by_one.drawn(draw, 40);
        std::vector<std::string> alone;
        for (const auto& submission : submissions) alone.push_back(one_by_one.send(submission));
        std::vector<std::string> answers;
        together.reception.submit_all(submissions, together.sender,
                                      [&](std::size_t, Outcome&& outcome) { answers.push_back(Desk::told(outcome)); });
        CHECK(answers == alone);
        CHECK(together.all() == one_by_one.all());
        CHECK(together.office.differences() == 0);
    }
}

TEST_CASE("reporting: a batch of reports of ended units settles their heir once, and in order")
{
    MergedDesk desk;
    const std::vector<Submission> batch = {desk.report("Xã An", usual), desk.report("Xã Công", usual),
                                           desk.report("Xã Bình", usual)};
    std::vector<std::string> answers;
    desk.reception.submit_all(batch, desk.sender,
                              [&](std::size_t, Outcome&& outcome) { answers.push_back(Desk::told(outcome)); });
    CHECK(answers == std::vector<std::string>{"accepted 1 late", "accepted 1 late", "accepted 1 late"});
    CHECK(desk.duty("Xã An Bình", day(2015, 5, 26)) == "excused done");
    CHECK(desk.duty("Xã An", day(2015, 5, 26)) == "claimed done_late");
    CHECK(desk.office.differences() == 0);
}

TEST_CASE("reporting: a batch asks for its rows in one order, new ones first and then by key, however it was sent")
{
    Desk desk(Instance::simulated, merging_communes());
    REQUIRE(desk.send(desk.report("Xã Công", usual)) == "accepted 1");
    REQUIRE(desk.send(desk.report("Xã An", usual)) == "accepted 1");
    Submission withdrawn = desk.report("Xã Công", {});
    withdrawn.withdraw = true;
    const std::vector<Submission> batch = {withdrawn, desk.report("Xã Dân", usual),
                                           desk.report("Xã An", with(usual, "T", "300")),
                                           desk.report("Xã Bình", usual)};
    std::vector<std::string> answers;
    desk.reception.submit_all(batch, desk.sender,
                              [&](std::size_t, Outcome&& outcome) { answers.push_back(Desk::told(outcome)); });
    CHECK(answers == std::vector<std::string>{"withdrawn 1", "accepted 1", "corrected 2", "accepted 1"});
    std::vector<std::string> kept;
    desk.office.fresh.read([&](store::Connection& connection) {
        connection.query("select verb, subject from journal where subject like 'fact:%' order by sequence desc limit 4",
                         {}, [&](const store::Row& row) { kept.insert(kept.begin(), std::string(row.text(0))); });
    });
    // The order of their units: An, Bình, Công, Dân.
    CHECK(kept == std::vector<std::string>{"accepted", "accepted", "corrected", "withdrawn"});
}

TEST_CASE("reporting: officers who send at the same time share a commit and get their own answers")
{
    Desk desk(Instance::simulated, merging_communes());
    auto& writer = desk.office.fresh.writer();
    const std::vector<Submission> submissions = {desk.report("Xã An", usual), desk.report("Hà Giang", usual),
                                                 desk.report("Xã Công", usual),
                                                 desk.report("Xã Dân", with(usual, "T", "300"))};
    std::vector<std::string> answers(submissions.size());
    std::int64_t instants = 0;
    {
        std::vector<std::jthread> officers;
        const Stopper stopper(writer);
        for (std::size_t i = 0; i < submissions.size(); ++i)
            officers.emplace_back([&, i] { answers[i] = desk.send(submissions[i]); });
        stopper.wait_for_queue(submissions.size());
    }
    CHECK(answers == std::vector<std::string>{"accepted 1", "refused 0: not_owed", "accepted 1", "accepted 1"});
    desk.office.fresh.read([&](store::Connection& connection) {
        instants = connection.integer("select count(distinct at) from fact_version").value();
        CHECK_FALSE(store::first_broken_record(connection));
    });
    CHECK(instants == 1);
    CHECK(desk.office.differences() == 0);
}
