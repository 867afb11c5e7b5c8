// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "http/request.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace phoihop::http {

struct MultipartLimits {
    std::size_t part_count_max = 50;
    std::size_t part_head_max = 4096;                ///< bytes of a part's headers
    std::size_t text_size_max = 64UL * 1024;         ///< of a part that is not a file
    std::size_t file_size_max = 20UL * 1024 * 1024;  ///< of one file
};

/// One part of a multipart/form-data body. `content` looks into the request's body and lives as long as that: a
/// file of 20 MB is not copied.
struct Part {
    std::string name;
    std::string file_name;  ///< as the sender calls it, without folders; "" when the part is not a file
    bool is_file = false;
    std::string_view content;
};

/// The parts of a form with files. `wrong_type` for other bodies; `malformed`, `too_large` with the part's name.
/// What kind of file it is, the sender does not say: `store::media_type_of` looks at the content.
[[nodiscard]] Result<std::vector<Part>> parse_multipart(const Request& request, const MultipartLimits& limits = {});

/// The first part of that name; `missing` otherwise.
[[nodiscard]] Result<Part> find_part(const std::vector<Part>& parts, std::string_view name);

/// The value of `name` in a header like `form-data; name="a"; filename="b"`, unquoted; nothing when absent.
[[nodiscard]] std::optional<std::string> header_parameter(std::string_view header, std::string_view name);

}  // namespace phoihop::http
