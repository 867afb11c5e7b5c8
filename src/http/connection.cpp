// SPDX-License-Identifier: Apache-2.0
// The one file that knows Beast and Asio. It works with plain callbacks:
// docs/decisions/0030-callbacks-in-the-connection.md.
#include "base/log.hpp"
#include "http/event_hub.hpp"
#include "http/server_state.hpp"

#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>

#include <array>
#include <limits>
#include <tuple>

namespace phoihop::http {

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace bhttp = boost::beast::http;
using asio::ip::tcp;
using beast::error_code;

constexpr std::size_t read_size = 8192;
constexpr std::size_t first_read_size = 1024;     // all that an idle connection holds; most requests fit
constexpr std::size_t piece_size = 256UL * 1024;  // of a long answer; each piece has its own deadline
constexpr std::size_t discard_max = 1024UL * 1024;
constexpr std::chrono::seconds linger_time{2};
constexpr auto no_deadline = std::numeric_limits<std::chrono::steady_clock::rep>::max();
constexpr std::string_view go_on = "HTTP/1.1 100 Continue\r\n\r\n";
constexpr std::string_view heartbeat_frame = ":\n\n";

Response too_large(std::string_view what, std::uint64_t limit, int status)
{
    return problem_answer(status, {ProblemCode::too_large, std::string(what), {{"limit", std::to_string(limit)}}});
}

Response busy()
{
    return problem_answer(503, {ProblemCode::busy, {}, {{"retry_s", "2"}}}).with("Retry-After", "2");
}

/// One caller. All members are touched from its own executor only, or from a worker while the connection waits for it
/// (m_with_worker): then nothing here touches the request, the answer or, but for shutting it down, the socket. Keeps
/// itself alive by the callback that is under way.
class Connection final : public Link, public std::enable_shared_from_this<Connection> {
public:
    Connection(Server::State& server, tcp::socket socket)
        : m_server(server),
          m_site(server.site),
          m_limits(server.site.limits()),
          m_socket(std::move(socket)),
          m_buffer(m_limits.head_size_max + 64UL * 1024),
          m_share(server.body_bytes)
    {
        const std::lock_guard lock(m_server.mutex);
        m_server.links.insert(this);
    }
    ~Connection() override
    {
        if (m_streaming) --m_server.event_streams;
        const std::lock_guard lock(m_server.mutex);
        m_server.links.erase(this);
        m_server.gone.notify_all();
    }
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    void start() override
    {
        error_code ignored;
        std::ignore = m_socket.set_option(tcp::no_delay(true), ignored);
        std::ignore = m_socket.non_blocking(true, ignored);
        const auto peer = m_socket.remote_endpoint(ignored);
        if (!ignored) m_address = peer.address().to_string();
        next_request();
    }

    void end(bool always) override
    {
        asio::post(m_socket.get_executor(), [self = shared_from_this(), always] {
            if (!always && !self->m_idle && !self->m_streaming) return;
            if (!self->m_with_worker) return self->close();
            self->m_cut = true;
            self->shut();
        });
    }
    [[nodiscard]] bool is_idle() const override { return m_idle; }
    [[nodiscard]] bool is_overdue() const override
    {
        return std::chrono::steady_clock::now().time_since_epoch().count() > m_deadline.load(std::memory_order_relaxed);
    }
    void end_if_overdue() override
    {
        asio::post(m_socket.get_executor(), [self = shared_from_this()] {
            if (self->is_overdue()) self->close();
        });
    }
    [[nodiscard]] std::weak_ptr<Link> weak() override { return weak_from_this(); }

private:
    /// A callback that keeps the connection alive until it has run.
    template <class... Arguments>
    auto then(void (Connection::*next)(Arguments...))
    {
        return [self = shared_from_this(), next](Arguments... arguments) { (self.get()->*next)(arguments...); };
    }

    /// What is under way must be done by then; the server's own round looks (Server::State::end_overdue), because a
    /// timer for each step of each request costs more than the request.
    void end_after(std::chrono::milliseconds wait)
    {
        m_deadline.store((std::chrono::steady_clock::now() + wait).time_since_epoch().count(),
                         std::memory_order_relaxed);
    }
    void rest() { m_deadline.store(no_deadline, std::memory_order_relaxed); }

    void next_request()
    {
        m_request = Request();
        if (m_server.stopping) return close();
        // A caller may send the next request before our answer; others have their turn first.
        if (m_buffer.size() > 0) return asio::post(m_socket.get_executor(), then(&Connection::read_head));
        m_idle = true;
        give_memory_back();
        end_after(m_limits.idle);
        m_socket.async_read_some(m_buffer.prepare(first_read_size), then(&Connection::on_first_bytes));
    }

