// SPDX-License-Identifier: Apache-2.0
#include "store/handover.hpp"

#include "store/local_socket.hpp"
#include "store/sqlite_database.hpp"

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <list>
#include <thread>

namespace phoihop::store {

namespace {

// Asker → server: 'd' folder, 'a' one argument each, '.' go. Server → asker: 'o' and 'e' output, 'x' exit status
// in digits, 'b' come again later.
constexpr std::size_t arguments_max = 10'000;
constexpr std::size_t arguments_size_max = 4U << 20U;

struct Request {
    std::string cwd;
    std::vector<std::string> argv;
};

std::optional<Request> receive_request(const Descriptor& connection)
{
    Request request;
    std::size_t size = 0;
    while (auto frame = receive_frame(connection)) {
        size += frame->bytes.size();
        if (size > arguments_size_max || request.argv.size() > arguments_max) return std::nullopt;
        switch (frame->kind) {
            case 'd': request.cwd = std::move(frame->bytes); break;
            case 'a': request.argv.push_back(std::move(frame->bytes)); break;
            case '.': return request;
            default: return std::nullopt;
        }
    }
    return std::nullopt;
}

class SocketOutput final : public CommandOutput {
public:
    explicit SocketOutput(const Descriptor& connection) : m_connection(connection) {}
    void out(std::string_view bytes) override { send('o', bytes); }
    void err(std::string_view bytes) override { send('e', bytes); }
    bool closed() const override { return m_closed; }

private:
    void send(char kind, std::string_view bytes)
    {
        const std::lock_guard lock(m_mutex);
        if (!m_closed && !bytes.empty()) m_closed = !send_frame(m_connection, kind, bytes);
    }
    const Descriptor& m_connection;
    std::mutex m_mutex;
    std::atomic<bool> m_closed = false;
};

Problem nobody_answers(const std::string& address)
{
    const auto lock = lock_file_of(sqlite_file_of(address));
    return {ProblemCode::busy, address, {{"holder", holder_of(lock)}}};
}

}  // namespace

struct HandoverServer::Impl {
    struct Asker {
        std::thread thread;
        std::atomic<bool> done = false;
    };

    Impl(const std::string& address, CommandHandler carried)
        : path(socket_file_of(sqlite_file_of(address))),
          handler(std::move(carried)),
          listening(listen_at(path)),
          wake(::eventfd(0, EFD_CLOEXEC))
    {
        thread = std::thread([this] { listen(); });
    }
    ~Impl()
    {
        const std::uint64_t one = 1;
        [[maybe_unused]] const auto written = ::write(wake.get(), &one, sizeof one);
        thread.join();
        ::unlink(path.c_str());
        for (auto& asker : askers) asker.thread.join();
    }
    Impl(const Impl&) = delete;
    Impl& operator=(const Impl&) = delete;

    void listen();
    void accept_one();
    void serve(const Descriptor& connection) const;

    std::string path;
    CommandHandler handler;
    Descriptor listening;
    Descriptor wake;
    std::list<Asker> askers;  ///< touched by the listening thread alone, until it has ended
    std::thread thread;
};

void HandoverServer::Impl::listen()
{
    while (true) {
        pollfd ready[] = {{listening.get(), POLLIN, 0}, {wake.get(), POLLIN, 0}};
        if (::poll(ready, 2, -1) < 0 && errno != EINTR) return;
        if (ready[1].revents != 0) return;
        if (ready[0].revents != 0) accept_one();
    }
}

void HandoverServer::Impl::accept_one()
{
    Descriptor connection(::accept4(listening.get(), nullptr, nullptr, SOCK_CLOEXEC));
    if (!connection || !is_trusted_peer(connection)) return;
    askers.remove_if([](Asker& asker) {
        if (asker.done) asker.thread.join();
        return asker.done.load();
    });
    if (askers.size() >= handover_askers_max) {
        [[maybe_unused]] const bool told = send_frame(connection, 'b', {});
        return;
    }
    // Whoever connects and says nothing must not keep the server from ending.
    constexpr timeval patience{10, 0};
    ::setsockopt(connection.get(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    auto& asker = askers.emplace_back();
    asker.thread = std::thread([this, &asker, own = std::move(connection)] {
        serve(own);
        asker.done = true;
    });
}

void HandoverServer::Impl::serve(const Descriptor& connection) const
{
    constexpr int breakdown = 3;
    const auto request = receive_request(connection);
    if (!request) return;
    SocketOutput output(connection);
    int status = breakdown;
    try {
        status = handler(request->argv, request->cwd, output);
    } catch (const std::exception& error) {
        output.err(std::string(error.what()) + "\n");
    }
    [[maybe_unused]] const bool told = send_frame(connection, 'x', std::to_string(status));
}

HandoverServer::HandoverServer(const std::string& address, CommandHandler handler)
    : m_impl(std::make_unique<Impl>(address, std::move(handler)))
{
}

HandoverServer::~HandoverServer() = default;

Result<int> hand_over(const std::string& address, const std::vector<std::string>& argv, const std::string& cwd,
                      const CommandSinks& sinks)
{
    const auto connection = connect_to(socket_file_of(sqlite_file_of(address)));
    if (!connection) return tl::make_unexpected(nobody_answers(address));
    bool sent = send_frame(*connection, 'd', cwd);
    for (const auto& argument : argv) sent = sent && send_frame(*connection, 'a', argument);
    sent = sent && send_frame(*connection, '.', {});
    while (const auto frame = receive_frame(*connection)) {
        switch (frame->kind) {
            case 'o': sinks.out(frame->bytes); break;
            case 'e': sinks.err(frame->bytes); break;
            case 'x': return std::stoi(frame->bytes);
            case 'b': return tl::make_unexpected(nobody_answers(address));
            default: throw StoreError("the process that holds " + address + " speaks another language");
        }
    }
    throw StoreError("the process that holds " + address + " ended before the command was done");
}

}  // namespace phoihop::store
