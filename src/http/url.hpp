// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace phoihop::http {

/// A name and its value, in the order sent: a header, a query or form field, a parameter of a route.
struct Field {
    std::string name;
    std::string value;
    friend bool operator==(const Field&, const Field&) = default;
};

/// Undoes %XX and refuses a '%' without two hexadecimal digits; the result is clean text (clean_text.hpp).
[[nodiscard]] Result<std::string> percent_decode(std::string_view text, std::string_view where);

/// Everything but letters, digits and "-._~" becomes %XX: safe anywhere in an address.
[[nodiscard]] std::string percent_encode(std::string_view text);

/// "/a/%C4%91/" → {"a", "đ", ""}. The path starts with '/'. Segments "." and ".." are refused, so that no route
/// can be talked out of its folder.
[[nodiscard]] Result<std::vector<std::string>> path_segments(std::string_view path);

/// "a=1&b=x%20y" (also '+' for a blank), as in a query and in a form's body. At most `count_max` fields.
[[nodiscard]] Result<std::vector<Field>> parse_form(std::string_view text, std::string_view where,
                                                    std::size_t count_max = 1000);

}  // namespace phoihop::http
