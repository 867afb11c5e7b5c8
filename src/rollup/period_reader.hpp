// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rollup/row_counts.hpp"

#include "rollup/snapshot.hpp"

#include <vector>

namespace phoihop::rollup {

/// A sum, how many units are inside, and how many owed it.
struct Tally {
    Sum sum;
    std::int64_t owed = 0;
};

/// Reads one form's sums of one period on one map. Inner nodes come from kept (or once made) sums; own figures and
/// nodes without nodes below are read from the reports, a whole row at a time, and the last rows are remembered.
class PeriodReader {
public:
    /// `kept` is the index of the map among the kept ones, or -1.
    PeriodReader(const FormBlock& form, const PeriodBlock& block, std::shared_ptr<const MapRows> map, std::int32_t kept,
                 Measure measure);

    /// A whole row of the form's columns, kept or made from the reports; until the next call.
    struct RowView {
        SumBlock::Row kept;         ///< false where nothing counts
        const Sum* made = nullptr;  ///< by column; null for a kept row
        std::int64_t owed = 0;
    };
    [[nodiscard]] RowView row(std::int32_t node, Part part);
    [[nodiscard]] Tally read(std::int32_t node, Part part, std::int32_t column);

    [[nodiscard]] const SumBlock* sums() const { return m_sums.get(); }  ///< null = nothing counts
    /// How many owe the reports of each row; null until the period is opened.
    [[nodiscard]] const std::int32_t* owed() const { return m_owed == nullptr ? nullptr : m_owed->data(); }
    [[nodiscard]] const FormBlock& form() const { return m_form; }
    [[nodiscard]] const PeriodBlock& block() const { return m_block; }

private:
    struct Row {
        std::int32_t node = -1;
        std::vector<Sum> sums;
        std::int64_t owed = 0;
    };
    [[nodiscard]] const Row& from_reports(Row& row, std::int32_t node, Part part);

    const FormBlock& m_form;
    const PeriodBlock& m_block;
    std::shared_ptr<const MapRows> m_map;
    Measure m_measure;
    std::shared_ptr<const SumBlock> m_sums;  // null = nothing counts
    std::vector<std::int32_t> m_owed_made;   // for a map that is not kept
    const std::vector<std::int32_t>* m_owed = nullptr;
    Row m_whole;
    Row m_own;
    PageReport m_report;
};

}  // namespace phoihop::rollup
