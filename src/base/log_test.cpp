// SPDX-License-Identifier: Apache-2.0
#include "base/log.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace phoihop;

TEST_CASE("log: an event is one line of keys and values")
{
    CHECK(log::line(Instant{}, log::Level::info, "request", {{"status", "200"}, {"path", "/api/v1/units"}}) ==
          "1970-01-01T00:00:00.000Z level=info event=request status=200 path=/api/v1/units\n");
}

TEST_CASE("log: foreign text cannot forge a second line or a second key")
{
    CHECK(log::line(Instant{}, log::Level::warning, "x", {{"path", "/a\nlevel=info b=\"c\x1b"}}) ==
          "1970-01-01T00:00:00.000Z level=warning event=x path=\"/a\\x0alevel=info b=\\\"c\\x1b\"\n");
    CHECK(log::line(Instant{}, log::Level::error, "x", {{"v", ""}}) ==
          "1970-01-01T00:00:00.000Z level=error event=x v=\"\"\n");
}

TEST_CASE("log: a long value is cut")
{
    const std::string text = log::line(Instant{}, log::Level::info, "x", {{"v", std::string(2000, 'a')}});
    CHECK(text.size() < 600);
    CHECK(text.ends_with("aaa...\n"));
}
