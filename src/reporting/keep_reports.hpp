// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "facts/fact_store.hpp"
#include "reporting/submission.hpp"
#include "store/writer.hpp"

#include <functional>
#include <memory>

namespace phoihop::reporting {

/// A submission that was judged as far as it can be outside the writer.
struct JudgedReport : store::JobGroup::Item {
    const Submission* submission = nullptr;
    const programme::Form* form = nullptr;
    const Judge* judge = nullptr;
    bool correct = false;     ///< figures equal to an earlier version are meant
    bool tried = false;       ///< false: refused before any job
    facts::FactVersion fact;  ///< what would be kept; the cells of a patch are made in the job
    Outcome judged;
    Outcome outcome;  ///< what became of it in the job

    [[nodiscard]] Outcome&& answer() { return std::move(tried ? outcome : judged); }
};

/// Keeps all reports that wait for the writer together: what stands is read for all of them at once, each is decided on
/// by the same rules whether it comes alone or with thousands, and what they change is written at once. Of two reports
/// about the same thing the later one sees what the earlier one left.
class ReportKeeper final : public store::JobGroup {
public:
    using HistoryOf = std::function<History(const facts::FactKey&, const programme::PeriodName&)>;

    ReportKeeper(std::shared_ptr<const programme::Programme> programme, HistoryOf history);

    void run(store::WriteContext& context, std::span<Item* const> items) override;

    /// The findings of a report's figures, which `fact` holds.
    [[nodiscard]] std::vector<Finding> findings(const JudgedReport& report) const;

private:
    std::shared_ptr<const programme::Programme> m_programme;
    HistoryOf m_history;
};

/// Refuses the report as a whole, saying why.
void refuse_report(Outcome& outcome, const Problem& problem);

/// Findings of a rule name a cell; the file's place of that cell is what the sender can find again.
void place_findings(const Submission& submission, std::vector<Finding>& findings);

}  // namespace phoihop::reporting
