// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/database.hpp"

#include <cstddef>
#include <memory>
#include <mutex>
#include <string_view>
#include <utility>
#include <vector>

namespace phoihop::store {

inline constexpr std::size_t idle_readers_max = 16;

/// The reading connections of one database: each is lent with a snapshot of its own and kept for the next reader.
/// `Own` is the engine's connection. Thread-safe.
template <class Own>
class ReaderPool {
public:
    /// Calls `reading` with one consistent snapshot, which `begin` begins; `make` opens a connection when none is idle.
    template <class Make>
    void read(std::string_view begin, const Make& make, const std::function<void(Connection&)>& reading)
    {
        const Lease lease(*this, begin, make, take());
        reading(lease.connection());
    }

    /// The same when `fits(connection)`, asked before the snapshot begins. Answers false, and nothing was read, when it
    /// does not fit or fails until then.
    template <class Make, class Fits>
    [[nodiscard]] bool read_if(std::string_view begin, const Make& make, const Fits& fits,
                               const std::function<void(Connection&)>& reading)
    {
        auto connection = take();
        try {
            if (!connection) connection = make();
            if (!fits(*connection)) {
                keep(std::move(connection));
                return false;
            }
        } catch (const StoreError&) {
            return false;
        }
        const Lease lease(*this, begin, make, std::move(connection));
        reading(lease.connection());
        return true;
    }

    void clear()
    {
        const std::lock_guard lock(m_mutex);
        m_idle.clear();
    }

private:
    class Lease {
    public:
        template <class Make>
        Lease(ReaderPool& pool, std::string_view begin, const Make& make, std::unique_ptr<Own> idle)
            : m_pool(pool), m_connection(std::move(idle))
        {
            if (!m_connection) m_connection = make();
            m_connection->execute(begin);
        }
        ~Lease()
        {
            try {
                m_connection->execute("rollback");
                m_pool.keep(std::move(m_connection));
            } catch (const StoreError&) {
                // A connection that cannot end its transaction is closed instead of kept.
            }
        }
        Lease(const Lease&) = delete;
        Lease& operator=(const Lease&) = delete;

        [[nodiscard]] Connection& connection() const { return *m_connection; }

    private:
        ReaderPool& m_pool;
        std::unique_ptr<Own> m_connection;
    };

    std::unique_ptr<Own> take()
    {
        const std::lock_guard lock(m_mutex);
        if (m_idle.empty()) return nullptr;
        auto taken = std::move(m_idle.back());
        m_idle.pop_back();
        return taken;
    }
    void keep(std::unique_ptr<Own> connection)
    {
        const std::lock_guard lock(m_mutex);
        if (m_idle.size() < idle_readers_max) m_idle.push_back(std::move(connection));
    }

    std::mutex m_mutex;
    std::vector<std::unique_ptr<Own>> m_idle;
};

}  // namespace phoihop::store
