// SPDX-License-Identifier: Apache-2.0
#include "text/fold.hpp"

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>
#include <unicode/utf8.h>

#include <stdexcept>

namespace phoihop::text {
namespace {

/// ICU fails only when its data is missing or memory is out: the machine's fault, not the text's.
void must(UErrorCode status, const char* what)
{
    if (U_FAILURE(status)) throw std::runtime_error(std::string("icu: ") + what + ": " + u_errorName(status));
}

bool is_ascii(std::string_view text)
{
    for (const char c : text) {
        if (static_cast<unsigned char>(c) >= 0x80) return false;
    }
    return true;
}

const UNormalizer2* normalizer(bool composed)
{
    UErrorCode status = U_ZERO_ERROR;
    const UNormalizer2* found = composed ? unorm2_getNFCInstance(&status) : unorm2_getNFDInstance(&status);
    must(status, "normalizer");
    return found;
}

std::u16string to_utf16(std::string_view text)
{
    std::u16string wide(text.size(), u'\0');  // UTF-16 never has more units than UTF-8 has bytes
    std::int32_t length = 0;
    UErrorCode status = U_ZERO_ERROR;
    u_strFromUTF8WithSub(wide.data(), static_cast<std::int32_t>(wide.size()), &length, text.data(),
                         static_cast<std::int32_t>(text.size()), 0xFFFD, nullptr, &status);
    must(status, "from UTF-8");
    wide.resize(static_cast<std::size_t>(length));
    return wide;
}

std::u16string normalized(std::u16string_view text, bool composed)
{
    std::u16string out(text.size() * (composed ? 1 : 3) + 8, u'\0');
    for (;;) {
        UErrorCode status = U_ZERO_ERROR;
        const std::int32_t length =
            unorm2_normalize(normalizer(composed), text.data(), static_cast<std::int32_t>(text.size()), out.data(),
                             static_cast<std::int32_t>(out.size()), &status);
        if (status == U_BUFFER_OVERFLOW_ERROR) {
            out.resize(static_cast<std::size_t>(length));
            continue;
        }
        must(status, "normalize");
        out.resize(static_cast<std::size_t>(length));
        return out;
    }
}

void append_utf8(std::string& out, UChar32 letter)
{
    std::uint8_t bytes[U8_MAX_LENGTH];
    std::size_t length = 0;
    U8_APPEND_UNSAFE(bytes, length, static_cast<std::uint32_t>(letter));
    out.append(reinterpret_cast<const char*>(bytes), length);
}

/// The code point at `i`, which moves past it.
UChar32 next(std::u16string_view text, std::size_t& i)
{
    const char16_t lead = text[i++];
    if ((lead & 0xFC00U) != 0xD800U || i == text.size()) return lead;
    const char16_t trail = text[i++];
    return ((lead & 0x3FF) << 10) + (trail & 0x3FF) + 0x10000;
}

/// The letter without a stroke: đ has no decomposition, and ð and ɖ are typed for it by mistake.
UChar32 without_stroke(UChar32 letter)
{
    switch (letter) {
        case 0x0111:
        case 0x00F0:
        case 0x0256: return 'd';
        default: return letter;
    }
}

/// Puts one combining mark on the last letter of `syllable`.
void mark(Syllable& syllable, UChar32 combining)
{
    const auto tone = [&](char which) {
        syllable.tone = which;
        syllable.tone_at = syllable.base.size() - 1;
    };
    switch (combining) {
        case 0x0300: return tone('`');
        case 0x0309: return tone('?');
        case 0x0303: return tone('~');
        case 0x0301: return tone('\'');
        case 0x0323: return tone('.');
        case 0x0302: syllable.shapes.back() = '^'; return;
        case 0x0306: syllable.shapes.back() = 'u'; return;
        case 0x031B: syllable.shapes.back() = '+'; return;
        default: syllable.shapes.back() = '?'; return;
    }
}

}  // namespace

std::string nfc(std::string_view text)
{
    if (is_ascii(text)) return std::string(text);
    const std::u16string wide = normalized(to_utf16(text), true);
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < wide.size();) {
        append_utf8(out, next(wide, i));
    }
    return out;
}

bool is_nfc(std::string_view text)
{
    return is_ascii(text) || nfc(text) == text;
}

std::vector<Syllable> syllables(std::string_view text)
{
    const std::u16string wide = is_ascii(text) ? to_utf16(text) : normalized(to_utf16(text), false);
    std::vector<Syllable> answer;
    bool inside = false;
    for (std::size_t i = 0; i < wide.size();) {
        const UChar32 letter = next(wide, i);
        if (u_charType(letter) == U_NON_SPACING_MARK) {
            if (inside) mark(answer.back(), letter);
            continue;
        }
        if (!u_isalnum(letter)) {
            inside = false;
            continue;
        }
        if (!inside) answer.emplace_back();
        inside = true;
        Syllable& syllable = answer.back();
        const UChar32 lower = u_tolower(letter);
        const UChar32 plain = without_stroke(lower);
        append_utf8(syllable.base, plain);
        syllable.shapes.resize(syllable.base.size(), '-');
        if (plain != lower) syllable.shapes.back() = 'd';
    }
    return answer;
}

std::string fold(std::string_view text)
{
    std::string out;
    for (const Syllable& syllable : syllables(text)) {
        if (!out.empty()) out += ' ';
        out += syllable.base;
    }
    return out;
}

bool marks_agree(const Syllable& query, const Syllable& candidate)
{
    const bool toned = query.tone != '-';
    if (toned && query.tone != candidate.tone) return false;
    if (query.shapes.size() > candidate.shapes.size()) return false;
    for (std::size_t i = 0; i < query.shapes.size(); ++i) {
        const bool typed = query.shapes[i] != '-' || (toned && i == query.tone_at);
        if (typed && query.shapes[i] != candidate.shapes[i]) return false;
    }
    return true;
}

bool matches_marks(std::string_view query, std::string_view candidate)
{
    const auto asked = syllables(query);
    const auto found = syllables(candidate);
    if (asked.size() != found.size()) return false;
    for (std::size_t i = 0; i < asked.size(); ++i) {
        if (asked[i].base != found[i].base || !marks_agree(asked[i], found[i])) return false;
    }
    return true;
}

}  // namespace phoihop::text