    /// Thousands of connections wait for their next request: what the last one needed is not theirs to keep.
    void give_memory_back()
    {
        m_head.reset();
        if (m_buffer.capacity() > first_read_size) m_buffer.shrink_to_fit();
        if (m_out.capacity() > first_read_size) std::string().swap(m_out);
    }

    void on_first_bytes(error_code failed, std::size_t size)
    {
        m_idle = false;
        if (failed) return close();
        m_buffer.commit(size);
        read_head();
    }

    void read_head()
    {
        m_began = std::chrono::steady_clock::now();
        m_head.emplace();
        m_head->header_limit(m_limits.head_size_max);
        m_head->body_limit(boost::none);  // the route's limit, which is not yet known
        end_after(m_limits.head_deadline);
        // Mostly all of it is here already: then nothing has to wait for its turn.
        error_code failed;
        m_head->eager(false);
        const std::size_t used = m_head->put(m_buffer.data(), failed);
        m_buffer.consume(used);
        if (failed == bhttp::error::need_more) failed = {};
        if (failed || m_head->is_header_done()) return on_head(failed, used);
        bhttp::async_read_header(m_socket, m_buffer, *m_head, then(&Connection::on_head));
    }

    void on_head(error_code failed, std::size_t)
    {
        m_keep = false;
        m_request.address = m_address;
        m_request.id = m_server.next_id();
        if (failed == bhttp::error::header_limit || failed == bhttp::error::buffer_overflow)
            return send(too_large("head", m_limits.head_size_max, 431));
        if (failed && failed.category() == make_error_code(bhttp::error::bad_field).category() &&
            failed != bhttp::error::end_of_stream && failed != bhttp::error::partial_message)
            return send(problem_answer(
                400, {ProblemCode::malformed, "head", {{"expected", "HTTP/1.1"}, {"found", failed.message()}}}));
        if (failed) return close();
        const auto& head = m_head->get();
        m_request.target = head.target();
        for (const auto& field : head)
            m_request.headers.push_back({std::string(field.name_string()), std::string(field.value())});
        if (m_request.headers.size() > m_limits.header_count_max)
            return send(too_large("headers", m_limits.header_count_max, 431));
        // Beast takes "3, 3" for 3; whoever stands before us may have taken it for something else.
        if (m_request.header_count("content-length") > 1 ||
            m_request.header("content-length").find(',') != std::string_view::npos)
            return send(problem_answer(400, {ProblemCode::duplicate, "content-length", {{"what", "Content-Length"}}}));
        const std::string_view method(head.method_string().data(), head.method_string().size());
        const auto known = method_from_word(method);
        if (!known)
            return send(problem_answer(501, {ProblemCode::unsupported, "method", {{"what", std::string(method)}}}));
        m_request.method = *known;
        m_has_body = m_head->chunked() || m_head->content_length().value_or(0) > 0;
        m_keep = m_head->keep_alive();
        admit();
    }

    void admit()
    {
        m_admission = m_site.admit(m_request);
        if (m_admission.refusal) return refuse(std::move(*m_admission.refusal));
        const std::string_view coding = m_request.header("transfer-encoding");
        if (!coding.empty() && !equal_ignoring_case(coding, "chunked"))
            return refuse(
                problem_answer(501, {ProblemCode::unsupported, "transfer-encoding", {{"what", std::string(coding)}}}));
        const std::string_view expect = m_request.header("expect");
        if (!expect.empty() && !equal_ignoring_case(expect, "100-continue"))
            return refuse(problem_answer(417, {ProblemCode::unsupported, "expect", {{"what", std::string(expect)}}}));
        if (m_head->content_length().value_or(0) > m_admission.body_max)
            return refuse(too_large("body", m_admission.body_max, 413));
        if (!m_admission.route->gate()) return after_gate();
        ask_worker([self = shared_from_this()] {
            auto refusal = self->m_site.answer_gate(*self->m_admission.route, self->m_request);
            asio::post(self->m_socket.get_executor(), [self, refusal = std::move(refusal)]() mutable {
                self->m_with_worker = false;
                if (self->m_cut && !refusal) return self->close();
                if (refusal) return self->refuse(std::move(*refusal));
                self->after_gate();
            });
        });
    }

