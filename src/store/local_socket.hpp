// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace phoihop::store {

/// A file descriptor, closed with the object.
class Descriptor {
public:
    Descriptor() = default;
    explicit Descriptor(int number) : m_number(number) {}
    ~Descriptor();
    Descriptor(Descriptor&& other) noexcept;
    Descriptor& operator=(Descriptor&& other) noexcept;

    [[nodiscard]] int get() const { return m_number; }
    [[nodiscard]] explicit operator bool() const { return m_number >= 0; }

private:
    int m_number = -1;
};

/// A socket at `path` that only this user may open, listening. A socket left there by a dead process is replaced.
[[nodiscard]] Descriptor listen_at(const std::string& path);

/// A connection to the socket at `path`; nothing when nobody listens there.
[[nodiscard]] std::optional<Descriptor> connect_to(const std::string& path);

/// True when the other end runs as this process's user or as root.
[[nodiscard]] bool is_trusted_peer(const Descriptor& connection);

/// One message of a connection: a kind and bytes.
struct Frame {
    char kind = 0;
    std::string bytes;
};

inline constexpr std::uint32_t frame_size_max = 1U << 20U;

/// False when the other end is gone. Longer bytes go as several frames of the same kind.
[[nodiscard]] bool send_frame(const Descriptor& connection, char kind, std::string_view bytes);

/// Nothing when the other end is gone or says something that is no frame.
[[nodiscard]] std::optional<Frame> receive_frame(const Descriptor& connection);

}  // namespace phoihop::store
