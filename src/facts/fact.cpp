// SPDX-License-Identifier: Apache-2.0
#include "facts/fact.hpp"

#include "base/varint.hpp"

#include <algorithm>
#include <charconv>

namespace phoihop::facts {
namespace {

// Layout, format 1: [format][varint programme version * 2 + nil][varint number of cells][bitmap, lowest bit
// first, ceil(cells / 8) bytes][zigzag varint of each present cell]. Nothing may follow.
constexpr std::byte format_1{1};

/// Reads front to back and stops for good at the first thing that is not as `encode` writes it.
class Reader {
public:
    explicit Reader(std::span<const std::byte> bytes) : m_at(bytes.data()), m_end(bytes.data() + bytes.size()) {}

    [[nodiscard]] bool byte(std::byte& value)
    {
        if (m_at == m_end) return false;
        value = *m_at++;
        return true;
    }

    /// Refuses the longer spellings of a number ("0x80 0x00" for 0) and what does not fit 64 bits.
    [[nodiscard]] bool varint(std::uint64_t& value)
    {
        value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            if (m_at == m_end) return false;
            const auto part = static_cast<std::uint64_t>(*m_at++);
            if (shift == 63 && part > 1) return false;
            value |= (part & 0x7F) << shift;
            if (part < 0x80) return part != 0 || shift == 0;
        }
        return false;
    }

    [[nodiscard]] bool skip(std::size_t count, const std::byte*& begin)
    {
        if (static_cast<std::size_t>(m_end - m_at) < count) return false;
        begin = m_at;
        m_at += count;
        return true;
    }

    [[nodiscard]] std::span<const std::byte> rest() const { return {m_at, m_end}; }

private:
    const std::byte* m_at;
    const std::byte* m_end;
};

struct Head {
    std::int64_t programme_version = 0;
    bool nil = false;
};

[[nodiscard]] bool read_head(Reader& reader, Head& head)
{
    std::byte format{};
    std::uint64_t version_and_nil = 0;
    if (!reader.byte(format) || format != format_1 || !reader.varint(version_and_nil)) return false;
    head.programme_version = static_cast<std::int64_t>(version_and_nil >> 1);
    head.nil = (version_and_nil & 1) != 0;
    return true;
}

[[nodiscard]] bool read_cells(Reader& reader, Cells& cells)
{
    std::uint64_t count = 0;
    if (!reader.varint(count) || count > cells_max) return false;
    const std::size_t bitmap_size = (static_cast<std::size_t>(count) + 7) / 8;
    const std::byte* bitmap = nullptr;
    if (!reader.skip(bitmap_size, bitmap)) return false;
    if (count % 8 != 0 && (static_cast<unsigned>(bitmap[bitmap_size - 1]) >> (count % 8)) != 0) return false;

    cells.assign(static_cast<std::size_t>(count), std::nullopt);
    for (std::size_t i = 0; i < cells.size(); ++i) {
        if ((static_cast<unsigned>(bitmap[i / 8]) >> (i % 8) & 1U) == 0) continue;
        std::uint64_t value = 0;
        if (!reader.varint(value)) return false;
        cells[i] = unzigzag(value);
    }
    return reader.rest().empty();
}

}  // namespace

std::string_view word(FactState state)
{
    switch (state) {
        case FactState::submitted: return "submitted";
        case FactState::returned: return "returned";
        case FactState::verified: return "verified";
        case FactState::locked: return "locked";
        case FactState::withdrawn: return "withdrawn";
    }
    return "";
}

std::optional<FactState> fact_state_from_word(std::string_view text)
{
    for (const auto state :
         {FactState::submitted, FactState::returned, FactState::verified, FactState::locked, FactState::withdrawn})
        if (word(state) == text) return state;
    return std::nullopt;
}

std::vector<std::byte> encode(const FactVersion& fact)
{
    std::vector<std::byte> out;
    out.reserve(4 + fact.cells.size() * 3);
    out.push_back(format_1);
    put_varint(out, static_cast<std::uint64_t>(fact.programme_version) << 1 | (fact.nil ? 1U : 0U));
    put_varint(out, fact.cells.size());
    const std::size_t bitmap = out.size();
    out.resize(bitmap + (fact.cells.size() + 7) / 8);
    for (std::size_t i = 0; i < fact.cells.size(); ++i) {
        if (!fact.cells[i]) continue;
        out[bitmap + i / 8] |= static_cast<std::byte>(1U << (i % 8));
        put_varint(out, zigzag(*fact.cells[i]));
    }
    return out;
}

bool decode_into(std::span<const std::byte> bytes, EncodedFact& fact)
{
    Reader reader(bytes);
    Head head;
    if (!read_head(reader, head) || !read_cells(reader, fact.cells)) return false;
    fact.programme_version = head.programme_version;
    fact.nil = head.nil;
    return true;
}

Result<EncodedFact> decode(std::span<const std::byte> bytes)
{
    EncodedFact fact;
    if (!decode_into(bytes, fact)) return refuse(ProblemCode::malformed, "fact", {{"expected", "an encoded fact"}});
    return fact;
}

bool same_figures(std::span<const std::byte> one, std::span<const std::byte> other)
{
    Reader left(one);
    Reader right(other);
    Head left_head;
    Head right_head;
    if (!read_head(left, left_head) || !read_head(right, right_head)) return false;
    // The rest is written in one way only, so equal figures are equal bytes.
    return left_head.nil == right_head.nil && std::ranges::equal(left.rest(), right.rest());
}

std::string subject(const FactKey& key)
{
    return "fact:" + std::to_string(key.programme.value) + '/' + std::to_string(key.form) + '/' +
           std::to_string(key.period.value) + '/' + std::to_string(key.unit.value);
}

std::optional<FactKey> key_from_subject(std::string_view text)
{
    constexpr std::string_view kind = "fact:";
    if (!text.starts_with(kind)) return std::nullopt;
    FactKey key;
    const char* at = text.data() + kind.size();
    const char* const end = text.data() + text.size();
    const auto number = [&](auto& value, bool last) {
        const auto [stop, error] = std::from_chars(at, end, value);
        if (error != std::errc{} || value <= 0) return false;
        if (last) return stop == end;
        if (stop == end || *stop != '/') return false;
        at = stop + 1;
        return true;
    };
    if (number(key.programme.value, false) && number(key.form, false) && number(key.period.value, false) &&
        number(key.unit.value, true))
        return key;
    return std::nullopt;
}

}  // namespace phoihop::facts
