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

void append_rejected(std::string& csv, const Submission& submission, const std::string& unit,
                     const std::vector<Finding>& findings)
{
    const std::string period = submission.period.year == 0 ? submission.period_text : submission.period.text();
    const std::string received = submission.received_on ? format_date(*submission.received_on) : std::string{};
    const auto row = [&](const CellInput& input, const std::string& cell) {
        std::string vi;
        std::string en;
        for (const Finding& finding : findings) {
            if (finding.indicator != cell) continue;
            vi += (vi.empty() ? "" : " ") + sentence(finding, text::Language::vi);
            en += (en.empty() ? "" : " ") + sentence(finding, text::Language::en);
        }
        using documents::text_cell;
        const std::array cells = {text_cell(period),        text_cell(unit),     text_cell(input.indicator),
                                  text_cell(input.text),    text_cell(received), text_cell(submission.reason),
                                  text_cell(input.comment), text_cell(vi),       text_cell(en)};
        documents::append_csv_row(csv, cells);
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
}

std::string unit_code(const Submission& submission, const programme::Programme& programme,
                      const units::Territory& territory)
{
    if (!submission.unit) return {};
    return territory.code_text(submission.unit, programme.calendar.dates(submission.period).cut_off());
}

}  // namespace phoihop::reporting
