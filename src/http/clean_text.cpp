// SPDX-License-Identifier: Apache-2.0
#include "http/clean_text.hpp"

#include "text/fold.hpp"

namespace phoihop::http {
namespace {

/// Length of the well-formed sequence at `at` (table 3-7 of the Unicode standard), 0 when there is none.
std::size_t sequence_length(std::string_view text, std::size_t at)
{
    const auto byte = [&](std::size_t i) {
        return at + i < text.size() ? static_cast<unsigned char>(text[at + i]) : static_cast<unsigned char>(0);
    };
    const auto follows = [&](std::size_t i) { return (byte(i) & 0xC0U) == 0x80U; };
    const unsigned char first = byte(0);
    if (first < 0x80) return 1;
    if (first < 0xC2) return 0;
    if (first < 0xE0) return follows(1) ? 2 : 0;
    if (first < 0xF0) {
        const unsigned char low = first == 0xE0 ? 0xA0 : 0x80;
        const unsigned char high = first == 0xED ? 0x9F : 0xBF;
        return byte(1) >= low && byte(1) <= high && follows(2) ? 3 : 0;
    }
    if (first > 0xF4) return 0;
    const unsigned char low = first == 0xF0 ? 0x90 : 0x80;
    const unsigned char high = first == 0xF4 ? 0x8F : 0xBF;
    return byte(1) >= low && byte(1) <= high && follows(2) && follows(3) ? 4 : 0;
}

bool is_refused_control(unsigned char byte)
{
    return (byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r') || byte == 0x7F;
}

}  // namespace

std::size_t valid_utf8_prefix(std::string_view text)
{
    std::size_t at = 0;
    while (at < text.size()) {
        const std::size_t length = sequence_length(text, at);
        if (length == 0) break;
        at += length;
    }
    return at;
}

Result<std::string> clean_text(std::string_view raw, std::string_view where)
{
    bool ascii = true;
    for (std::size_t i = 0; i < raw.size(); ++i) {
        const auto byte = static_cast<unsigned char>(raw[i]);
        if (is_refused_control(byte))
            return refuse(ProblemCode::malformed, std::string(where),
                          {{"expected", "text"}, {"found", "control character"}, {"byte", std::to_string(i + 1)}});
        ascii = ascii && byte < 0x80;
    }
    if (ascii) return std::string(raw);
    if (const std::size_t good = valid_utf8_prefix(raw); good < raw.size())
        return refuse(ProblemCode::malformed, std::string(where),
                      {{"expected", "UTF-8"}, {"found", "bad byte"}, {"byte", std::to_string(good + 1)}});
    return text::nfc(raw);
}

}  // namespace phoihop::http
