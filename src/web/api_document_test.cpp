// SPDX-License-Identifier: Apache-2.0
#include "support/case_world.hpp"

#include <doctest/doctest.h>

#include <fstream>
#include <set>

using namespace phoihop;

namespace {

/// "GET /api/v1/units" for each operation of docs/api.yaml, told by the file's own layout: a path stands two blanks in
/// from the left under `paths:`, its methods four.
std::set<std::string> documented()
{
    std::ifstream file(PHOIHOP_SOURCE_DIR "/docs/api.yaml");
    std::set<std::string> all;
    std::string path;
    bool inside = false;
    for (std::string line; std::getline(file, line);) {
        if (!line.empty() && line.front() != ' ' && line.front() != '#') inside = line == "paths:";
        if (!inside || !line.ends_with(':')) continue;
        if (line.starts_with("  /")) path = line.substr(2, line.size() - 3);
        for (const char* method : {"get", "put", "post", "delete", "patch"})
            if (line == "    " + std::string(method) + ":") {
                std::string upper;
                for (const char* c = method; *c != '\0'; ++c) upper += static_cast<char>(*c - 'a' + 'A');
                all.insert(upper + " " + path);
            }
    }
    return all;
}

std::set<std::string> served()
{
    const test::CaseWorld world;
    std::set<std::string> all;
    for (const http::Route& route : world.router().routes())
        if (route.pattern().starts_with("/api/"))
            all.insert(std::string(http::word(route.method())) + " " + route.pattern());
    return all;
}

}  // namespace

TEST_CASE("web: docs/api.yaml describes every route, and none that there is not")
{
    const std::set<std::string> described = documented();
    const std::set<std::string> there = served();
    CHECK(there.size() > 20);
    for (const std::string& route : there) CHECK_MESSAGE(described.contains(route), route, " is not in docs/api.yaml");
    for (const std::string& route : described) CHECK_MESSAGE(there.contains(route), route, " does not exist");
}

TEST_CASE("web: every path outside the api is the desk's, and nothing under /api/ is")
{
    const test::CaseWorld world;
    for (const http::Route& route : world.router().routes())
        if (!route.pattern().starts_with("/api/"))
            CHECK_MESSAGE((route.pattern() == "/" || route.pattern() == "/{page...}"), route.pattern());
    http::Request request;
    request.target = "/api/v2/units";
    CHECK(world.exchange(request).status == 404);
}
