// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "units/data_set.hpp"
#include "units/unit_store.hpp"

namespace phoihop::units {

/// What an import did to units. Nothing is added or changed when the same files are imported again.
struct ImportedUnits {
    std::int64_t added = 0;
    std::int64_t changed = 0;
    std::int64_t unchanged = 0;
    std::int64_t drawings = 0;  ///< schemes whose outlines or inner points are other ones now
};

/// Brings the database to what `set` states. A unit is known again by (scheme, code) and day, so importing the
/// same data twice changes nothing, and a later data set (another change, another alias) changes only what differs;
/// units that the data does not speak of, local ones and choices of heirs stay. Refused as a whole with the first error
/// that `check` would report (`inconsistent`, where = file and row), or when the outcome would be no territory.
[[nodiscard]] Result<ImportedUnits> import_units(store::Writer& writer, const DataSet& set, UserId actor);

struct ImportedLocalUnits {
    ImportedUnits counts;
    std::vector<Finding> findings;  ///< errors; when there is any, nothing was imported
};

/// Adds residential areas under communes from a CSV with the columns
/// `code,name,kind,parent,valid_from` and, if wanted, `valid_to` (the last day). Codes are local (scheme "local") and
/// unique in the country: "00715-01" is a good one. `parent` is a commune's code as read on `valid_from`, or with its
/// scheme. Several rows of one code are one unit through time, as where its commune was merged. `kind` is a Vietnamese
/// word (thôn, tổ dân phố, bản, ấp …).
[[nodiscard]] Result<ImportedLocalUnits> import_local_units(store::Writer& writer, const std::string& file,
                                                            const std::string& csv, UserId actor);

}  // namespace phoihop::units
