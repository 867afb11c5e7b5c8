// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "units/assemble.hpp"
#include "units/territory.hpp"

#include <unordered_map>

namespace phoihop::units {

/// One unit that a text may mean.
struct Match {
    UnitId unit;
    const UnitState* state = nullptr;  ///< the state whose name was meant; lives as long as the territory
    std::string path;                  ///< "Xã Phố Bảng, Tỉnh Tuyên Quang", read while that state was valid
    Validity life;                     ///< of the unit, from its first state to its last
    std::vector<UnitId> became;        ///< its heirs, the default heir first; empty while it lives, or with its level
    int score = 0;                     ///< higher is better; only for ordering and for telling matches apart
};

/// Finds units by what people type: without marks, with some, with old names, other spellings and abbreviations ("q1",
/// "tp hcm", "tt", "đk"), glued or apart ("ea hleo"), i for y, alone or with what they stand in ("q1 tp hcm", "xa pho
/// bang ha giang", in either order), by codes ("00715", "vn63:00715"), by the beginnings of words. Marks that were
/// typed must agree where anything agrees with them. Made once per territory; finding is const and safe in many
/// threads.
class UnitIndex {
public:
    explicit UnitIndex(std::shared_ptr<const Territory> territory, const std::vector<Alias>& aliases = {});

    /// The `most` best matches, best first: an ambiguous name answers with all units that bear it. `on` keeps to units
    /// that live on that day where any of the matches does, and reads them as of that day.
    [[nodiscard]] std::vector<Match> find(std::string_view query, std::optional<Date> on = {},
                                          std::size_t most = 50) const;

private:
    friend class UnitSearch;

    /// A state's names as keys: folded, without blanks, y as i.
    struct Entry {
        UnitId unit;
        const UnitState* state;
        std::string name;      ///< "quan1", "hochiminh"
        std::string bare;      ///< "1" where the name keeps its kind's word; else ""
        std::string initials;  ///< "hcm", of provinces only
    };
    enum class By : std::uint8_t { name, alias, initials, part };
    struct Form {
        std::uint32_t entry;
        By by;
        std::string text;  ///< as written, for comparing marks
    };

    void add(UnitId unit, const UnitState& state);
    void add(std::uint32_t entry, const std::string& text, By by);

    std::shared_ptr<const Territory> m_territory;
    std::vector<Entry> m_entries;
    std::vector<Form> m_forms;
    std::unordered_map<std::string, std::vector<std::uint32_t>> m_by_key;       // whole form → forms
    std::vector<std::pair<std::string, std::uint32_t>> m_by_word;               // each word of a form, in order
    std::unordered_map<std::string, std::vector<std::uint32_t>> m_by_code;      // digits → entries
    std::unordered_map<std::int64_t, std::vector<std::uint32_t>> m_entries_of;  // unit → entries
};

}  // namespace phoihop::units
