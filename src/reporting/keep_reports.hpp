// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "facts/fact_store.hpp"
#include "obligations/obligation_store.hpp"
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
    bool commented = false;   ///< some cell has a comment
    bool correct = false;     ///< figures equal to an earlier version are meant
    bool tried = false;       ///< false: refused before any job
    facts::FactVersion fact;  ///< what would be kept; the cells of a patch are made in the job
    Outcome judged;
    Outcome outcome;       ///< what became of it in the job
    bool doubted = false;  ///< what was followed is not enough: the database is asked what stands

    [[nodiscard]] Outcome&& answer() { return std::move(tried ? outcome : judged); }
};

/// A report that may be the first of its duty: then the database need not be asked what stands.
struct FirstReport {
    facts::FactKey key;
    std::string_view form;
    std::optional<obligations::Found> duty = {};  ///< as this process has followed it
};

/// Fills in the duties of those under whose key nothing was ever accepted, as far as this process has followed. It may
/// be behind; whoever writes on such grounds must be stopped by the database's own constraints.
using FirstReports = std::function<void(std::span<FirstReport>)>;

/// Keeps all reports that wait for the writer together: what stands is read for all of them at once, each is decided on
/// by the same rules whether it comes alone or with thousands, and what they change is written at once. Of two reports
/// about the same thing the later one sees what the earlier one left.
///
/// Where a report is the first of its duty as far as this process has followed, nothing is read. Its rows are those of
/// a first version and of the next event, so that whatever another one did meanwhile fails by the tables' keys; then
/// the work comes again and the database is asked. What was followed never refuses a report.
class ReportKeeper final : public store::JobGroup {
public:
    using HistoryOf = std::function<History(const facts::FactKey&, const programme::PeriodName&)>;

    /// `history` and `first_reports` may be absent.
    ReportKeeper(HistoryOf history, FirstReports first_reports);

    void run(store::WriteContext& context, std::span<Item* const> items) override;

    /// The findings of a report's figures, which `fact` holds.
    [[nodiscard]] std::vector<Finding> findings(const JudgedReport& report) const;

private:
    HistoryOf m_history;
    FirstReports m_first_reports;
};

/// Refuses the report as a whole, saying why.
void refuse_report(Outcome& outcome, const Problem& problem);

/// Findings of a rule name a cell; the file's place of that cell is what the sender can find again.
void place_findings(const Submission& submission, std::vector<Finding>& findings);

}  // namespace phoihop::reporting
