// SPDX-License-Identifier: Apache-2.0
#include "web/answer_cache.hpp"

#include <doctest/doctest.h>

using namespace phoihop;
using web::AnswerCache;
using web::AnswerVersion;

namespace {

std::shared_ptr<const http::Content> answer(std::size_t bytes)
{
    return std::make_shared<const http::Content>(std::string(bytes, 'x'), "application/json", "1");
}

}  // namespace

TEST_CASE("web: an answer is found by its question and version only")
{
    AnswerCache cache;
    const auto one = std::make_shared<const int>(1);
    const auto two = std::make_shared<const int>(2);
    const AnswerVersion first{one, 10, 1};
    cache.keep("a", first, answer(100));
    CHECK(cache.find("a", first) != nullptr);
    CHECK(cache.find("b", first) == nullptr);
    CHECK(cache.find("a", {two, 10, 1}) == nullptr);
    CHECK(cache.find("a", {one, 10, 2}) == nullptr);
    CHECK(cache.find("a", first) != nullptr);
}

TEST_CASE("web: a newer version lets all others go and an older one does not come back")
{
    AnswerCache cache;
    const auto one = std::make_shared<const int>(1);
    const auto two = std::make_shared<const int>(2);
    const AnswerVersion first{one, 10, 1};
    const AnswerVersion second{two, 11, 1};
    cache.keep("a", first, answer(100));
    cache.keep("b", second, answer(100));
    CHECK(cache.size() == 1);
    CHECK(cache.find("a", second) == nullptr);
    cache.keep("a", first, answer(100));  // somebody who was slow
    CHECK(cache.size() == 1);
    CHECK(cache.find("b", second) != nullptr);
}

TEST_CASE("web: a version that is gone is not mistaken for one that was made in its place")
{
    AnswerCache cache;
    auto snapshot = std::make_shared<const int>(1);
    cache.keep("a", {snapshot, 10, 1}, answer(100));
    for (int i = 0; i < 100; ++i) {
        snapshot = std::make_shared<const int>(i);
        CHECK(cache.find("a", {snapshot, 10, 1}) == nullptr);
    }
}

TEST_CASE("web: kept answers stay within their bytes and the one asked longest ago goes first")
{
    AnswerCache cache(16'000);
    const auto snapshot = std::make_shared<const int>(1);
    const AnswerVersion version{snapshot, 1, 1};
    for (int i = 0; i < 100; ++i) {
        cache.keep("k" + std::to_string(i), version, answer(500));
        CHECK(cache.bytes() <= 16'000);
        CHECK(cache.find("k0", version) != nullptr);
    }
    CHECK(cache.size() > 5);
    CHECK(cache.find("k1", version) == nullptr);
    CHECK(cache.find("k99", version) != nullptr);
    cache.keep("large", version, answer(2'000));
    CHECK(cache.find("large", version) == nullptr);
}
