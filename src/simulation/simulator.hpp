// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "reporting/submission.hpp"
#include "simulation/inheritance.hpp"

#include <cstdint>
#include <functional>

namespace phoihop::simulation {

using reporting::CellInput;

/// What a simulated office does with one report.
enum class Fate : std::uint8_t {
    on_time,
    late,
    missing,
    nil,           // "không phát sinh"
    refused_once,  // first sends a mistake, then the right figures
    corrected,     // sends again after it was accepted
    withdrawn,     // takes it back and does not send again
};

/// Draws plausible reports: deterministic in (seed, unit, period, cell), following the form's own rules (a stock is the
/// last one plus what was added, a part is never more than its whole), with seasons, growth and offices of different
/// size and diligence. What a merged unit does is about what its parts did together. It knows indicators and rules, not
/// any programme. Pure.
class Simulator {
public:
    /// `units`: how many there are, when anybody inherits.
    Simulator(const programme::Programme& programme, const programme::Form& form, std::uint64_t seed,
              Inheritance inheritance = {}, std::size_t units = 0);

    [[nodiscard]] Fate fate(UnitId unit, const programme::PeriodName& period) const;

    /// Figures that the form's rules accept. `previous` = the unit's last figures, for stocks.
    [[nodiscard]] facts::Cells figures(UnitId unit, const programme::PeriodName& period,
                                       const facts::Cells* previous) const;

    /// A unit's last figures, or null.
    using PreviousCells = std::function<const facts::Cells*(UnitId)>;

    /// The stocks with which a unit begins that goes on from others; empty where none is known.
    [[nodiscard]] facts::Cells opening(UnitId heir, const PreviousCells& previous) const;

    /// The same report with one or two figures changed, still without errors.
    [[nodiscard]] facts::Cells correction(UnitId unit, const programme::PeriodName& period, const facts::Cells& cells,
                                          const facts::Cells* previous) const;

    /// The report as texts with one planted mistake that the form's rules must refuse.
    [[nodiscard]] std::vector<CellInput> mistaken(UnitId unit, const programme::PeriodName& period,
                                                  const facts::Cells& cells) const;

    /// Days between the opening and the report's arrival (on time), or after the due day (late).
    [[nodiscard]] int days(UnitId unit, const programme::PeriodName& period, Fate fate, int days_until_due) const;

    [[nodiscard]] std::vector<CellInput> texts(const facts::Cells& cells) const;

private:
    [[nodiscard]] std::uint64_t draw(UnitId unit, const programme::PeriodName& period, std::uint64_t what) const;
    [[nodiscard]] std::int64_t flow(std::size_t cell, UnitId unit, const programme::PeriodName& period) const;
    [[nodiscard]] std::int64_t own_size(UnitId unit) const;
    [[nodiscard]] std::int64_t size_in(UnitId unit, const programme::PeriodName& period) const;
    [[nodiscard]] std::int64_t largest(std::size_t cell) const;  ///< the cap at the indicator's scale
    [[nodiscard]] bool is_stock(std::size_t cell) const;
    [[nodiscard]] bool adds(std::size_t cell) const;  ///< over units, and is more than a yes
    /// `left op right` of a rule, taken apart once so that a broken one can be mended by changing its left cell.
    struct Mend {
        std::optional<programme::Expression> when;  ///< what stands before "implies"
        int cell = -1;
        char relation = '=';  ///< '=', '<' (at most), '>' (at least), '+' (more than)
        programme::Expression right;
    };

    void add_mend(std::string_view condition);
    [[nodiscard]] programme::Expression::Lookup lookup(const facts::Cells& cells, const facts::Cells* previous) const;
    [[nodiscard]] std::optional<std::int64_t> wanted(const Mend& mend, const facts::Cells& cells,
                                                     const facts::Cells* previous) const;
    void make_room(const Mend& mend, facts::Cells& cells, const facts::Cells* previous) const;
    void repair(facts::Cells& cells, const facts::Cells* previous, std::uint64_t luck) const;

    const programme::Programme& m_programme;
    const programme::Form& m_form;
    std::uint64_t m_seed;
    Inheritance m_inheritance;
    std::vector<std::pair<Date, std::vector<std::int64_t>>> m_sizes;  ///< by unit id - 1, from each day on
    std::vector<const programme::Indicator*> m_indicators;
    std::vector<Mend> m_mends;
};

}  // namespace phoihop::simulation
