// SPDX-License-Identifier: Apache-2.0
#include "rollup/block.hpp"

#include <algorithm>
#include <ranges>

namespace phoihop::rollup {

void Delta::start(const FormLayout& layout)
{
    m_layout = &layout;
    m_sums.assign(layout.columns.size(), Sum{});
    m_is_touched.assign(layout.columns.size(), false);
    m_touched.clear();
    m_too_large.clear();
}

void Delta::take(const facts::EncodedFact& fact, int sign)
{
    const auto& columns = m_layout->columns_of(fact.programme_version);
    const auto cells = std::min(fact.cells.size(), columns.size());
    for (std::size_t cell = 0; cell < cells; ++cell) {
        if (!fact.cells[cell]) continue;
        const std::int64_t figure = *fact.cells[cell];
        const std::int32_t column = columns[cell];
        auto& sum = m_sums[static_cast<std::size_t>(column)];
        sum.value += sign * Int128{figure};
        sum.count += sign;
        if ((figure > narrow_figure_max || figure < -narrow_figure_max) &&
            !m_layout->columns[static_cast<std::size_t>(column)].wide)
            m_too_large.push_back(column);
        if (m_is_touched[static_cast<std::size_t>(column)]) continue;
        m_is_touched[static_cast<std::size_t>(column)] = true;
        m_touched.push_back(column);
    }
}

SumBlock::SumBlock(std::shared_ptr<const FormLayout> layout, std::size_t rows)
    : m_layout(std::move(layout)), m_pages((rows + page_rows - 1) / page_rows)
{
}

SumBlock::Row SumBlock::row(std::int32_t index) const
{
    const auto found = page(static_cast<std::size_t>(index / page_rows));
    if (found.sums == nullptr) return {};
    const auto in_page = static_cast<std::size_t>(index % page_rows);
    const auto before = in_page * m_layout->columns.size();
    return {found.sums + in_page * static_cast<std::size_t>(m_layout->slots),
            found.counts == nullptr ? nullptr : found.counts + before,
            found.short_counts == nullptr ? nullptr : found.short_counts + before};
}

bool SumBlock::may_shorten(const Page& page) const
{
    constexpr std::uint32_t most = 0xFF;
    if (page.is_short) return false;
    std::uint32_t all = 0;
    const auto* counts = view(page.bytes.data(), false).counts;
    for (std::size_t i = 0; i < page_counts(); ++i) all |= static_cast<std::uint32_t>(counts[i]);
    return all <= most;
}

void SumBlock::shorten(Page& page) const
{
    const auto sums = page_sums() * sizeof(std::uint64_t);
    std::vector<std::byte> bytes(sums + page_counts());
    std::copy_n(page.bytes.begin(), sums, bytes.begin());
    const auto* counts = view(page.bytes.data(), false).counts;
    std::transform(counts, counts + page_counts(), bytes.begin() + static_cast<std::ptrdiff_t>(sums),
                   [](std::int32_t count) { return static_cast<std::byte>(count); });
    page.bytes = std::move(bytes);
    page.is_short = true;
}

void SumBlock::widen(Page& page) const
{
    if (!page.is_short) return;
    const auto sums = page_sums() * sizeof(std::uint64_t);
    std::vector<std::byte> bytes(page_bytes());
    std::copy_n(page.bytes.begin(), sums, bytes.begin());
    std::copy_n(view(page.bytes.data(), true).short_counts, page_counts(),
                reinterpret_cast<std::int32_t*>(bytes.data() + sums));
    page.bytes = std::move(bytes);
    page.is_short = false;
}

void SumBlock::settle(std::int32_t upper_rows)
{
    for (auto& page : m_pages)
        if (page && may_shorten(*page)) shorten(writable(page, edition));
    keep_upper(upper_rows);
}

void SumBlock::keep_upper(std::int32_t upper_rows)
{
    const auto rows = static_cast<std::size_t>(upper_rows);
    const auto slots = static_cast<std::size_t>(m_layout->slots);
    auto made = std::make_shared<UpperRows>();
    made->edition = edition;
    made->rows = upper_rows;
    made->sums.assign(slots * rows, 0);
    made->counts.assign(m_layout->columns.size() * rows, 0);
    for (std::size_t index = 0; index < rows; ++index) {
        const auto from = row(static_cast<std::int32_t>(index));
        if (!from) continue;
        for (std::size_t slot = 0; slot < slots; ++slot) made->sums[slot * rows + index] = from.sums[slot];
        for (std::size_t column = 0; column < m_layout->columns.size(); ++column)
            made->counts[column * rows + index] = from.count(static_cast<std::int32_t>(column));
    }
    m_upper = std::move(made);
}

bool SumBlock::upper_is_right() const
{
    if (!m_upper) return true;
    auto anew = *this;
    anew.keep_upper(m_upper->rows);
    return anew.m_upper->sums == m_upper->sums && anew.m_upper->counts == m_upper->counts;
}

SumBlock::PageView SumBlock::page(std::size_t index) const
{
    if (const auto& held = m_pages[index]) return view(held->bytes.data(), held->is_short);
    const auto place = m_file ? m_file->places[index] : FilePages::none;
    return place == FilePages::none ? PageView{} : view(m_file->bytes + place * page_bytes(), false);
}

Sum SumBlock::at(std::int32_t row, std::int32_t column) const
{
    const auto found = this->row(row);
    const auto& place = m_layout->columns[static_cast<std::size_t>(column)];
    return found ? found.sum(place.slot, place.wide, column) : Sum{};
}

SumBlock::Page& SumBlock::page_for(std::int32_t row)
{
    auto& page = m_pages[static_cast<std::size_t>(row / page_rows)];
    if (!page) {
        auto made = std::make_shared<Page>();
        made->edition = edition;
        if (const auto kept = this->page(static_cast<std::size_t>(row / page_rows)); kept.sums != nullptr) {
            const auto* bytes = reinterpret_cast<const std::byte*>(kept.sums);
            made->bytes.assign(bytes, bytes + page_bytes());
        } else {
            made->bytes.resize(page_bytes());
        }
        page = std::move(made);
    }
    auto& found = writable(page, edition);
    widen(found);
    return found;
}

SumBlock::WritableRow SumBlock::write(std::int32_t index)
{
    if (m_upper && index < m_upper->rows) m_upper.reset();
    return row_for(index);
}

SumBlock::WritableRow SumBlock::row_for(std::int32_t index)
{
    auto* bytes = page_for(index).bytes.data();
    const auto in_page = static_cast<std::size_t>(index % page_rows);
    return {reinterpret_cast<std::uint64_t*>(bytes) + in_page * static_cast<std::size_t>(m_layout->slots),
            reinterpret_cast<std::int32_t*>(bytes + page_sums() * sizeof(std::uint64_t)) +
                in_page * m_layout->columns.size()};
}

bool SumBlock::same_row(const SumBlock& other, std::int32_t index) const
{
    const auto one = row(index);
    const auto two = other.row(index);
    if (!one && !two) return true;
    return one && two && std::equal(one.sums, one.sums + m_layout->slots, two.sums) &&
           std::ranges::all_of(std::views::iota(0, static_cast<std::int32_t>(m_layout->columns.size())),
                               [&](std::int32_t column) { return one.count(column) == two.count(column); });
}

std::size_t SumBlock::bytes() const
{
    std::size_t sum = sizeof(SumBlock) + m_pages.capacity() * sizeof(m_pages[0]);
    for (std::size_t index = 0; index < m_pages.size(); ++index)
        if (page(index).sums != nullptr)
            sum += m_pages[index] ? sizeof(Page) + m_pages[index]->bytes.capacity() : page_bytes();
    return sum + (m_upper ? m_upper->bytes() : 0);
}

void SumBlock::add(std::int32_t row, const Delta& delta)
{
    const auto to = row_for(row);
    for (const auto column : delta.m_touched) {
        const auto& place = m_layout->columns[static_cast<std::size_t>(column)];
        to.add(place.slot, place.wide, column, delta.m_sums[static_cast<std::size_t>(column)]);
    }
    if (!m_upper || row >= m_upper->rows) return;
    auto& upper = writable(m_upper, edition);
    const auto place_of = [&](std::int32_t line) {
        return static_cast<std::size_t>(line) * static_cast<std::size_t>(upper.rows) + static_cast<std::size_t>(row);
    };
    for (const auto column : delta.m_touched) {
        const auto& place = m_layout->columns[static_cast<std::size_t>(column)];
        upper.sums[place_of(place.slot)] = to.sums[place.slot];
        if (place.wide) upper.sums[place_of(place.slot + 1)] = to.sums[place.slot + 1];
        upper.counts[place_of(column)] = to.counts[column];
    }
}

void add_up(SumBlock& block, const MapRows& map, UnitId unit, const Delta& delta)
{
    const auto place = map.place(unit);
    if (place.undivided) block.add(map.undivided_row(place.node), delta);
    for (std::int32_t node = place.node; node >= 0; node = map.parent(node))
        if (const auto row = map.row_of(node); row >= 0) block.add(row, delta);
}

}  // namespace phoihop::rollup
