// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"
#include "units/unit.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

/// A territory as files state it, before anybody believes it: every item knows its file and row, so that both
/// `check` (what is wrong, and where) and `import` read the same value.
namespace phoihop::units {

/// The data states the lists of 30 June 2025 and of 1 July 2025. What was before is unknown: the older list is
/// taken for the whole time before, so that periods of 2014 have a map at all.
inline constexpr Date before_data = day(1900, 1, 1);
inline constexpr Date reform_day = day(2025, 7, 1);
inline constexpr std::string_view old_scheme = "vn63";
inline constexpr std::string_view new_scheme = "vn34";
inline constexpr std::string_view local_scheme = "local";

/// The nation itself, which no list contains.
[[nodiscard]] Code nation_code();

/// Where a statement stands: "commune_map.csv:17" (row 1 is the header).
struct Origin {
    std::string file;
    std::uint32_t row = 0;

    [[nodiscard]] std::string where() const { return file + ":" + std::to_string(row); }
    friend auto operator<=>(const Origin&, const Origin&) = default;
};

enum class Severity : std::uint8_t { notice, error };

/// One inconsistency. `rule` is a stable word ("orphan", "split_without_heir"); data/vn-units/README.md explains
/// each that the shipped data has. Facts name what contradicts what. An error keeps the data set from being imported.
struct Finding {
    Severity severity = Severity::error;
    std::string rule;
    Origin origin;
    Problem::Facts facts;
};

struct StatedUnit {
    Origin origin;
    UnitState state;  ///< `parent` is not used: ids do not exist yet
    Code parent;      ///< empty for the nation
};

/// One row of a map from old to new units.
struct StatedLink {
    Origin origin;
    Code from;
    Code to;
    Date on = reform_day;
    Part land{};
    Part people{};
    bool main = false;                ///< takes all the people
    bool goes_on = false;             ///< no succession: the same unit under a new code
    bool settled_by_sources = false;  ///< found in two lists, while the legal act spells the name otherwise
    std::int64_t targets = 1;         ///< how many rows the old unit is said to have
    std::string act;
};

/// A later change of a unit that goes on.
struct StatedChange {
    Origin origin;
    Code code;
    Date on{};
    std::string old_full_name;
    std::string new_full_name;
    std::string act;
    bool act_read = true;  ///< false: known from secondary sources only
};

struct StatedAlias {
    Origin origin;
    Code code;
    std::string alias;
    std::string source;
};

/// A number that the files state about what stands below a unit; `kind` is "" for all kinds.
struct StatedCount {
    Origin origin;
    Code code;
    std::string column;
    std::string kind;
    std::int64_t count = 0;
};

/// A column that repeats what another file says, and must agree with it.
struct StatedClaim {
    enum class About : std::uint8_t { ancestor, heir, heir_of_parent, origins, full_name };
    Origin origin;
    About about{};
    Code code;
    std::string column;
    std::string value;  ///< digits in the scheme that `about` asks for, or a name
};

/// The outlines of one scheme's provinces as their file states them: TopoJSON, feature id = digits.
struct StatedOutlines {
    std::string file;
    std::string scheme;
    std::string topology;
};

/// A point inside a unit, in millionths of a degree (WGS84).
struct InnerPoint {
    Code code;
    std::int64_t latitude = 0;
    std::int64_t longitude = 0;

    friend bool operator==(const InnerPoint&, const InnerPoint&) = default;
};

struct DataSet {
    std::vector<StatedUnit> units;
    std::vector<StatedLink> links;
    std::vector<StatedChange> changes;
    std::vector<StatedAlias> aliases;
    std::vector<StatedCount> counts;
    std::vector<StatedClaim> claims;
    std::vector<StatedOutlines> outlines;
    std::vector<InnerPoint> points;
    std::vector<Finding> findings;  ///< rows that could not be read as what they should be
};

/// Name → bytes of the CSV and TopoJSON files of a data set.
using DataFiles = std::map<std::string, std::string>;

/// The CSV and TopoJSON files of `directory`; `not_found` when there is no such directory or it holds none.
[[nodiscard]] Result<DataFiles> load_data_files(const std::string& directory);

/// Reads the files. Refuses only what cannot be a data set at all (a file or a column is missing, a file is no
/// CSV); a bad row is a finding, and the other rows are read.
[[nodiscard]] Result<DataSet> read_data_set(const DataFiles& files);

}  // namespace phoihop::units
