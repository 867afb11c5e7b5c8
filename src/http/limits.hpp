// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace phoihop::http {

/// Every limit of the server in one place. Deadlines are total for their phase, so that a sender who drips one
/// byte a second gains nothing; only `idle` restarts, and only between requests.
struct Limits {
    std::uint32_t head_size_max = 16U * 1024;  ///< request line and headers, bytes
    std::size_t header_count_max = 100;
    std::size_t target_size_max = 4096;
    std::size_t body_size_max = 1024UL * 1024;  ///< where the route does not say otherwise
    std::size_t body_total_max = 256U << 20U;   ///< bodies held for all connections together
    std::size_t connections_max = 4096;
    std::size_t event_streams_max = 2000;
    std::size_t queue_max = 512;  ///< requests that wait for a worker

    std::chrono::milliseconds head_deadline{15'000};
    std::chrono::milliseconds body_deadline{15'000};   ///< for the first part; a large body gets more
    std::size_t body_rate_min = 16UL * 1024;           ///< bytes a second that a large body must reach
    std::chrono::milliseconds write_deadline{30'000};  ///< for each piece of an answer
    std::chrono::milliseconds idle{60'000};            ///< a kept connection between requests
    std::chrono::milliseconds heartbeat{15'000};       ///< a comment on a silent event stream
};

}  // namespace phoihop::http
