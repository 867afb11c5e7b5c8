// SPDX-License-Identifier: Apache-2.0
#include "http/multipart.hpp"

#include <doctest/doctest.h>

using namespace phoihop;
using namespace phoihop::http;

namespace {

Request form(std::string body, std::string type = "multipart/form-data; boundary=\"X-y\"")
{
    Request request;
    request.method = Method::post;
    request.headers = {{"Content-Type", std::move(type)}};
    request.body = std::move(body);
    return request;
}

constexpr std::string_view two_parts =
    "--X-y\r\nContent-Disposition: form-data; name=\"number\"\r\n\r\n12/QĐ-BCĐ\r\n"
    "--X-y\r\ncontent-disposition: form-data; name=\"file\"; filename=\"C:\\tai lieu\\Quyết định.pdf\"\r\n"
    "Content-Type: text/html\r\n\r\n%PDF-1.7\r\n--X-\r\n\r\n--X-y--\r\n";

}  // namespace

TEST_CASE("multipart: texts and files come apart, and a file's name loses its folders")
{
    const Request request = form(std::string(two_parts));
    const auto parts = parse_multipart(request).value();
    REQUIRE(parts.size() == 2);
    CHECK(find_part(parts, "number").value().content == "12/QĐ-BCĐ");
    CHECK_FALSE(parts[0].is_file);
    const Part file = find_part(parts, "file").value();
    CHECK(file.is_file);
    CHECK(file.file_name == "Quyết định.pdf");
    CHECK(file.content == "%PDF-1.7\r\n--X-\r\n");
    CHECK(find_part(parts, "other").error().code == ProblemCode::missing);
}

TEST_CASE("multipart: whatever is cut off or put together wrongly is refused")
{
    for (std::size_t size = 0; size + 4 < two_parts.size(); ++size)
        CHECK_FALSE(parse_multipart(form(std::string(two_parts.substr(0, size)))).has_value());
    CHECK(parse_multipart(form("x", "application/json")).error().code == ProblemCode::wrong_type);
    CHECK_FALSE(parse_multipart(form(std::string(two_parts), "multipart/form-data")).has_value());
    CHECK_FALSE(
        parse_multipart(form("--X-y\r\nContent-Disposition: attachment; name=\"a\"\r\n\r\n1\r\n--X-y--")).has_value());
    CHECK_FALSE(parse_multipart(form("--X-y\r\nContent-Disposition: form-data\r\n\r\n1\r\n--X-y--")).has_value());
    CHECK_FALSE(parse_multipart(form("--X-y\r\nContent-Disposition: form-data; name=\"\xff\"\r\n\r\n1\r\n--X-y--"))
                    .has_value());
}

TEST_CASE("multipart: parts, texts and files have limits")
{
    const auto code = [](const MultipartLimits& limits) {
        const auto parts = parse_multipart(form(std::string(two_parts)), limits);
        return parts ? std::string("taken") : std::string(word(parts.error().code)) + " " + parts.error().where;
    };
    CHECK(code({}) == "taken");
    CHECK(code({.part_count_max = 1}) == "too_large body.parts");
    CHECK(code({.text_size_max = 5}) == "too_large number");
    CHECK(code({.file_size_max = 5}) == "too_large file");
    CHECK(code({.part_head_max = 20}) == "malformed body.part[0]");
}

TEST_CASE("multipart: parameters of a header are found with and without quotes")
{
    CHECK(header_parameter("a; b=c; D=\"e;f\"", "b") == "c");
    CHECK(header_parameter("a; b=c; D=\"e;f\"", "d") == "e;f");
    CHECK_FALSE(header_parameter("a; b; c=1", "b").has_value());
    CHECK(header_parameter("a; b; c=1", "c") == "1");
    CHECK_FALSE(header_parameter("a; b=\"c", "b").has_value());
}
