// SPDX-License-Identifier: Apache-2.0
#include "web/desk_pages.hpp"

#include "web/services.hpp"

#include <fstream>
#include <map>

namespace phoihop::web {

std::string_view media_type_of_name(std::string_view path)
{
    constexpr std::pair<std::string_view, std::string_view> types[] = {{".html", "text/html; charset=utf-8"},
                                                                       {".js", "text/javascript; charset=utf-8"},
                                                                       {".css", "text/css; charset=utf-8"},
                                                                       {".svg", "image/svg+xml"},
                                                                       {".woff2", "font/woff2"},
                                                                       {".png", "image/png"},
                                                                       {".json", "application/json"},
                                                                       {".webmanifest", "application/manifest+json"}};
    for (const auto& [ending, type] : types)
        if (path.ends_with(ending)) return type;
    return "application/octet-stream";
}

namespace {

using Kept = std::map<std::string, std::shared_ptr<const http::Content>, std::less<>>;

/// Paths are history routes of the desk unless they end in a file name.
bool names_a_file(std::string_view path)
{
    const std::size_t slash = path.rfind('/');
    return path.find('.', slash == std::string_view::npos ? 0 : slash) != std::string_view::npos;
}

http::Response send(const Kept& kept, const std::string& path)
{
    auto found = kept.find(path);
    if (found == kept.end() && !names_a_file(path)) found = kept.find("/index.html");
    if (found == kept.end()) return problem_answer({ProblemCode::not_found, {}, {{"what", path}}});
    http::Response answer = http::cached_answer(found->second);
    // Names under /assets carry a digest of their content; everything else is asked for anew.
    if (path.starts_with("/assets/"))
        return std::move(answer).with("Cache-Control", "public, max-age=31536000, immutable");
    return answer;
}

}  // namespace

void add_desk_pages(http::Router& router)
{
    const auto kept = std::make_shared<Kept>();
    for (const DeskFile& file : desk_files()) {
        const std::string etag = "desk-" + std::to_string(std::hash<std::string_view>{}(file.content));
        kept->emplace(file.path, std::make_shared<http::Content>(std::string(file.content),
                                                                 std::string(media_type_of_name(file.path)), etag));
    }
    router.get("/", [kept](const http::Request&) { return send(*kept, "/index.html"); });
    router.get("/{page...}", [kept](const http::Request& request) {
        if (request.path.starts_with("/api/"))
            return problem_answer({ProblemCode::not_found, {}, {{"what", request.path}}});
        return send(*kept, "/" + request.parameter("page"));
    });
}

Result<std::string> read_owner_logo(const std::string& path)
{
    constexpr std::size_t size_max = 256UL * 1024;
    std::ifstream file(path, std::ios::binary);
    if (!file) return refuse(ProblemCode::not_found, "--owner-logo", {{"what", "file " + path}});
    std::string svg(size_max + 1, '\0');
    file.read(svg.data(), static_cast<std::streamsize>(svg.size()));
    svg.resize(static_cast<std::size_t>(file.gcount()));
    if (svg.size() > size_max)
        return refuse(ProblemCode::too_large, "--owner-logo", {{"limit", std::to_string(size_max)}});
    if (svg.find("<svg") == std::string::npos)
        return refuse(ProblemCode::malformed, "--owner-logo", {{"expected", "SVG"}, {"found", path}});
    return svg;
}

void add_owner_logo(http::Router& router, std::string svg)
{
    const std::string etag = "owner-" + std::to_string(std::hash<std::string_view>{}(svg));
    const auto kept = std::make_shared<http::Content>(std::move(svg), "image/svg+xml", etag);
    router.get("/owner.svg", [kept](const http::Request&) { return http::cached_answer(kept); });
}

}  // namespace phoihop::web
