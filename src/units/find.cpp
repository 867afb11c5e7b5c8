// SPDX-License-Identifier: Apache-2.0
#include "units/find.hpp"

#include "text/fold.hpp"
#include "units/find_words.hpp"

#include <algorithm>
#include <set>
#include <tuple>

namespace phoihop::units {
namespace {

using text::Syllable;

// How much each thing counts. Only their order matters: what was typed exactly comes before what was guessed.
constexpr int exact_score = 1000;
constexpr int same_words_score = 20;
constexpr int kind_score = 50;
constexpr int other_kind_score = -150;
constexpr int initials_score = -60;
constexpr int alias_score = -10;
constexpr int part_score = -300;
constexpr int extra_word_score = -10;
constexpr int context_score = 30;
constexpr int former_context_score = -40;
constexpr int marks_differ_score = -400;
constexpr int living_score = 10;
constexpr int level_score = 2;

constexpr std::size_t words_max = 16;

}  // namespace

/// One question to the index.
class UnitSearch {
public:
    UnitSearch(const UnitIndex& index, std::string_view query, std::optional<Date> on)
        : m_index(index), m_territory(*index.m_territory), m_on(on), m_words(query_words(query))
    {
        // Nothing is called by so many words; what was pasted by mistake is not searched for long.
        if (m_words.size() > words_max) m_words.clear();
    }

    std::vector<Match> answer(std::string_view query, std::size_t most)
    {
        codes(query);
        whole_names();
        if (m_found.empty()) parts(true);
        if (m_found.size() < most) parts(false);
        keep_agreeing();
        keep_living();
        return best(most);
    }

private:
    using Words = std::span<const Syllable>;

    /// The ways to read some words as kind and name.
    struct KeyReading {
        KindReading kind;
        std::string key;
    };

    struct Candidate {
        std::uint32_t entry = 0;
        int score = 0;
        bool marks_agree = true;
    };

    void offer(const Candidate& candidate)
    {
        const UnitIndex::Entry& entry = m_index.m_entries[candidate.entry];
        Candidate judged = candidate;
        const Unit& unit = m_territory.unit(entry.unit);
        const bool lives = m_on ? unit.on(*m_on) != nullptr : unit.ends() == forever;
        if (lives) judged.score += living_score;
        if (m_on && entry.state->validity.contains(*m_on)) judged.score += 1;
        judged.score -= level_score * static_cast<int>(entry.state->level);
        auto [kept, fresh] = m_found.emplace(entry.unit.value, judged);
        if (fresh) return;
        // Of one unit the best state; of equal ones the latest.
        const auto rank = [&](const Candidate& each) {
            return std::tuple{each.marks_agree, each.score, m_index.m_entries[each.entry].state->validity.from};
        };
        if (rank(kept->second) < rank(judged)) kept->second = judged;
    }

    void codes(std::string_view query)
    {
        const auto colon = query.find(':');
        const std::string_view scheme = colon == std::string_view::npos ? "" : query.substr(0, colon);
        std::string digits(colon == std::string_view::npos ? query : query.substr(colon + 1));
        const auto found = m_index.m_by_code.find(digits);
        if (found == m_index.m_by_code.end()) return;
        for (const std::uint32_t entry : found->second) {
            if (scheme.empty() || m_index.m_entries[entry].state->code.scheme == scheme)
                offer({entry, exact_score, true});
        }
    }

    /// Every stretch of words that is a name, with the rest telling what it stands in.
    void whole_names()
    {
        for (std::size_t begin = 0; begin < m_words.size(); ++begin) {
            for (std::size_t end = begin + 1; end <= m_words.size(); ++end) {
                stretch(begin, end);
            }
        }
    }

    void stretch(std::size_t begin, std::size_t end)
    {
        for (const KeyReading& reading : keys(begin, end)) {
            const auto found = m_index.m_by_key.find(reading.key);
            if (found == m_index.m_by_key.end()) continue;
            for (const std::uint32_t form : found->second) candidate(form, reading, begin, end);
        }
    }

    void candidate(std::uint32_t position, const KeyReading& reading, std::size_t begin, std::size_t end)
    {
        const Words name = Words(m_words).subspan(begin + reading.kind.words, end - begin - reading.kind.words);
        const UnitIndex::Form& form = m_index.m_forms[position];
        const UnitIndex::Entry& entry = m_index.m_entries[form.entry];
        const auto kind = kind_agrees(reading.kind, *entry.state);
        if (!kind) return;
        const auto context = stands_in(entry, begin, end);
        if (!context) return;
        Candidate found{form.entry, exact_score + *kind + *context, true};
        if (form.by == UnitIndex::By::initials) {
            found.score += initials_score;
        } else {
            if (form.by == UnitIndex::By::alias) found.score += alias_score;
            auto words = text::syllables(form.text);
            // A bare number was typed for a name that keeps its kind's word: "q1" for "Quận 1".
            if (words.size() > name.size() && !entry.bare.empty() && reading.key == entry.bare) {
                words.erase(words.begin(), words.end() - static_cast<std::ptrdiff_t>(name.size()));
            }
            if (words.size() == name.size()) {
                found.score += same_words_score;
                found.marks_agree = std::equal(name.begin(), name.end(), words.begin(), text::marks_agree);
            }
        }
        if (!found.marks_agree) found.score += marks_differ_score;
        offer(found);
    }

