// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/journal.hpp"

#include <span>
#include <string>
#include <string_view>

namespace phoihop::accounts {

/// Where secrets come from: a parameter, so that tests can foresee them.
class Random {
public:
    virtual ~Random() = default;
    virtual void fill(std::span<std::byte> bytes) = 0;
};

/// The operating system's.
class SystemRandom final : public Random {
public:
    void fill(std::span<std::byte> bytes) override;
};

/// 32 random bytes as 43 letters that are safe in cookies and headers.
[[nodiscard]] std::string draw_token(Random& random);

/// A password that can be read from paper and typed: four groups of four letters and digits that cannot be mistaken
/// for each other ("k7mf-…"); 79 bits.
[[nodiscard]] std::string draw_password(Random& random);

/// What the database keeps of a token. No salt is needed: nobody can guess 32 random bytes.
[[nodiscard]] store::Digest token_hash(std::string_view token);

/// What a page must send along with every change (header X-CSRF-Token): derived from the session's token, so that
/// nothing more is kept, and useless without it.
[[nodiscard]] std::string csrf_token(std::string_view session_token);

/// Takes the same time wherever they differ.
[[nodiscard]] bool equal_secrets(std::string_view left, std::string_view right);

}  // namespace phoihop::accounts
