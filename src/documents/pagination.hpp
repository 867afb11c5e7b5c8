// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

namespace phoihop::documents {

/// What pages are filled with: a line, a row of a table, a block that stays whole. Lengths in points.
struct Strip {
    double height = 0;
    double before = 0;            // room above; none at the top of a page
    bool keep_with_next = false;  // no page ends after it
    bool begins_page = false;
    std::optional<std::size_t> head = {};  // the strip that is printed again above it at the top of a page
};

struct PlacedStrip {
    std::size_t strip = 0;
    double top = 0;  // below the upper margin
};

using PlacedPage = std::vector<PlacedStrip>;

/// Fills pages of `page_height` with the strips in order. A page ends only where that is allowed; when what
/// must stay together is higher than a page, it is cut where the page ends, so that nothing is ever lost.
[[nodiscard]] std::vector<PlacedPage> paginate(const std::vector<Strip>& strips, double page_height);

}  // namespace phoihop::documents
