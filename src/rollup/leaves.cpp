// SPDX-License-Identifier: Apache-2.0
#include "rollup/leaves.hpp"

#include <algorithm>

namespace phoihop::rollup {
namespace {

constexpr std::uint64_t bit_of(unsigned unit)
{
    return std::uint64_t{1} << unit;
}

void decode(std::span<const std::byte> content, facts::EncodedFact& fact)
{
    if (!facts::decode_into(content, fact)) fact = {};
}

}  // namespace

std::size_t LeafPage::bytes() const
{
    return sizeof(LeafPage) + m_heads.capacity() * sizeof(Head) + m_bytes.capacity() +
           (m_packed ? m_packed->bytes() : 0);
}

std::size_t LeafPage::rank(unsigned unit) const
{
    return static_cast<std::size_t>(std::popcount(m_loose & bits_below(unit)));
}

void LeafPage::count(unsigned unit, facts::FactState state)
{
    for (const auto measure : {Measure::received, Measure::verified}) {
        auto& mask = m_counted[static_cast<std::size_t>(measure)];
        mask = counts(state, measure) ? mask | bit_of(unit) : mask & ~bit_of(unit);
    }
}

std::int64_t LeafPage::version(unsigned unit) const
{
    return (m_loose & bit_of(unit)) != 0 ? m_heads[rank(unit)].version : m_packed->version(unit);
}

facts::FactState LeafPage::state(unsigned unit) const
{
    return (m_loose & bit_of(unit)) != 0 ? m_heads[rank(unit)].state : m_packed->state(unit);
}

void LeafPage::read(unsigned unit, PageReport& report) const
{
    if ((m_loose & bit_of(unit)) == 0) return m_packed->read(unit, report);
    const auto& head = m_heads[rank(unit)];
    report.version = head.version;
    report.state = head.state;
    decode(content(head), report.fact);
}

void LeafPage::set(unsigned unit, std::int64_t version, facts::FactState state, std::span<const std::byte> content)
{
    const auto at = static_cast<std::ptrdiff_t>(rank(unit));
    if ((m_loose & bit_of(unit)) == 0) m_heads.insert(m_heads.begin() + at, Head{});
    auto& head = m_heads[static_cast<std::size_t>(at)];
    const auto length = static_cast<std::uint32_t>(content.size());
    // A change of state alone, or figures of the same length, stay where they are. Former bytes are squeezed out,
    // so that a page never holds more than its current reports.
    if (head.length != 0 && head.length != length) {
        const auto begin = m_bytes.begin() + head.offset;
        m_bytes.erase(begin, begin + head.length);
        for (auto& other : m_heads)
            if (other.offset > head.offset) other.offset -= head.length;
    }
    if (head.length != length) {
        head.offset = static_cast<std::uint32_t>(m_bytes.size());
        head.length = length;
        m_bytes.resize(m_bytes.size() + length);
    }
    std::ranges::copy(content, m_bytes.begin() + head.offset);
    head.version = static_cast<std::uint32_t>(version);
    head.state = state;
    m_present |= bit_of(unit);
    m_loose |= bit_of(unit);
    m_unlike = false;
    count(unit, state);
}

void LeafPage::set_state(unsigned unit, facts::FactState state)
{
    if ((m_loose & bit_of(unit)) != 0) {
        m_heads[rank(unit)].state = state;
        return count(unit, state);
    }
    PageReport report;
    m_packed->read(unit, report);
    facts::FactVersion version;
    version.programme_version = report.fact.programme_version;
    version.nil = report.fact.nil;
    version.cells = std::move(report.fact.cells);
    set(unit, report.version, state, facts::encode(version));
}

void LeafPage::pack(std::vector<PageReport>& scratch)
{
    scratch.resize(page_units);
    m_unlike = true;
    for (auto left = m_present; left != 0; left &= left - 1) {
        const auto unit = static_cast<unsigned>(std::countr_zero(left));
        auto& report = scratch[unit];
        read(unit, report);
        // What cannot be read has to stay as it came.
        if (report.fact.cells.empty()) return;
    }
    auto packed = PackedPage::pack(m_present, scratch);
    if (!packed) return;
    m_packed = std::move(packed);
    m_unlike = false;
    m_loose = 0;
    // An empty list that is assigned would keep the memory.
    m_heads = std::vector<Head>();
    m_bytes = std::vector<std::byte>();
}

bool LeafBlock::has(UnitId unit) const
{
    return page_of(unit) != nullptr;
}

std::int64_t LeafBlock::version(UnitId unit) const
{
    const auto* found = page_of(unit);
    return found == nullptr ? 0 : found->version(bit(unit));
}

bool LeafBlock::read(UnitId unit, PageReport& report) const
{
    if (const auto* found = page_of(unit)) {
        found->read(bit(unit), report);
        return true;
    }
    report = {};
    return false;
}

LeafPage& LeafBlock::page_for(UnitId unit, std::uint64_t edition)
{
    const auto index = static_cast<std::size_t>(unit.value) / page_units;
    if (index >= m_pages.size()) m_pages.resize(index + 1);
    if (!m_pages[index]) {
        auto made = std::make_shared<LeafPage>();
        made->edition = edition;
        m_pages[index] = std::move(made);
    }
    return writable(m_pages[index], edition);
}

void LeafBlock::set(UnitId unit, std::int64_t version, facts::FactState state, std::span<const std::byte> content,
                    std::uint64_t edition)
{
    page_for(unit, edition).set(bit(unit), version, state, content);
}

void LeafBlock::set_state(UnitId unit, facts::FactState state, std::uint64_t edition)
{
    page_for(unit, edition).set_state(bit(unit), state);
}

std::size_t LeafBlock::pack(std::uint64_t edition, std::size_t most)
{
    std::vector<PageReport> scratch;
    std::size_t tried = 0;
    for (auto& page : m_pages) {
        if (tried == most) return tried;
        if (!page || !page->can_be_packed()) continue;
        writable(page, edition).pack(scratch);
        ++tried;
    }
    m_pages.shrink_to_fit();
    return tried;
}

bool LeafBlock::can_be_packed() const
{
    return std::ranges::any_of(m_pages, [](const auto& page) { return page && page->can_be_packed(); });
}

std::size_t LeafBlock::size() const
{
    std::size_t count = 0;
    for_each_page(
        [&](UnitId, const LeafPage& page) { count += static_cast<std::size_t>(std::popcount(page.present())); });
    return count;
}

std::size_t LeafBlock::bytes() const
{
    std::size_t sum = m_pages.capacity() * sizeof(m_pages[0]);
    for_each_page([&](UnitId, const LeafPage& page) { sum += page.bytes(); });
    return sum;
}

bool LeafBlock::any(Measure measure) const
{
    return std::ranges::any_of(m_pages, [&](const auto& page) { return page && page->counted(measure) != 0; });
}

bool LeafBlock::same_counted() const
{
    return std::ranges::all_of(m_pages, [](const auto& page) {
        return !page || page->counted(Measure::received) == page->counted(Measure::verified);
    });
}

}  // namespace phoihop::rollup
