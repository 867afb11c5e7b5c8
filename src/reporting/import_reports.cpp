// SPDX-License-Identifier: Apache-2.0
#include "reporting/import_reports.hpp"

#include "documents/csv.hpp"
#include "documents/xlsx_reader.hpp"
#include "reporting/finding_text.hpp"

#include <algorithm>
#include <array>

namespace phoihop::reporting {

namespace {

/// Reports judged and queued together: enough for full commits, little enough for memory.
constexpr std::size_t together = 2000;

}  // namespace

Result<OpenRows> rows_of(const ImportFile& file)
{
    const std::string_view content = file.content;
    if (!content.starts_with("PK"))
        return OpenRows([content]() -> Result<RowSource> {
            PHOIHOP_TRY(opened, documents::CsvReader::open(content));
            const auto reader = std::make_shared<documents::CsvReader>(opened);
            return RowSource([reader](documents::Row& row) { return reader->next(row); });
        });
    PHOIHOP_TRY(sheets, documents::read_xlsx(content));
    const auto visible =
        std::find_if(sheets.begin(), sheets.end(), [](const documents::Sheet& sheet) { return !sheet.hidden; });
    if (visible == sheets.end()) return refuse(ProblemCode::missing, file.name, {{"what", "sheet"}});
    const auto sheet = std::make_shared<const documents::Sheet>(std::move(*visible));
    return OpenRows([sheet]() -> Result<RowSource> {
        const auto next = std::make_shared<std::size_t>(0);
        return RowSource([sheet, next](documents::Row& row) -> Result<bool> {
            if (*next == sheet->rows.size()) return false;
            row = sheet->rows[(*next)++];
            return true;
        });
    });
}

Result<void> import_reports(Reception& reception, std::shared_ptr<const programme::Programme> programme,
                            std::shared_ptr<const units::Territory> territory, const ImportFile& file,
                            const Sender& sender, const ImportDone& done)
{
    PHOIHOP_TRY(open, rows_of(file));
    std::vector<Submission> waiting;
    const auto flush = [&] {
        if (file.only_judged) {
            for (const Submission& submission : waiting) {
                Outcome outcome = reception.judge(submission, sender);
                outcome.verdict = has_error(outcome.findings) ? Verdict::refused : Verdict::accepted;
                done(submission, outcome);
            }
            waiting.clear();
            return;
        }
        reception.submit_all(waiting, sender, [&](std::size_t i, Outcome&& outcome) { done(waiting[i], outcome); });
        waiting.clear();
    };
    ImportReader reader(std::move(programme), std::move(territory), file.name, file.defaults);
    const auto read = reader.read(
        open,
        [&](Submission&& submission) {
            waiting.push_back(std::move(submission));
            if (waiting.size() >= together) flush();
        },
        [&](const Submission& submission, Finding&& finding) {
            flush();
            Outcome outcome;
            outcome.findings.push_back(std::move(finding));
            done(submission, outcome);
        });
    flush();
    return read;
}

std::string reject_head()
{
    return "period,unit,indicator,value,received_on,reason,comment,#lỗi,#error\n";
}

namespace {

std::string because(const std::vector<Finding>& findings, const std::string& cell, text::Language language)
{
    std::string all;
    for (const Finding& finding : findings)
        if (finding.indicator == cell) all += (all.empty() ? "" : " ") + sentence(finding, language);
    return all;
}

}  // namespace

std::string rejected_because(const std::vector<Finding>& findings, const std::string& cell)
{
    return because(findings, cell, text::Language::vi);
}

std::vector<RejectedRow> rejected_rows(const Submission& submission, const std::string& unit,
                                       const std::vector<Finding>& findings)
{
    std::vector<RejectedRow> rows;
    const auto row = [&](const CellInput& input, const std::string& cell) {
        rows.push_back({submission.period.year == 0 ? submission.period_text : submission.period.text(), unit,
                        input.indicator, input.text,
                        submission.received_on ? format_date(*submission.received_on) : std::string{},
                        submission.reason, input.comment, because(findings, cell, text::Language::vi),
                        because(findings, cell, text::Language::en)});
    };
    for (const CellInput& cell : submission.cells) row(cell, cell.indicator);
    const auto given = [&](const std::string& indicator) {
        return std::any_of(submission.cells.begin(), submission.cells.end(),
                           [&](const CellInput& cell) { return cell.indicator == indicator; });
    };
    for (const Finding& finding : findings)
        if (finding.code == FindingCode::required && !given(finding.indicator))
            row({finding.indicator, {}, {}, {}}, finding.indicator);
    const std::string_view word = submission.nil ? "nil" : submission.withdraw ? "withdraw" : "";
    if (submission.cells.empty()) row({submission.form, std::string(word), {}, {}}, "");
    return rows;
}

void append_rejected(std::string& csv, const Submission& submission, const std::string& unit,
                     const std::vector<Finding>& findings)
{
    using documents::text_cell;
    for (const RejectedRow& row : rejected_rows(submission, unit, findings)) {
        const std::array cells = {text_cell(row.period),  text_cell(row.unit),        text_cell(row.indicator),
                                  text_cell(row.value),   text_cell(row.received_on), text_cell(row.reason),
                                  text_cell(row.comment), text_cell(row.vi),          text_cell(row.en)};
        documents::append_csv_row(csv, cells);
    }
}

std::string unit_code(const Submission& submission, const programme::Programme& programme,
                      const units::Territory& territory)
{
    if (!submission.unit) return {};
    return territory.code_text(submission.unit, programme.calendar.dates(submission.period).cut_off());
}

}  // namespace phoihop::reporting
