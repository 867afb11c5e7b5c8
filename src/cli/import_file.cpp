// SPDX-License-Identifier: Apache-2.0
#include "cli/import_file.hpp"

#include "cli/parts.hpp"
#include "reporting/finding_text.hpp"
#include "reporting/reject_sheet.hpp"

#include <fstream>

namespace phoihop::cli {

namespace {

using reporting::Finding;
using reporting::Outcome;
using reporting::Submission;
using reporting::Verdict;

/// Past this the live cube is loaded first, and history is read from it instead of the database.
constexpr std::size_t large_file = 8U << 20U;

/// Counts what becomes of the reports, says findings by cell, and writes the two files that may be wanted.
class Ledger {
public:
    Ledger(const ImportWish& wish, const units::Territory& territory, Output& output)
        : m_wish(wish), m_territory(territory), m_output(output)
    {
    }

    /// Before the first report: one that is taken must find its line's place.
    Result<void> begin()
    {
        PHOIHOP_CHECK_OK(open_for_writing(m_accepted, m_wish.accepted));
        PHOIHOP_CHECK_OK(open_for_writing(m_rejects, m_wish.rejects));
        if (m_wish.rejects.ends_with(".xlsx")) {
            m_sheet.emplace(*m_wish.programme);
        } else if (m_rejects.is_open()) {
            m_rejects << reporting::reject_head();
        }
        return {};
    }

    /// After the last: what could not be written (a full disk) is said, and not lost in silence.
    Result<void> end()
    {
        PHOIHOP_CHECK_OK(close_written(m_accepted, m_wish.accepted));
        if (m_sheet) {
            PHOIHOP_TRY(workbook, m_sheet->xlsx(m_wish.sender.today));
            m_rejects << workbook;
        }
        return close_written(m_rejects, m_wish.rejects);
    }

    void enter(const Submission& submission, const Outcome& outcome)
    {
        if (++m_seen % 1000 == 0) m_output.progress(m_wish.file + ": " + std::to_string(m_seen) + " báo cáo · reports");
        switch (outcome.verdict) {
            case Verdict::accepted: ++m_counts.accepted; break;
            case Verdict::corrected: ++m_counts.corrected; break;
            case Verdict::withdrawn: ++m_counts.withdrawn; break;
            case Verdict::unchanged: ++m_counts.unchanged; return;
            case Verdict::refused: refused(submission, outcome.findings); return;
        }
        if (outcome.verdict != Verdict::withdrawn)
            m_counts.figures += static_cast<std::int64_t>(submission.cells.size());
        if (m_accepted.is_open())
            m_accepted << unit_code(submission, *m_wish.programme, m_territory) << ',' << submission.period.text()
                       << ',' << submission.form << ',' << outcome.version << ',' << word(outcome.verdict) << '\n'
                       << std::flush;  // each line must survive a kill
    }

    [[nodiscard]] const ImportCounts& counts() const { return m_counts; }

private:
    void refused(const Submission& submission, const std::vector<Finding>& findings)
    {
        ++m_counts.refused;
        const std::string unit = unit_code(submission, *m_wish.programme, m_territory);
        for (const Finding& finding : findings) {
            if (finding.severity == reporting::Severity::warning) continue;
            // A report's own place begins with the file's name, a cell's does not.
            const std::string& place = finding.where.empty() ? submission.where : finding.where;
            const std::string where = (place.starts_with(m_wish.file) ? "" : m_wish.file + " ") + place +
                                      (unit.empty() ? "" : " " + unit) +
                                      (finding.indicator.empty() ? "" : " " + finding.indicator) + ": ";
            m_output.err(where + sentence(finding, text::Language::vi) + "\n" + where +
                         sentence(finding, text::Language::en) + "\n");
        }
        if (!m_rejects.is_open()) return;
        const std::string& named = unit.empty() ? submission.unit_text : unit;
        if (m_sheet) return m_sheet->add(submission, named, findings);
        std::string rows;
        reporting::append_rejected(rows, submission, named, findings);
        m_rejects << rows;
    }

    const ImportWish& m_wish;
    const units::Territory& m_territory;
    Output& m_output;
    std::ofstream m_accepted;
    std::ofstream m_rejects;
    std::optional<reporting::RejectSheet> m_sheet;  ///< where a workbook is wanted
    ImportCounts m_counts;
    std::int64_t m_seen = 0;
};

}  // namespace

Result<ImportCounts> import_file(instance::Instance& instance, const ImportWish& wish, Output& output)
{
    PHOIHOP_TRY(content, read_text_file(wish.path, reporting::import_bytes_max));
    PHOIHOP_TRY(territory, instance.territory());
    if (content.size() > large_file)
        instance.prepare({.register_of_obligations = true, .cube = true},
                         [&](std::string_view line) { output.progress(line); });
    Ledger ledger(wish, *territory, output);
    PHOIHOP_CHECK_OK(ledger.begin());
    const reporting::ImportFile file{wish.file, content, wish.defaults};
    const auto read = reporting::import_reports(
        *instance.reception(wish.programme), wish.programme, territory, file, wish.sender,
        [&](const Submission& submission, const Outcome& outcome) { ledger.enter(submission, outcome); });
    output.progress({});
    if (!read) return tl::make_unexpected(read.error());
    PHOIHOP_CHECK_OK(ledger.end());
    return ledger.counts();
}

}  // namespace phoihop::cli
