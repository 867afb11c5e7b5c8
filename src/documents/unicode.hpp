// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace phoihop::documents {

/// The byte at which `text` stops being valid UTF-8, or nothing.
[[nodiscard]] std::optional<std::size_t> first_bad_utf8(std::string_view text);

/// Brings text that a file carried into composed form (NFC): spreadsheets from other systems come
/// decomposed, and "ệ" must be found whichever way it was typed. The text must be valid UTF-8.
void compose(std::string& text);

/// How many characters (code points) `text` has: limits are counted in what people see, not in bytes.
[[nodiscard]] std::size_t count_characters(std::string_view text);

/// In capitals by the rules of Vietnamese, but for words that hold a digit or a slash: "09/CTr-BCA-MTTW" is a
/// document's sign and stays as it is.
[[nodiscard]] std::string upper_case(std::string_view text);

}  // namespace phoihop::documents
