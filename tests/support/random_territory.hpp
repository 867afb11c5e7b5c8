// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "support/draw.hpp"

#include <array>
#include <random>
#include <set>

/// Random territories for property tests: a tree of a few provinces, districts and communes over four reform
/// days with merges, absorptions, splits (with and without a default heir), moves, new codes, units that give a
/// part away and go on, new units without origin, and a level that is abolished. The same seed gives the same territory
/// on every machine (only `std::mt19937_64` itself is asked, never a distribution of the library).
namespace phoihop::test {

/// The days on which random territories change; ask for maps on these, and before and after them.
inline constexpr std::array<Date, 4> reform_days{day(2016, 7, 1), day(2020, 2, 1), day(2025, 7, 1), day(2026, 4, 30)};

class RandomTerritory {
public:
    explicit RandomTerritory(std::uint64_t seed) : m_random(seed) {}

    std::shared_ptr<const Territory> make()
    {
        m_nation = m_drawing.add(UnitId{}, Level::nation, "nation");
        const std::size_t provinces = 2 + below(5);
        for (std::size_t p = 0; p < provinces; ++p) province();
        const std::size_t abolition = below(reform_days.size() + 1);  // the last: never
        for (std::size_t i = 0; i < reform_days.size(); ++i) {
            const Date on = reform_days[i];
            m_touched.clear();
            if (i == abolition) m_drawing.end_level(Level::district, on);
            reform(Level::province, on);
            reform(Level::district, on);
            reform(Level::commune, on);
        }
        return m_drawing.make();
    }

private:
    std::size_t below(std::size_t limit) { return static_cast<std::size_t>(m_random() % limit); }
    bool chance(std::size_t percent) { return below(100) < percent; }
    std::string fresh() { return "u" + std::to_string(m_drawing.size() + 1); }

    void province()
    {
        const UnitId province = m_drawing.add(m_nation, Level::province, fresh());
        const std::size_t districts = below(4);
        for (std::size_t d = 0; d < districts; ++d) {
            const UnitId district = m_drawing.add(province, Level::district, fresh());
            for (std::size_t c = below(6); c > 0; --c) m_drawing.add(district, Level::commune, fresh());
        }
        for (std::size_t c = below(4); c > 0; --c) m_drawing.add(province, Level::commune, fresh());
    }

    UnitId pick(const std::vector<UnitId>& from) { return from[below(from.size())]; }

    /// Units of `level` that lived the day before and were not yet touched by another event of the day.
    std::vector<UnitId> settled(Level level, Date on) const
    {
        std::vector<UnitId> answer;
        for (const UnitId id : m_drawing.living(on, level)) {
            if (m_drawing.at(id).begins() < on && !m_touched.contains(id)) answer.push_back(id);
        }
        return answer;
    }

    UnitId parent_of(UnitId id) const { return m_drawing.at(id).states.back().parent; }

    void reform(Level level, Date on)
    {
        for (std::size_t events = below(4); events > 0; --events) {
            const auto units = settled(level, on);
            if (units.size() < 2) return;
            const UnitId a = pick(units);
            const UnitId b = pick(units);
            if (a == b) continue;
            m_touched.insert({a, b});
            switch (below(8)) {
                case 0:
                case 1: merge(a, b, level, on); break;
                case 2: absorb(a, b, on); break;
                case 3: divide(a, level, on, true); break;
                case 4: divide(a, level, on, false); break;
                case 5: cede(a, b, on); break;
                case 6: wander(a, b, on); break;
                default: m_drawing.add(parent_of(a), level, fresh(), {on, forever}); break;
            }
        }
    }

    void inherit(UnitId from, UnitId to, Date on)
    {
        m_drawing.succeed(from, to, on, Part::full, Part::full, true);
        m_drawing.end(from, on, to);
    }

    void merge(UnitId a, UnitId b, Level level, Date on)
    {
        const UnitId heir = m_drawing.add(parent_of(a), level, fresh(), {on, forever});
        inherit(a, heir, on);
        inherit(b, heir, on);
    }

    void absorb(UnitId a, UnitId b, Date on) { inherit(b, a, on); }

    /// Into two new units and perhaps one that is there already; the units below go to any of them.
    void divide(UnitId whole, Level level, Date on, bool with_default)
    {
        std::vector<UnitId> heirs;
        for (std::size_t i = 0; i < 2; ++i) {
            heirs.push_back(m_drawing.add(parent_of(whole), level, fresh(), {on, forever}));
        }
        if (const auto others = settled(level, on); !others.empty() && chance(30)) {
            const UnitId other = pick(others);
            heirs.push_back(other);
            m_touched.insert(other);
        }
        const std::size_t main_heir = with_default ? below(heirs.size()) : heirs.size();
        for (std::size_t i = 0; i < heirs.size(); ++i) {
            const Part people = i == main_heir ? Part::full : with_default ? Part::none : Part::part;
            m_drawing.succeed(whole, heirs[i], on, Part::part, people, i == main_heir);
        }
        for (const UnitId child : m_drawing.below(whole, on)) m_drawing.move(child, on, pick(heirs));
        m_drawing.end(whole, on, UnitId{});
    }

    /// `a` gives a piece to `b` and goes on: its figures stay with it.
    void cede(UnitId a, UnitId b, Date on) { m_drawing.succeed(a, b, on, Part::part, Part::none, false); }

    void wander(UnitId a, UnitId b, Date on)
    {
        if (chance(50)) return m_drawing.move(a, on, parent_of(b));
        UnitState next = m_drawing.at(a).states.back();
        next.code.digits = std::to_string(90000 + m_drawing.size() * 10 + below(10)) + "-" + std::to_string(a.value);
        m_drawing.change(a, on, std::move(next));
    }

    std::mt19937_64 m_random;
    Drawing m_drawing;
    UnitId m_nation;
    std::set<UnitId> m_touched;
};

[[nodiscard]] inline std::shared_ptr<const Territory> random_territory(std::uint64_t seed)
{
    return RandomTerritory(seed).make();
}

}  // namespace phoihop::test