    void after_gate()
    {
        if (!m_has_body) return dispatch();
        const std::size_t size = m_head->content_length().value_or(m_admission.body_max);
        if (!m_share.take(size, m_limits.body_total_max)) return refuse(busy());
        if (m_request.header("expect").empty() || m_buffer.size() > 0) return read_body(size);
        end_after(m_limits.write_deadline);
        asio::async_write(m_socket, asio::buffer(go_on),
                          [self = shared_from_this(), size](error_code failed, std::size_t) {
                              if (failed) return self->close();
                              self->read_body(size);
                          });
    }

    void read_body(std::size_t size)
    {
        m_body.emplace(std::move(*m_head));
        m_head.reset();
        m_body->body_limit(m_admission.body_max);
        end_after(m_limits.body_deadline + std::chrono::seconds(size / m_limits.body_rate_min));
        bhttp::async_read(m_socket, m_buffer, *m_body, then(&Connection::on_body));
    }

    void on_body(error_code failed, std::size_t)
    {
        if (failed == bhttp::error::body_limit) return refuse(too_large("body", m_admission.body_max, 413));
        if (failed && failed.category() == make_error_code(bhttp::error::bad_field).category() &&
            failed != bhttp::error::partial_message)
            return refuse(problem_answer(
                400, {ProblemCode::malformed, "body", {{"expected", "chunks"}, {"found", failed.message()}}}));
        if (failed) return close();
        m_request.body = std::move(m_body->get().body());
        m_body.reset();
        m_has_body = false;
        dispatch();
    }

    void dispatch()
    {
        if (auto ready = m_site.answer_fast(*m_admission.route, m_request)) return send(std::move(*ready));
        // The worker also hands the answer to the socket: the caller has it before our own thread had its turn.
        ask_worker([self = shared_from_this()] {
            Written written;
            try {
                self->prepare(self->m_site.answer(*self->m_admission.route, self->m_request));
                written = self->write_now();
            } catch (const std::exception& error) {  // no memory, say
                log::error("connection_broke", {{"what", error.what()}});
                written.failed = asio::error::no_memory;
            }
            asio::post(self->m_socket.get_executor(), [self, written] {
                self->m_with_worker = false;
                if (self->m_cut) return self->on_sent(asio::error::operation_aborted, 0);
                self->after_writing(written);
            });
        });
    }

    template <class Task>
    void ask_worker(Task task)
    {
        rest();
        m_with_worker = m_server.workers->try_run(std::move(task));
        if (!m_with_worker) refuse(busy());
    }

    /// An answer before the body was read: what the caller still sends would be taken for the next request.
    void refuse(Response response)
    {
        m_keep = m_keep && !m_has_body;
        send(std::move(response));
    }

    void send(Response response)
    {
        prepare(std::move(response));
        after_writing(write_now());
    }

    void prepare(Response response)
    {
        if (response.events && m_server.event_streams >= m_limits.event_streams_max) response = busy();
        m_delivery = m_site.deliver(m_request, std::move(response));
        // The body has been answered: others may have its share before we know that the caller has heard.
        std::string().swap(m_request.body);
        m_share.give_back();
        m_keep = m_keep && !m_delivery.events && !m_server.stopping;
        m_out = wire_head(m_delivery, m_keep);
    }

    /// What the socket took at once.
    struct Written {
        error_code failed;
        std::size_t bytes = 0;
    };

    Written write_now()
    {
        const std::string_view piece = m_delivery.body.substr(0, piece_size);
        m_sent = piece.size();
        Written written;
        written.bytes = m_socket.write_some(both(m_out, piece), written.failed);
        if (written.failed == asio::error::would_block || written.failed == asio::error::try_again) written.failed = {};
        return written;
    }

    /// A socket that had room has it all, and nothing waits for its turn.
    void after_writing(Written written)
    {
        std::string_view head = m_out;
        std::string_view piece = m_delivery.body.substr(0, m_sent);
        if (written.failed || written.bytes == head.size() + piece.size())
            return on_sent(written.failed, written.bytes);
        const std::size_t of_head = std::min(written.bytes, head.size());
        head.remove_prefix(of_head);
        piece.remove_prefix(written.bytes - of_head);
        end_after(m_limits.write_deadline);
        asio::async_write(m_socket, both(head, piece), then(&Connection::on_sent));
    }

    static std::array<asio::const_buffer, 2> both(std::string_view head, std::string_view piece)
    {
        return {asio::const_buffer(head.data(), head.size()), asio::const_buffer(piece.data(), piece.size())};
    }

