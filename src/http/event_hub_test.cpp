// SPDX-License-Identifier: Apache-2.0
#include "http/event_hub.hpp"

#include <doctest/doctest.h>

using namespace phoihop::http;

namespace {

const std::string hello = event_frame(0, "hello", "{}");

std::string changed(std::int64_t sequence)
{
    return event_frame(sequence, "changed", "{}");
}

}  // namespace

TEST_CASE("events: a listener hears its own topics and nothing else")
{
    EventHub hub;
    const auto police = hub.subscribe({"gaps:police", "all"}, 0);
    const auto front = hub.subscribe({"gaps:front"}, 0);
    hub.publish("gaps:police", 1, "changed", "{}");
    hub.publish("gaps:front", 2, "changed", "{}");
    hub.publish("all", 3, "changed", "{}");
    CHECK(police->take() == hello + changed(1) + changed(3));
    CHECK(front->take() == hello + changed(2));
    CHECK(front->take().empty());
    CHECK(hub.listener_count() == 3);  // police counts for both topics
}

TEST_CASE("events: the text of an event is what browsers read")
{
    CHECK(event_frame(12, "changed", R"({"unit":"vn34:00004"})") ==
          "id: 12\nevent: changed\ndata: {\"unit\":\"vn34:00004\"}\n\n");
}

TEST_CASE("events: a slow listener is told to read anew, and memory stays bounded")
{
    EventHub hub({.frames_max = 3});
    const auto slow = hub.subscribe({"a"}, 0);
    for (int i = 1; i <= 10; ++i) hub.publish("a", i, "changed", "{}");
    CHECK(slow->take() == event_frame(10, "reload", "{}"));
    hub.publish("a", 11, "changed", "{}");
    CHECK(slow->take() == changed(11));
}

TEST_CASE("events: who comes back gets what it missed, or is told to read anew")
{
    EventHub hub({.remembered_max = 3, .start = 100});
    for (int i = 101; i <= 105; ++i) hub.publish(i % 2 == 1 ? "odd" : "even", i, "changed", "{}");
    CHECK(hub.subscribe({"odd"}, 103)->take() == event_frame(103, "hello", "{}") + changed(105));
    CHECK(hub.subscribe({"odd", "even"}, 102)->take() ==
          event_frame(102, "hello", "{}") + changed(103) + changed(104) + changed(105));
    CHECK(hub.subscribe({"odd"}, 101)->take() == event_frame(105, "reload", "{}"));
    CHECK(hub.subscribe({"odd"}, 106)->take() == event_frame(105, "reload", "{}"));
    CHECK(hub.subscribe({"odd"}, 0)->take() == event_frame(105, "hello", "{}"));
}

TEST_CASE("events: after a restart the journal's sequence still tells whether something was missed")
{
    EventHub hub({.start = 100});
    CHECK(hub.subscribe({"a"}, 100)->take() == event_frame(100, "hello", "{}"));
    CHECK(hub.subscribe({"a"}, 99)->take() == event_frame(100, "reload", "{}"));
}

TEST_CASE("events: readiness is told once until the queue has been taken")
{
    EventHub hub;
    const auto listener = hub.subscribe({"a"}, 0);
    int calls = 0;
    listener->on_ready([&] { ++calls; });
    CHECK(calls == 1);  // the hello
    (void)listener->take();
    hub.publish("a", 1, "changed", "{}");
    hub.publish("a", 2, "changed", "{}");
    CHECK(calls == 2);
    hub.close();
    CHECK(calls == 3);
    CHECK(listener->is_closed());
    CHECK(hub.subscribe({"a"}, 0)->is_closed());
}

TEST_CASE("events: listeners who have gone are forgotten")
{
    EventHub hub;
    (void)hub.subscribe({"a"}, 0);
    CHECK(hub.listener_count() == 0);
    hub.publish("a", 1, "changed", "{}");
    const auto listener = hub.subscribe({"a"}, 0);
    CHECK(hub.listener_count() == 1);
}
