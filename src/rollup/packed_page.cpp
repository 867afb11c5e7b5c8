// SPDX-License-Identifier: Apache-2.0
#include "rollup/packed_page.hpp"

#include <algorithm>
#include <array>
#include <numeric>

namespace phoihop::rollup {
namespace {

unsigned width_of(std::uint64_t largest)
{
    return static_cast<unsigned>(std::bit_width(largest) + 7) / 8;
}

std::uint64_t divisor_of(std::span<const std::int64_t> figures, std::int64_t base)
{
    std::uint64_t divisor = 0;
    for (const auto figure : figures) {
        divisor = std::gcd(divisor, static_cast<std::uint64_t>(figure) - static_cast<std::uint64_t>(base));
        if (divisor == 1) break;
    }
    return std::max<std::uint64_t>(divisor, 1);
}

/// Base, divisor and width of the shortest steps; of equally short ones the ones that need the least of the others.
PackedPage::Column shortest(std::span<const std::int64_t> figures)
{
    const auto range = std::ranges::minmax(figures);
    PackedPage::Column best;
    best.width = 9;
    const auto consider = [&](std::int64_t base, std::uint64_t divisor) {
        const auto above = static_cast<std::uint64_t>(range.max) - static_cast<std::uint64_t>(base);
        const auto width = width_of(above / divisor);
        if (width >= best.width) return;
        best.base = base;
        best.divisor = divisor;
        best.width = width;
    };
    if (range.min >= 0) consider(0, 1);
    if (range.min >= 0 && best.width > 1) consider(0, divisor_of(figures, 0));
    consider(range.min, 1);
    if (best.width > 1) consider(range.min, divisor_of(figures, range.min));
    return best;
}

}  // namespace

/// Packs column by column, then writes the steps into the rows.
struct PackedPage::Packer {
    PackedPage& page;
    std::vector<Column> columns{};
    std::vector<std::int64_t> figures{};  // of all columns
    std::vector<std::byte> codes{};
    std::vector<std::byte> bitmaps{};
    std::vector<std::byte> numbers{};

    /// `figure_of(unit)` is an optional figure.
    template <class FigureOf>
    void take(const FigureOf& figure_of)
    {
        const auto first = figures.size();
        std::uint64_t filled = 0;
        for (auto left = page.m_present; left != 0; left &= left - 1) {
            const auto unit = static_cast<unsigned>(std::countr_zero(left));
            const std::optional<std::int64_t> figure = figure_of(unit);
            if (!figure) continue;
            filled |= std::uint64_t{1} << unit;
            figures.push_back(*figure);
        }
        if (filled == 0) {
            columns.emplace_back();
            return codes.push_back(static_cast<std::byte>(empty));
        }
        auto column = shortest(std::span(figures).subspan(first));
        column.present = filled;
        column.offset = page.m_row_bytes;
        page.m_row_bytes += column.width;
        unsigned code = column.width;
        if (filled != page.m_present) {
            code |= own_bitmap;
            const auto at = bitmaps.size();
            bitmaps.resize(at + sizeof filled);
            std::memcpy(bitmaps.data() + at, &filled, sizeof filled);
        }
        if (column.base != 0) {
            code |= has_base;
            put_varint(numbers, zigzag(column.base));
        }
        if (column.divisor != 1) {
            code |= has_divisor;
            put_varint(numbers, column.divisor);
        }
        codes.push_back(static_cast<std::byte>(code));
        columns.push_back(column);
    }

    void finish()
    {
        static_assert(std::endian::native == std::endian::little);
        page.m_numbers_at = static_cast<std::uint32_t>(codes.size() + bitmaps.size());
        page.m_rows_at = static_cast<std::uint32_t>(page.m_numbers_at + numbers.size());
        const auto rows = static_cast<std::size_t>(std::popcount(page.m_present));
        auto& out = page.m_own;
        out.reserve(page.m_rows_at + rows * page.m_row_bytes + padding);
        for (const auto* part : {&codes, &bitmaps, &numbers}) out.insert(out.end(), part->begin(), part->end());
        out.resize(page.m_rows_at + rows * page.m_row_bytes + padding);
        auto figure = figures.begin();
        for (const auto& column : columns) {
            for (auto left = column.present; left != 0; left &= left - 1, ++figure) {
                const auto above = static_cast<std::uint64_t>(*figure) - static_cast<std::uint64_t>(column.base);
                const auto step = column.divisor == 1 ? above : above / column.divisor;
                const std::size_t row = page.row_of(static_cast<unsigned>(std::countr_zero(left)));
                std::memcpy(out.data() + page.m_rows_at + row * page.m_row_bytes + column.offset, &step, column.width);
            }
        }
        page.m_bytes = out;
    }
};

std::shared_ptr<const PackedPage> PackedPage::pack(std::uint64_t present, std::span<const PageReport> reports)
{
    if (present == 0) return nullptr;
    const auto& first = reports[static_cast<std::size_t>(std::countr_zero(present))].fact;
    auto page = std::make_shared<PackedPage>();
    page->m_present = present;
    page->m_programme_version = first.programme_version;
    page->m_cells = static_cast<std::uint32_t>(first.cells.size());
    for (auto left = present; left != 0; left &= left - 1) {
        const auto unit = static_cast<unsigned>(std::countr_zero(left));
        const auto& fact = reports[unit].fact;
        if (fact.programme_version != first.programme_version || fact.cells.size() != first.cells.size())
            return nullptr;
        if (fact.nil) page->m_nil |= std::uint64_t{1} << unit;
    }
    Packer packer{*page};
    packer.figures.reserve((first.cells.size() + heads) * page_units);
    packer.take([&](unsigned unit) { return std::optional(reports[unit].version); });
    packer.take([&](unsigned unit) { return std::optional(static_cast<std::int64_t>(reports[unit].state)); });
    for (std::size_t cell = 0; cell < first.cells.size(); ++cell)
        packer.take([&](unsigned unit) { return reports[unit].fact.cells[cell]; });
    packer.finish();
    return page;
}

std::int64_t PackedPage::version(unsigned unit) const
{
    return Reader(*this).next().figure(row(row_of(unit)));
}

facts::FactState PackedPage::state(unsigned unit) const
{
    Reader reader(*this);
    static_cast<void>(reader.next());
    return static_cast<facts::FactState>(reader.next().figure(row(row_of(unit))));
}

void PackedPage::read(unsigned unit, PageReport& report) const
{
    Reader reader(*this);
    const auto* row = this->row(row_of(unit));
    report.version = reader.next().figure(row);
    report.state = static_cast<facts::FactState>(reader.next().figure(row));
    report.fact.programme_version = m_programme_version;
    report.fact.nil = (m_nil >> unit & 1) != 0;
    report.fact.cells.assign(m_cells, std::nullopt);
    for (auto& cell : report.fact.cells) {
        const auto column = reader.next();
        if ((column.present >> unit & 1) != 0) cell = column.figure(row);
    }
}

}  // namespace phoihop::rollup
