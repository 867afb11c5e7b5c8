// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "units/territory.hpp"

#include <algorithm>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

/// Territories drawn as indented text, so that a test shows the world it speaks about:
///
///     const auto land = draw(R"(
///         Việt Nam
///           Hà Giang
///             Huyện Đồng Văn
///               Xã Phó Bảng
///               Xã Phố Là
///           Tuyên Quang
///             Xã Phố Bảng (commune) [from 2025-07-01]
///         [2025-07-01] Hà Giang + Tuyên Quang -> Tuyên Quang
///         [2025-07-01] Xã Phó Bảng + Xã Phố Là -> Xã Phố Bảng
///         [2025-07-01] district ends
///     )");
///     land->map(…)->place_of(named(land, "Xã Phó Bảng"));
///
/// Depth gives the level: nation, province, commune — or nation, province, district, commune, residential_area when
/// anything is drawn deeper; "(district)" after a name says otherwise, as do the words Huyện, Quận, Thị xã, Xã, Phường,
/// Thị trấn, Đặc khu, Thôn, Tổ. A unit lives always, unless "[from D]", "[to D]" (the last day) or "[from D to D]"
/// follows. Codes are "drawn:00001", … in the order of the lines. Below the tree, in order of time:
///
///     [D] A + B -> C             A and B end, C begins (wherever it is drawn); C takes all of both
///     [D] A + B -> A             B ends, A goes on
///     [D] A -> B default + C     A ends; B takes all the people, C a part of the land
///     [D] A -> B part + C part   A ends; nobody takes all the people
///     [D] A moves to P           the same unit under another parent
///     [D] A becomes N            the same unit with another name
///     [D] A recodes N            the same unit with the code drawn:N
///     [D] A ends                 without heirs
///     [D] district ends          the whole level; what stood in a district stands in its province
///
/// When a unit ends with one heir, or a default heir, what still lives below it moves to that heir.
namespace phoihop::test {

using units::Level;
using units::Part;
using units::Succession;
using units::Territory;
using units::Unit;
using units::UnitState;

inline constexpr Date long_ago = day(1900, 1, 1);

/// Units under construction. Shared by `draw` and `random_territory`; mistakes in a drawing throw.
class Drawing {
public:
    UnitId add(UnitId parent, Level level, const std::string& name, Validity validity = {long_ago, forever})
    {
        const UnitId id{static_cast<std::int64_t>(m_units.size()) + 1};
        std::string digits = std::to_string(id.value);
        digits.insert(0, 5 - std::min<std::size_t>(5, digits.size()), '0');
        m_units.push_back(Unit{
            id, {UnitState{validity, {"drawn", digits}, level, std::string(word(level)), name, name, parent, ""}}});
        return id;
    }

    [[nodiscard]] const Unit& at(UnitId id) const { return m_units.at(static_cast<std::size_t>(id.value - 1)); }
    [[nodiscard]] std::size_t size() const { return m_units.size(); }
    [[nodiscard]] std::vector<UnitId> living(Date day, Level level) const
    {
        std::vector<UnitId> answer;
        for (const Unit& unit : m_units) {
            const UnitState* state = unit.on(day);
            if (state && state->level == level) answer.push_back(unit.id);
        }
        return answer;
    }
    [[nodiscard]] std::vector<UnitId> below(UnitId parent, Date day) const
    {
        std::vector<UnitId> answer;
        for (const Unit& unit : m_units) {
            const UnitState* state = unit.on(day);
            if (state && state->parent == parent) answer.push_back(unit.id);
        }
        return answer;
    }

    void begin(UnitId id, Date on)
    {
        Unit& unit = edit(id);
        unit.states.front().validity.from = on;
    }

    void change(UnitId id, Date on, UnitState next)
    {
        Unit& unit = edit(id);
        UnitState& last = unit.states.back();
        next.validity = {on, last.validity.to};
        if (last.validity.from == on) {
            last = std::move(next);
            return;
        }
        last.validity.to = on;
        unit.states.push_back(std::move(next));
    }
    void move(UnitId id, Date on, UnitId parent)
    {
        UnitState next = at(id).states.back();
        next.parent = parent;
        change(id, on, std::move(next));
    }

    /// Ends `id`; what lives below it goes to `heir` when there is one.
    void end(UnitId id, Date on, UnitId heir)
    {
        if (heir) {
            for (const UnitId child : below(id, on)) move(child, on, heir);
        }
        Unit& unit = edit(id);
        if (unit.states.back().validity.from == on && unit.states.size() > 1) unit.states.pop_back();
        unit.states.back().validity.to = on;
    }

    void succeed(UnitId from, UnitId to, Date on, Part land, Part people, bool default_heir)
    {
        m_successions.push_back(Succession{from, to, on, land, people, default_heir, "drawn"});
    }

