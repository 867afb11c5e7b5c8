// SPDX-License-Identifier: Apache-2.0
#include "rollup/page_sums.hpp"

#include <algorithm>

namespace phoihop::rollup {
namespace {

constexpr std::size_t block = PackedPage::padding;  // bytes that are added together
constexpr unsigned blocks_at_once = 4;
using Words [[gnu::vector_size(block)]] = std::uint16_t;

/// The sums of the rows' bytes, block by block. A word is two bytes; its sum overflows, but the sum of its upper bytes
/// fits, and so does what is left for the lower ones.
template <unsigned Blocks>
[[gnu::always_inline]] inline void sum_blocks(const std::byte* row, std::size_t row_bytes, unsigned count,
                                              std::uint16_t* sums)
{
    static_assert(std::endian::native == std::endian::little && page_units * 0xFF <= 0xFFFF);
    Words words[Blocks]{};
    Words upper[Blocks]{};
    for (; count > 0; --count, row += row_bytes)
        for (unsigned i = 0; i < Blocks; ++i) {
            Words two;
            std::memcpy(&two, row + i * block, sizeof two);
            words[i] += two;
            upper[i] += two >> 8;
        }
    for (unsigned i = 0; i < Blocks; ++i, sums += block) {
        const Words lower = words[i] - (upper[i] << 8);
        const Words halves[] = {
            __builtin_shufflevector(lower, upper[i], 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23),
            __builtin_shufflevector(lower, upper[i], 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31)};
        std::memcpy(sums, halves, sizeof halves);
    }
}

/// What a run is added with.
struct RunSums {
    std::span<const PageSums::Stretch> stretches;
    std::span<const PageSums::Scaled> scaled;
    std::span<const PageSums::Target> targets;
    std::span<const std::uint64_t> present;
    std::size_t width = 0;
    std::size_t row_bytes = 0;
    std::uint16_t* bytes = nullptr;
    std::uint64_t* sums = nullptr;
    std::int32_t* counts = nullptr;
};

[[gnu::always_inline]] inline void sum_rows(const RunSums& with, const std::byte* row, unsigned count)
{
    auto* bytes = with.bytes;
    for (auto left = (with.width + block - 1) / block; left > 0;) {
        const auto blocks = std::min<std::size_t>(left, blocks_at_once);
        switch (blocks) {
            case 1: sum_blocks<1>(row, with.row_bytes, count, bytes); break;
            case 2: sum_blocks<2>(row, with.row_bytes, count, bytes); break;
            case 3: sum_blocks<3>(row, with.row_bytes, count, bytes); break;
            default: sum_blocks<4>(row, with.row_bytes, count, bytes); break;
        }
        left -= blocks;
        row += blocks * block;
        bytes += blocks * block;
    }
}

/// Steps of `width` bytes out of the sums of their bytes.
[[gnu::always_inline]] inline void put_together(const RunSums& with)
{
    for (const auto& [cell, cells, at, width] : with.stretches) {
        auto* __restrict sums = with.sums + cell;
        const auto* __restrict bytes = with.bytes + at;
        const std::size_t count = cells;
        switch (width) {
            case 0: std::fill_n(sums, count, 0); break;
            case 1:
                for (std::size_t i = 0; i < count; ++i) sums[i] = bytes[i];
                break;
            case 2:
                for (std::size_t i = 0; i < count; ++i) sums[i] = bytes[2 * i] + (std::uint64_t{bytes[2 * i + 1]} << 8);
                break;
            case 3:
                for (std::size_t i = 0; i < count; ++i)
                    sums[i] =
                        bytes[3 * i] + (std::uint64_t{bytes[3 * i + 1]} << 8) + (std::uint64_t{bytes[3 * i + 2]} << 16);
                break;
            default:
                for (std::size_t i = 0; i < count; ++i, bytes += width) {
                    std::uint64_t sum = 0;
                    for (std::size_t b = width; b-- > 0;) sum = (sum << 8) + bytes[b];
                    sums[i] = sum;
                }
        }
    }
}

template <class Number>
[[gnu::always_inline]] inline void add_each(Number* __restrict to, const Number* __restrict from, std::size_t count)
{
    for (std::size_t i = 0; i < count; ++i) to[i] += from[i];
}

[[gnu::always_inline]] inline void add_run(const RunSums& with, const PageRun& run)
{
    put_together(with);
    for (std::size_t cell = 0; cell < with.present.size(); ++cell)
        with.counts[cell] = static_cast<std::int32_t>(__builtin_popcountll(with.present[cell] & run.units));
    for (const auto& [cell, base, divisor] : with.scaled)
        with.sums[cell] = with.sums[cell] * divisor +
                          static_cast<std::uint64_t>(base) * static_cast<std::uint64_t>(with.counts[cell]);
    for (const auto& row : {run.row, run.undivided}) {
        if (row.counts == nullptr) continue;
        for (const auto& [cell, count, column, slot] : with.targets) {
            add_each(row.sums + slot, with.sums + cell, count);
            add_each(row.counts + column, with.counts + cell, count);
        }
    }
}

[[gnu::always_inline]] inline void add_all(SumBlock::WritableRow to, SumBlock::Row from, std::size_t slots,
                                           std::size_t columns)
{
    add_each(to.sums, from.sums, slots);
    add_each(to.counts, from.counts, columns);
}

struct Loops {
    void (*rows)(const RunSums&, const std::byte*, unsigned);
    void (*run)(const RunSums&, const PageRun&);
    void (*all)(SumBlock::WritableRow, SumBlock::Row, std::size_t, std::size_t);
};

void rows_anywhere(const RunSums& with, const std::byte* row, unsigned count)
{
    sum_rows(with, row, count);
}
void run_anywhere(const RunSums& with, const PageRun& run)
{
    add_run(with, run);
}
void all_anywhere(SumBlock::WritableRow to, SumBlock::Row from, std::size_t slots, std::size_t columns)
{
    add_all(to, from, slots, columns);
}

#if defined(__x86_64__)
// The same loops for processors that have wider registers and an instruction that counts bits.
[[gnu::target("avx2,popcnt")]] void rows_avx2(const RunSums& with, const std::byte* row, unsigned count)
{
    sum_rows(with, row, count);
}
[[gnu::target("avx2,popcnt")]] void run_avx2(const RunSums& with, const PageRun& run)
{
    add_run(with, run);
}
[[gnu::target("avx2,popcnt")]] void all_avx2(SumBlock::WritableRow to, SumBlock::Row from, std::size_t slots,
                                             std::size_t columns)
{
    add_all(to, from, slots, columns);
}
#endif

const Loops& loops()
{
    static const Loops chosen = [] {
#if defined(__x86_64__)
        if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("popcnt"))
            return Loops{rows_avx2, run_avx2, all_avx2};
#endif
        return Loops{rows_anywhere, run_anywhere, all_anywhere};
    }();
    return chosen;
}

/// False where a figure of a narrow column may be past `narrow_figure_max`.
bool surely_small(const PackedPage::Column& column)
{
    constexpr std::int64_t half = narrow_figure_max / 2;
    return column.base <= half && column.base >= -narrow_figure_max && column.width <= 5 &&
           column.divisor <= std::uint64_t{half} >> (8 * column.width);
}

}  // namespace

