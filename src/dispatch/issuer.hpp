// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "documents/official.hpp"
#include "programme/programme.hpp"
#include "units/territory.hpp"

#include <string>
#include <vector>

namespace phoihop::dispatch {

/// A party's body in one unit, as the head of its documents names it.
struct Issuer {
    UnitId unit;
    std::string party;
    documents::Family family{};
    std::string governing;  ///< printed above it, "" for none
    std::string name;       ///< "Ban Chỉ đạo Chương trình phối hợp tỉnh Hà Giang"
    std::string symbol;     ///< the letters in its documents' symbols: "BCĐ"
    std::string place;      ///< of the date line: "Hà Giang"
    std::vector<std::string> capacity;
};

/// The body of `party` ("": the programme's issuing party) in `unit` on `day`. `unknown_name` for a party that the
/// programme lacks, `not_found` when the party has no body at the unit's level.
[[nodiscard]] Result<Issuer> issuer_of(const programme::Programme& programme, const units::Territory& territory,
                                       UnitId unit, std::string_view party, Date day);

/// The bodies that a unit's report goes to: that of the unit above it; for the nation those of the other parties.
[[nodiscard]] std::vector<std::string> superiors_of(const programme::Programme& programme,
                                                    const units::Territory& territory, const Issuer& issuer, Date day);

/// The unit above on `day`; 0 for the nation.
[[nodiscard]] UnitId parent_of(const units::Territory& territory, UnitId unit, Date day);

/// "BC-BCĐ"; a letter of the state bears the body's letters alone, one of the Front "CV-" before them (domain rules
/// of Nghị định 30/2020/NĐ-CP, Annex I, II.3, and of Hướng dẫn 91/HD-MTTW-BTT).
[[nodiscard]] std::string report_notation(const Issuer& issuer);
[[nodiscard]] std::string letter_notation(const Issuer& issuer);

/// Head, place, signature and mark of a document of `issuer`; the rest is left to its author.
[[nodiscard]] documents::OfficialDocument headed(const Issuer& issuer, const programme::Programme& programme,
                                                 Date made_on);

}  // namespace phoihop::dispatch
