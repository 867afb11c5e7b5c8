// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace phoihop::bench {

/// What this machine can do at best, measured in the same run as everything that is compared with it.
struct Limits {
    double read_1_gb_s = 0;           ///< memory read by one thread
    double read_2_gb_s = 0;           ///< by two
    double fdatasync_us = 0;          ///< pwrite of 4 KiB into preallocated space + fdatasync, median
    double fdatasync_growing_us = 0;  ///< the same at the end of a file that grows
    double loopback_us = 0;           ///< TCP on 127.0.0.1: one byte there, 64 back, median
};

/// `folder` is where the files for fdatasync are made: the disk that the peers stand on.
[[nodiscard]] Limits measure_limits(const std::string& folder);

/// One pwrite of 4 KiB into preallocated space + fdatasync at a time: beside what is compared with it, because a shared
/// disk's speed changes within seconds.
class SyncProbe {
public:
    explicit SyncProbe(const std::string& folder);
    ~SyncProbe();
    SyncProbe(const SyncProbe&) = delete;
    SyncProbe& operator=(const SyncProbe&) = delete;
    [[nodiscard]] double us();

private:
    std::string m_path;
    int m_file;
    int m_next = 0;
};

/// Name of the processor, cores, memory, kernel.
[[nodiscard]] std::string machine();
/// The three figures of /proc/loadavg.
[[nodiscard]] std::string load_average();

}  // namespace phoihop::bench
