// SPDX-License-Identifier: Apache-2.0
#include "http/json_writer.hpp"

#include <array>
#include <stdexcept>

namespace phoihop::http {
namespace {

void append_escape(std::string& out, unsigned code)
{
    static constexpr char hex[] = "0123456789abcdef";
    out += "\\u";
    for (int shift = 12; shift >= 0; shift -= 4) out += hex[(code >> static_cast<unsigned>(shift)) & 15U];
}

}  // namespace

void append_json_text(std::string& out, std::string_view text)
{
    // What needs no escape, which is nearly everything, is copied in one piece.
    static constexpr auto is_special = [] {
        std::array<bool, 256> special{};
        for (std::size_t byte = 0; byte < 0x20; ++byte) special[byte] = true;
        for (const char c : {'"', '\\', '<', '>', '&'}) special[static_cast<unsigned char>(c)] = true;
        special[0xE2] = true;  // begins U+2028 and U+2029
        return special;
    }();
    out += '"';
    std::size_t copied = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        const auto byte = static_cast<unsigned char>(c);
        if (!is_special[byte]) continue;
        const bool separator = byte == 0xE2 && (text.substr(i, 3) == "\u2028" || text.substr(i, 3) == "\u2029");
        if (byte == 0xE2 && !separator) continue;
        out += text.substr(copied, i - copied);
        if (separator) {
            append_escape(out, text.substr(i, 3) == "\u2028" ? 0x2028 : 0x2029);
            i += 2;
        } else if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (c == '\n') {
            out += "\\n";
        } else {
            append_escape(out, byte);
        }
        copied = i + 1;
    }
    out += text.substr(copied);
    out += '"';
}

void JsonWriter::separate()
{
    if (m_after_key) {
        m_after_key = false;
        return;
    }
    if (!m_closings.empty() && m_closings.back() == '}') throw std::logic_error("JSON: a member without a key");
    if (m_closings.empty() && !m_out.empty()) throw std::logic_error("JSON: two values at the top");
    if (!m_first) m_out += ',';
    m_first = false;
}

JsonWriter& JsonWriter::open(char opening, char closing)
{
    separate();
    m_out += opening;
    m_closings += closing;
    m_first = true;
    return *this;
}

JsonWriter& JsonWriter::end()
{
    if (m_closings.empty() || m_after_key) throw std::logic_error("JSON: nothing to end here");
    m_out += m_closings.back();
    m_closings.pop_back();
    m_first = false;
    return *this;
}

JsonWriter& JsonWriter::key(std::string_view name)
{
    if (m_closings.empty() || m_closings.back() != '}' || m_after_key)
        throw std::logic_error("JSON: no key belongs here");
    if (!m_first) m_out += ',';
    m_first = false;
    append_json_text(m_out, name);
    m_out += ':';
    m_after_key = true;
    return *this;
}

JsonWriter& JsonWriter::text(std::string_view value)
{
    separate();
    append_json_text(m_out, value);
    return *this;
}

JsonWriter& JsonWriter::raw(std::string_view json)
{
    separate();
    m_out += json;
    return *this;
}

std::string JsonWriter::take()
{
    if (!m_closings.empty() || m_after_key) throw std::logic_error("JSON: not finished");
    m_first = true;
    return std::exchange(m_out, {});
}

}  // namespace phoihop::http
