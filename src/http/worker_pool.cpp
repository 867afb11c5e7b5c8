// SPDX-License-Identifier: Apache-2.0
#include "http/worker_pool.hpp"

namespace phoihop::http {

WorkerPool::WorkerPool(std::size_t threads, std::size_t queue_max) : m_queue_max(queue_max)
{
    m_threads.reserve(threads);
    for (std::size_t i = 0; i < threads; ++i) m_threads.emplace_back([this] { work(); });
}

WorkerPool::~WorkerPool()
{
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
    }
    m_changed.notify_all();
    for (std::thread& thread : m_threads) thread.join();
}

bool WorkerPool::try_run(std::function<void()> task)
{
    {
        const std::lock_guard lock(m_mutex);
        if (m_stopping || m_queue.size() >= m_queue_max) return false;
        m_queue.push_back(std::move(task));
    }
    m_changed.notify_one();
    return true;
}

void WorkerPool::work()
{
    for (;;) {
        std::function<void()> task;
        {
            std::unique_lock lock(m_mutex);
            m_changed.wait(lock, [this] { return m_stopping || !m_queue.empty(); });
            if (m_queue.empty()) return;
            task = std::move(m_queue.front());
            m_queue.pop_front();
        }
        task();
    }
}

}  // namespace phoihop::http
