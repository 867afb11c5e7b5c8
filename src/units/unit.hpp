// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/date.hpp"
#include "base/id.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace phoihop::units {

/// The rank of a unit in the tree. A commune of the map after 1 July 2025 stands directly under its
/// province: levels may be skipped, never turned round.
enum class Level : std::uint8_t { nation, province, district, commune, residential_area };

[[nodiscard]] std::string_view word(Level level);  ///< "province"
[[nodiscard]] std::optional<Level> level_from_word(std::string_view word);

/// A code list. (scheme, code) names exactly one unit on a date; the same digits in two schemes are two
/// codes. Written "vn63:00004".
struct Code {
    std::string scheme;  ///< "vn63" (to 30 June 2025), "vn34" (from 1 July 2025), "local" (residential areas)
    std::string digits;

    [[nodiscard]] std::string text() const { return scheme + ":" + digits; }
    friend auto operator<=>(const Code&, const Code&) = default;
};

/// What a unit was called and where it stood during a stretch of time.
struct UnitState {
    Validity validity;
    Code code;
    Level level{};
    std::string kind;       ///< "ward", "commune", "township", "special_zone", "municipality", …
    std::string name;       ///< "Ba Đình"
    std::string full_name;  ///< "Phường Ba Đình"
    UnitId parent;          ///< 0 for the nation
    std::string act;        ///< the legal act that made this state, "" when unknown
};

/// A unit for as long as the legal unit lives. States are in order of time and do not overlap; a unit that
/// only moves, changes its name or its code goes on with a new state and the same id.
struct Unit {
    UnitId id;
    std::vector<UnitState> states;

    [[nodiscard]] const UnitState* on(Date day) const;
    [[nodiscard]] Date begins() const { return states.front().validity.from; }
    [[nodiscard]] Date ends() const { return states.back().validity.to; }
};

/// How much of the old unit went to the new one, as the legal act words it. Land and people are not always
/// moved together.
enum class Part : std::uint8_t { none, part, full };

[[nodiscard]] std::string_view word(Part part);  ///< "part"
[[nodiscard]] std::optional<Part> part_from_word(std::string_view word);

/// `from` ended (or gave something away) and `to` goes on with it, on `on`.
struct Succession {
    UnitId from;
    UnitId to;
    Date on;
    Part land{};
    Part people{};
    bool default_heir =
        false;  ///< takes all the people (or was chosen by a person, by a dated record): figures of `from` pass to it
    std::string act;
};

}  // namespace phoihop::units