    /// 0 when nothing was said about the kind; nothing when another level was meant.
    static std::optional<int> kind_agrees(const KindReading& reading, const UnitState& state)
    {
        if (reading.words == 0) return 0;
        if (std::find(reading.kinds.begin(), reading.kinds.end(), state.kind) != reading.kinds.end()) return kind_score;
        // People keep the old word when a township becomes a ward or commune.
        if (state.level == Level::commune && reading.commune_level) return other_kind_score;
        return std::nullopt;
    }

    /// Whether the words around [begin, end) name what `entry` stands in, stood in or came to stand in.
    std::optional<int> stands_in(const UnitIndex::Entry& entry, std::size_t begin, std::size_t end)
    {
        if (begin == 0 && end == m_words.size()) return 0;
        if (named(0, begin, entry.unit, Kin::own) && named(end, m_words.size(), entry.unit, Kin::own)) {
            return context_score;
        }
        if (named(0, begin, entry.unit, Kin::wider) && named(end, m_words.size(), entry.unit, Kin::wider)) {
            return context_score + former_context_score;
        }
        return std::nullopt;
    }

    using Entries = std::set<std::uint32_t>;

    void gather_above(UnitId unit, Entries& entries) const
    {
        for (const UnitState& state : m_territory.unit(unit).states) {
            if (!state.parent) continue;
            for (const std::uint32_t entry : m_index.m_entries_of.at(state.parent.value)) {
                const Validity& there = m_index.m_entries[entry].state->validity;
                if (there.from < state.validity.to && state.validity.from < there.to) entries.insert(entry);
            }
            gather_above(state.parent, entries);
        }
    }
    Entries above(UnitId unit) const
    {
        Entries entries;
        gather_above(unit, entries);
        return entries;
    }

    /// What the unit's origins and heirs stand in; for a unit that ended with its level, the heirs of its parents.
    Entries above_kin(UnitId unit) const
    {
        Entries entries = above(unit);
        const auto heirs = m_territory.heirs_of(unit);
        for (const Succession* origin : m_territory.origins_of(unit)) gather_above(origin->from, entries);
        for (const Succession* heir : heirs) gather_above(heir->to, entries);
        if (heirs.empty()) {
            const Entries own = entries;
            for (const std::uint32_t entry : own) {
                for (const Succession* heir : m_territory.heirs_of(m_index.m_entries[entry].unit)) {
                    const auto& later = m_index.m_entries_of.at(heir->to.value);
                    entries.insert(later.begin(), later.end());
                }
            }
        }
        return entries;
    }

    enum class Kin : std::uint8_t { own, wider };

    /// Whether the words [begin, end) are names, one after the other, of what `unit` stands in.
    bool named(std::size_t begin, std::size_t end, UnitId unit, Kin kin)
    {
        if (begin == end) return true;
        auto& known = m_above[{unit.value, kin}];
        if (known.empty()) known = kin == Kin::own ? above(unit) : above_kin(unit);
        return covered(begin, end, known);
    }

    bool covered(std::size_t begin, std::size_t end, const Entries& entries)
    {
        for (std::size_t middle = begin + 1; middle <= end; ++middle) {
            const std::vector<KeyReading>& readings = keys(begin, middle);
            const bool names_one = std::any_of(entries.begin(), entries.end(), [&](std::uint32_t entry) {
                return names(readings, m_index.m_entries[entry]);
            });
            if (names_one && (middle == end || covered(middle, end, entries))) return true;
        }
        return false;
    }

    const std::vector<KeyReading>& keys(std::size_t begin, std::size_t end)
    {
        auto [at, fresh] = m_keys.try_emplace({begin, end});
        if (!fresh) return at->second;
        const Words words = Words(m_words).subspan(begin, end - begin);
        for (KindReading& reading : kind_readings(words)) {
            std::string key = key_of(words.subspan(reading.words));
            if (!key.empty()) at->second.push_back({std::move(reading), std::move(key)});
        }
        return at->second;
    }

    static bool names(const std::vector<KeyReading>& readings, const UnitIndex::Entry& entry)
    {
        return std::any_of(readings.begin(), readings.end(), [&](const KeyReading& reading) {
            const bool same = reading.key == entry.name || reading.key == entry.bare || reading.key == entry.initials;
            return same && kind_agrees(reading.kind, *entry.state);
        });
    }

