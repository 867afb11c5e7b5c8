// SPDX-License-Identifier: Apache-2.0
#include "bench/loopback.hpp"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <stdexcept>
#include <string>
#include <utility>

namespace phoihop::bench {
namespace {

void demand(bool fine, const char* what)
{
    if (!fine) throw std::runtime_error(std::string("loopback: ") + what + " failed");
}

sockaddr_in loopback(std::uint16_t port)
{
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

Descriptor new_socket()
{
    Descriptor made(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    demand(made.number() >= 0, "socket");
    return made;
}

void send_at_once(const Descriptor& socket)
{
    const int one = 1;
    ::setsockopt(socket.number(), IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
}

}  // namespace

Descriptor::~Descriptor()
{
    if (m_number >= 0) ::close(m_number);
}

Descriptor::Descriptor(Descriptor&& other) noexcept : m_number(std::exchange(other.m_number, -1)) {}

Descriptor listen_on_loopback()
{
    auto listener = new_socket();
    const auto any = loopback(0);
    demand(::bind(listener.number(), reinterpret_cast<const sockaddr*>(&any), sizeof any) == 0, "bind");
    demand(::listen(listener.number(), 1) == 0, "listen");
    return listener;
}

std::uint16_t port_of(const Descriptor& listener)
{
    sockaddr_in address{};
    socklen_t size = sizeof address;
    demand(::getsockname(listener.number(), reinterpret_cast<sockaddr*>(&address), &size) == 0, "getsockname");
    return ntohs(address.sin_port);
}

Descriptor connect_to_loopback(std::uint16_t port)
{
    auto made = new_socket();
    const auto address = loopback(port);
    demand(::connect(made.number(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0, "connect");
    send_at_once(made);
    return made;
}

std::uint16_t free_port()
{
    return port_of(listen_on_loopback());
}

void echo_to_one(const Descriptor& listener)
{
    const Descriptor peer(::accept4(listener.number(), nullptr, nullptr, SOCK_CLOEXEC));
    demand(peer.number() >= 0, "accept");
    send_at_once(peer);
    char asked = 0;
    const std::array<char, echo_bytes> answer{};
    while (::recv(peer.number(), &asked, 1, 0) == 1)
        if (::send(peer.number(), answer.data(), answer.size(), MSG_NOSIGNAL) != echo_bytes) break;
}

void echo_forever(const Descriptor& listener)
{
    for (;;) echo_to_one(listener);
}

}  // namespace phoihop::bench
