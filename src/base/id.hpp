// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <cstdint>
#include <functional>

namespace phoihop {

/// A row's number in its table, of a type of its own so that a unit is never taken for a user.
/// 0 means "none yet".
template <class Tag>
struct Id {
    std::int64_t value = 0;

    [[nodiscard]] explicit operator bool() const { return value != 0; }
    friend auto operator<=>(const Id&, const Id&) = default;
};

using UnitId = Id<struct UnitTag>;
using UserId = Id<struct UserTag>;
using ProgrammeId = Id<struct ProgrammeTag>;
using PeriodId = Id<struct PeriodTag>;
using ObligationId = Id<struct ObligationTag>;
using FileId = Id<struct FileTag>;

}  // namespace phoihop

template <class Tag>
struct std::hash<phoihop::Id<Tag>> {
    std::size_t operator()(const phoihop::Id<Tag>& id) const noexcept { return std::hash<std::int64_t>{}(id.value); }
};
