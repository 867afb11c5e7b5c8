// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "facts/fact.hpp"
#include "rollup/block.hpp"

#include <array>
#include <memory>
#include <vector>

namespace phoihop::rollup {

/// The current report of a unit, encoded. Lives as long as the snapshot that it was read from.
struct Leaf {
    std::int64_t version = 0;
    facts::FactState state{};
    std::span<const std::byte> content;
};

/// The current reports of one form and period, by unit: what corrections are measured against, and what
/// explanations, single units and other maps are read from. Pages of 64 units, one run of bytes each, copied when
/// a later edition first writes to them.
class LeafBlock {
public:
    [[nodiscard]] std::optional<Leaf> find(UnitId unit) const;
    void set(UnitId unit, const Leaf& leaf, std::uint64_t edition);

    /// Calls `each(UnitId, const Leaf&)` in the order of unit ids.
    template <class Each>
    void for_each(const Each& each) const
    {
        for (std::size_t index = 0; index < m_pages.size(); ++index) {
            if (!m_pages[index]) continue;
            for (std::size_t i = 0; i < page_leaves; ++i)
                if (const auto& head = m_pages[index]->heads[i]; head.version != 0)
                    each(UnitId{static_cast<std::int64_t>(index * page_leaves + i)}, m_pages[index]->leaf(head));
        }
    }

    /// Gives back what the pages reserved while they grew.
    void shrink();

private:
    static constexpr std::size_t page_leaves = 64;
    struct Head {
        std::uint32_t version = 0;  // 0 = nothing was ever accepted
        std::uint32_t offset = 0;
        std::uint32_t length = 0;
        facts::FactState state{};
    };
    struct Page {
        std::uint64_t edition = 0;
        std::array<Head, page_leaves> heads{};
        std::vector<std::byte> bytes;

        [[nodiscard]] Leaf leaf(const Head& head) const
        {
            return {head.version, head.state, std::span(bytes).subspan(head.offset, head.length)};
        }
        void put(Head& head, const Leaf& leaf);
    };
    std::vector<std::shared_ptr<const Page>> m_pages;
};

}  // namespace phoihop::rollup
