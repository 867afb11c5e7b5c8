// SPDX-License-Identifier: Apache-2.0
#include "units/trace.hpp"

#include "support/draw.hpp"

#include <doctest/doctest.h>

using namespace phoihop;
using namespace phoihop::units;
using phoihop::test::draw;
using phoihop::test::named;

namespace {

constexpr Date before = day(2025, 6, 30);
constexpr Date after = day(2025, 7, 1);

/// "Xã B: land full, people part; Xã C: …"
std::string traced(const std::shared_ptr<const Territory>& land, std::string_view name, Date from, Date to)
{
    std::string text;
    for (const Trace& trace : trace(*land, named(land, name), from, to)) {
        text += (text.empty() ? "" : "; ") + land->state_near(trace.unit, to).name;
        if (trace.same) continue;
        text += ": land " + std::string(word(trace.land)) + ", people " + std::string(word(trace.people)) +
                (trace.default_heir ? ", default" : "");
    }
    return text;
}

const auto twice_reformed = [] {
    return draw(R"(
        Việt Nam
          Hà Giang
            Xã A
            Xã B
            Xã C
            Xã D
            Xã E
            Xã F
            Xã G
            Xã H
        [2025-07-01] Xã A + Xã B -> Xã E
        [2025-07-01] Xã C -> Xã F default + Xã G
        [2026-07-01] Xã F + Xã G -> Xã H
    )");
};

}  // namespace

TEST_CASE("units: a merged unit is traced to what it became, and back to all that went into it")
{
    const auto land = twice_reformed();
    CHECK(traced(land, "Xã A", before, after) == "Xã E: land full, people full, default");
    CHECK(traced(land, "Xã E", after, before) ==
          "Xã A: land full, people full, default; Xã B: land full, people full, default");
}

TEST_CASE("units: a unit that goes on is traced to itself")
{
    const auto land = twice_reformed();
    CHECK(traced(land, "Xã D", before, after) == "Xã D");
    CHECK(traced(land, "Hà Giang", after, before) == "Hà Giang");
}

TEST_CASE("units: over two reforms the shares are those of the first unit")
{
    const auto land = twice_reformed();
    CHECK(traced(land, "Xã C", before, after) == "Xã F: land part, people full, default; Xã G: land part, people none");
    CHECK(traced(land, "Xã C", before, day(2026, 7, 1)) == "Xã H: land part, people full, default");
    CHECK(traced(land, "Xã H", day(2026, 7, 1), after) ==
          "Xã F: land full, people full, default; Xã G: land full, people full, default");
    CHECK(traced(land, "Xã H", day(2026, 7, 1), before) == "Xã C: land part, people full, default");
}

TEST_CASE("units: a unit of an abolished level became nothing")
{
    const auto land = draw(R"(
        Việt Nam
          Hà Giang
            Huyện Đồng Văn
              Xã Phố Bảng
              Thôn Một
        [2025-07-01] district ends
    )");
    CHECK(traced(land, "Huyện Đồng Văn", before, after).empty());
    CHECK(traced(land, "Xã Phố Bảng", before, after) == "Xã Phố Bảng");
}
