// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "documents/table.hpp"
#include "reporting/submission.hpp"
#include "units/territory.hpp"

#include <functional>
#include <memory>
#include <unordered_map>

namespace phoihop::reporting {

/// Gives the next row of a file; false at its end. A file is read twice, so the importer asks for a fresh source.
using RowSource = std::function<Result<bool>(documents::Row&)>;
using OpenRows = std::function<Result<RowSource>()>;

/// What the caller of an import says once for the whole file; columns of the file win over it.
struct ImportDefaults {
    std::optional<programme::PeriodName> period;
    std::string form;
    Scope scope = Scope::whole;
};

/// Turns the rows of a file into submissions, one report each.
///
/// Two layouts are known by their head row, in a CSV as in a workbook; head words may be Vietnamese ("Mã đơn vị") and
/// in any case. Optional columns of both: `received_on`, `reason`, `comment`. *Narrow*: `period,unit,indicator,value`
/// (any order; period may be left to the caller), one figure a row. The rows of one report belong together until its
/// first indicator comes again: then a later report of the same unit and period begins (a correction); any other
/// indicator that comes again is a cell given twice. A row whose indicator is a form's code carries a whole-report word
/// as its value: `nil` or `withdraw`. *Wide*: `unit` and a column for each indicator code, one report a row; a column
/// headed by the form's code carries a whole-report word, one headed `B1 comment` that cell's comment (`comment` alone
/// stands for every cell without one). `name` and columns headed `#…` are passed over.
///
/// A row that cannot be understood (unknown unit, period or indicator) refuses its own report only, and an indicator
/// that nobody is called stays with the report that it stands in.
class ImportReader {
public:
    ImportReader(std::shared_ptr<const programme::Programme> programme,
                 std::shared_ptr<const units::Territory> territory, std::string file, ImportDefaults defaults);
    ~ImportReader();

    using Take = std::function<void(Submission&&)>;
    using Refuse = std::function<void(const Submission&, Finding&&)>;

    /// Reads the whole file, calling `take` for each report in the file's order (by its last row), or `refuse` for one
    /// that cannot be put together. A Problem only when the file as such is unreadable (head row, encoding, limits).
    [[nodiscard]] Result<void> read(const OpenRows& open, const Take& take, const Refuse& refuse);

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

}  // namespace phoihop::reporting
