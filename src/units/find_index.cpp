// SPDX-License-Identifier: Apache-2.0
#include "units/find.hpp"
#include "units/find_words.hpp"

#include <algorithm>

namespace phoihop::units {

UnitIndex::UnitIndex(std::shared_ptr<const Territory> territory, const std::vector<Alias>& aliases)
    : m_territory(std::move(territory))
{
    for (const Unit& unit : m_territory->units()) {
        for (const UnitState& state : unit.states) add(unit.id, state);
    }
    for (const Alias& alias : aliases) {
        const auto found = m_entries_of.find(alias.unit.value);
        if (found == m_entries_of.end()) continue;
        for (const std::uint32_t entry : found->second) {
            // Aliases are whole names; the kind's word is typed or not, as with the name itself.
            const UnitState& state = *m_entries[entry].state;
            add(entry, std::string(without_kind(alias.alias, state.full_name, state.name)), By::alias);
        }
    }
    std::sort(m_by_word.begin(), m_by_word.end());
}

void UnitIndex::add(UnitId unit, const UnitState& state)
{
    const auto entry = static_cast<std::uint32_t>(m_entries.size());
    const auto words = text::syllables(state.name);
    Entry made{unit, &state, key_of(words), {}, {}};
    const std::size_t kind = kind_words(words, state.kind);
    if (kind > 0) made.bare = key_of(std::span(words).subspan(kind));
    if (state.level == Level::province && words.size() > 1) {
        for (const text::Syllable& word : words) made.initials += word.base.front();
    }
    m_by_code[state.code.digits].push_back(entry);
    m_entries_of[unit.value].push_back(entry);
    m_entries.push_back(std::move(made));
    add(entry, state.name, By::name);
}

void UnitIndex::add(std::uint32_t entry, const std::string& text, By by)
{
    const auto form = static_cast<std::uint32_t>(m_forms.size());
    const Entry& of = m_entries[entry];
    m_forms.push_back({entry, by, text});
    const auto words = text::syllables(text);
    m_by_key[key_of(words)].push_back(form);
    for (const text::Syllable& word : words) m_by_word.emplace_back(canonical(word.base), form);
    if (by != By::name) return;
    if (!of.bare.empty()) m_by_key[of.bare].push_back(form);
    if (!of.initials.empty()) {
        m_forms.push_back({entry, By::initials, text});
        m_by_key[of.initials].push_back(form + 1);
    }
}

}  // namespace phoihop::units