    void on_sent(error_code failed, std::size_t)
    {
        if (!failed && m_sent < m_delivery.body.size()) {
            const std::string_view piece = m_delivery.body.substr(m_sent, piece_size);
            m_sent += piece.size();
            end_after(m_limits.write_deadline);
            return asio::async_write(m_socket, asio::const_buffer(piece.data(), piece.size()),
                                     then(&Connection::on_sent));
        }
        log_access();
        if (failed) return close();
        if (m_delivery.events) return begin_events();
        m_delivery = Delivery();
        if (m_keep) return next_request();
        begin_linger();
    }

    void log_access()
    {
        AccessRecord record{
            m_request.id,
            word(m_request.method),
            m_request.path,
            m_request.address,
            m_delivery.status,
            m_sent,
            m_delivery.actor,
            std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - m_began)};
        if (m_request.path.empty()) record.method = record.path = "-";
        m_server.log_access(record);
    }

    // ---- event streams ----

    void begin_events()
    {
        m_streaming = true;
        m_heartbeat.emplace(m_socket.get_executor());
        ++m_server.event_streams;
        rest();
        // Nothing more is asked on this connection; reading tells when the caller goes away.
        m_socket.async_read_some(m_buffer.prepare(read_size), then(&Connection::on_stream_read));
        m_delivery.events->on_ready([weak = weak_from_this(), executor = m_socket.get_executor()] {
            asio::post(executor, [weak] {
                if (const auto self = weak.lock()) self->pump();
            });
        });
        pump();
    }

    void on_stream_read(error_code, std::size_t) { close(); }

    void pump()
    {
        if (m_writing || !m_socket.is_open()) return;
        m_out = m_delivery.events->take();
        if (!m_out.empty()) return write_frames();
        if (m_delivery.events->is_closed()) return close();
        m_heartbeat->expires_after(m_limits.heartbeat);  // also ends the wait that is under way
        m_heartbeat->async_wait([weak = weak_from_this()](error_code stopped) {
            const auto self = weak.lock();
            if (stopped || !self || self->m_writing) return;
            self->m_out = heartbeat_frame;
            self->write_frames();
        });
    }

    void write_frames()
    {
        m_writing = true;
        end_after(m_limits.write_deadline);
        asio::async_write(m_socket, asio::buffer(m_out), then(&Connection::on_frames));
    }

    void on_frames(error_code failed, std::size_t)
    {
        m_writing = false;
        rest();
        if (failed) return close();
        pump();
    }

    // ---- the end ----

    /// Closing while the caller still sends would take our answer from it (a reset): read a while into nothing.
    void begin_linger()
    {
        error_code ignored;
        std::ignore = m_socket.shutdown(tcp::socket::shutdown_send, ignored);
        end_after(linger_time);
        m_discarded = 0;
        linger();
    }

    void linger()
    {
        m_buffer.clear();
        m_socket.async_read_some(m_buffer.prepare(read_size), then(&Connection::on_linger));
    }

    void on_linger(error_code failed, std::size_t size)
    {
        m_discarded += size;
        if (failed || m_discarded > discard_max) return close();
        linger();
    }

    void close()
    {
        error_code ignored;
        if (m_heartbeat) m_heartbeat->cancel();
        shut();
        std::ignore = m_socket.close(ignored);
    }

    /// Unlike closing, also while a worker writes.
    void shut()
    {
        error_code ignored;
        std::ignore = m_socket.shutdown(tcp::socket::shutdown_both, ignored);
    }

    Server::State& m_server;
    const Site& m_site;
    const Limits& m_limits;
    tcp::socket m_socket;
    std::atomic<std::chrono::steady_clock::rep> m_deadline{no_deadline};
    beast::flat_buffer m_buffer;
    std::string m_address;
    std::optional<bhttp::request_parser<bhttp::empty_body>> m_head;
    std::optional<bhttp::request_parser<bhttp::string_body>> m_body;
    Request m_request;
    Site::Admission m_admission;
    BodyShare m_share;
    Delivery m_delivery;
    std::string m_out;
    std::size_t m_sent = 0;
    std::size_t m_discarded = 0;
    std::chrono::steady_clock::time_point m_began;
    std::optional<asio::steady_timer> m_heartbeat;  // of an event stream
    std::atomic<bool> m_idle{false};                // read by the acceptor, which looks for one to close
    bool m_keep = false;
    bool m_has_body = false;  // and not read yet
    bool m_streaming = false;
    bool m_writing = false;
    bool m_with_worker = false;
    bool m_cut = false;  // to be closed when the worker is done
};

}  // namespace

std::shared_ptr<Link> connect(Server::State& server, boost::asio::ip::tcp::socket socket)
{
    return std::make_shared<Connection>(server, std::move(socket));
}

}  // namespace phoihop::http
