// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "text/fold.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

/// The words that stand before a unit's name, and how people shorten them.
namespace phoihop::units {

/// A word as it is compared: y as i ("Quí" and "Quý" are one name), numbers without leading zeros.
[[nodiscard]] std::string canonical(std::string_view folded_word);

/// The words as one key of the index: canonical and without blanks, so that "ea hleo" and "Ea H'Leo" are one.
[[nodiscard]] std::string key_of(std::span<const text::Syllable> words);

/// The words of a query, with what is glued taken apart: "q1" is "q 1", "tphcm" is "tp hcm".
[[nodiscard]] std::vector<text::Syllable> query_words(std::string_view query);

/// One way to read the beginning of `words` as a kind: how many words it takes, and which kinds it may be.
struct KindReading {
    std::size_t words = 0;
    std::vector<std::string_view> kinds{};
    bool commune_level = false;
};

/// Every way, the first with no kind at all.
[[nodiscard]] std::vector<KindReading> kind_readings(std::span<const text::Syllable> words);

/// How many of the first words of a name are the word of its kind ("Quận 1": 1), as in numbered units.
[[nodiscard]] std::size_t kind_words(std::span<const text::Syllable> name, std::string_view kind);

/// `alias` without the kind's word that `full_name` has before `name`.
[[nodiscard]] std::string_view without_kind(std::string_view alias, std::string_view full_name, std::string_view name);

}  // namespace phoihop::units
