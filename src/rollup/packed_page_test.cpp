// SPDX-License-Identifier: Apache-2.0
#include "rollup/packed_page.hpp"
#include "rollup/leaves.hpp"

#include <doctest/doctest.h>

#include <limits>
#include <map>
#include <random>

using namespace phoihop;
using rollup::LeafBlock;
using rollup::Measure;
using rollup::PackedPage;
using rollup::PageReport;

namespace {

/// Figures of every size: none, one for all, small, in thousands, and the ends of 64 bits.
std::optional<std::int64_t> random_figure(std::mt19937_64& random, std::size_t kind)
{
    if (random() % 5 == 0) return std::nullopt;
    switch (kind % 7) {
        case 0: return std::nullopt;
        case 1: return 7;
        case 2: return static_cast<std::int64_t>(random() % 300) - 50;
        case 3: return static_cast<std::int64_t>(random() % 60'000) * 100'000;
        case 4: return static_cast<std::int64_t>(random() % 70'000) * 3 + 1;
        case 5: return static_cast<std::int64_t>(random());
        default:
            return random() % 2 == 0 ? std::numeric_limits<std::int64_t>::min()
                                     : std::numeric_limits<std::int64_t>::max();
    }
}

facts::FactVersion random_fact(std::mt19937_64& random, std::size_t cells)
{
    facts::FactVersion fact;
    fact.programme_version = 3;
    fact.nil = random() % 4 == 0;
    for (std::size_t cell = 0; cell < cells; ++cell) fact.cells.push_back(random_figure(random, cell));
    return fact;
}

facts::FactVersion version_of(const PageReport& report)
{
    facts::FactVersion fact;
    fact.programme_version = report.fact.programme_version;
    fact.nil = report.fact.nil;
    fact.cells = report.fact.cells;
    return fact;
}

constexpr std::array states{facts::FactState::submitted, facts::FactState::returned, facts::FactState::verified,
                            facts::FactState::locked, facts::FactState::withdrawn};

}  // namespace

TEST_CASE("rollup: packed reports come out as exactly the bytes that were accepted, whatever the figures")
{
    std::mt19937_64 random(7);
    for (std::size_t trial = 0; trial < 60; ++trial) {
        LeafBlock leaves;
        std::map<std::int64_t, std::pair<PageReport, std::vector<std::byte>>> held;
        const std::size_t cells = 1 + random() % 40;
        for (std::uint64_t edition = 1; edition <= 4; ++edition) {
            for (std::size_t i = 0; i < 100; ++i) {
                const UnitId unit{1 + static_cast<std::int64_t>(random() % 200)};
                const auto content = facts::encode(random_fact(random, cells));
                const auto version = static_cast<std::int64_t>(1 + random() % 70'000);
                const auto state = states[random() % states.size()];
                leaves.set(unit, version, state, content, edition);
                held[unit.value] = {{version, state, {}}, content};
                const UnitId other{held.begin()->first};
                const auto next = states[random() % states.size()];
                leaves.set_state(other, next, edition);
                held[other.value].first.state = next;
            }
            if (trial % 3 != 0) static_cast<void>(leaves.pack(edition, 100));
        }
        CHECK(leaves.size() == held.size());
        for (std::int64_t unit = 1; unit <= 260; ++unit) {
            PageReport report;
            const auto found = held.find(unit);
            CHECK(leaves.read(UnitId{unit}, report) == (found != held.end()));
            CHECK(leaves.has(UnitId{unit}) == (found != held.end()));
            if (found == held.end()) continue;
            const auto& [head, content] = found->second;
            CHECK(report.version == head.version);
            CHECK(leaves.version(UnitId{unit}) == head.version);
            CHECK(report.state == head.state);
            CHECK(facts::encode(version_of(report)) == content);
            for (const auto measure : {Measure::received, Measure::verified})
                CHECK(leaves.counted(UnitId{unit}, measure) == rollup::counts(head.state, measure));
        }
    }
}

TEST_CASE("rollup: a page of equal figures takes a byte or two for each cell")
{
    std::vector<PageReport> reports(64);
    for (auto& report : reports) report.fact.cells.assign(50, 1'000'000);
    const auto page = PackedPage::pack(~std::uint64_t{0}, reports);
    REQUIRE(page);
    CHECK(page->bytes() < 64 + 50 * 6 + 64);
}

TEST_CASE("rollup: reports of different versions of a programme are not packed together, and are read all the same")
{
    std::vector<PageReport> reports(64);
    reports[1].fact.programme_version = 2;
    CHECK(PackedPage::pack(3, reports) == nullptr);
    LeafBlock leaves;
    facts::FactVersion fact;
    fact.cells = {1, std::nullopt};
    leaves.set(UnitId{1}, 1, facts::FactState::submitted, facts::encode(fact), 1);
    fact.programme_version = 2;
    leaves.set(UnitId{2}, 1, facts::FactState::submitted, facts::encode(fact), 1);
    CHECK(leaves.can_be_packed());
    CHECK(leaves.pack(1, 10) == 1);
    CHECK_FALSE(leaves.can_be_packed());
    PageReport report;
    CHECK(leaves.read(UnitId{2}, report));
    CHECK(report.fact.programme_version == 2);
    CHECK(leaves.read(UnitId{1}, report));
    CHECK(report.fact.programme_version == 1);
}
