// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dispatch/report.hpp"

namespace phoihop::dispatch {

/// A composed document (its pages and passages, without the list of figures) as one canonical text: length, colon,
/// bytes, comma for every part, in a fixed order. Equal documents give equal texts.
[[nodiscard]] std::string content_text(const Composed& composed);

/// Reads what `content_text` wrote; throws StoreError for anything else, because only we write it.
[[nodiscard]] Composed read_content(std::string_view text);

[[nodiscard]] std::string edits_text(const Edits& edits);
[[nodiscard]] Edits read_edits(std::string_view text);

}  // namespace phoihop::dispatch
