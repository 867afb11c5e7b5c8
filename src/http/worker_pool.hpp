// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace phoihop::http {

/// A fixed number of threads and a bounded queue before them. Past the bound a task is refused at once: a caller
/// who is told "try again" is better off than one who waits behind five hundred others.
class WorkerPool {
public:
    WorkerPool(std::size_t threads, std::size_t queue_max);
    ~WorkerPool();  ///< finishes what is queued
    WorkerPool(const WorkerPool&) = delete;
    WorkerPool& operator=(const WorkerPool&) = delete;

    /// False when the queue is full or the pool is stopping. A task must not throw.
    [[nodiscard]] bool try_run(std::function<void()> task);

private:
    void work();
    std::size_t m_queue_max;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::deque<std::function<void()>> m_queue;
    bool m_stopping = false;
    std::vector<std::thread> m_threads;
};

}  // namespace phoihop::http
