// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "units/territory.hpp"

#include <span>
#include <vector>

namespace phoihop::simulation {

/// What simulated offices take over from the units that their own goes on from, so that a drawn nation does not shrink
/// on the day on which its communes are merged. A guess for drawn figures only: of a real split unit a person says who
/// goes on (design, section 6). Pure.
class Inheritance {
public:
    /// One of `shares` even shares of what `from` was went to `to`.
    struct Part {
        UnitId from;
        UnitId to;
        Date on{};
        std::int64_t shares = 1;
        bool begins = true;  ///< `to` did not live before
        bool ends = true;    ///< `from` does not live on
    };

    /// Nobody inherits.
    Inheritance() = default;

    /// A default heir takes everything; else those that took people share evenly, else those that took land. A unit
    /// that lives on keeps an even share too.
    explicit Inheritance(const units::Territory& territory);

    [[nodiscard]] std::span<const Part> parts() const { return m_parts; }  ///< in order of time
    [[nodiscard]] std::span<const Part> parts_of(UnitId heir) const;
    [[nodiscard]] std::vector<Date> days() const;  ///< on which something is inherited, in order of time

    /// The weights of all units (by id - 1) after the successions of `on`, from those before: an heir's is the sum of
    /// its parts', and what a split leaves over in rounding is dropped.
    [[nodiscard]] std::vector<std::int64_t> passed_on(std::vector<std::int64_t> weights, Date on) const;

private:
    std::vector<Part> m_parts;
    std::vector<Part> m_by_heir;
};

}  // namespace phoihop::simulation
