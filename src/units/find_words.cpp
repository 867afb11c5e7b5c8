// SPDX-License-Identifier: Apache-2.0
#include "units/find_words.hpp"

#include <algorithm>
#include <array>

namespace phoihop::units {
namespace {

using text::Syllable;

struct KindName {
    std::string_view typed;  // folded
    std::string_view kind;
    bool commune_level;
};

// "f" for phường is southern; "t p" comes from "T.P".
constexpr std::array<KindName, 37> kind_names{{
    {"phuong", "ward", true},
    {"p", "ward", true},
    {"f", "ward", true},
    {"ph", "ward", true},
    {"xa", "commune", true},
    {"x", "commune", true},
    {"thi tran", "township", true},
    {"tt", "township", true},
    {"dac khu", "special_zone", true},
    {"dk", "special_zone", true},
    {"quan", "urban_district", false},
    {"q", "urban_district", false},
    {"huyen", "rural_district", false},
    {"h", "rural_district", false},
    {"thi xa", "district_town", false},
    {"tx", "district_town", false},
    {"thanh pho", "district_city", false},
    {"thanh pho", "municipality", false},
    {"tp", "district_city", false},
    {"tp", "municipality", false},
    {"t p", "district_city", false},
    {"t p", "municipality", false},
    {"tinh", "province", false},
    {"t", "province", false},
    {"thon", "thôn", false},
    {"ban", "bản", false},
    {"ap", "ấp", false},
    {"buon", "buôn", false},
    {"lang", "làng", false},
    {"xom", "xóm", false},
    {"khom", "khóm", false},
    {"khu pho", "khu phố", false},
    {"kp", "khu phố", false},
    {"to dan pho", "tổ dân phố", false},
    {"tdp", "tổ dân phố", false},
    {"khu dan cu", "khu dân cư", false},
    {"kdc", "khu dân cư", false},
}};

// What is written without a blank before a number ("q1", "p05") or a shortened name ("tphcm").
constexpr std::array<std::string_view, 8> glued_to_numbers{"q", "p", "f", "h", "x", "tt", "tx", "tp"};
constexpr std::string_view glued_city = "tp";
constexpr std::array<std::string_view, 4> glued_names{"hcm", "hn", "dn", "hp"};

bool is_number(std::string_view word)
{
    return !word.empty() && word.find_first_not_of("0123456789") == std::string_view::npos;
}

/// How many bytes of `word` are a glued beginning; 0 when none.
std::size_t glued(std::string_view word)
{
    const auto digits = word.find_first_of("0123456789");
    if (digits != std::string_view::npos && digits > 0 && is_number(word.substr(digits))) {
        const auto letters = word.substr(0, digits);
        return std::find(glued_to_numbers.begin(), glued_to_numbers.end(), letters) == glued_to_numbers.end() ? 0
                                                                                                              : digits;
    }
    if (!word.starts_with(glued_city)) return 0;
    const auto rest = word.substr(glued_city.size());
    const bool known = std::find(glued_names.begin(), glued_names.end(), rest) != glued_names.end();
    return known ? glued_city.size() : 0;
}

Syllable cut(const Syllable& word, std::size_t from, std::size_t length)
{
    Syllable part;
    part.base = word.base.substr(from, length);
    part.shapes = word.shapes.substr(from, length);
    return part;
}

/// How many of `words` spell `typed` (words joined by blanks); 0 when they do not.
std::size_t spelled(std::span<const Syllable> words, std::string_view typed)
{
    std::size_t count = 0;
    while (!typed.empty()) {
        const auto end = std::min(typed.find(' '), typed.size());
        if (count == words.size() || words[count].base != typed.substr(0, end)) return 0;
        ++count;
        typed.remove_prefix(std::min(end + 1, typed.size()));
    }
    return count;
}

}  // namespace

std::string canonical(std::string_view folded_word)
{
    if (is_number(folded_word)) {
        const auto first = std::min(folded_word.find_first_not_of('0'), folded_word.size() - 1);
        return std::string(folded_word.substr(first));
    }
    std::string word(folded_word);
    std::replace(word.begin(), word.end(), 'y', 'i');
    return word;
}

std::string key_of(std::span<const Syllable> words)
{
    std::string key;
    for (const Syllable& word : words) key += canonical(word.base);
    return key;
}

std::vector<Syllable> query_words(std::string_view query)
{
    std::vector<Syllable> words;
    for (const Syllable& word : text::syllables(query)) {
        const std::size_t letters = glued(word.base);
        if (letters == 0) {
            words.push_back(word);
            continue;
        }
        words.push_back(cut(word, 0, letters));
        words.push_back(cut(word, letters, std::string::npos));
    }
    return words;
}

std::vector<KindReading> kind_readings(std::span<const Syllable> words)
{
    std::vector<KindReading> readings(1);
    for (const KindName& name : kind_names) {
        const std::size_t count = spelled(words, name.typed);
        if (count == 0) continue;
        const auto same = std::find_if(readings.begin() + 1, readings.end(),
                                       [&](const KindReading& reading) { return reading.words == count; });
        if (same == readings.end()) {
            readings.push_back({count, {name.kind}, name.commune_level});
        } else {
            same->kinds.push_back(name.kind);
        }
    }
    return readings;
}

std::size_t kind_words(std::span<const Syllable> name, std::string_view kind)
{
    for (const KindReading& reading : kind_readings(name)) {
        const bool own = std::find(reading.kinds.begin(), reading.kinds.end(), kind) != reading.kinds.end();
        if (own && reading.words < name.size() && is_number(name[reading.words].base)) return reading.words;
    }
    return 0;
}

std::string_view without_kind(std::string_view alias, std::string_view full_name, std::string_view name)
{
    if (!full_name.ends_with(name)) return alias;
    const auto kind = full_name.substr(0, full_name.size() - name.size());
    return alias.starts_with(kind) ? alias.substr(kind.size()) : alias;
}

}  // namespace phoihop::units
