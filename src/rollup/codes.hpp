// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <string_view>

namespace phoihop::rollup {

/// Finds codes in a list, of whose elements `code_of` is the code. They are mostly asked in the order of the list, so
/// the next place is tried first.
template <class List, class CodeOf>
class Codes {
public:
    Codes(const List& list, CodeOf code_of) : m_list(list), m_code_of(code_of) {}

    /// -1 where it is not in the list.
    [[nodiscard]] std::int32_t find(std::string_view code)
    {
        if (m_next < m_list.size() && std::invoke(m_code_of, m_list[m_next]) == code)
            return static_cast<std::int32_t>(m_next++);
        const auto found =
            std::ranges::find_if(m_list, [&](const auto& each) { return std::invoke(m_code_of, each) == code; });
        if (found == m_list.end()) return -1;
        m_next = static_cast<std::size_t>(found - m_list.begin()) + 1;
        return static_cast<std::int32_t>(m_next - 1);
    }

private:
    const List& m_list;
    CodeOf m_code_of;
    std::size_t m_next = 0;
};

}  // namespace phoihop::rollup
