// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/command.hpp"
#include "instance/instance.hpp"
#include "reporting/import_reports.hpp"

namespace phoihop::cli {

struct ImportWish {
    std::shared_ptr<const programme::Programme> programme;
    std::string file;  ///< as the caller named it
    std::string path;  ///< where it is
    reporting::ImportDefaults defaults;
    reporting::Sender sender;
    std::string rejects;   ///< path of a CSV file, or of a workbook if it ends in ".xlsx"; "" = not wanted
    std::string accepted;  ///< path, "" = not wanted
};

struct ImportCounts {
    std::int64_t accepted = 0, corrected = 0, withdrawn = 0, unchanged = 0, refused = 0;
    std::int64_t figures = 0;  ///< inside accepted and corrected reports
};

/// Reads the file report by report and sends them through the programme's Reception, a few thousand at a time. Findings
/// are said on the error stream by cell.
[[nodiscard]] Result<ImportCounts> import_file(instance::Instance& instance, const ImportWish& wish, Output& output);

}  // namespace phoihop::cli