void PageSums::find_targets(const PackedPage& page)
{
    const auto& columns = m_layout.columns_of(page.programme_version());
    const auto cells = std::min(page.cells(), columns.size());
    m_programme_version = page.programme_version();
    m_targets.clear();
    for (std::uint32_t cell = 0; cell < cells; ++cell) {
        const auto column = columns[cell];
        const auto& place = m_layout.columns[static_cast<std::size_t>(column)];
        if (place.wide) continue;
        const auto follows = [&](const Target& last) {
            const auto count = static_cast<std::int32_t>(last.count);
            return last.cell + last.count == cell && last.column + count == column && last.slot + count == place.slot;
        };
        if (m_targets.empty() || !follows(m_targets.back())) m_targets.push_back({cell, 0, column, place.slot});
        ++m_targets.back().count;
    }
    m_is_plain.resize(cells);
    m_present.resize(cells);
    m_sums.resize(cells);
    m_counts.resize(cells);
}

void PageSums::find_shape(const PackedPage& page)
{
    find_targets(page);
    const auto& columns = m_layout.columns_of(page.programme_version());
    m_shape.assign(page.shape().begin(), page.shape().end());
    m_stretches.clear();
    m_width = 0;
    auto reader = page.columns();
    for (std::uint32_t cell = 0; cell < m_present.size(); ++cell) {
        const auto figures = reader.next();
        if (cell == 0) m_offset = figures.offset;
        if (m_stretches.empty() || m_stretches.back().width != figures.width)
            m_stretches.push_back({cell, 0, m_width, figures.width});
        ++m_stretches.back().count;
        m_width += figures.width;
        m_is_plain[cell] = figures.base == 0 && figures.divisor == 1 && surely_small(figures) &&
                           !m_layout.columns[static_cast<std::size_t>(columns[cell])].wide;
    }
    if (m_bytes.size() < m_width + block) m_bytes.resize(m_width + block);
}

