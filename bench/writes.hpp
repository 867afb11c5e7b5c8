// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "bench/peer.hpp"

#include <cstdint>
#include <set>
#include <string>

namespace phoihop::bench {

/// How fast reports become durable, here and there. Names and units:
///   ours_{sqlite,postgresql}_one_p50_us      one client, from the call of `submit` to its answer
///   ours_{sqlite,postgresql}_one_fdatasync_us  a bare fdatasync before each of its reports
///   ours_{sqlite,postgresql}_64_reports_s    64 clients
///   ours_postgresql_processes_{1,3}_reports_s  64 clients of one process, and of three on the same database
///   ours_{sqlite,postgresql}_bulk_reports_s  one call with many reports
///   ours_*_table_idle_p50_ms, …_busy_p50_ms, …_busy_p99_ms  the national table alone, and beside the 64 clients
///   ours_*_start_s, …_start_reports_s        opening anew, until the cube has read every report from the database
///   sqlite_summary_group_reports_s           figures and summary rows by triggers, 64 reports a commit
///   postgresql_own_reports_s                 64 connections, one row and one transaction for each report
///   postgresql_trigger_reports_s             8 connections, figures and summary rows by statement triggers
///   postgresql_narrow_bulk_reports_s         COPY of figures into a table with its two indexes
/// `bars` empty = all.
[[nodiscard]] Peer::Extras measure_writes(const Workload& workload, const Place& place,
                                          const std::set<std::string>& bars);

/// The peers' half.
[[nodiscard]] Peer::Extras measure_peer_writes(const Workload& workload, const Place& place,
                                               const std::set<std::string>& bars);
/// Our half.
[[nodiscard]] Peer::Extras measure_our_writes(const Workload& workload, const Place& place,
                                              const std::set<std::string>& bars);

/// What `national --sender` does, a process of its own: prints how many seconds after `begin` (steady clock) its part
/// of the open quarter's reports was acknowledged.
int send_as_one_of_several(const std::string& address, int quarters, int number, int processes, std::int64_t begin);

[[nodiscard]] inline bool wants_bar(const std::set<std::string>& bars, const char* bar)
{
    return bars.empty() || bars.contains(bar);
}

}  // namespace phoihop::bench
