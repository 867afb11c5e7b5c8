// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "obligations/obligation.hpp"
#include "store/connection.hpp"

/// What the journal says of the register, and how it is read back.
namespace phoihop::obligations {

/// The bytes that the journal's digest of an event covers. `number` is the event's place within its obligation, from 1.
[[nodiscard]] store::Bytes encode(const Event& event, std::int64_t number);

/// Number, kind and day of encoded bytes; nothing for bytes that `encode` does not write.
struct NumberedStep {
    std::int64_t number = 0;
    Step step;
};
[[nodiscard]] std::optional<NumberedStep> decode_step(store::BytesView bytes);

/// The journal subject of a whole register: "period:<programme>/<period>".
[[nodiscard]] std::string register_subject(ProgrammeId programme, PeriodId period);
struct RegisterKey {
    ProgrammeId programme;
    PeriodId period;
};
[[nodiscard]] std::optional<RegisterKey> register_from_subject(std::string_view subject);

}  // namespace phoihop::obligations
