// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace phoihop::rollup {

/// A snapshot file that is not used, or not any further; `what()` says why. What it held is read from the database.
class SnapshotRefused : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// Writes numbers as this machine holds them, and lists on multiples of 8, so that they can be read where they lie.
class ByteWriter {
public:
    void number(std::int64_t value) { raw(&value, sizeof value); }
    void number(std::uint64_t value) { raw(&value, sizeof value); }
    void text(std::string_view text) { list(std::span(text)); }

    template <class T, std::size_t Extent>
    void list(std::span<T, Extent> values)
    {
        static_assert(std::is_trivially_copyable_v<T>);
        number(std::uint64_t{values.size()});
        raw(values.data(), values.size_bytes());
        align();
    }
    void raw(const void* data, std::size_t size)
    {
        const auto* bytes = static_cast<const std::byte*>(data);
        m_bytes.insert(m_bytes.end(), bytes, bytes + size);
    }
    void align() { m_bytes.resize((m_bytes.size() + 7) / 8 * 8); }

    [[nodiscard]] std::span<const std::byte> bytes() const { return m_bytes; }

private:
    std::vector<std::byte> m_bytes;
};

/// Reads what `ByteWriter` wrote. The bytes must begin on a multiple of 8. Throws `SnapshotRefused` past the end.
class ByteReader {
public:
    explicit ByteReader(std::span<const std::byte> bytes) : m_bytes(bytes) {}

    [[nodiscard]] std::int64_t signed_number() { return static_cast<std::int64_t>(number()); }
    [[nodiscard]] std::uint64_t number()
    {
        std::uint64_t value = 0;
        std::memcpy(&value, take(sizeof value).data(), sizeof value);
        return value;
    }
    /// How many entries follow, each of at least one byte.
    [[nodiscard]] std::size_t size()
    {
        const auto value = number();
        if (value > m_bytes.size() - m_at) refuse();
        return static_cast<std::size_t>(value);
    }
    template <class T>
    [[nodiscard]] std::span<const T> list()
    {
        static_assert(std::is_trivially_copyable_v<T> && alignof(T) <= 8);
        const auto count = size();
        const auto bytes = take(count * sizeof(T));
        m_at = (m_at + 7) / 8 * 8;
        return {reinterpret_cast<const T*>(bytes.data()), count};
    }
    [[nodiscard]] std::string text()
    {
        const auto letters = list<char>();
        return {letters.begin(), letters.end()};
    }
    [[nodiscard]] bool at_end() const { return m_at >= m_bytes.size(); }

private:
    [[noreturn]] static void refuse() { throw SnapshotRefused("an entry reaches past its end"); }
    std::span<const std::byte> take(std::size_t size)
    {
        if (m_at > m_bytes.size() || size > m_bytes.size() - m_at) refuse();
        m_at += size;
        return m_bytes.subspan(m_at - size, size);
    }

    std::span<const std::byte> m_bytes;
    std::size_t m_at = 0;
};

}  // namespace phoihop::rollup
