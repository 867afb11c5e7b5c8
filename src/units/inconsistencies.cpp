// SPDX-License-Identifier: Apache-2.0
#include "units/territory.hpp"

#include <algorithm>
#include <tuple>

namespace phoihop::units {
namespace {

/// Gathers what is wrong; every rule below is one function over the whole.
struct Judge {
    std::span<const Unit> units;
    std::span<const Succession> successions;
    std::vector<Problem> problems{};

    [[nodiscard]] std::string name(UnitId id) const
    {
        std::string text = "unit " + std::to_string(id.value);
        if (known(id) && !at(id).states.empty()) text += " (" + at(id).states.back().code.text() + ")";
        return text;
    }
    [[nodiscard]] bool known(UnitId id) const
    {
        return id.value > 0 && id.value <= static_cast<std::int64_t>(units.size());
    }
    [[nodiscard]] const Unit& at(UnitId id) const { return units[static_cast<std::size_t>(id.value - 1)]; }

    void say(ProblemCode code, UnitId id, Problem::Facts facts)
    {
        problems.push_back(Problem{code, name(id), std::move(facts)});
    }
    void contradiction(UnitId id, std::string rule, std::string left, std::string right)
    {
        say(ProblemCode::inconsistent, id,
            {{"rule", std::move(rule)}, {"left", std::move(left)}, {"right", std::move(right)}});
    }

    [[nodiscard]] bool shape_of_lives();
    void lives();
    void parents();
    void codes();
    void inheritance();
};

/// Whether ids are dense and every unit has a state: without that nothing else can be asked.
bool Judge::shape_of_lives()
{
    std::size_t nations = 0;
    for (std::size_t i = 0; i < units.size(); ++i) {
        const UnitId expected{static_cast<std::int64_t>(i) + 1};
        if (units[i].id != expected) {
            contradiction(expected, "unit ids are dense", std::to_string(units[i].id.value),
                          std::to_string(expected.value));
            return false;
        }
        if (units[i].states.empty()) {
            say(ProblemCode::missing, expected, {{"what", "state"}});
            return false;
        }
        const auto is_root = [](const UnitState& state) { return state.level == Level::nation; };
        if (std::any_of(units[i].states.begin(), units[i].states.end(), is_root)) ++nations;
    }
    if (nations != 1) {
        problems.push_back(
            Problem{ProblemCode::inconsistent,
                    "territory",
                    {{"rule", "exactly one nation"}, {"left", std::to_string(nations)}, {"right", "1"}}});
    }
    return nations == 1;
}

void Judge::lives()
{
    for (const Unit& unit : units) {
        for (std::size_t i = 0; i < unit.states.size(); ++i) {
            const Validity& validity = unit.states[i].validity;
            if (validity.from >= validity.to) {
                contradiction(unit.id, "a validity has at least one day", format_date(validity.from),
                              format_date(validity.to));
            }
            if (i > 0 && unit.states[i - 1].validity.to != validity.from) {
                contradiction(unit.id, "states follow each other without gap or overlap",
                              format_date(unit.states[i - 1].validity.to), format_date(validity.from));
            }
        }
    }
}

/// Every state stands under units of a higher level for all its days. As levels only go down, a cycle of
/// parents is impossible once this holds.
void Judge::parents()
{
    for (const Unit& unit : units) {
        for (const UnitState& state : unit.states) {
            if (state.level == Level::nation) {
                if (state.parent) contradiction(unit.id, "the nation has no parent", name(state.parent), "none");
                continue;
            }
            if (!known(state.parent)) {
                say(ProblemCode::unknown_name, unit.id,
                    {{"what", "parent"}, {"found", std::to_string(state.parent.value)}});
                continue;
            }
            const Unit& parent = at(state.parent);
            if (parent.begins() > state.validity.from || parent.ends() < state.validity.to) {
                contradiction(unit.id, "a parent lives as long as the state that stands under it",
                              format_date(state.validity.from) + ".." + format_date(state.validity.to),
                              name(parent.id) + " " + format_date(parent.begins()) + ".." + format_date(parent.ends()));
            }
            for (const UnitState& above : parent.states) {
                const bool meets = above.validity.from < state.validity.to && state.validity.from < above.validity.to;
                if (meets && above.level >= state.level) {
                    contradiction(unit.id, "a parent is of a higher level", std::string(word(state.level)),
                                  std::string(word(above.level)));
                    break;
                }
            }
        }
    }
}

void Judge::codes()
{
    struct Use {
        const Code* code;
        Validity validity;
        UnitId unit;
    };
    std::vector<Use> uses;
    for (const Unit& unit : units) {
        for (const UnitState& state : unit.states) uses.push_back({&state.code, state.validity, unit.id});
    }
    std::sort(uses.begin(), uses.end(), [](const Use& a, const Use& b) {
        return std::tie(*a.code, a.validity.from, a.unit) < std::tie(*b.code, b.validity.from, b.unit);
    });
    for (std::size_t i = 1; i < uses.size(); ++i) {
        const Use& before = uses[i - 1];
        const Use& use = uses[i];
        if (*before.code == *use.code && use.validity.from < before.validity.to && before.unit != use.unit) {
            say(ProblemCode::duplicate, use.unit, {{"what", "code " + use.code->text()}, {"first", name(before.unit)}});
        }
    }
}

/// A succession takes from a unit that lived the day before and gives to one that lives on the day. So
/// following heirs only goes on in time, and following origins only back: both end.
void Judge::inheritance()
{
    std::vector<const Succession*> chosen;
    for (const Succession& succession : successions) {
        if (!known(succession.from) || !known(succession.to)) {
            const UnitId id = known(succession.from) ? succession.from : succession.to;
            const UnitId other = known(succession.from) ? succession.to : succession.from;
            say(ProblemCode::unknown_name, id, {{"what", "succession"}, {"found", std::to_string(other.value)}});
            continue;
        }
        const Unit& from = at(succession.from);
        const Unit& to = at(succession.to);
        if (from.id == to.id) contradiction(from.id, "a unit does not succeed itself", name(from.id), name(to.id));
        if (!(from.begins() < succession.on && succession.on <= from.ends())) {
            contradiction(from.id, "a unit gives away while it lives or when it ends", format_date(succession.on),
                          format_date(from.begins()) + ".." + format_date(from.ends()));
        }
        if (!(to.begins() <= succession.on && succession.on < to.ends())) {
            contradiction(to.id, "an heir lives on the day of the succession", format_date(succession.on),
                          format_date(to.begins()) + ".." + format_date(to.ends()));
        }
        if (succession.default_heir) chosen.push_back(&succession);
    }
    std::sort(chosen.begin(), chosen.end(), [](const Succession* a, const Succession* b) {
        return std::tie(a->from, a->on, a->to) < std::tie(b->from, b->on, b->to);
    });
    for (std::size_t i = 1; i < chosen.size(); ++i) {
        if (chosen[i - 1]->from == chosen[i]->from && chosen[i - 1]->on == chosen[i]->on) {
            contradiction(chosen[i]->from, "one default heir", name(chosen[i - 1]->to), name(chosen[i]->to));
        }
    }
}

}  // namespace

std::vector<Problem> inconsistencies(std::span<const Unit> units, std::span<const Succession> successions)
{
    Judge judge{units, successions};
    if (!judge.shape_of_lives()) return judge.problems;
    judge.lives();
    judge.parents();
    judge.codes();
    judge.inheritance();
    return judge.problems;
}

}  // namespace phoihop::units
