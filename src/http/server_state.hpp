// SPDX-License-Identifier: Apache-2.0
#pragma once

// Inside of the server, for server.cpp and connection.cpp only.
#include "http/server.hpp"
#include "http/worker_pool.hpp"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>

#include <atomic>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>
#include <unordered_set>

namespace phoihop::http {

/// What the server knows of a connection.
class Link {
public:
    virtual ~Link() = default;
    virtual void start() = 0;  ///< on its executor
    /// From any thread: ends the connection unless a request is being answered; `always` even then.
    virtual void end(bool always) = 0;
    [[nodiscard]] virtual bool is_idle() const = 0;     ///< between two requests
    [[nodiscard]] virtual bool is_overdue() const = 0;  ///< from any thread: what is under way should have been done
    virtual void end_if_overdue() = 0;                  ///< from any thread
    [[nodiscard]] virtual std::weak_ptr<Link> weak() = 0;
};

/// A share of the memory that bodies may take together.
class BodyShare {
public:
    explicit BodyShare(std::atomic<std::size_t>& total) : m_total(total) {}
    ~BodyShare() { give_back(); }
    BodyShare(const BodyShare&) = delete;
    BodyShare& operator=(const BodyShare&) = delete;
    [[nodiscard]] bool take(std::size_t bytes, std::size_t most)
    {
        give_back();
        m_bytes = bytes;
        return (m_total += bytes) <= most;
    }
    void give_back() { m_total -= std::exchange(m_bytes, 0); }

private:
    std::atomic<std::size_t>& m_total;
    std::size_t m_bytes = 0;
};

struct Server::State {
    State(const Site& the_site, ServerOptions the_options)
        : site(the_site),
          options(std::move(the_options)),
          io(static_cast<int>(options.io_threads)),
          acceptor(io),
          pause(io),
          rounds(io)
    {
    }
    void run();
    void accept();
    void on_accept(boost::system::error_code failed, boost::asio::ip::tcp::socket socket);
    void end_overdue();
    void make_room_or_refuse(boost::asio::ip::tcp::socket socket);
    [[nodiscard]] boost::asio::any_io_executor executor();
    /// The living ones, or those of them that `wanted` takes.
    [[nodiscard]] std::vector<std::shared_ptr<Link>> all(const std::function<bool(const Link&)>& wanted = {});
    [[nodiscard]] std::string next_id();
    void log_access(const AccessRecord& record) const;

    const Site& site;
    ServerOptions options;
    std::atomic<std::uint64_t> id_count{0};
    std::atomic<bool> stopping{false};
    std::atomic<std::size_t> body_bytes{0};
    std::atomic<std::size_t> event_streams{0};

    std::mutex mutex;  // of `links`
    std::condition_variable gone;
    std::unordered_set<Link*> links;

    std::unique_ptr<WorkerPool> workers;
    std::vector<std::thread> threads;
    // Last, hence destroyed first: callbacks that never ran hold connections, which look at the members above.
    boost::asio::io_context io;
    // A request that is with a worker is no work to Asio: without this its threads would go home meanwhile.
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> busy = boost::asio::make_work_guard(io);
    boost::asio::ip::tcp::acceptor acceptor;
    boost::asio::steady_timer pause;
    boost::asio::steady_timer rounds;
};

/// A connection on `socket`, in the server's list for as long as it lives.
[[nodiscard]] std::shared_ptr<Link> connect(Server::State& server, boost::asio::ip::tcp::socket socket);

}  // namespace phoihop::http
