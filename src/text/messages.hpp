// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/problem.hpp"

#include <string>
#include <string_view>

namespace phoihop::text {

enum class Language : std::uint8_t { vi, en };

/// One text in both languages. `{name}` stands for the fact called so.
struct Message {
    std::string_view vi;
    std::string_view en;
    [[nodiscard]] std::string_view in(Language language) const { return language == Language::vi ? vi : en; }
};

/// `pattern` with each `{name}` replaced by that fact. A `[…]` part is left out when a fact that it names is
/// absent or empty, so that one message serves with and without it.
[[nodiscard]] std::string fill(std::string_view pattern, const Problem::Facts& facts);

/// What happened and what would be right, as a sentence for a person.
[[nodiscard]] std::string sentence(const Problem& problem, Language language);

}  // namespace phoihop::text
