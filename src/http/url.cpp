// SPDX-License-Identifier: Apache-2.0
#include "http/url.hpp"

#include "http/clean_text.hpp"

namespace phoihop::http {
namespace {

int hex_digit(char c)
{
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

Result<std::string> undo_escapes(std::string_view text, std::string_view where)
{
    if (text.find('%') == std::string_view::npos) return std::string(text);
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            out += text[i];
            continue;
        }
        const int high = i + 2 < text.size() ? hex_digit(text[i + 1]) : -1;
        const int low = i + 2 < text.size() ? hex_digit(text[i + 2]) : -1;
        if (high < 0 || low < 0)
            return refuse(ProblemCode::malformed, std::string(where),
                          {{"expected", "%XX"}, {"found", std::string(text.substr(i, 3))}});
        out += static_cast<char>(high * 16 + low);
        i += 2;
    }
    return out;
}

}  // namespace

Result<std::string> percent_decode(std::string_view text, std::string_view where)
{
    PHOIHOP_TRY(raw, undo_escapes(text, where));
    return clean_text(raw, where);
}

std::string percent_encode(std::string_view text)
{
    static constexpr char hex[] = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (letter || c == '-' || c == '.' || c == '_' || c == '~') {
            out += c;
            continue;
        }
        const auto byte = static_cast<unsigned char>(c);
        out += '%';
        out += hex[byte >> 4];
        out += hex[byte & 15];
    }
    return out;
}

Result<std::vector<std::string>> path_segments(std::string_view path)
{
    if (path.empty() || path.front() != '/')
        return refuse(ProblemCode::malformed, "path", {{"expected", "/…"}, {"found", std::string(path)}});
    std::vector<std::string> segments;
    for (std::size_t start = 1;;) {
        const std::size_t slash = path.find('/', start);
        const std::size_t end = slash == std::string_view::npos ? path.size() : slash;
        PHOIHOP_TRY(segment, percent_decode(path.substr(start, end - start), "path"));
        if (segment == "." || segment == "..")
            return refuse(ProblemCode::malformed, "path", {{"expected", "a name"}, {"found", segment}});
        segments.push_back(std::move(segment));
        if (slash == std::string_view::npos) return segments;
        start = slash + 1;
    }
}

Result<std::vector<Field>> parse_form(std::string_view text, std::string_view where, std::size_t count_max)
{
    std::vector<Field> fields;
    while (!text.empty()) {
        const std::size_t ampersand = text.find('&');
        std::string pair(text.substr(0, ampersand));
        text.remove_prefix(ampersand == std::string_view::npos ? text.size() : ampersand + 1);
        if (pair.empty()) continue;
        if (fields.size() == count_max)
            return refuse(ProblemCode::too_large, std::string(where),
                          {{"limit", std::to_string(count_max)}, {"what", "fields"}});
        for (char& c : pair)
            if (c == '+') c = ' ';
        const std::size_t equals = pair.find('=');
        const std::string_view whole = pair;
        PHOIHOP_TRY(name, percent_decode(whole.substr(0, equals), where));
        const std::string_view rest = equals == std::string::npos ? std::string_view() : whole.substr(equals + 1);
        auto value = percent_decode(rest, where);
        if (!value) {
            value.error().where = std::string(where) + "." + name;
            return tl::unexpected(std::move(value.error()));
        }
        fields.push_back({std::move(name), std::move(*value)});
    }
    return fields;
}

}  // namespace phoihop::http
