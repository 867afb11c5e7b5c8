// SPDX-License-Identifier: Apache-2.0
#include "documents/unicode.hpp"

#include <unicode/bytestream.h>
#include <unicode/casemap.h>
#include <unicode/normalizer2.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <stdexcept>

namespace phoihop::documents {

namespace {

bool is_ascii(std::string_view text)
{
    return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

}  // namespace

std::optional<std::size_t> first_bad_utf8(std::string_view text)
{
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
    const auto length = static_cast<std::int64_t>(text.size());
    for (std::int64_t i = 0; i < length;) {
        if (bytes[i] < 0x80) {
            ++i;
            continue;
        }
        const std::int64_t start = i;
        UChar32 c = 0;
        U8_NEXT(bytes, i, length, c);  // NOLINT(bugprone-inc-dec-in-conditions): ICU's own macro
        if (c < 0) return static_cast<std::size_t>(start);
    }
    return std::nullopt;
}

void compose(std::string& text)
{
    if (is_ascii(text)) return;
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* nfc = icu::Normalizer2::getNFCInstance(status);
    if (U_FAILURE(status)) throw std::runtime_error("ICU has no NFC data");
    const icu::StringPiece piece(text.data(), static_cast<std::int32_t>(text.size()));
    if (nfc->isNormalizedUTF8(piece, status) != 0) return;
    std::string composed;
    icu::StringByteSink<std::string> sink(&composed);
    nfc->normalizeUTF8(0, piece, sink, nullptr, status);
    if (U_FAILURE(status)) throw std::runtime_error("ICU could not normalise a text");
    text = std::move(composed);
}

std::size_t count_characters(std::string_view text)
{
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

std::string upper_case(std::string_view text)
{
    std::string capitals;
    icu::StringByteSink<std::string> sink(&capitals);
    while (!text.empty()) {
        const std::size_t end = std::min(text.find_first_of(" \n"), text.size());
        const std::string_view word = text.substr(0, end);
        const bool sign = word.find_first_of("/0123456789") != std::string_view::npos;
        UErrorCode status = U_ZERO_ERROR;
        if (sign)
            capitals += word;
        else
            icu::CaseMap::utf8ToUpper("vi", 0, icu::StringPiece(word.data(), static_cast<std::int32_t>(word.size())),
                                      sink, nullptr, status);
        if (U_FAILURE(status)) throw std::runtime_error("ICU could not capitalise a text");
        capitals += text.substr(end, 1);
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return capitals;
}

}  // namespace phoihop::documents