void PageSums::open(const PackedPage& page)
{
    if (page.programme_version() != m_programme_version || !page.has_shape(m_shape)) find_shape(page);
    const auto& columns = m_layout.columns_of(page.programme_version());
    m_scaled.clear();
    m_wide.clear();
    m_large.clear();
    auto reader = page.columns();
    for (std::uint32_t cell = 0; cell < m_present.size(); ++cell) {
        const auto figures = reader.next();
        m_present[cell] = figures.present;
        if (m_is_plain[cell]) continue;
        if (figures.base != 0 || figures.divisor != 1) m_scaled.push_back({cell, figures.base, figures.divisor});
        if (m_layout.columns[static_cast<std::size_t>(columns[cell])].wide)
            m_wide.push_back({figures, cell, columns[cell]});
        else if (!surely_small(figures))
            m_large.push_back({figures, cell, columns[cell]});
    }
}

void PageSums::add(const PackedPage& page, std::span<const PageRun> runs, const PackedPage* next)
{
    open(page);
    const RunSums with{.stretches = m_stretches,
                       .scaled = m_scaled,
                       .targets = m_targets,
                       .present = m_present,
                       .width = m_width,
                       .row_bytes = page.row_bytes(),
                       .bytes = m_bytes.data(),
                       .sums = m_sums.data(),
                       .counts = m_counts.data()};
    const auto& loop = loops();
    std::size_t part = 0;
    for (const auto& run : runs) {
        // Part by part, since a processor can wait for few lines of memory at once.
        if (next != nullptr) next->fetch(part++, runs.size());
        loop.rows(with, page.row(run.first) + m_offset, run.count);
        loop.run(with, run);
        for (const auto& wide : m_wide) add_wide(wide, run);
    }
    for (const auto& large : m_large) check(page, large, runs);
}

void PageSums::add_wide(const Single& wide, const PageRun& run)
{
    const auto& [figures, cell, column] = wide;
    Sum sum{0, m_counts[cell]};
    for (std::uint32_t b = figures.width; b-- > 0;)
        sum.value = (sum.value << 8) + m_bytes[figures.offset - m_offset + b];
    sum.value = sum.value * Int128{figures.divisor} + Int128{figures.base} * sum.count;
    for (const auto& row : {run.row, run.undivided})
        if (row.counts != nullptr) row.add(m_layout.columns[static_cast<std::size_t>(column)].slot, true, column, sum);
}

void PageSums::check(const PackedPage& page, const Single& large, std::span<const PageRun> runs)
{
    for (const auto& run : runs)
        for (auto left = run.units & large.figures.present; left != 0; left &= left - 1) {
            const auto figure =
                large.figures.figure(page.row(page.row_of(static_cast<unsigned>(std::countr_zero(left)))));
            if (figure > narrow_figure_max || figure < -narrow_figure_max) m_too_large.push_back(large.column);
        }
}

void PageSums::add_row(SumBlock::WritableRow to, SumBlock::Row from) const
{
    loops().all(to, from, static_cast<std::size_t>(m_layout.slots), m_layout.columns.size());
}

}  // namespace phoihop::rollup
