// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "reporting/import_rows.hpp"
#include "reporting/submit.hpp"

namespace phoihop::reporting {

/// The largest file that is read, bytes: the whole national stream of a decade fits.
inline constexpr std::uint64_t import_bytes_max = 2ULL << 30;

/// One file of reports, whichever way it came: the bytes of a CSV or XLSX, found out by their beginning.
struct ImportFile {
    std::string name;  ///< as its sender calls it
    std::string_view content;
    ImportDefaults defaults;
    bool only_judged = false;  ///< nothing is kept: what would become of each report by its form's rules alone
};

/// A fresh reader over the file's rows, as often as it is asked; of a workbook the first sheet that is not hidden. The
/// file's content must outlive it.
[[nodiscard]] Result<OpenRows> rows_of(const ImportFile& file);

/// Called for every report in the file's order, for kept ones after their commit is durable.
using ImportDone = std::function<void(const Submission&, const Outcome&)>;

/// Sends every report of the file through the Reception, some thousands at a time. A report with an error is refused,
/// the others are taken; a Problem only when the file as such cannot be read. The same file again changes nothing.
[[nodiscard]] Result<void> import_reports(Reception& reception, std::shared_ptr<const programme::Programme> programme,
                                          std::shared_ptr<const units::Territory> territory, const ImportFile& file,
                                          const Sender& sender, const ImportDone& done);

/// One row of a refused report as `import` reads it back, with what is wrong at its cell.
struct RejectedRow {
    std::string period, unit, indicator, value, received_on, reason, comment;
    std::string vi, en;
};
[[nodiscard]] std::vector<RejectedRow> rejected_rows(const Submission& submission, const std::string& unit,
                                                     const std::vector<Finding>& findings);
/// What is wrong at `cell` ("" for the report as a whole), in Vietnamese.
[[nodiscard]] std::string rejected_because(const std::vector<Finding>& findings, const std::string& cell);

/// The head row of a file of refused reports.
[[nodiscard]] std::string reject_head();

/// A refused report's rows as `import` reads them back, with what is wrong at each cell: to be mended in place.
void append_rejected(std::string& csv, const Submission& submission, const std::string& unit,
                     const std::vector<Finding>& findings);

/// "vn63:00004", as the period's register knows the unit; "" when the unit was not understood.
[[nodiscard]] std::string unit_code(const Submission& submission, const programme::Programme& programme,
                                    const units::Territory& territory);

}  // namespace phoihop::reporting