    /// Names that contain the words side by side, the last perhaps only begun. With `context`, the words may be
    /// followed by what the unit stands in.
    void parts(bool context)
    {
        const std::size_t shortest = context ? 1 : m_words.size();
        for (std::size_t end = m_words.size(); end >= shortest && end > 0; --end) {
            for (const KindReading& reading : kind_readings(Words(m_words).first(end))) {
                if (reading.words < end) contained(reading, end);
            }
            if (context && !m_found.empty()) return;
        }
    }

    void contained(const KindReading& reading, std::size_t end)
    {
        const Words name = Words(m_words).subspan(reading.words, end - reading.words);
        const std::string first = canonical(name.front().base);
        if (name.size() == 1 && first.size() < 2) return;
        auto at =
            std::lower_bound(m_index.m_by_word.begin(), m_index.m_by_word.end(), std::pair{first, std::uint32_t{0}});
        for (; at != m_index.m_by_word.end() && at->first.starts_with(first); ++at) {
            if (name.size() > 1 && at->first != first) return;
            const UnitIndex::Form& form = m_index.m_forms[at->second];
            const UnitIndex::Entry& entry = m_index.m_entries[form.entry];
            const auto kind = kind_agrees(reading, *entry.state);
            if (!kind) continue;
            const auto words = text::syllables(form.text);
            const auto inside = side_by_side(name, words);
            if (!inside) continue;
            const auto context = stands_in(entry, 0, end);
            if (!context) continue;
            const int extra = static_cast<int>(words.size() - name.size());
            offer({form.entry, exact_score + part_score + *kind + *context + extra * extra_word_score, *inside});
        }
    }

    /// Whether `name` stands in `words`, and then whether its marks agree.
    static std::optional<bool> side_by_side(Words name, Words words)
    {
        std::optional<bool> found;
        for (std::size_t shift = 0; shift + name.size() <= words.size(); ++shift) {
            bool same = true;
            bool marks = true;
            for (std::size_t i = 0; i < name.size() && same; ++i) {
                const std::string typed = canonical(name[i].base);
                const std::string there = canonical(words[shift + i].base);
                same = i + 1 == name.size() ? there.starts_with(typed) : there == typed;
                marks = marks && text::marks_agree(name[i], words[shift + i]);
            }
            if (same && (!found || marks)) found = marks;
        }
        return found;
    }

    /// Where something agrees with all marks that were typed, the rest was not meant.
    void keep_agreeing()
    {
        const auto agrees = [](const auto& found) { return found.second.marks_agree; };
        if (std::any_of(m_found.begin(), m_found.end(), agrees)) {
            std::erase_if(m_found, [&](const auto& found) { return !agrees(found); });
        }
    }

    void keep_living()
    {
        if (!m_on) return;
        const auto lives = [&](const auto& found) {
            return m_territory.unit(UnitId{found.first}).on(*m_on) != nullptr;
        };
        if (std::any_of(m_found.begin(), m_found.end(), lives)) {
            std::erase_if(m_found, [&](const auto& found) { return !lives(found); });
        }
    }

    std::vector<Match> best(std::size_t most) const
    {
        std::vector<Candidate> order;
        for (const auto& [unit, candidate] : m_found) order.push_back(candidate);
        std::sort(order.begin(), order.end(), [&](const Candidate& a, const Candidate& b) {
            const UnitIndex::Entry& left = m_index.m_entries[a.entry];
            const UnitIndex::Entry& right = m_index.m_entries[b.entry];
            return std::tie(b.score, left.state->code, left.unit) < std::tie(a.score, right.state->code, right.unit);
        });
        if (order.size() > most) order.resize(most);
        std::vector<Match> matches;
        for (const Candidate& candidate : order) matches.push_back(match(candidate));
        return matches;
    }

    Match match(const Candidate& candidate) const
    {
        const UnitIndex::Entry& entry = m_index.m_entries[candidate.entry];
        const Unit& unit = m_territory.unit(entry.unit);
        const Validity& valid = entry.state->validity;
        const Date last = valid.to - std::chrono::days{1};
        Match made{entry.unit, entry.state, {}, {unit.begins(), unit.ends()}, {}, candidate.score};
        made.path = m_territory.path(entry.unit, m_on ? std::clamp(*m_on, valid.from, last) : last);
        for (const Succession* heir : m_territory.heirs_of(entry.unit)) {
            if (heir->on != unit.ends()) continue;
            made.became.insert(heir->default_heir ? made.became.begin() : made.became.end(), heir->to);
        }
        return made;
    }

    const UnitIndex& m_index;
    const Territory& m_territory;
    std::optional<Date> m_on;
    std::vector<Syllable> m_words;
    std::map<std::int64_t, Candidate> m_found;  // by unit
    std::map<std::pair<std::int64_t, Kin>, Entries> m_above;
    std::map<std::pair<std::size_t, std::size_t>, std::vector<KeyReading>> m_keys;
};

std::vector<Match> UnitIndex::find(std::string_view query, std::optional<Date> on, std::size_t most) const
{
    return UnitSearch(*this, query, on).answer(query, most);
}

}  // namespace phoihop::units
