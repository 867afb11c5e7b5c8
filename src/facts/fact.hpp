// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/date.hpp"
#include "base/id.hpp"
#include "base/result.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace phoihop::facts {

/// What a report is about. `form` is the form's small number within its programme; `period` a base period.
struct FactKey {
    ProgrammeId programme;
    std::int32_t form = 0;
    PeriodId period;
    UnitId unit;
    friend auto operator<=>(const FactKey&, const FactKey&) = default;
};

/// Figures at the indicators' scales, in the order of the form's cells. No value = the cell is empty, which
/// is not zero.
using Cells = std::vector<std::optional<std::int64_t>>;

/// Where a report stands after it was accepted. received = submitted, verified or locked; verified =
/// verified or locked (design, section 6).
enum class FactState : std::uint8_t { submitted, returned, verified, locked, withdrawn };

[[nodiscard]] std::string_view word(FactState state);
[[nodiscard]] std::optional<FactState> fact_state_from_word(std::string_view word);
[[nodiscard]] constexpr bool counts_as_received(FactState state)
{
    return state == FactState::submitted || state == FactState::verified || state == FactState::locked;
}
[[nodiscard]] constexpr bool counts_as_verified(FactState state)
{
    return state == FactState::verified || state == FactState::locked;
}

/// One accepted version of a report. Versions are append-only and count from 1 for each key.
struct FactVersion {
    FactKey key;
    std::int64_t version = 0;
    std::int64_t programme_version = 1;  ///< the definition that it was made under
    Date received_on{};                  ///< local day of acceptance; timeliness goes by it
    Instant at{};
    UserId actor;
    bool nil = false;                    ///< "không phát sinh": nothing happened, said in so many words
    std::string reason;                  ///< why a correction or another received_on, "" otherwise
    Cells cells;
};

/// A presence bitmap and zigzag varints behind a one-byte format and the programme's version: about two bytes
/// a figure. Every value of every int64 survives.
[[nodiscard]] std::vector<std::byte> encode(const FactVersion& fact);

/// The version, nil flag and cells of `bytes`; `malformed` on anything that `encode` does not write.
struct EncodedFact {
    std::int64_t programme_version = 1;
    bool nil = false;
    Cells cells;
};
[[nodiscard]] Result<EncodedFact> decode(std::span<const std::byte> bytes);

/// The journal subject of a version: "fact:<programme>/<form>/<period>/<unit>", version apart.
[[nodiscard]] std::string subject(const FactKey& key);
[[nodiscard]] std::optional<FactKey> key_from_subject(std::string_view subject);

}  // namespace phoihop::facts
