// SPDX-License-Identifier: Apache-2.0
#include "http/multipart.hpp"

#include "http/clean_text.hpp"

namespace phoihop::http {
namespace {

tl::unexpected<Problem> malformed(std::string where, std::string_view expected)
{
    return refuse(ProblemCode::malformed, std::move(where),
                  {{"expected", std::string(expected)}, {"found", "something else"}});
}

tl::unexpected<Problem> too_large(std::string where, std::size_t limit)
{
    return refuse(ProblemCode::too_large, std::move(where), {{"limit", std::to_string(limit)}});
}

/// Browsers of old sent whole paths, and a name like "../../x" must never become one.
std::string without_folders(const std::string& name)
{
    const std::size_t slash = name.find_last_of("/\\");
    return slash == std::string::npos ? name : name.substr(slash + 1);
}

/// The Content-Disposition among a part's header lines.
std::string_view disposition(std::string_view head)
{
    while (!head.empty()) {
        const std::size_t end = head.find("\r\n");
        const std::string_view line = head.substr(0, end);
        head.remove_prefix(end == std::string_view::npos ? head.size() : end + 2);
        const std::size_t colon = line.find(':');
        if (colon != std::string_view::npos && equal_ignoring_case(line.substr(0, colon), "content-disposition"))
            return trimmed(line.substr(colon + 1));
    }
    return {};
}

Result<Part> read_part(std::string_view text, const MultipartLimits& limits, std::size_t number)
{
    const std::string place = "body.part[" + std::to_string(number) + "]";
    const std::size_t head_end = text.substr(0, limits.part_head_max).find("\r\n\r\n");
    if (head_end == std::string_view::npos) return malformed(place, "headers and an empty line");
    const std::string_view header = disposition(text.substr(0, head_end));
    if (!equal_ignoring_case(header.substr(0, header.find(';')), "form-data"))
        return malformed(place, "Content-Disposition: form-data");
    const auto raw_name = header_parameter(header, "name");
    if (!raw_name) return malformed(place, "name=\"…\"");
    Part part;
    PHOIHOP_TRY(name, clean_text(*raw_name, place));
    part.name = name;
    if (const auto raw_file = header_parameter(header, "filename")) {
        PHOIHOP_TRY(file_name, clean_text(*raw_file, part.name));
        part.file_name = without_folders(file_name);
        part.is_file = true;
    }
    part.content = text.substr(head_end + 4);
    const std::size_t limit = part.is_file ? limits.file_size_max : limits.text_size_max;
    if (part.content.size() > limit) return too_large(part.name, limit);
    return part;
}

}  // namespace

std::optional<std::string> header_parameter(std::string_view header, std::string_view name)
{
    std::size_t at = header.find(';');
    while (at != std::string_view::npos && at < header.size()) {
        at = header.find_first_not_of("; \t", at);
        if (at == std::string_view::npos) break;
        const std::size_t equals = header.find_first_of("=;", at);
        if (equals == std::string_view::npos || header[equals] == ';') {
            at = equals;
            continue;
        }
        const std::string_view key = trimmed(header.substr(at, equals - at));
        std::string value;
        at = equals + 1;
        if (at < header.size() && header[at] == '"') {
            // Browsers escape only the quote, as %22; a backslash belongs to the name of a Windows file.
            const std::size_t close = header.find('"', at + 1);
            if (close == std::string_view::npos) return std::nullopt;
            value = header.substr(at + 1, close - at - 1);
            at = header.find(';', close);
        } else {
            const std::size_t end = header.find(';', at);
            value = trimmed(header.substr(at, end == std::string_view::npos ? end : end - at));
            at = end;
        }
        if (equal_ignoring_case(key, name)) return value;
    }
    return std::nullopt;
}

Result<std::vector<Part>> parse_multipart(const Request& request, const MultipartLimits& limits)
{
    if (request.media_type() != "multipart/form-data")
        return refuse(ProblemCode::wrong_type, "body",
                      {{"expected", "multipart/form-data"}, {"found", request.media_type()}});
    const auto boundary = header_parameter(request.header("content-type"), "boundary");
    if (!boundary || boundary->empty() || boundary->size() > 70) return malformed("content-type", "boundary=…");

    const std::string delimiter = "\r\n--" + *boundary;
    const std::string_view body = request.body;
    if (!body.starts_with(std::string_view(delimiter).substr(2))) return malformed("body", "--" + *boundary);
    std::vector<Part> parts;
    std::size_t at = delimiter.size() - 2;
    while (!body.substr(at).starts_with("--")) {
        if (!body.substr(at).starts_with("\r\n")) return malformed("body", "a line break after the boundary");
        const std::size_t end = body.find(delimiter, at);
        if (end == std::string_view::npos) return malformed("body", "--" + *boundary + "--");
        if (parts.size() == limits.part_count_max) return too_large("body.parts", limits.part_count_max);
        PHOIHOP_TRY(part, read_part(body.substr(at + 2, end - at - 2), limits, parts.size()));
        parts.push_back(std::move(part));
        at = end + delimiter.size();
    }
    return parts;
}

Result<Part> find_part(const std::vector<Part>& parts, std::string_view name)
{
    for (const Part& part : parts)
        if (part.name == name) return part;
    return refuse(ProblemCode::missing, std::string(name), {{"what", std::string(name)}});
}

}  // namespace phoihop::http
