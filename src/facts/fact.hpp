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
#include <string_view>
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

/// The most cells that a form may have.
inline constexpr std::size_t cells_max = 4096;

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
    bool nil = false;    ///< "không phát sinh": nothing happened, said in so many words
    std::string reason;  ///< why a correction or another received_on, "" otherwise
    Cells cells;
};

/// The cells behind a one-byte format, the programme's version, the nil flag and a presence bitmap; figures as
/// zigzag varints: about two bytes a figure. Every value of every int64 survives.
[[nodiscard]] std::vector<std::byte> encode(const FactVersion& fact);

/// What `encode` keeps of a version.
struct EncodedFact {
    std::int64_t programme_version = 1;
    bool nil = false;
    Cells cells;
    friend bool operator==(const EncodedFact&, const EncodedFact&) = default;
};

/// Exactly the inverse of `encode`: `malformed` on anything that it does not write, so that equal contents
/// always are equal bytes.
[[nodiscard]] Result<EncodedFact> decode(std::span<const std::byte> bytes);

/// Like `decode` into a value that is used again and again, so that reading many facts allocates nothing.
/// False = malformed; `fact` is then unspecified.
[[nodiscard]] bool decode_into(std::span<const std::byte> bytes, EncodedFact& fact);

/// True when both say the same figures and the same nil, under whatever version of the programme.
[[nodiscard]] bool same_figures(std::span<const std::byte> one, std::span<const std::byte> other);

/// The journal subject of a fact: "fact:<programme>/<form>/<period>/<unit>", version apart.
[[nodiscard]] std::string subject(const FactKey& key);
[[nodiscard]] std::optional<FactKey> key_from_subject(std::string_view subject);

}  // namespace phoihop::facts
