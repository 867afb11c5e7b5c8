// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>

namespace phoihop::bench {

/// A file descriptor that is closed with it.
class Descriptor {
public:
    explicit Descriptor(int number) : m_number(number) {}
    ~Descriptor();
    Descriptor(Descriptor&& other) noexcept;
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    [[nodiscard]] int number() const { return m_number; }

private:
    int m_number;
};

/// A socket that listens on a free port of 127.0.0.1.
[[nodiscard]] Descriptor listen_on_loopback();
[[nodiscard]] std::uint16_t port_of(const Descriptor& listener);
/// One to `port` of 127.0.0.1, which sends at once what it is given.
[[nodiscard]] Descriptor connect_to_loopback(std::uint16_t port);

/// A port that nobody has at this moment.
[[nodiscard]] std::uint16_t free_port();

constexpr std::size_t echo_bytes = 64;
/// To everyone who comes, one after the other: 64 bytes for each byte, until they go.
[[noreturn]] void echo_forever(const Descriptor& listener);
/// The same to the next one alone.
void echo_to_one(const Descriptor& listener);

}  // namespace phoihop::bench
