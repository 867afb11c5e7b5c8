// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/journal.hpp"

namespace phoihop::store {

using Salt = std::array<std::byte, 16>;

/// Fresh random bytes of the operating system.
void fill_random(std::span<std::byte> bytes);

/// BLAKE2b-256(salt ‖ content).
[[nodiscard]] Digest digest_of(const Salt& salt, BytesView content);

/// The record's place in the chain: BLAKE2b-256 over the hash before and every kept field of `record`
/// except `hash` itself. Numbers are 8 bytes, least significant first; texts follow their length.
[[nodiscard]] Digest chain_hash(const Digest& before, const JournalRecord& record);

[[nodiscard]] Digest sha256_of(BytesView content);

}  // namespace phoihop::store
