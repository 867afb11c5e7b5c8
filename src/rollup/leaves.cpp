// SPDX-License-Identifier: Apache-2.0
#include "rollup/leaves.hpp"

#include <algorithm>

namespace phoihop::rollup {

std::optional<Leaf> LeafBlock::find(UnitId unit) const
{
    const auto index = static_cast<std::size_t>(unit.value) / page_leaves;
    if (unit.value < 1 || index >= m_pages.size() || !m_pages[index]) return std::nullopt;
    const auto& head = m_pages[index]->heads[static_cast<std::size_t>(unit.value) % page_leaves];
    if (head.version == 0) return std::nullopt;
    return m_pages[index]->leaf(head);
}

void LeafBlock::Page::put(Head& head, const Leaf& leaf)
{
    const auto length = static_cast<std::uint32_t>(leaf.content.size());
    // A change of state alone, or figures of the same length, stay where they are.
    if (head.version == 0 || head.length != length) {
        // The former bytes are squeezed out, so that a page never holds more than its current reports.
        if (head.length != 0) {
            const auto begin = bytes.begin() + head.offset;
            bytes.erase(begin, begin + head.length);
            for (auto& other : heads)
                if (other.offset > head.offset) other.offset -= head.length;
        }
        head.offset = static_cast<std::uint32_t>(bytes.size());
        head.length = length;
        bytes.resize(bytes.size() + length);
    }
    std::ranges::copy(leaf.content, bytes.begin() + head.offset);
    head.version = static_cast<std::uint32_t>(leaf.version);
    head.state = leaf.state;
}

void LeafBlock::set(UnitId unit, const Leaf& leaf, std::uint64_t edition)
{
    const auto index = static_cast<std::size_t>(unit.value) / page_leaves;
    if (index >= m_pages.size()) m_pages.resize(index + 1);
    if (!m_pages[index]) {
        auto page = std::make_shared<Page>();
        page->edition = edition;
        m_pages[index] = std::move(page);
    }
    auto& page = writable(m_pages[index], edition);
    page.put(page.heads[static_cast<std::size_t>(unit.value) % page_leaves], leaf);
}

void LeafBlock::shrink()
{
    for (auto& page : m_pages)
        if (page) const_cast<Page&>(*page).bytes.shrink_to_fit();
}

}  // namespace phoihop::rollup
