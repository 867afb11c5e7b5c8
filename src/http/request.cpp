// SPDX-License-Identifier: Apache-2.0
#include "http/request.hpp"

#include <algorithm>
#include <stdexcept>

namespace phoihop::http {
namespace {

constexpr Method all_methods[] = {Method::get,   Method::head,   Method::post,   Method::put,
                                  Method::patch, Method::remove, Method::options};

char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

}  // namespace

std::string_view word(Method method)
{
    switch (method) {
        case Method::get: return "GET";
        case Method::head: return "HEAD";
        case Method::post: return "POST";
        case Method::put: return "PUT";
        case Method::patch: return "PATCH";
        case Method::remove: return "DELETE";
        case Method::options: return "OPTIONS";
    }
    return "GET";
}

std::optional<Method> method_from_word(std::string_view text)
{
    for (const Method method : all_methods)
        if (word(method) == text) return method;
    return std::nullopt;
}

bool equal_ignoring_case(std::string_view left, std::string_view right)
{
    return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                      [](char a, char b) { return lower(a) == lower(b); });
}

std::string lower_ascii(std::string_view text)
{
    std::string out(text);
    for (char& c : out) c = lower(c);
    return out;
}

std::string_view trimmed(std::string_view text)
{
    const std::size_t first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

std::string_view Request::header(std::string_view name) const
{
    for (const Field& field : headers)
        if (equal_ignoring_case(field.name, name)) return field.value;
    return {};
}

std::size_t Request::header_count(std::string_view name) const
{
    return static_cast<std::size_t>(std::count_if(
        headers.begin(), headers.end(), [&](const Field& field) { return equal_ignoring_case(field.name, name); }));
}

std::optional<std::string> Request::query_value(std::string_view name) const
{
    for (const Field& field : query)
        if (field.name == name) return field.value;
    return std::nullopt;
}

std::string_view Request::query_text(std::string_view name) const
{
    for (const Field& field : query)
        if (field.name == name) return field.value;
    return {};
}

const std::string& Request::parameter(std::string_view name) const
{
    for (const Field& field : parameters)
        if (field.name == name) return field.value;
    throw std::logic_error("route " + route + " has no {" + std::string(name) + "}");
}

std::string_view Request::cookie(std::string_view name) const
{
    for (const Field& field : headers) {
        if (!equal_ignoring_case(field.name, "cookie")) continue;
        std::string_view rest = field.value;
        while (!rest.empty()) {
            const std::size_t end = rest.find(';');
            const std::string_view pair = trimmed(rest.substr(0, end));
            rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
            if (pair.starts_with(name) && pair.substr(name.size()).starts_with('='))
                return pair.substr(name.size() + 1);
        }
    }
    return {};
}

std::string Request::media_type() const
{
    const std::string_view type = header("content-type");
    return lower_ascii(trimmed(type.substr(0, type.find(';'))));
}

Result<std::vector<Field>> Request::form() const
{
    if (media_type() != "application/x-www-form-urlencoded")
        return refuse(ProblemCode::wrong_type, "body",
                      {{"expected", "application/x-www-form-urlencoded"}, {"found", media_type()}});
    return parse_form(body, "body");
}

bool Request::from_same_origin() const
{
    const std::string_view origin = header("origin");
    if (origin.empty()) {
        const std::string_view site = header("sec-fetch-site");
        return site.empty() || site == "same-origin" || site == "none";
    }
    const std::size_t scheme = origin.find("://");
    if (scheme == std::string_view::npos) return false;  // "null": a sandboxed or foreign page
    if (secure && origin.substr(0, scheme) != "https") return false;
    return equal_ignoring_case(origin.substr(scheme + 3), header("host"));
}

}  // namespace phoihop::http
