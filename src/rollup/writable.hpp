// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>

namespace phoihop::rollup {

/// Everything below a snapshot's root is shared with older snapshots and copied when a newer edition first
/// writes to it. What bears the edition that is being made is not published yet and may be written in place.
template <class T>
[[nodiscard]] T& writable(std::shared_ptr<const T>& held, std::uint64_t edition)
{
    if (held->edition != edition) {
        auto copy = std::make_shared<T>(*held);
        copy->edition = edition;
        held = std::move(copy);
    }
    // Made as a T above or by the same edition, and no reader has seen it.
    return const_cast<T&>(*held);
}

}  // namespace phoihop::rollup