    void end_level(Level level, Date on)
    {
        for (const UnitId id : living(on, level)) end(id, on, at(id).on(on)->parent);
    }

    [[nodiscard]] std::shared_ptr<const Territory> make() const
    {
        auto territory = Territory::make(m_units, m_successions);
        if (!territory) {
            std::string text = "drawing refused: " + territory.error().where;
            for (const auto& [key, value] : territory.error().facts) text += " " + key + "=" + value;
            throw std::logic_error(text);
        }
        return *territory;
    }

    [[nodiscard]] const std::vector<Unit>& units() const { return m_units; }
    [[nodiscard]] const std::vector<Succession>& successions() const { return m_successions; }

private:
    Unit& edit(UnitId id) { return m_units.at(static_cast<std::size_t>(id.value - 1)); }

    std::vector<Unit> m_units;
    std::vector<Succession> m_successions;
};

namespace detail {

inline std::string trimmed(std::string_view text)
{
    const auto first = text.find_first_not_of(' ');
    if (first == std::string_view::npos) return "";
    return std::string(text.substr(first, text.find_last_not_of(' ') - first + 1));
}

inline std::vector<std::string> split(std::string_view text, std::string_view by)
{
    std::vector<std::string> parts;
    for (;;) {
        const auto at = text.find(by);
        parts.push_back(trimmed(text.substr(0, at)));
        if (at == std::string_view::npos) return parts;
        text.remove_prefix(at + by.size());
    }
}

/// Takes `suffix` off the end of `text`.
inline bool take_end(std::string& text, std::string_view suffix)
{
    if (!std::string_view(text).ends_with(suffix)) return false;
    text = trimmed(std::string_view(text).substr(0, text.size() - suffix.size()));
    return true;
}

inline std::optional<Level> level_of_name(std::string_view name)
{
    struct Start {
        std::string_view word;
        Level level;
    };
    for (const Start start :
         {Start{"Huyện ", Level::district}, Start{"Quận ", Level::district}, Start{"Thị xã ", Level::district},
          Start{"Xã ", Level::commune}, Start{"Phường ", Level::commune}, Start{"Thị trấn ", Level::commune},
          Start{"Đặc khu ", Level::commune}, Start{"Tỉnh ", Level::province}, Start{"Thôn ", Level::residential_area},
          Start{"Tổ ", Level::residential_area}}) {
        if (name.starts_with(start.word)) return start.level;
    }
    return std::nullopt;
}

class Reader {
public:
    explicit Reader(std::string_view text)
    {
        for (std::size_t at = 0; at < text.size();) {
            const auto end = std::min(text.find('\n', at), text.size());
            const std::string_view line = text.substr(at, end - at);
            at = end + 1;
            if (trimmed(line).empty()) continue;
            if (trimmed(line).starts_with('[')) {
                m_events.push_back(trimmed(line));
            } else {
                m_lines.push_back({line.find_first_not_of(' '), trimmed(line)});
            }
        }
    }

    std::shared_ptr<const Territory> read()
    {
        tree();
        for (const std::string& event : m_events) apply(event);
        return m_drawing.make();
    }

private:
    struct Line {
        std::size_t indent;
        std::string text;
    };

    static Date date(const std::string& text)
    {
        const auto parsed = parse_date(text);
        if (!parsed) throw std::logic_error("drawing: not a date: " + text);
        return *parsed;
    }

    UnitId named(const std::string& name) const
    {
        const auto found = m_names.find(name);
        if (found == m_names.end()) throw std::logic_error("drawing: nobody is called '" + name + "'");
        return found->second;
    }

    Validity validity(std::string& text, bool& begins_there) const
    {
        Validity validity{long_ago, forever};
        const auto open = text.find('[');
        if (open == std::string::npos) return validity;
        std::string inside = text.substr(open + 1, text.find(']') - open - 1);
        text = trimmed(text.substr(0, open));
        if (const auto to = inside.find("to "); to != std::string::npos) {
            validity.to = date(trimmed(inside.substr(to + 3))) + std::chrono::days{1};
            inside.resize(to);
        }
        if (inside.starts_with("from ")) {
            validity.from = date(trimmed(inside.substr(5)));
            begins_there = true;
        }
        return validity;
    }

