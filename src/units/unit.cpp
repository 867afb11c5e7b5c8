// SPDX-License-Identifier: Apache-2.0
#include "units/unit.hpp"

#include <algorithm>
#include <array>

namespace phoihop::units {
namespace {

constexpr std::array<std::string_view, 5> level_words{"nation", "province", "district", "commune", "residential_area"};
constexpr std::array<std::string_view, 3> part_words{"none", "part", "full"};

template <class Enum, std::size_t Size>
std::optional<Enum> from_word(const std::array<std::string_view, Size>& words, std::string_view word)
{
    const auto found = std::find(words.begin(), words.end(), word);
    if (found == words.end()) return std::nullopt;
    return static_cast<Enum>(found - words.begin());
}

}  // namespace

std::string_view word(Level level)
{
    return level_words[static_cast<std::size_t>(level)];
}

std::optional<Level> level_from_word(std::string_view word)
{
    return from_word<Level>(level_words, word);
}

std::string_view word(Part part)
{
    return part_words[static_cast<std::size_t>(part)];
}

std::optional<Part> part_from_word(std::string_view word)
{
    return from_word<Part>(part_words, word);
}

const UnitState* Unit::on(Date day) const
{
    for (const UnitState& state : states) {
        if (state.validity.contains(day)) return &state;
    }
    return nullptr;
}

}  // namespace phoihop::units
