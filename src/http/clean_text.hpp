// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"

#include <string>
#include <string_view>

namespace phoihop::http {

/// Text as it may enter the program: valid UTF-8 (no surrogates, no overlong forms), no control characters but
/// tab, line feed and carriage return, composed (NFC), so that "ệ" is one thing however it was typed. Refuses
/// with `malformed` at `where`.
[[nodiscard]] Result<std::string> clean_text(std::string_view raw, std::string_view where);

/// The byte at which `text` stops being valid UTF-8; `text.size()` when it never does.
[[nodiscard]] std::size_t valid_utf8_prefix(std::string_view text);

}  // namespace phoihop::http
