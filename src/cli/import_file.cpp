// SPDX-License-Identifier: Apache-2.0
#include "cli/import_file.hpp"

#include "cli/parts.hpp"
#include "documents/csv.hpp"
#include "documents/xlsx_reader.hpp"
#include "reporting/finding_text.hpp"
#include "units/territory.hpp"

#include <array>
#include <fstream>

namespace phoihop::cli {

namespace {

using reporting::Finding;
using reporting::Outcome;
using reporting::Submission;
using reporting::Verdict;

constexpr std::size_t chunk = 2000;
/// Past this the live cube is loaded first, and history is read from it instead of the database.
constexpr std::size_t large_file = 8U << 20U;

/// A fresh reader over the file's bytes, whichever kind of file it is.
Result<reporting::OpenRows> rows_of(const ImportWish& wish, const std::string& content)
{
    if (!content.starts_with("PK"))
        return reporting::OpenRows([&content]() -> Result<reporting::RowSource> {
            PHOIHOP_TRY(opened, documents::CsvReader::open(content));
            const auto reader = std::make_shared<documents::CsvReader>(std::move(opened));
            return reporting::RowSource([reader](documents::Row& row) { return reader->next(row); });
        });
    PHOIHOP_TRY(sheets, documents::read_xlsx(content));
    const auto visible =
        std::find_if(sheets.begin(), sheets.end(), [](const documents::Sheet& sheet) { return !sheet.hidden; });
    if (visible == sheets.end()) return refuse(ProblemCode::missing, wish.file, {{"what", "sheet"}});
    const auto sheet = std::make_shared<documents::Sheet>(std::move(*visible));
    return reporting::OpenRows([sheet]() -> Result<reporting::RowSource> {
        return reporting::RowSource([sheet, next = std::size_t{0}](documents::Row& row) mutable -> Result<bool> {
            if (next == sheet->rows.size()) return false;
            row = sheet->rows[next++];
            return true;
        });
    });
}

/// Writes what was refused so that it can be mended in place: the import's own columns and what is wrong.
class Rejects {
public:
    explicit Rejects(const std::string& path)
    {
        if (path.empty()) return;
        m_file.open(path, std::ios::binary | std::ios::trunc);
        m_file << "period,unit,indicator,value,#lỗi,#error\n";
    }
    void add(const Submission& submission, const std::string& unit, const std::vector<Finding>& findings)
    {
        if (!m_file.is_open()) return;
        std::string text;
        const std::string period = submission.period.year == 0 ? submission.period_text : submission.period.text();
        const auto row = [&](const std::string& indicator, const std::string& value, const std::string& cell) {
            std::string vi;
            std::string en;
            for (const Finding& finding : findings) {
                if (finding.indicator != cell) continue;
                vi += (vi.empty() ? "" : " ") + sentence(finding, text::Language::vi);
                en += (en.empty() ? "" : " ") + sentence(finding, text::Language::en);
            }
            using documents::text_cell;
            const std::array cells = {text_cell(period), text_cell(unit), text_cell(indicator),
                                      text_cell(value),  text_cell(vi),   text_cell(en)};
            documents::append_csv_row(text, cells);
        };
        for (const reporting::CellInput& cell : submission.cells) row(cell.indicator, cell.text, cell.indicator);
        const auto given = [&](const std::string& indicator) {
            return std::any_of(submission.cells.begin(), submission.cells.end(),
                               [&](const reporting::CellInput& cell) { return cell.indicator == indicator; });
        };
        for (const Finding& finding : findings)
            if (finding.code == reporting::FindingCode::required && !given(finding.indicator))
                row(finding.indicator, "", finding.indicator);
        if (submission.cells.empty())
            row(submission.form, submission.nil ? "nil" : submission.withdraw ? "withdraw" : "", "");
        m_file << text;
    }

private:
    std::ofstream m_file;
};

class Importer {
public:
    Importer(instance::Instance& instance, const ImportWish& wish, std::shared_ptr<const units::Territory> territory,
             Output& output)
        : m_wish(wish),
          m_territory(std::move(territory)),
          m_output(output),
          m_reception(instance.reception(wish.programme)),
          m_rejects(wish.rejects)
    {
        if (!wish.accepted.empty()) m_accepted.open(wish.accepted, std::ios::binary | std::ios::trunc);
    }

    void take(Submission&& submission)
    {
        m_waiting.push_back(std::move(submission));
        if (m_waiting.size() >= chunk) flush();
    }

    void refuse_report(const Submission& submission, Finding&& finding)
    {
        flush();
        refused(submission, {std::move(finding)});
    }

    void flush()
    {
        m_reception->submit_all(m_waiting, m_wish.sender,
                                [&](std::size_t i, Outcome&& outcome) { done(m_waiting[i], outcome); });
        m_waiting.clear();
        m_output.progress(m_wish.file + ": " + std::to_string(m_seen) + " báo cáo · reports");
    }

    [[nodiscard]] const ImportCounts& counts() const { return m_counts; }

private:
    std::string unit_text(const Submission& submission) const
    {
        if (!submission.unit) return {};
        return m_territory->code_text(submission.unit, m_wish.programme->calendar.dates(submission.period).cut_off());
    }

    void done(const Submission& submission, const Outcome& outcome)
    {
        ++m_seen;
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
            m_accepted << unit_text(submission) << ',' << submission.period.text() << ',' << submission.form << ','
                       << outcome.version << ',' << word(outcome.verdict)
                       << std::endl;  // each line must survive a kill
    }

    void refused(const Submission& submission, const std::vector<Finding>& findings)
    {
        ++m_counts.refused;
        const std::string unit = unit_text(submission);
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
        m_rejects.add(submission, unit.empty() ? submission.unit_text : unit, findings);
    }

    const ImportWish& m_wish;
    std::shared_ptr<const units::Territory> m_territory;
    Output& m_output;
    std::shared_ptr<reporting::Reception> m_reception;
    Rejects m_rejects;
    std::ofstream m_accepted;
    std::vector<Submission> m_waiting;
    ImportCounts m_counts;
    std::int64_t m_seen = 0;
};

}  // namespace

Result<ImportCounts> import_file(instance::Instance& instance, const ImportWish& wish, Output& output)
{
    PHOIHOP_TRY(content, read_text_file(wish.path, import_bytes_max));
    PHOIHOP_TRY(open, rows_of(wish, content));
    PHOIHOP_TRY(territory, instance.territory());
    if (content.size() > large_file)
        instance.prepare({.register_of_obligations = true, .cube = true},
                         [&](std::string_view line) { output.progress(line); });
    Importer importer(instance, wish, territory, output);
    reporting::ImportReader reader(wish.programme, territory, wish.file, wish.defaults);
    const auto read = reader.read(
        open, [&](Submission&& submission) { importer.take(std::move(submission)); },
        [&](const Submission& submission, Finding&& finding) {
            importer.refuse_report(submission, std::move(finding));
        });
    importer.flush();
    output.progress({});
    if (!read) return tl::make_unexpected(read.error());
    return importer.counts();
}

}  // namespace phoihop::cli
