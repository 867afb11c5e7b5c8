// SPDX-License-Identifier: Apache-2.0
#include "rollup/block.hpp"

#include <algorithm>

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
    if (found.counts == nullptr) return {};
    const auto in_page = static_cast<std::size_t>(index % page_rows);
    return {found.sums + in_page * static_cast<std::size_t>(m_layout->slots),
            found.counts + in_page * m_layout->columns.size()};
}

SumBlock::PageView SumBlock::page(std::size_t index) const
{
    if (const auto& held = m_pages[index]) return view(held->bytes.data());
    const auto place = m_file ? m_file->places[index] : FilePages::none;
    return place == FilePages::none ? PageView{} : view(m_file->bytes + place * page_bytes());
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
        if (const auto kept = this->page(static_cast<std::size_t>(row / page_rows)); kept.counts != nullptr) {
            const auto* bytes = reinterpret_cast<const std::byte*>(kept.sums);
            made->bytes.assign(bytes, bytes + page_bytes());
        } else {
            made->bytes.resize(page_bytes());
        }
        page = std::move(made);
    }
    return writable(page, edition);
}

SumBlock::WritableRow SumBlock::write(std::int32_t index)
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
           std::equal(one.counts, one.counts + m_layout->columns.size(), two.counts);
}

std::size_t SumBlock::bytes() const
{
    std::size_t sum = sizeof(SumBlock) + m_pages.capacity() * sizeof(m_pages[0]);
    for (std::size_t index = 0; index < m_pages.size(); ++index)
        if (page(index).counts != nullptr) sum += (m_pages[index] ? sizeof(Page) : 0) + page_bytes();
    return sum;
}

void SumBlock::add(std::int32_t row, const Delta& delta)
{
    const auto to = write(row);
    for (const auto column : delta.m_touched) {
        const auto& place = m_layout->columns[static_cast<std::size_t>(column)];
        to.add(place.slot, place.wide, column, delta.m_sums[static_cast<std::size_t>(column)]);
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
