// SPDX-License-Identifier: Apache-2.0
#include "obligations/obligation.hpp"

#include <doctest/doctest.h>

#include <random>

using namespace phoihop;
using namespace phoihop::obligations;

namespace {

constexpr Date opens = day(2015, 4, 1);
constexpr Date due = day(2015, 4, 10);

constexpr Date april(unsigned day_of_month)
{
    return day(2015, 4, day_of_month);
}

Event event(EventKind kind, Date on)
{
    Event made;
    made.kind = kind;
    made.on = on;
    return made;
}

Obligation first_quarter_report()
{
    Obligation made;
    made.opens = opens;
    made.due = due;
    made.closes = day(2015, 6, 30);
    return made;
}

using Events = std::vector<Event>;

std::string standing(const Events& events, Date on)
{
    return std::string(word(progress(events, on))) + " " +
           std::string(word(timing(first_quarter_report(), events, on)));
}

}  // namespace

TEST_CASE("obligations: what nobody answered is not due before it opens, due up to its due day and overdue after it")
{
    CHECK(standing({}, opens - std::chrono::days{1}) == "open not_due");
    CHECK(standing({}, opens) == "open due");
    CHECK(standing({}, due) == "open due");
    CHECK(standing({}, due + std::chrono::days{1}) == "open overdue");
}

TEST_CASE("obligations: a claim on the due day is on time, the day after it is late")
{
    CHECK(standing({event(EventKind::claimed, due)}, april(30)) == "claimed done");
    CHECK(standing({event(EventKind::claimed, due + std::chrono::days{1})}, april(30)) == "claimed done_late");
}

TEST_CASE("obligations: an event dated later than the asked day has not happened yet")
{
    const Events events{event(EventKind::claimed, april(8)), event(EventKind::evidenced, april(20))};
    CHECK(standing(events, april(7)) == "open due");
    CHECK(standing(events, april(8)) == "claimed done");
    CHECK(standing(events, april(19)) == "claimed done");
    CHECK(standing(events, april(20)) == "evidenced done");
}

TEST_CASE("obligations: evidence after the due day does not make a timely claim late")
{
    CHECK(standing({event(EventKind::claimed, april(9)), event(EventKind::evidenced, april(25))}, april(30)) ==
          "evidenced done");
    CHECK(standing({event(EventKind::evidenced, april(25))}, april(30)) == "evidenced done_late");
}

TEST_CASE("obligations: a return takes the claim back, and the next claim counts by its own day")
{
    Events events{event(EventKind::claimed, april(5)), event(EventKind::returned, april(8))};
    CHECK(standing(events, april(7)) == "claimed done");
    CHECK(standing(events, april(9)) == "returned due");
    CHECK(standing(events, april(11)) == "returned overdue");
    events.push_back(event(EventKind::claimed, april(14)));
    CHECK(standing(events, april(12)) == "returned overdue");
    CHECK(standing(events, april(14)) == "claimed done_late");
    CHECK(standing(events, april(7)) == "claimed done");
}

TEST_CASE("obligations: a later version of a standing report keeps the day of the first one")
{
    CHECK(standing({event(EventKind::claimed, april(5)), event(EventKind::claimed, april(20))}, april(30)) ==
          "claimed done");
    CHECK(standing({event(EventKind::claimed, april(5)), event(EventKind::evidenced, april(6)),
                    event(EventKind::claimed, april(20))},
                   april(30)) == "claimed done");
}

TEST_CASE("obligations: a version that the centre dates back makes a late report timely")
{
    const Events events{event(EventKind::claimed, april(15)), event(EventKind::claimed, april(9))};
    CHECK(standing(events, april(30)) == "claimed done");
}

TEST_CASE("obligations: a claim dated back before a return still answers that return")
{
    const Events events{event(EventKind::claimed, april(5)), event(EventKind::returned, april(12)),
                        event(EventKind::claimed, april(10))};
    CHECK(standing(events, april(30)) == "claimed done");
}

TEST_CASE("obligations: a withdrawal and a reopening lead back to open")
{
    CHECK(standing({event(EventKind::claimed, april(5)), event(EventKind::withdrawn, april(6))}, april(7)) ==
          "open due");
    CHECK(standing({event(EventKind::evidenced, april(5)), event(EventKind::reopened, april(20))}, april(21)) ==
          "open overdue");
    CHECK(standing({event(EventKind::excused, april(5)), event(EventKind::reopened, april(6)),
                    event(EventKind::claimed, april(12))},
                   april(12)) == "claimed done_late");
}

TEST_CASE("obligations: what is excused or passed on is done and never late")
{
    CHECK(standing({event(EventKind::excused, april(25))}, april(24)) == "open overdue");
    CHECK(standing({event(EventKind::excused, april(25))}, april(25)) == "excused done");
    CHECK(standing({event(EventKind::passed_on, april(25))}, april(30)) == "passed_on done");
}

TEST_CASE("obligations: a report in the name of the ended unit settles what was passed on")
{
    CHECK(standing({event(EventKind::passed_on, april(25)), event(EventKind::claimed, april(9))}, april(30)) ==
          "claimed done");
}

TEST_CASE("obligations: events of one day count in the order in which they were written down")
{
    CHECK(standing({event(EventKind::claimed, april(9)), event(EventKind::returned, april(9))}, april(9)) ==
          "returned due");
    CHECK(standing({event(EventKind::returned, april(9)), event(EventKind::claimed, april(9))}, april(9)) ==
          "claimed done");
}

TEST_CASE("obligations: an obligation claimed before it opens is done")
{
    CHECK(standing({event(EventKind::claimed, opens - std::chrono::days{9})}, opens - std::chrono::days{5}) ==
          "claimed done");
}

TEST_CASE("obligations: what stood on a day stays so whatever is written down for later days")
{
    std::mt19937 random(20150401);
    for (int round = 0; round < 500; ++round) {
        Events events;
        const auto count = random() % 8;
        for (unsigned i = 0; i < count; ++i)
            events.push_back(
                event(static_cast<EventKind>(random() % 7), april(1 + static_cast<unsigned>(random() % 30))));
        const Date on = april(1 + static_cast<unsigned>(random() % 29));
        const std::string before = standing(events, on);
        Events more = events;
        for (int i = 0; i < 3; ++i)
            more.push_back(event(static_cast<EventKind>(random() % 7), on + std::chrono::days{1 + random() % 9}));
        CHECK(standing(more, on) == before);
    }
}

TEST_CASE("obligations: words and journal subjects lead back to what they name")
{
    for (int i = 0; i < 7; ++i) {
        const auto kind = static_cast<EventKind>(i);
        CHECK(event_kind_from_word(word(kind)) == kind);
    }
    CHECK_FALSE(event_kind_from_word("lost").has_value());
    CHECK(timing_from_word("done_late") == Timing::done_late);
    CHECK(subject(ObligationId{991}) == "obligation:991");
    CHECK(obligation_from_subject("obligation:991") == ObligationId{991});
    for (const char* text : {"obligation:", "obligation:0", "obligation:-1", "obligation:9x", "unit:991", ""})
        CHECK_FALSE_MESSAGE(obligation_from_subject(text).has_value(), text);
}
