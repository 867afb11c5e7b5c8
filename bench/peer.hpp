// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "bench/answer.hpp"
#include "bench/workload.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace phoihop::bench {

/// Where loaded peers are kept, and how to reach the engines that are not linked.
struct Place {
    std::string folder;      ///< of this generator version and scale
    std::string postgresql;  ///< address of the cluster, "" = none was started
    std::string source;      ///< the source tree: script/node, bench/duckdb.mjs
};

struct Times {
    double answer_ms = 0;  ///< until all figures are in memory
    double json_ms = 0;    ///< written as JSON after that
};

/// An engine with the workload in one layout.
class Peer {
public:
    virtual ~Peer() = default;
    [[nodiscard]] virtual std::string_view name() const = 0;
    [[nodiscard]] virtual std::string version() const = 0;
    [[nodiscard]] virtual bool answers(QueryKind kind) const = 0;
    /// What an empty figure is to this engine.
    [[nodiscard]] virtual Empty rule() const { return Empty::kept; }

    /// Loads unless it is loaded; answers the seconds that loading took (whenever it was done).
    virtual double load(const Workload& workload) = 0;
    /// `answer` is blank, `json` empty.
    virtual Times ask(const Workload& workload, const Question& question, Answer& answer, std::string& json) = 0;
    /// Bytes on the disk, or in memory for what lives there.
    [[nodiscard]] virtual double bytes() = 0;
    /// What else can be measured once it is loaded, by name.
    using Extras = std::vector<std::pair<std::string, double>>;
    [[nodiscard]] virtual Extras extras(const Workload& /*workload*/) { return {}; }
    /// What beginning anew with what it has on the disk costs, by name.
    [[nodiscard]] virtual Extras start(const Workload& /*workload*/, double /*scale*/) { return {}; }
};

/// Every name that --peer takes, ours first.
inline constexpr std::string_view peer_names[] = {"ours",
                                                  "sqlite-summary",
                                                  "sqlite-wide",
                                                  "sqlite-narrow",
                                                  "postgresql-summary",
                                                  "postgresql-wide",
                                                  "postgresql-narrow",
                                                  "dhis2-style",
                                                  "duckdb-wide",
                                                  "duckdb-narrow"};

[[nodiscard]] std::unique_ptr<Peer> make_ours(const Place& place);
/// In a process of its own: begins with a cube's file, answers the national table and prints what that took.
int first_answer(const std::string& file, double scale);
[[nodiscard]] std::unique_ptr<Peer> make_sqlite(std::string_view name, const Place& place);
[[nodiscard]] std::unique_ptr<Peer> make_postgresql(std::string_view name, const Place& place);
[[nodiscard]] std::unique_ptr<Peer> make_duckdb(std::string_view name, const Place& place);

/// "v0, v1, …, v59", each put into `pattern` instead of `#`: sums and definitions of the wide layouts.
[[nodiscard]] std::string columns(std::string_view pattern);

/// Where a figure of a grouped row belongs: `group` is a province, a node or a commune, as the query says.
void place_narrow(const Workload& workload, const Question& question, std::int64_t group, std::int64_t column,
                  std::int64_t value, Answer& answer);

}  // namespace phoihop::bench
