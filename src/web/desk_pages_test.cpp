// SPDX-License-Identifier: Apache-2.0
#include "web/desk_pages.hpp"

#include "support/folder.hpp"

#include <doctest/doctest.h>

#include <fstream>

using namespace phoihop;

TEST_CASE("web: the owner's logo is an SVG of at most 256 KiB, and anything else is said before the server starts")
{
    const test::Folder folder;
    const auto write = [&](const std::string& name, const std::string& content) {
        std::ofstream(folder.file(name), std::ios::binary) << content;
        return web::read_owner_logo(folder.file(name));
    };
    const std::string svg = "<svg xmlns=\"http://www.w3.org/2000/svg\"/>";
    CHECK(write("logo.svg", svg).value() == svg);
    CHECK(write("logo.png", "\x89PNG").error().code == ProblemCode::malformed);
    CHECK(write("large.svg", svg + std::string(256 * 1024, ' ')).error().code == ProblemCode::too_large);
    CHECK(web::read_owner_logo(folder.file("none.svg")).error().code == ProblemCode::not_found);
}
