// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/writer.hpp"
#include "units/outline.hpp"

#include <optional>

namespace phoihop::units {

/// Rows ↔ drawings. A change is journalled as a whole with verb "imported", subject "outline:<scheme>".
class OutlineStore {
public:
    [[nodiscard]] static std::optional<Drawing> read(store::Connection& connection, std::string_view scheme);
    /// Of all schemes, by code.
    [[nodiscard]] static std::vector<InnerPoint> points(store::Connection& connection);

    /// Writes it where it differs from what is stored; whether it did.
    static bool save(store::WriteContext& context, UserId actor, const Drawing& wanted);
};

}  // namespace phoihop::units
