// SPDX-License-Identifier: Apache-2.0
#include "base/log.hpp"
#include "http/server_state.hpp"

#include <boost/asio/post.hpp>
#include <boost/asio/strand.hpp>

#include <algorithm>
#include <tuple>

namespace phoihop::http {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

namespace {

constexpr std::string_view overloaded =
    "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 5\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

}  // namespace

asio::any_io_executor Server::State::executor()
{
    if (options.io_threads == 1) return io.get_executor();
    return asio::make_strand(io);
}

std::vector<std::shared_ptr<Link>> Server::State::all(const std::function<bool(const Link&)>& wanted)
{
    std::vector<std::shared_ptr<Link>> living;  // let go outside the lock: a destructor takes it
    const std::lock_guard lock(mutex);
    for (Link* link : links) {
        if (wanted && !wanted(*link)) continue;
        if (auto self = link->weak().lock()) living.push_back(std::move(self));
    }
    return living;
}

std::string Server::State::next_id()
{
    return options.id_prefix + "-" + std::to_string(++id_count);
}

void Server::State::log_access(const AccessRecord& record) const
{
    if (options.on_access) return options.on_access(record);
    log::info("request", {{"id", record.id},
                          {"method", record.method},
                          {"path", record.path},
                          {"status", std::to_string(record.status)},
                          {"bytes", std::to_string(record.bytes)},
                          {"us", std::to_string(record.took.count())},
                          {"address", record.address},
                          {"user", std::to_string(record.actor)}});
}

/// An exception here (no memory, say) costs the one connection whose callback threw, not the server.
void Server::State::run()
{
    for (;;) {
        try {
            io.run();
            return;
        } catch (const std::exception& error) {
            log::error("connection_broke", {{"what", error.what()}});
        }
    }
}

void Server::State::accept()
{
    acceptor.async_accept(executor(),
                          [this](error_code failed, tcp::socket socket) { on_accept(failed, std::move(socket)); });
}

void Server::State::on_accept(error_code failed, tcp::socket socket)
{
    if (stopping || failed == asio::error::operation_aborted) return;
    if (failed) {  // usually no file descriptor is free: give the others time to end
        log::warning("accept_failed", {{"what", failed.message()}});
        pause.expires_after(std::chrono::milliseconds(100));
        return pause.async_wait([this](error_code stopped) {
            if (!stopped) accept();
        });
    }
    std::size_t count = 0;
    {
        const std::lock_guard lock(mutex);
        count = links.size();
    }
    if (count >= site.limits().connections_max) {
        make_room_or_refuse(std::move(socket));
    } else {
        const auto executor = socket.get_executor();
        auto link = connect(*this, std::move(socket));
        asio::post(executor, [link] { link->start(); });
    }
    accept();
}

/// Looks again and again for what took too long. A deadline is kept to a tenth, and to a quarter of a second.
void Server::State::end_overdue()
{
    for (const auto& link : all([](const Link& one) { return one.is_overdue(); })) link->end_if_overdue();
    const Limits& limits = site.limits();
    const auto shortest = std::min({limits.head_deadline, limits.body_deadline, limits.write_deadline, limits.idle});
    rounds.expires_after(std::clamp(shortest / 10, std::chrono::milliseconds(1), std::chrono::milliseconds(250)));
    rounds.async_wait([this](error_code stopped) {
        if (!stopped) end_overdue();
    });
}

/// A full house: whoever keeps a connection without asking anything goes first, and the newcomer tries again.
void Server::State::make_room_or_refuse(tcp::socket socket)
{
    for (const auto& link : all())
        if (link->is_idle()) {
            link->end(false);
            break;
        }
    error_code ignored;
    std::ignore = socket.non_blocking(true, ignored);
    std::ignore = socket.send(asio::buffer(overloaded), 0, ignored);
    std::ignore = socket.shutdown(tcp::socket::shutdown_both, ignored);
}

Server::Server(std::unique_ptr<State> state) : m_state(std::move(state)) {}
Server::~Server()
{
    stop();
}

Result<std::unique_ptr<Server>> Server::start(const Site& site, ServerOptions options)
{
    error_code failed;
    const auto address = asio::ip::make_address(options.address, failed);
    if (failed)
        return refuse(ProblemCode::malformed, "address", {{"expected", "an IP address"}, {"found", options.address}});
    auto state = std::make_unique<State>(site, std::move(options));
    const tcp::endpoint endpoint(address, state->options.port);
    state->acceptor.open(endpoint.protocol());
    state->acceptor.set_option(tcp::acceptor::reuse_address(true));
    std::ignore = state->acceptor.bind(endpoint, failed);
    if (!failed) std::ignore = state->acceptor.listen(asio::socket_base::max_listen_connections, failed);
    if (failed)
        return refuse(ProblemCode::busy, state->options.address + ":" + std::to_string(state->options.port),
                      {{"holder", failed.message()}});
    state->workers = std::make_unique<WorkerPool>(state->options.workers, site.limits().queue_max);
    state->accept();
    state->end_overdue();
    for (std::size_t i = 0; i < state->options.io_threads; ++i)
        state->threads.emplace_back([s = state.get()] { s->run(); });
    return std::unique_ptr<Server>(new Server(std::move(state)));
}

std::uint16_t Server::port() const
{
    return m_state->acceptor.local_endpoint().port();
}

std::size_t Server::connection_count() const
{
    const std::lock_guard lock(m_state->mutex);
    return m_state->links.size();
}

void Server::stop(std::chrono::milliseconds grace)
{
    if (m_state->stopping.exchange(true)) return;
    asio::post(m_state->io, [this] {
        error_code ignored;
        std::ignore = m_state->acceptor.close(ignored);
        m_state->pause.cancel();
    });
    for (const auto& link : m_state->all()) link->end(false);
    {
        std::unique_lock lock(m_state->mutex);
        m_state->gone.wait_for(lock, grace, [this] { return m_state->links.empty(); });
    }
    for (const auto& link : m_state->all()) link->end(true);
    m_state->workers.reset();
    m_state->io.stop();
    for (std::thread& thread : m_state->threads) thread.join();
}

bool is_loopback_address(const std::string& address)
{
    error_code failed;
    const auto parsed = asio::ip::make_address(address, failed);
    return !failed && parsed.is_loopback();
}

}  // namespace phoihop::http
