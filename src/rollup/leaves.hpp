// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rollup/block.hpp"
#include "rollup/measure.hpp"
#include "rollup/packed_page.hpp"

#include <array>
#include <memory>
#include <vector>

namespace phoihop::rollup {

/// The current reports of 64 units with neighbouring ids. Packed, but for those that were written since: these are
/// loose, as they came, until the page is packed again.
class LeafPage {
public:
    std::uint64_t edition = 0;

    [[nodiscard]] std::uint64_t present() const { return m_present; }  ///< bits of the units with a report
    [[nodiscard]] std::uint64_t counted(Measure measure) const { return m_counted[static_cast<std::size_t>(measure)]; }
    [[nodiscard]] std::uint64_t loose() const { return m_loose; }
    [[nodiscard]] bool can_be_packed() const { return m_loose != 0 && !m_unlike; }
    [[nodiscard]] const PackedPage* packed() const { return m_packed.get(); }
    [[nodiscard]] std::size_t bytes() const;

    [[nodiscard]] std::int64_t version(unsigned unit) const;
    [[nodiscard]] facts::FactState state(unsigned unit) const;
    /// The unit's bit must be in `present`. Content that cannot be read is a report without cells.
    void read(unsigned unit, PageReport& report) const;

    void set(unsigned unit, std::int64_t version, facts::FactState state, std::span<const std::byte> content);
    void set_state(unsigned unit, facts::FactState state);
    /// Makes everything packed that can be; reports of different versions of a programme stay loose.
    void pack(std::vector<PageReport>& scratch);

private:
    friend class PeriodFormat;
    struct Head {
        std::uint32_t version = 0;
        std::uint32_t offset = 0;
        std::uint32_t length = 0;
        facts::FactState state{};
        std::array<std::byte, 3> unused{};  // what is written into a file is all told
    };
    [[nodiscard]] std::size_t rank(unsigned unit) const;
    [[nodiscard]] std::span<const std::byte> content(const Head& head) const
    {
        return std::span(m_bytes).subspan(head.offset, head.length);
    }
    void count(unsigned unit, facts::FactState state);

    std::uint64_t m_present = 0;
    std::array<std::uint64_t, measure_count> m_counted{};
    std::uint64_t m_loose = 0;
    bool m_unlike = false;           // its reports were found not to go together since the last one came
    std::vector<Head> m_heads;       // of the loose ones, in the order of units
    std::vector<std::byte> m_bytes;  // their contents
    std::shared_ptr<const PackedPage> m_packed;
};

/// The current reports of one form and period, by unit: what corrections are measured against, and what
/// explanations, single units and other maps are read from. Pages are copied when a later edition first writes to them.
class LeafBlock {
public:
    /// False when nothing was ever accepted of the unit.
    [[nodiscard]] bool has(UnitId unit) const;
    [[nodiscard]] bool counted(UnitId unit, Measure measure) const
    {
        const auto* found = page_of(unit);
        return found != nullptr && (found->counted(measure) >> bit(unit) & 1) != 0;
    }
    /// Bits of the units that count, of the 64 units whose ids divided by 64 are `index`.
    [[nodiscard]] std::uint64_t counted_of(std::size_t index, Measure measure) const
    {
        return index < m_pages.size() && m_pages[index] ? m_pages[index]->counted(measure) : 0;
    }
    [[nodiscard]] std::int64_t version(UnitId unit) const;  ///< 0 without a report
    /// The unit's report; false, and an empty report, when there is none.
    bool read(UnitId unit, PageReport& report) const;

    void set(UnitId unit, std::int64_t version, facts::FactState state, std::span<const std::byte> content,
             std::uint64_t edition);
    void set_state(UnitId unit, facts::FactState state, std::uint64_t edition);
    /// Packs the pages that have loose reports, at most `most`; how many were tried.
    std::size_t pack(std::uint64_t edition, std::size_t most);
    [[nodiscard]] bool can_be_packed() const;

    [[nodiscard]] std::size_t size() const;   ///< reports
    [[nodiscard]] std::size_t bytes() const;  ///< memory
    [[nodiscard]] bool any(Measure measure) const;
    [[nodiscard]] bool same_counted() const;  ///< both measures count the same reports

    /// Calls `each(UnitId of bit 0, const LeafPage&)` in the order of unit ids.
    template <class Each>
    void for_each_page(const Each& each) const
    {
        for (std::size_t index = 0; index < m_pages.size(); ++index)
            if (m_pages[index]) each(UnitId{static_cast<std::int64_t>(index * page_units)}, *m_pages[index]);
    }

    /// The same with the packed page that comes next, or null, as a third argument, so that the processor can fetch it
    /// meanwhile; what leads to the pages after it is being fetched.
    template <class Each>
    void for_each_page_ahead(const Each& each) const
    {
        const auto ahead = [&](std::size_t index) {
            return index < m_pages.size() && m_pages[index] ? m_pages[index].get() : nullptr;
        };
        for (std::size_t index = 0; index < m_pages.size(); ++index) {
            __builtin_prefetch(ahead(index + 3));
            if (const auto* page = ahead(index + 2)) __builtin_prefetch(page->packed());
            const auto* next = ahead(index + 1);
            if (m_pages[index])
                each(UnitId{static_cast<std::int64_t>(index * page_units)}, *m_pages[index],
                     next == nullptr ? nullptr : next->packed());
        }
    }

    /// The page that has a report of the unit, or null.
    [[nodiscard]] const LeafPage* page_of(UnitId unit) const
    {
        const auto index = static_cast<std::size_t>(unit.value) / page_units;
        if (unit.value < 1 || index >= m_pages.size() || !m_pages[index]) return nullptr;
        return (m_pages[index]->present() >> bit(unit) & 1) != 0 ? m_pages[index].get() : nullptr;
    }

private:
    friend class PeriodFormat;
    [[nodiscard]] LeafPage& page_for(UnitId unit, std::uint64_t edition);
    [[nodiscard]] static unsigned bit(UnitId unit) { return static_cast<unsigned>(unit.value % 64); }

    std::vector<std::shared_ptr<const LeafPage>> m_pages;
};

}  // namespace phoihop::rollup
