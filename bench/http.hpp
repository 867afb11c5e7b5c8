// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "bench/peer.hpp"

namespace phoihop::bench {

/// The shipped program over HTTP on loopback, beside nginx that serves the same bytes as files (B1, B13):
///
///   bare_us                                 one byte there, 64 back, median
///   cached_us, packed_us, computed_us       the table of 63 provinces: kept, kept and compressed, computed anew
///   {cached,packed,handled}_cpu_us          processor time of the server for one answer; handled: GET /api/v1/session
///   {cached,packed,handled}_nginx_cpu_us    nginx, the same bytes as a file
///   idle_bytes, idle_nginx_bytes            resident memory for each of 3,000 idle keep-alive connections
///   head_dripped_s, body_dripped_s          until a sender of one byte a second is cut
///   table_bytes, packed_bytes, handled_bytes
///
/// The demonstration database is made once, in `place`.
[[nodiscard]] Peer::Extras measure_http(const Place& place);

/// What `national --echo`, a process of its own, does for it: says its port and answers 64 bytes to each byte.
[[noreturn]] void serve_echo();

}  // namespace phoihop::bench
