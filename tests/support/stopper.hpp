// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/writer.hpp"

#include <latch>
#include <thread>

namespace phoihop::test {

/// Holds the writing thread inside a job until released, so that a test decides what queues meanwhile.
class Stopper {
public:
    explicit Stopper(store::Writer& writer)
        : m_writer(writer), m_thread([this] {
              (void)m_writer.run([this](store::WriteContext&) -> Result<void> {
                  m_inside.count_down();
                  m_go_on.wait();
                  return {};
              });
          })
    {
        m_inside.wait();
    }
    ~Stopper()
    {
        if (m_thread.joinable()) release();
    }
    Stopper(const Stopper&) = delete;
    Stopper& operator=(const Stopper&) = delete;

    /// Returns when that many others wait.
    void wait_for_queue(std::size_t others) const
    {
        while (m_writer.waiting() < others) std::this_thread::yield();
    }
    void release()
    {
        m_go_on.count_down();
        m_thread.join();
    }

private:
    store::Writer& m_writer;
    std::latch m_inside{1};
    std::latch m_go_on{1};
    std::thread m_thread;
};

}  // namespace phoihop::test
