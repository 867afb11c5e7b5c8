// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "documents/fonts.hpp"
#include "documents/page_text.hpp"

namespace phoihop::documents {

/// `text` broken with "\n" into as few lines as fit into `width` points, the lines as equally long as the words
/// allow: an office's name never leaves one word alone on its second line. Breaks that are there already stay.
[[nodiscard]] std::string balance(const Fonts& fonts, std::string_view text, double points, bool bold, double width);

/// Breaks the head, the summary, the titles of annexes and the signatures so; both writers print the result.
void balance_lines(PageText& page, const Fonts& fonts);

/// How long the longest line of a broken text is.
[[nodiscard]] double longest_line(const Fonts& fonts, std::string_view text, double points, bool bold);

}  // namespace phoihop::documents
