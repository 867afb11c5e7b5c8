// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <string>
#include <thread>

namespace phoihop::instance {

class Instance;

/// How often the cube is looked after, in beats of a second.
struct CubePace {
    std::int64_t scrub = 30;        ///< one period each time: twenty minutes for a round of forty quarters
    std::int64_t first_save = 60;   ///< a server that was killed before it stopped begins with this one
    std::int64_t save = 3600;       ///< a national file is 0.8 GB, an hour's reports are followed in a second
    std::size_t parts = 8;          ///< of the file looked at in a beat
    std::size_t packed_pages = 16;  ///< packed in a beat in which nobody wrote: a writer would wait a millisecond
};

/// What the cube of a server needs beside reports: its file looked through, its sums compared, what got cold packed,
/// and a file written to begin with the next time. Little at a time, so that nobody waits.
class CubeWork {
public:
    /// `file` = "" keeps none.
    CubeWork(Instance& instance, std::string file, CubePace pace = {});

    void beat();
    /// The server stops: writes the file unless it is of now.
    void finish();

private:
    void save();

    Instance& m_instance;
    std::string m_file;
    CubePace m_pace;
    std::int64_t m_beats = 0;
    std::int64_t m_last_as_of = 0;  // when it was last looked at
};

/// Does the work in a thread of its own until it goes; then finishes it. What fails is logged and tried again.
class CubeKeeper {
public:
    CubeKeeper(Instance& instance, std::string file);
    ~CubeKeeper();
    CubeKeeper(const CubeKeeper&) = delete;
    CubeKeeper& operator=(const CubeKeeper&) = delete;

private:
    void keep(const std::stop_token& stop);

    CubeWork m_work;
    std::mutex m_mutex;
    std::condition_variable_any m_stopped;
    std::jthread m_thread;  // last: it uses all the others
};

}  // namespace phoihop::instance
