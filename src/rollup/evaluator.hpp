// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rollup/period_reader.hpp"
#include "rollup/query.hpp"
#include "rollup/register_measures.hpp"

#include <map>
#include <memory>
#include <tuple>
#include <unordered_map>

namespace phoihop::rollup {

/// The rows that a selection asks for, on one map. `not_found` for a listed unit that is not on it.
[[nodiscard]] Result<std::vector<RowRef>> rows_of(const UnitSelection& selection, const units::Territory& territory,
                                                  const units::Map& map);

/// Rows of a part are answered where somebody stands behind them.
[[nodiscard]] bool answered(const Figure& figure, Part part);

/// The note of a row's kind.
[[nodiscard]] Note note_of(Part part);

/// n and m of a formula over its names, and why it has no value if it has none.
struct FormulaCounts {
    std::int64_t reported = 0;
    std::int64_t expected = 0;
    Note why = Note::no_value;
    bool any = false;

    void take(std::int64_t n, std::int64_t m, Note note);
};

class Evaluator;

/// One form's sums of one period on an evaluator's map.
struct PeriodSums {
    const PeriodBlock* block = nullptr;
    const SumBlock* sums = nullptr;      ///< null where nothing counts
    const std::int32_t* owed = nullptr;  ///< by row; null until the period is opened
    const FormBlock* form = nullptr;
    PeriodId period{};
    Evaluator* evaluator = nullptr;

    /// For rows that have no kept sums.
    [[nodiscard]] PeriodReader& reader() const;
};

/// Values of indicators on one map, from one snapshot, for one answer. Remembers what it has read.
class Evaluator {
public:
    Evaluator(const Snapshot& snapshot, const units::Territory& territory, Date on, Measure measure,
              const RegisterMeasures* register_measures);

    [[nodiscard]] const MapRows& map() const { return *m_map; }

    /// The figure of one cell; `unit` and names are filled in.
    [[nodiscard]] Figure figure(const programme::Programme& programme, const programme::Indicator& indicator,
                                const programme::PeriodName& period, RowRef row);

    /// What a formula's name stands for at `row`: "C2", "prev(C2)", "units(commune)".
    [[nodiscard]] std::optional<Figure> named(const programme::Programme& programme, std::string_view name,
                                              const programme::PeriodName& period, RowRef row);

    /// Where an indicator's reports stand: a form's column over base periods. Empty when it has none.
    struct Series {
        std::int32_t column = -1;
        std::vector<std::pair<PeriodId, PeriodReader*>> periods;  ///< null = never opened nor reported
    };
    [[nodiscard]] const Series& series(const programme::Programme& programme, const programme::Indicator& indicator,
                                       const programme::PeriodName& period);

    /// How many units of a level, valid on `on`, stand at each row of the map.
    [[nodiscard]] const RowCounts& units_of(programme::CountedUnits counted, Date on);

    /// What the register answers for each row; null where nobody answers for it.
    [[nodiscard]] const RegisterCounts* register_counts(ProgrammeId programme, const std::string& measure,
                                                        const programme::PeriodName& period);

    /// Where a period's sums lie, without a reader wherever the map is kept. Nothing when the period was never opened
    /// nor reported.
    [[nodiscard]] std::optional<PeriodSums> sums(const FormBlock& form, PeriodId period);

    /// Null when the period was never opened nor reported.
    [[nodiscard]] PeriodReader* reader(ProgrammeId programme, std::int32_t form, PeriodId period);

private:
    [[nodiscard]] Figure plain(const programme::Programme& programme, const programme::Indicator& indicator,
                               const programme::PeriodName& period, RowRef row);
    [[nodiscard]] Figure sum(const programme::Programme& programme, const programme::Indicator& indicator,
                             const programme::PeriodName& period, RowRef row);
    [[nodiscard]] Figure formula(const programme::Programme& programme, const programme::Indicator& indicator,
                                 const programme::PeriodName& period, RowRef row);
    [[nodiscard]] Figure of_register(const programme::Programme& programme, const programme::Indicator& indicator,
                                     const programme::PeriodName& period, RowRef row);
    [[nodiscard]] Series find_series(const programme::Programme& programme, const programme::Indicator& indicator,
                                     const programme::PeriodName& period);
    [[nodiscard]] bool single_reporter(const Series& series, const Tally& tally, RowRef row) const;

    const Snapshot& m_snapshot;
    const units::Territory& m_territory;
    std::shared_ptr<const MapRows> m_map;
    std::int32_t m_kept = -1;
    Measure m_measure;
    const RegisterMeasures* m_register;
    int m_depth = 0;
    std::map<std::tuple<ProgrammeId, std::int32_t, PeriodId>, std::unique_ptr<PeriodReader>> m_readers;
    std::unordered_map<const programme::Indicator*, std::vector<std::pair<programme::PeriodName, Series>>> m_series;
    std::map<std::pair<programme::CountedUnits, Date>, std::shared_ptr<const RowCounts>> m_units;
    std::map<std::tuple<ProgrammeId, std::string, programme::PeriodName>, std::shared_ptr<const RegisterCounts>>
        m_registers;
};

}  // namespace phoihop::rollup
