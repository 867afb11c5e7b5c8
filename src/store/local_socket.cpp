// SPDX-License-Identifier: Apache-2.0
#include "store/local_socket.hpp"

#include "store/database.hpp"

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <utility>

namespace phoihop::store {

namespace {

/// The kernel keeps 108 bytes for a socket's path (unix(7)). A longer one is named through its open folder.
class SocketAddress {
public:
    explicit SocketAddress(const std::string& path)
    {
        auto reachable = path;
        if (path.size() >= sizeof m_address.sun_path) {
            const std::filesystem::path whole(path);
            m_folder = Descriptor(::open(whole.parent_path().c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
            reachable = "/proc/self/fd/" + std::to_string(m_folder.get()) + "/" + whole.filename().string();
        }
        if (reachable.size() >= sizeof m_address.sun_path)
            throw StoreError("the name of the socket is too long: " + path);
        m_address.sun_family = AF_UNIX;
        reachable.copy(m_address.sun_path, reachable.size());
    }
    [[nodiscard]] const sockaddr* get() const { return reinterpret_cast<const sockaddr*>(&m_address); }
    [[nodiscard]] const char* path() const { return m_address.sun_path; }
    [[nodiscard]] static socklen_t size() { return sizeof(sockaddr_un); }

private:
    Descriptor m_folder;
    sockaddr_un m_address{};
};

Descriptor new_socket()
{
    Descriptor socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    if (!socket) throw StoreError(std::string("cannot make a socket: ") + std::strerror(errno));
    return socket;
}

bool send_all(int descriptor, std::string_view bytes)
{
    while (!bytes.empty()) {
        const auto sent = ::send(descriptor, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR) continue;
        if (sent <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

bool receive_all(int descriptor, char* bytes, std::size_t size)
{
    while (size > 0) {
        const auto received = ::recv(descriptor, bytes, size, 0);
        if (received < 0 && errno == EINTR) continue;
        if (received <= 0) return false;
        bytes += received;
        size -= static_cast<std::size_t>(received);
    }
    return true;
}

}  // namespace

Descriptor::~Descriptor()
{
    if (m_number >= 0) ::close(m_number);
}

Descriptor::Descriptor(Descriptor&& other) noexcept : m_number(std::exchange(other.m_number, -1)) {}

Descriptor& Descriptor::operator=(Descriptor&& other) noexcept
{
    std::swap(m_number, other.m_number);
    return *this;
}

Descriptor listen_at(const std::string& path)
{
    const SocketAddress address(path);
    auto socket = new_socket();
    ::unlink(path.c_str());
    // The mode is set on the socket before it has a name, so that it never has a wider one.
    ::fchmod(socket.get(), 0600);
    if (::bind(socket.get(), address.get(), SocketAddress::size()) != 0 || ::chmod(address.path(), 0600) != 0 ||
        ::listen(socket.get(), 16) != 0)
        throw StoreError("cannot listen at " + path + ": " + std::strerror(errno));
    return socket;
}

std::optional<Descriptor> connect_to(const std::string& path)
{
    const SocketAddress address(path);
    auto socket = new_socket();
    if (::connect(socket.get(), address.get(), SocketAddress::size()) == 0) return socket;
    return std::nullopt;
}

bool is_trusted_peer(const Descriptor& connection)
{
    ucred peer{};
    socklen_t size = sizeof peer;
    if (::getsockopt(connection.get(), SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0) return false;
    return peer.uid == 0 || peer.uid == ::geteuid();
}

bool send_frame(const Descriptor& connection, char kind, std::string_view bytes)
{
    do {
        const auto part = bytes.substr(0, frame_size_max);
        bytes.remove_prefix(part.size());
        std::array<char, 5> head{kind};
        for (std::size_t i = 0; i < 4; ++i) head[i + 1] = static_cast<char>(part.size() >> (8 * i));
        if (!send_all(connection.get(), {head.data(), head.size()}) || !send_all(connection.get(), part)) return false;
    } while (!bytes.empty());
    return true;
}

std::optional<Frame> receive_frame(const Descriptor& connection)
{
    std::array<char, 5> head{};
    if (!receive_all(connection.get(), head.data(), head.size())) return std::nullopt;
    std::uint32_t size = 0;
    for (std::size_t i = 4; i > 0; --i) size = size << 8 | static_cast<unsigned char>(head[i]);
    if (size > frame_size_max) return std::nullopt;
    Frame frame{head[0], std::string(size, '\0')};
    if (!receive_all(connection.get(), frame.bytes.data(), size)) return std::nullopt;
    return frame;
}

}  // namespace phoihop::store
