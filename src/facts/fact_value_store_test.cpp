// SPDX-License-Identifier: Apache-2.0
#include "facts/fact_store.hpp"

#include "support/store.hpp"

#include <doctest/doctest.h>

#include <limits>
#include <random>

using namespace phoihop;
using namespace phoihop::facts;

namespace {

Cells drawn_cells(std::mt19937_64& draw)
{
    static constexpr std::size_t sizes[] = {0, 1, 7, 8, 9, 60, 61, 300};
    Cells cells(sizes[draw() % std::size(sizes)]);
    for (auto& cell : cells) {
        switch (draw() % 6) {
            case 0: break;
            case 1: cell = static_cast<std::int64_t>(draw()); break;
            case 2: cell = std::numeric_limits<std::int64_t>::min() + static_cast<std::int64_t>(draw() % 2); break;
            case 3: cell = std::numeric_limits<std::int64_t>::max() - static_cast<std::int64_t>(draw() % 2); break;
            case 4: cell = static_cast<std::int64_t>(draw() % 129) - 64; break;
            default: cell = static_cast<std::int64_t>(draw() % 100'000);
        }
    }
    return cells;
}

}  // namespace

TEST_CASE("facts: the view of figures shows to SQL what decode reads from the bytes")
{
    test::FreshDatabase database;
    std::mt19937_64 draw(20150701);
    std::vector<FactVersion> kept;
    for (std::int64_t unit = 1; unit <= 60; ++unit) {
        FactVersion fact;
        fact.key = {ProgrammeId{1}, 2, PeriodId{17}, UnitId{unit}};
        fact.version = 1;
        fact.programme_version = static_cast<std::int64_t>(draw() % 100'000) + 1;
        fact.nil = unit % 3 == 0;
        fact.cells = drawn_cells(draw);
        kept.push_back(std::move(fact));
    }
    database.write([&](store::WriteContext& context) {
        for (const auto& fact : kept) FactStore::append(context, fact);
    });
    database.read([&](store::Connection& connection) {
        for (const auto& fact : kept) {
            Cells seen(fact.cells.size());
            connection.query(
                "select cell, value from fact_value"
                " where programme = ? and form = ? and period = ? and unit = ? and version = ?",
                {fact.key.programme.value, fact.key.form, fact.key.period.value, fact.key.unit.value, 1},
                [&](const store::Row& row) { seen.at(static_cast<std::size_t>(row.integer(0))) = row.integer(1); });
            CHECK(seen == fact.cells);
        }
    });
}
