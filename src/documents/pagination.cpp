// SPDX-License-Identifier: Apache-2.0
#include "documents/pagination.hpp"

namespace phoihop::documents {

namespace {

/// Where the page that begins with strip `first` ends, when strip `overflowing` no longer fits: after the last
/// strip that may end a page.
std::size_t page_end(const std::vector<Strip>& strips, std::size_t first, std::size_t overflowing)
{
    for (std::size_t end = overflowing; end > first; --end)
        if (!strips[end - 1].keep_with_next) return end;
    return overflowing;
}

}  // namespace

std::vector<PlacedPage> paginate(const std::vector<Strip>& strips, double page_height)
{
    constexpr double rounding = 0.01;
    std::vector<PlacedPage> pages;
    for (std::size_t next = 0; next < strips.size();) {
        PlacedPage page;
        double bottom = 0;
        const std::size_t first = next;
        if (const auto head = strips[first].head; head && *head < first) {
            page.push_back({*head, 0});
            bottom = strips[*head].height;
        }
        const std::size_t repeated = page.size();
        for (; next < strips.size(); ++next) {
            const Strip& strip = strips[next];
            if (strip.begins_page && next > first) break;
            const double top =
                page.empty() || (page.size() == repeated && repeated > 0) ? bottom : bottom + strip.before;
            if (next > first && top + strip.height > page_height + rounding) {
                next = page_end(strips, first, next);
                page.resize(repeated + next - first);
                break;
            }
            page.push_back({next, top});
            bottom = top + strip.height;
        }
        pages.push_back(std::move(page));
    }
    return pages;
}

}  // namespace phoihop::documents
