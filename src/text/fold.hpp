// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

/// Vietnamese text as people type it: with and without marks, in capitals, with both tone placements.
namespace phoihop::text {

/// The text in Unicode NFC, the only form that is stored and compared. Bytes that are not UTF-8 become U+FFFD.
[[nodiscard]] std::string nfc(std::string_view text);

/// Whether `text` is UTF-8 in NFC.
[[nodiscard]] bool is_nfc(std::string_view text);

/// What search compares: lower case, no marks, đ (and its look-alikes Đ Ð ð Ɖ ɖ) as d, everything that is no
/// letter and no digit (apostrophes, hyphens, dots, blanks of any kind) as one blank, none at the ends. As marks are
/// gone, "hòa" and "hoà" fold alike; i and y stay two letters. `fold(fold(x)) == fold(x)`.
[[nodiscard]] std::string fold(std::string_view text);

/// One run of letters and digits with what it carried before it was folded. A Vietnamese syllable has one tone
/// wherever it is placed, so the tone belongs to the syllable and the other marks to their letters.
struct Syllable {
    std::string base;    ///< folded: "hoa"
    std::string shapes;  ///< one per byte of `base`: '-' plain, '^' â ê ô, 'u' ă, '+' ơ ư, 'd' đ, '?' a foreign mark
    char tone = '-';     ///< '-' none, '`' huyền, '?' hỏi, '~' ngã, '\'' sắc, '.' nặng
    std::size_t tone_at = 0;  ///< the byte of `base` that bore the tone, where there is one
};

/// The syllables of `text`; their bases joined by blanks are `fold(text)`.
[[nodiscard]] std::vector<Syllable> syllables(std::string_view text);

/// Whether every mark typed in `query` stands in `candidate` too, where both have the same base: "hoá" agrees
/// with "Hóa" but not with "Hòa"; "hoa" agrees with all three. A letter typed with its tone is meant as typed:
/// "phó" does not agree with "Phố".
[[nodiscard]] bool marks_agree(const Syllable& query, const Syllable& candidate);

/// Whether `candidate` may be what somebody means who typed `query` with all, some or no marks: the same
/// syllables, letters typed with marks bear them, letters typed without may bear any.
[[nodiscard]] bool matches_marks(std::string_view query, std::string_view candidate);

/// Bytes that sort (as unsigned bytes, `memcmp` or a blob column) in the order of a Vietnamese dictionary: letters
/// first (a < ă < â, d < đ), then tones (ma mà mả mã má mạ). Keys are kept in the database, so they must be made anew
/// when `sort_key_version` changes.
[[nodiscard]] std::string sort_key(std::string_view text);

/// The collation's version; kept keys of another version are stale.
[[nodiscard]] std::string sort_key_version();

}  // namespace phoihop::text
