// SPDX-License-Identifier: Apache-2.0
#include "rollup/page_sums.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <limits>
#include <random>

using namespace phoihop;
using rollup::PackedPage;
using rollup::PageReport;
using rollup::PageRun;
using rollup::Sum;

namespace {

constexpr std::int64_t past_narrow = rollup::narrow_figure_max + 1;

/// Figures of every width, of one sign and both, in whole thousands, all the same, and none.
std::optional<std::int64_t> random_figure(std::mt19937_64& random, std::uint64_t kind)
{
    const auto draw = random();
    if (kind > 0 && draw % 11 == 0) return std::nullopt;
    switch (kind % 12) {
        case 0: return static_cast<std::int64_t>(draw % 100);
        case 1: return static_cast<std::int64_t>(draw % 256);
        case 2: return static_cast<std::int64_t>(draw % 65'536);
        case 3: return static_cast<std::int64_t>(draw % 2'000'000) * 1000;
        case 4: return static_cast<std::int64_t>(draw % 400) - 200;
        case 5: return static_cast<std::int64_t>(draw % 2'000'000'000);
        case 6: return 7'000'000;
        case 7: return std::nullopt;
        case 8: return static_cast<std::int64_t>(draw >> 23) - (std::int64_t{1} << 40);
        case 9: return static_cast<std::int64_t>(draw % 3) * past_narrow;
        case 10: return static_cast<std::int64_t>(draw);
        default:
            return draw % 2 == 0 ? std::numeric_limits<std::int64_t>::min() : std::numeric_limits<std::int64_t>::max();
    }
}

/// A form of two versions: the second has the first one's cells from the last to the first, and one more.
std::shared_ptr<rollup::FormLayout> random_layout(std::mt19937_64& random, std::int32_t cells)
{
    auto layout = std::make_shared<rollup::FormLayout>();
    layout->versions = {{1, {}}, {2, {}}};
    for (std::int32_t column = 0; column <= cells; ++column) {
        layout->columns.push_back({"I" + std::to_string(column), random() % 4 == 0, 0});
        if (column < cells) layout->versions[0].columns.push_back(column);
        layout->versions[1].columns.push_back(cells - column);
    }
    layout->place_slots();
    return layout;
}

/// A page of random units, each cell's figures of one kind.
struct Drawn {
    std::uint64_t present = 0;
    std::vector<PageReport> reports{rollup::page_units};
    std::shared_ptr<const PackedPage> page;

    Drawn(std::mt19937_64& random, const rollup::FormLayout& layout)
    {
        const auto& version = layout.versions[random() % 2];
        present = random() | random() | std::uint64_t{1} << random() % 64;
        std::vector<std::uint64_t> kinds(version.columns.size());
        for (auto& kind : kinds) kind = random() % 3 == 0 ? random() % 12 : 0;
        for (auto& report : reports) {
            report.version = static_cast<std::int64_t>(random() % 300);
            report.fact.programme_version = version.programme_version;
            for (const auto kind : kinds) report.fact.cells.push_back(random_figure(random, kind));
        }
        page = PackedPage::pack(present, reports);
    }
};

/// Runs of the page's units into random rows; some units are in none.
std::vector<std::pair<PageRun, std::int32_t>> random_runs(std::mt19937_64& random, const PackedPage& page,
                                                          std::int32_t rows)
{
    std::vector<std::pair<PageRun, std::int32_t>> runs;
    for (unsigned unit = 0; unit < rollup::page_units;) {
        const auto end = std::min<unsigned>(unit + 1 + static_cast<unsigned>(random() % 30), rollup::page_units);
        PageRun run;
        run.units = page.present() & rollup::bits_below(end) & ~rollup::bits_below(unit);
        run.first = page.row_of(unit);
        run.count = static_cast<unsigned>(std::popcount(run.units));
        if (run.count != 0 && random() % 5 != 0)
            runs.emplace_back(run, static_cast<std::int32_t>(random()) & (rows - 1));
        unit = end;
    }
    return runs;
}

}  // namespace

TEST_CASE("rollup: pages are added to exactly the sums of their figures, whatever the figures and the form's versions")
{
    std::mt19937_64 random(11);
    constexpr std::int32_t rows = 16;
    std::size_t found_too_large = 0;
    for (int trial = 0; trial < 40; ++trial) {
        const auto layout = random_layout(random, static_cast<std::int32_t>(1 + random() % 150));
        const auto columns = layout->columns.size();
        rollup::SumBlock block(layout, rows);
        rollup::PageSums pages(*layout);
        std::vector<Sum> expected(rows * columns);
        std::vector<bool> too_large(columns);
        const auto take = [&](const Drawn& drawn, const PageRun& run, std::int32_t row) {
            const auto& version = layout->columns_of(drawn.page->programme_version());
            for (auto left = run.units; left != 0; left &= left - 1) {
                const auto& fact = drawn.reports[static_cast<std::size_t>(std::countr_zero(left))].fact;
                for (std::size_t cell = 0; cell < fact.cells.size(); ++cell) {
                    if (!fact.cells[cell]) continue;
                    const auto column = static_cast<std::size_t>(version[cell]);
                    expected[static_cast<std::size_t>(row) * columns + column] += Sum{*fact.cells[cell], 1};
                    if (!layout->columns[column].wide && (*fact.cells[cell] > rollup::narrow_figure_max ||
                                                          *fact.cells[cell] < -rollup::narrow_figure_max))
                        too_large[column] = true;
                }
            }
        };
        for (int each = 0; each < 6; ++each) {
            const Drawn drawn(random, *layout);
            REQUIRE(drawn.page);
            std::vector<PageRun> runs;
            for (auto [run, row] : random_runs(random, *drawn.page, rows)) {
                const auto undivided = random() % 6 == 0 ? (row + 1) % rows : -1;
                take(drawn, run, row);
                if (undivided >= 0) take(drawn, run, undivided);
                run.row = block.write(row);
                if (undivided >= 0) run.undivided = block.write(undivided);
                runs.push_back(run);
            }
            pages.add(*drawn.page, runs, nullptr);
        }
        for (std::size_t column = 0; column < columns; ++column) {
            const auto index = static_cast<std::int32_t>(column);
            const bool told = std::ranges::count(pages.too_large(), index) != 0;
            CHECK(told == too_large[column]);
            found_too_large += told ? 1 : 0;
            // A sum that has to be made wide and summed again may have any value.
            for (std::int32_t row = 0; row < rows && !told; ++row)
                CHECK(block.at(row, index) == expected[static_cast<std::size_t>(row) * columns + column]);
        }
    }
    CHECK(found_too_large > 10);
}

TEST_CASE("rollup: a page of 64 reports with the largest bytes does not overflow while its rows are added")
{
    auto layout = std::make_shared<rollup::FormLayout>();
    layout->versions = {{1, {0, 1, 2}}};
    layout->columns = {{"I0", false, 0}, {"I1", false, 0}, {"I2", true, 0}};
    layout->place_slots();
    constexpr std::array<std::int64_t, 3> largest{0xFF, 0xFFFF'FFFF, std::numeric_limits<std::int64_t>::max()};
    std::vector<PageReport> reports(rollup::page_units);
    for (std::size_t unit = 0; unit < reports.size(); ++unit) {
        reports[unit].fact.programme_version = 1;
        // One unit reports nothing but zeros, so that the others' figures are steps and not the base.
        for (const auto figure : largest) reports[unit].fact.cells.emplace_back(unit == 0 ? 0 : figure);
    }
    const auto page = PackedPage::pack(~std::uint64_t{0}, reports);
    REQUIRE(page);
    rollup::SumBlock block(layout, 1);
    rollup::PageSums pages(*layout);
    const std::array runs{PageRun{~std::uint64_t{0}, 0, 64, block.write(0), {}}};
    pages.add(*page, runs, page.get());
    for (std::int32_t column = 0; column < 3; ++column)
        CHECK(block.at(0, column) == Sum{Int128{63} * largest[static_cast<std::size_t>(column)], 64});
    CHECK(pages.too_large().empty());
}
