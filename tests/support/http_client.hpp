// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// A plain blocking HTTP client for tests: it sends exactly the bytes it is told to, right or wrong.
namespace phoihop::test {

struct HttpAnswer {
    int status = 0;  ///< 0: the server closed without an answer
    std::vector<std::pair<std::string, std::string>> headers;
    std::string body;

    /// The header's value, "" when absent; `name` as the server writes it.
    [[nodiscard]] std::string header(std::string_view name) const
    {
        for (const auto& [key, value] : headers)
            if (key == name) return value;
        return {};
    }
};

/// One connection to 127.0.0.1. Reads give up after ten seconds, so that a broken server fails a test and does not
/// hang it.
class HttpConnection {
public:
    explicit HttpConnection(std::uint16_t port) : m_socket(::socket(AF_INET, SOCK_STREAM, 0))
    {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        if (m_socket < 0 || ::connect(m_socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
            throw std::runtime_error("cannot connect to the test server");
        const timeval patience{10, 0};
        ::setsockopt(m_socket, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    }
    ~HttpConnection() { close(); }
    HttpConnection(const HttpConnection&) = delete;
    HttpConnection& operator=(const HttpConnection&) = delete;

    void close()
    {
        if (m_socket >= 0) ::close(std::exchange(m_socket, -1));
    }

    /// False when the server has closed.
    bool send(std::string_view bytes)
    {
        while (!bytes.empty()) {
            const ssize_t sent = ::send(m_socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (sent <= 0) return false;
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        }
        return true;
    }

    /// Waits for the server to close or to say something, at most `ms`; true when it did.
    bool hears_something(int ms)
    {
        pollfd wanted{m_socket, POLLIN, 0};
        return ::poll(&wanted, 1, ms) > 0;
    }

    /// Reads until `part` has come; everything up to its end. "" when the server closes before.
    std::string read_until(std::string_view part)
    {
        for (;;) {
            if (const std::size_t at = m_buffer.find(part); at != std::string::npos) {
                std::string out = m_buffer.substr(0, at + part.size());
                m_buffer.erase(0, out.size());
                return out;
            }
            if (!fill()) return {};
        }
    }

    /// The next answer. `to_head`: it answers a HEAD request and has no body.
    HttpAnswer read(bool to_head = false)
    {
        HttpAnswer answer;
        const std::string head = read_until("\r\n\r\n");
        if (head.size() < 12) return answer;
        std::from_chars(head.data() + 9, head.data() + 12, answer.status);
        for (std::size_t at = head.find("\r\n") + 2; at + 2 < head.size();) {
            const std::size_t end = head.find("\r\n", at);
            const std::size_t colon = head.find(": ", at);
            if (colon < end)
                answer.headers.emplace_back(head.substr(at, colon - at), head.substr(colon + 2, end - colon - 2));
            at = end + 2;
        }
        const std::string length = answer.header("Content-Length");
        const std::size_t size = length.empty() || to_head ? 0 : std::stoul(length);
        while (m_buffer.size() < size && fill()) {
        }
        answer.body = m_buffer.substr(0, size);
        m_buffer.erase(0, answer.body.size());
        return answer;
    }

    /// Everything until the server closes.
    std::string read_to_end()
    {
        while (fill()) {
        }
        return std::exchange(m_buffer, {});
    }

private:
    bool fill()
    {
        char bytes[65536];
        const ssize_t got = ::recv(m_socket, bytes, sizeof bytes, 0);
        if (got <= 0) return false;
        m_buffer.append(bytes, static_cast<std::size_t>(got));
        return true;
    }

    int m_socket;
    std::string m_buffer;
};

/// One request on a connection of its own. `head`: further header lines, each ended by "\r\n".
inline HttpAnswer http_request(std::uint16_t port, std::string_view method, std::string_view target,
                               std::string_view body = {}, std::string_view head = {})
{
    HttpConnection connection(port);
    std::string text = std::string(method) + " " + std::string(target) + " HTTP/1.1\r\nHost: localhost\r\n";
    text += head;
    if (!body.empty()) text += "Content-Length: " + std::to_string(body.size()) + "\r\n";
    text += "Connection: close\r\n\r\n";
    text += body;
    connection.send(text);
    return connection.read(method == "HEAD");
}

}  // namespace phoihop::test