    void tree()
    {
        std::vector<std::pair<std::size_t, UnitId>> above;  // indent, unit
        std::size_t deepest = 0;
        {
            std::vector<std::size_t> indents;
            for (const Line& line : m_lines) {
                while (!indents.empty() && indents.back() >= line.indent) indents.pop_back();
                indents.push_back(line.indent);
                deepest = std::max(deepest, indents.size());
            }
        }
        for (Line line : m_lines) {
            while (!above.empty() && above.back().first >= line.indent) above.pop_back();
            bool begins_there = false;
            const Validity lives = validity(line.text, begins_there);
            constexpr Level flat[]{Level::nation, Level::province, Level::commune};
            Level level = deepest <= 3 ? flat[above.size()] : static_cast<Level>(above.size());
            if (const auto by_name = level_of_name(line.text)) level = *by_name;
            for (const Level each :
                 {Level::nation, Level::province, Level::district, Level::commune, Level::residential_area}) {
                if (take_end(line.text, "(" + std::string(word(each)) + ")")) level = each;
            }
            const UnitId parent = above.empty() ? UnitId{} : above.back().second;
            const UnitId id = m_drawing.add(parent, level, line.text, lives);
            if (begins_there) m_fixed.push_back(id);
            if (!m_names.emplace(line.text, id).second) throw std::logic_error("drawing: twice: " + line.text);
            above.emplace_back(line.indent, id);
        }
    }

    void apply(const std::string& event)
    {
        const auto close = event.find(']');
        const Date on = date(event.substr(1, close - 1));
        std::string text = trimmed(std::string_view(event).substr(close + 1));
        if (text.find(" -> ") != std::string::npos) return inherit(text, on);
        if (const auto at = text.find(" moves to "); at != std::string::npos) {
            return m_drawing.move(named(text.substr(0, at)), on, named(text.substr(at + 10)));
        }
        if (const auto at = text.find(" becomes "); at != std::string::npos) {
            const UnitId id = named(text.substr(0, at));
            UnitState next = m_drawing.at(id).states.back();
            next.name = next.full_name = text.substr(at + 9);
            m_names.emplace(next.name, id);
            return m_drawing.change(id, on, std::move(next));
        }
        if (const auto at = text.find(" recodes "); at != std::string::npos) {
            const UnitId id = named(text.substr(0, at));
            UnitState next = m_drawing.at(id).states.back();
            next.code.digits = text.substr(at + 9);
            return m_drawing.change(id, on, std::move(next));
        }
        if (!take_end(text, " ends")) throw std::logic_error("drawing: cannot read: " + event);
        if (const auto level = units::level_from_word(text)) return m_drawing.end_level(*level, on);
        m_drawing.end(named(text), on, UnitId{});
    }

    void inherit(const std::string& text, Date on)
    {
        struct Heir {
            UnitId unit;
            bool takes_all;
        };
        const auto sides = split(text, " -> ");
        std::vector<UnitId> ending;
        for (const std::string& name : split(sides.at(0), " + ")) ending.push_back(named(name));
        std::vector<Heir> heirs;
        UnitId main_heir;
        for (std::string name : split(sides.at(1), " + ")) {
            const bool takes_all = take_end(name, " default");
            (void)take_end(name, " part");
            heirs.push_back({named(name), takes_all});
        }
        if (heirs.size() == 1) heirs.front().takes_all = true;
        for (const Heir& heir : heirs) {
            if (heir.takes_all) main_heir = heir.unit;
            const bool goes_on = std::find(ending.begin(), ending.end(), heir.unit) != ending.end();
            const bool fixed = std::find(m_fixed.begin(), m_fixed.end(), heir.unit) != m_fixed.end();
            if (!goes_on && !fixed) m_drawing.begin(heir.unit, on);
            if (!goes_on) m_fixed.push_back(heir.unit);
        }
        for (const UnitId from : ending) {
            for (const Heir& heir : heirs) {
                if (heir.unit == from) continue;
                const Part all = heirs.size() == 1 ? Part::full : Part::part;
                const Part people = heir.takes_all ? Part::full : main_heir ? Part::none : Part::part;
                m_drawing.succeed(from, heir.unit, on, all, people, heir.takes_all);
            }
            const bool goes_on =
                std::any_of(heirs.begin(), heirs.end(), [&](const Heir& heir) { return heir.unit == from; });
            if (!goes_on) m_drawing.end(from, on, main_heir);
        }
    }

    Drawing m_drawing;
    std::vector<Line> m_lines;
    std::vector<std::string> m_events;
    std::vector<UnitId> m_fixed;  // begin where they were drawn to begin
    std::map<std::string, UnitId> m_names;
};

}  // namespace detail

/// The territory drawn by `text` (notation above). Throws when the drawing is no territory.
[[nodiscard]] inline std::shared_ptr<const Territory> draw(std::string_view text)
{
    return detail::Reader(text).read();
}

/// The unit that is or was called `name`; throws when there is none or more than one.
[[nodiscard]] inline UnitId named(const std::shared_ptr<const Territory>& territory, std::string_view name)
{
    UnitId answer;
    for (const Unit& unit : territory->units()) {
        const bool bears = std::any_of(unit.states.begin(), unit.states.end(),
                                       [&](const UnitState& state) { return state.name == name; });
        if (bears && answer) throw std::logic_error("several units are called " + std::string(name));
        if (bears) answer = unit.id;
    }
    if (!answer) throw std::logic_error("no unit is called " + std::string(name));
    return answer;
}

}  // namespace phoihop::test
