// SPDX-License-Identifier: Apache-2.0
#include "units/territory.hpp"

#include <algorithm>
#include <numeric>

namespace phoihop::units {
namespace {

std::size_t slot(UnitId id)
{
    return static_cast<std::size_t>(id.value - 1);
}

}  // namespace

std::int32_t Map::Tree::common(std::int32_t a, std::int32_t b) const
{
    while (a >= 0 && !(a <= b && b < nodes[static_cast<std::size_t>(a)].subtree_end)) {
        a = nodes[static_cast<std::size_t>(a)].parent;
    }
    return a;
}

std::int32_t Map::node_of(UnitId unit) const
{
    return m_tree->node_of.at(slot(unit));
}

Place Map::place_of(UnitId unit) const
{
    return m_tree->place_of.at(slot(unit));
}

std::vector<std::int32_t> Map::children(std::int32_t node) const
{
    const auto all = nodes();
    std::vector<std::int32_t> answer;
    const std::int32_t end = all[static_cast<std::size_t>(node)].subtree_end;
    for (std::int32_t child = node + 1; child < end; child = all[static_cast<std::size_t>(child)].subtree_end) {
        answer.push_back(child);
    }
    return answer;
}

std::vector<std::int32_t> Map::under(std::int32_t node, Level level) const
{
    const auto all = nodes();
    std::vector<std::int32_t> answer;
    const std::int32_t end = all[static_cast<std::size_t>(node)].subtree_end;
    for (std::int32_t below = node; below < end; ++below) {
        if (all[static_cast<std::size_t>(below)].level == level) answer.push_back(below);
    }
    return answer;
}

/// Finds the place of every unit of all times on one tree. `inconsistencies` holds that heirs live on after the
/// unit they inherit from, origins began before it, and parents are of a higher level: so asking ends.
struct PlaceFinder {
    const Territory& territory;
    Map::Tree& tree;
    Date day;
    std::vector<bool> known{};

    Place find(UnitId id)
    {
        Place& place = tree.place_of[slot(id)];
        if (known[slot(id)]) return place;
        known[slot(id)] = true;
        const Unit& unit = territory.unit(id);
        if (tree.node_of[slot(id)] >= 0) {
            place = Place{tree.node_of[slot(id)], false};
        } else if (unit.ends() <= day) {
            place = after_end(unit);
        } else {
            place = before_begin(unit);
        }
        return place;
    }

    /// The figure goes with the heirs; without any (a level was abolished) it stays visible above.
    Place after_end(const Unit& unit)
    {
        std::vector<UnitId> heirs;
        for (const Succession* succession : territory.heirs_of(unit.id)) {
            // What a unit gave away while it went on did not take its figures along.
            if (succession->on != unit.ends()) continue;
            if (succession->default_heir) return find(succession->to);
            heirs.push_back(succession->to);
        }
        return heirs.empty() ? beside(unit.states.back().parent) : joined(heirs);
    }

    /// The figure of a unit that is still to come lies inside what it was made from.
    Place before_begin(const Unit& unit)
    {
        std::vector<UnitId> origins;
        for (const Succession* succession : territory.origins_of(unit.id)) {
            if (succession->on == unit.begins()) origins.push_back(succession->from);
        }
        return origins.empty() ? beside(unit.states.front().parent) : joined(origins);
    }

    Place beside(UnitId parent)
    {
        if (!parent) return Place{};
        const Place place = find(parent);
        return Place{place.node, place.node >= 0};
    }

    /// One node that is itself the place of all takes the figure as its own; otherwise nobody knows how to
    /// divide it, and it stands at the lowest node that holds all.
    Place joined(std::span<const UnitId> units)
    {
        Place all = find(units.front());
        for (const UnitId id : units.subspan(1)) {
            const Place place = find(id);
            if (place.node < 0 || all.node < 0) {
                all = Place{std::max(place.node, all.node), true};
                continue;
            }
            const std::int32_t node = tree.common(all.node, place.node);
            all = Place{node, all.undivided || place.undivided || all.node != place.node};
        }
        return all;
    }
};

/// Who lives on a day, by parent, siblings in official code order. A counting sort by parent leaves siblings in the
/// order of ids, which mostly is that of their codes already.
class Seats {
public:
    struct Seat {
        std::uint64_t order = 0;
        std::int32_t unit = 0;

        [[nodiscard]] Level level() const { return static_cast<Level>(order >> 32U); }
        friend auto operator<=>(const Seat&, const Seat&) = default;
    };

    Seats(const Territory& territory, Date day) : m_first(territory.units().size() + 2, 0)
    {
        const auto number = Territory::Stretch::number_of(day);
        const auto each_living = [&](const auto& each) {
            for (const Territory::Stretch& stretch : territory.m_stretches)
                if (stretch.from <= number && number < stretch.to) each(stretch);
        };
        each_living([&](const auto& stretch) { ++m_first[static_cast<std::size_t>(stretch.parent) + 1]; });
        std::partial_sum(m_first.begin(), m_first.end(), m_first.begin());
        m_seats.resize(m_first.back());
        auto next = m_first;
        each_living([&](const auto& stretch) {
            m_seats[next[static_cast<std::size_t>(stretch.parent)]++] = {stretch.order, stretch.unit};
        });
        for (std::size_t i = 0; i + 1 < m_first.size(); ++i) {
            const auto siblings = std::span(m_seats).subspan(m_first[i], m_first[i + 1] - m_first[i]);
            if (!std::is_sorted(siblings.begin(), siblings.end())) std::sort(siblings.begin(), siblings.end());
        }
    }

    [[nodiscard]] std::size_t size() const { return m_seats.size(); }
    [[nodiscard]] std::span<const Seat> below(std::int32_t unit) const
    {
        const auto at = static_cast<std::size_t>(unit);
        return std::span(m_seats).subspan(m_first[at], m_first[at + 1] - m_first[at]);
    }

private:
    std::vector<std::uint32_t> m_first;  // by parent
    std::vector<Seat> m_seats;
};

std::shared_ptr<const Map::Tree> Territory::plant(Date day, Date shape) const
{
    auto tree = std::make_shared<Map::Tree>();
    tree->shape = shape.time_since_epoch().count();
    tree->node_of.assign(m_units.size(), -1);
    tree->place_of.assign(m_units.size(), Place{});

    const Seats seats(*this, day);
    tree->nodes.reserve(seats.size());
    const auto seat = [&](const auto& self, const Seats::Seat& here, std::int32_t parent) -> void {
        const auto node = static_cast<std::int32_t>(tree->nodes.size());
        tree->nodes.push_back({UnitId{here.unit}, parent, 0, here.level()});
        tree->node_of[slot(UnitId{here.unit})] = node;
        for (const Seats::Seat& child : seats.below(here.unit)) self(self, child, node);
        tree->nodes[static_cast<std::size_t>(node)].subtree_end = static_cast<std::int32_t>(tree->nodes.size());
    };
    for (const Seats::Seat& root : seats.below(0)) seat(seat, root, -1);

    PlaceFinder finder{*this, *tree, day};
    finder.known.assign(m_units.size(), false);
    for (const Unit& unit : m_units) (void)finder.find(unit.id);
    return tree;
}

}  // namespace phoihop::units
