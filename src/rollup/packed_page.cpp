// SPDX-License-Identifier: Apache-2.0
#include "rollup/packed_page.hpp"

#include <algorithm>
#include <array>
#include <numeric>

namespace phoihop::rollup {
namespace {

constexpr std::size_t padding = 8;

void put_varint(std::vector<std::byte>& out, std::uint64_t value)
{
    for (; value >= 0x80; value >>= 7) out.push_back(static_cast<std::byte>((value & 0x7F) | 0x80));
    out.push_back(static_cast<std::byte>(value));
}

unsigned code_of_width(std::uint64_t largest)
{
    if (largest == 0) return 0;
    if (largest <= 0xFF) return 1;
    if (largest <= 0xFFFF) return 2;
    return largest <= 0xFFFF'FFFF ? 3 : 4;
}

}  // namespace

void PackedPage::put(std::uint64_t present, std::span<const std::int64_t> figures, std::vector<std::byte>& out) const
{
    if (figures.empty()) return out.push_back(static_cast<std::byte>(empty));
    const std::int64_t base = *std::ranges::min_element(figures);
    std::uint64_t divisor = 0;
    std::uint64_t largest = 0;
    const auto above = [&](std::int64_t figure) {
        return static_cast<std::uint64_t>(figure) - static_cast<std::uint64_t>(base);
    };
    for (const auto figure : figures) {
        if (divisor != 1) divisor = std::gcd(divisor, above(figure));
        largest = std::max(largest, above(figure));
    }
    // A divisor costs bytes itself and a multiplication, so it has to make the steps shorter.
    if (divisor < 2 || code_of_width(largest / divisor) == code_of_width(largest)) divisor = 1;
    const unsigned width_code = code_of_width(largest / divisor);
    const unsigned width = width_of_code[width_code];
    out.push_back(static_cast<std::byte>(width_code | (present == m_present ? 0 : own_bitmap) |
                                         (divisor == 1 ? 0 : has_divisor)));
    const auto put_raw = [&](std::uint64_t value, unsigned count) {
        const auto at = out.size();
        out.resize(at + count);
        std::memcpy(out.data() + at, &value, count);
    };
    static_assert(std::endian::native == std::endian::little);
    if (present != m_present) put_raw(present, 8);
    put_varint(out, (static_cast<std::uint64_t>(base) << 1) ^ static_cast<std::uint64_t>(base >> 63));
    if (divisor != 1) put_varint(out, divisor);
    if (width == 0) return;
    for (const auto figure : figures) put_raw(above(figure) / divisor, width);
}

std::shared_ptr<const PackedPage> PackedPage::pack(std::uint64_t present, std::span<const PageReport> reports)
{
    if (present == 0) return nullptr;
    const auto& first = reports[static_cast<std::size_t>(std::countr_zero(present))].fact;
    auto page = std::make_shared<PackedPage>();
    page->m_present = present;
    page->m_programme_version = first.programme_version;
    page->m_cells = static_cast<std::uint32_t>(first.cells.size());

    std::array<std::int64_t, page_units> figures{};
    const auto put_all = [&](const auto& value_of) {
        std::uint64_t filled = 0;
        std::size_t count = 0;
        for (auto left = present; left != 0; left &= left - 1) {
            const auto unit = static_cast<unsigned>(std::countr_zero(left));
            const std::optional<std::int64_t> value = value_of(unit);
            if (!value) continue;
            filled |= std::uint64_t{1} << unit;
            figures[count++] = *value;
        }
        page->put(filled, std::span(figures).first(count), page->m_own);
    };
    for (auto left = present; left != 0; left &= left - 1) {
        const auto unit = static_cast<unsigned>(std::countr_zero(left));
        const auto& fact = reports[unit].fact;
        if (fact.programme_version != first.programme_version || fact.cells.size() != first.cells.size())
            return nullptr;
        if (fact.nil) page->m_nil |= std::uint64_t{1} << unit;
    }
    page->m_own.reserve(first.cells.size() * page_units * 2);
    put_all([&](unsigned unit) { return std::optional(reports[unit].version); });
    put_all([&](unsigned unit) { return std::optional(static_cast<std::int64_t>(reports[unit].state)); });
    for (std::size_t cell = 0; cell < first.cells.size(); ++cell)
        put_all([&](unsigned unit) { return reports[unit].fact.cells[cell]; });
    page->m_own.resize(page->m_own.size() + padding);
    page->m_own.shrink_to_fit();
    page->m_bytes = page->m_own;
    return page;
}

PackedPage::Reader PackedPage::columns() const
{
    Reader reader(*this);
    static_cast<void>(reader.next());
    static_cast<void>(reader.next());
    return reader;
}

std::int64_t PackedPage::version(unsigned unit) const
{
    const auto column = Reader(*this).next();
    return column.figure(column.rank(unit));
}

facts::FactState PackedPage::state(unsigned unit) const
{
    Reader reader(*this);
    static_cast<void>(reader.next());
    const auto column = reader.next();
    return static_cast<facts::FactState>(column.figure(column.rank(unit)));
}

void PackedPage::read(unsigned unit, PageReport& report) const
{
    Reader reader(*this);
    const auto versions = reader.next();
    report.version = versions.figure(versions.rank(unit));
    const auto states = reader.next();
    report.state = static_cast<facts::FactState>(states.figure(states.rank(unit)));
    report.fact.programme_version = m_programme_version;
    report.fact.nil = (m_nil >> unit & 1) != 0;
    report.fact.cells.assign(m_cells, std::nullopt);
    for (auto& cell : report.fact.cells) {
        const auto column = reader.next();
        if ((column.present >> unit & 1) != 0) cell = column.figure(column.rank(unit));
    }
}

}  // namespace phoihop::rollup
