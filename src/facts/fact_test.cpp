// SPDX-License-Identifier: Apache-2.0
#include "facts/fact.hpp"

#include <doctest/doctest.h>

#include <limits>
#include <random>

using namespace phoihop;
using namespace phoihop::facts;

namespace {

constexpr auto smallest = std::numeric_limits<std::int64_t>::min();
constexpr auto largest = std::numeric_limits<std::int64_t>::max();

FactVersion with_cells(Cells cells)
{
    FactVersion fact;
    fact.cells = std::move(cells);
    return fact;
}

FactVersion random_fact(std::mt19937_64& random)
{
    FactVersion fact;
    fact.programme_version = static_cast<std::int64_t>(random() % 300) + 1;
    fact.nil = random() % 5 == 0;
    fact.cells.resize(random() % 70);
    for (auto& cell : fact.cells)
        if (random() % 4 != 0) cell = static_cast<std::int64_t>(random()) >> (random() % 64);
    return fact;
}

std::vector<std::byte> bytes_of(std::initializer_list<int> values)
{
    std::vector<std::byte> bytes;
    for (const int value : values) bytes.push_back(static_cast<std::byte>(value));
    return bytes;
}

}  // namespace

TEST_CASE("facts: what is encoded comes back, empty cells and the ends of the range too")
{
    for (const auto& cells : {Cells{}, Cells{0}, Cells{std::nullopt}, Cells{smallest, largest, 0, -1, 1, std::nullopt},
                              Cells(9, std::nullopt), Cells(64, 7)}) {
        const auto fact = with_cells(cells);
        CHECK(decode(encode(fact)).value().cells == cells);
    }
}

TEST_CASE("facts: decode is the inverse of encode for drawn facts")
{
    std::mt19937_64 random(11);
    for (int i = 0; i < 2000; ++i) {
        const auto fact = random_fact(random);
        CHECK(decode(encode(fact)).value() == EncodedFact{fact.programme_version, fact.nil, fact.cells});
    }
}

TEST_CASE("facts: bytes that were damaged are refused or are another fact written in the one right way")
{
    std::mt19937_64 random(12);
    int refused = 0;
    for (int i = 0; i < 20000; ++i) {
        auto bytes = encode(random_fact(random));
        const int changes = 1 + static_cast<int>(random() % 3);
        for (int change = 0; change < changes; ++change) {
            if (random() % 4 == 0) bytes.resize(random() % (bytes.size() + 3));
            if (!bytes.empty()) bytes[random() % bytes.size()] = static_cast<std::byte>(random());
        }
        const auto fact = decode(bytes);
        if (!fact) {
            ++refused;
            continue;
        }
        auto again = with_cells(fact->cells);
        again.programme_version = fact->programme_version;
        again.nil = fact->nil;
        CHECK(encode(again) == bytes);
    }
    CHECK(refused > 1000);
}

TEST_CASE("facts: a number spelled longer than needed, a set bit past the last cell and trailing bytes are refused")
{
    CHECK(decode(bytes_of({1, 2, 1, 1, 14})).value().cells == Cells{7});
    CHECK_FALSE(decode(bytes_of({1, 2, 1, 1, 0x8E, 0x00})));
    CHECK_FALSE(decode(bytes_of({1, 2, 1, 3, 14, 14})));
    CHECK_FALSE(decode(bytes_of({1, 2, 1, 1, 14, 0})));
    CHECK_FALSE(decode(bytes_of({2, 2, 1, 1, 14})));
    CHECK_FALSE(decode({}));
    CHECK(decode(bytes_of({1, 2, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F})).error().code == ProblemCode::malformed);
}

TEST_CASE("facts: a small report takes about two bytes a figure")
{
    Cells cells;
    for (int i = 0; i < 40; ++i) cells.emplace_back(i * 13);
    CHECK(encode(with_cells(cells)).size() <= 90);
}

TEST_CASE("facts: the same figures under a newer version of the programme are the same figures")
{
    auto before = with_cells({1, std::nullopt, 3});
    auto after = before;
    after.programme_version = 200;
    CHECK(same_figures(encode(before), encode(after)));
    after.nil = true;
    CHECK_FALSE(same_figures(encode(before), encode(after)));
    after.nil = false;
    after.cells[1] = 0;
    CHECK_FALSE(same_figures(encode(before), encode(after)));
}

TEST_CASE("facts: a journal subject names its key and nothing else is taken for one")
{
    const FactKey key{ProgrammeId{3}, 2, PeriodId{17}, UnitId{1042}};
    CHECK(subject(key) == "fact:3/2/17/1042");
    CHECK(key_from_subject("fact:3/2/17/1042") == key);
    for (const auto* wrong : {"", "fact:", "fact:3/2/17", "fact:3/2/17/1042/1", "unit:3/2/17/1042", "fact:3/2/17/x",
                              "fact:3/2/17/0", "fact:-3/2/17/1", "fact:3/99999999999/17/1"})
        CHECK_FALSE(key_from_subject(wrong));
}

TEST_CASE("facts: a returned or withdrawn report is neither received nor verified")
{
    CHECK(counts_as_received(FactState::submitted));
    CHECK_FALSE(counts_as_verified(FactState::submitted));
    CHECK(counts_as_verified(FactState::locked));
    for (const auto state : {FactState::returned, FactState::withdrawn}) {
        CHECK_FALSE(counts_as_received(state));
        CHECK_FALSE(counts_as_verified(state));
        CHECK(fact_state_from_word(word(state)) == state);
    }
    CHECK_FALSE(fact_state_from_word("draft"));
}
