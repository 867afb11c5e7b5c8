// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"
#include "units/unit.hpp"

#include <memory>
#include <span>
#include <utility>

namespace phoihop::units {

class Territory;

/// Where a unit's own figure stands on a map.
struct Place {
    std::int32_t node = -1;  ///< index of the map's node; -1 when the map holds nothing of it
    bool undivided = false;  ///< true: no node below may take it; it is a visible row "undivided" of `node`
    friend bool operator==(const Place&, const Place&) = default;
};

/// The tree on a date: an immutable value. Nodes are in pre-order with siblings in official code order, so
/// that a subtree is the contiguous range [node, subtree_end(node)) and node 0 is the nation.
///
/// Every unit that ever lived has a Place here (design, section 6, "On any map"): itself when it is valid on
/// the date; else what its successions lead to, forward or backward in time. Where they lead to several nodes
/// and none is the default heir, the place is the lowest node that holds them all, undivided. A unit that
/// ended without successions (a former district) stands undivided at the place of its last parent.
class Map {
public:
    struct Node {
        UnitId unit;
        std::int32_t parent;       ///< -1 for the nation
        std::int32_t subtree_end;  ///< one past the last node below
        Level level;
    };

    [[nodiscard]] Date date() const { return m_date; }
    [[nodiscard]] std::span<const Node> nodes() const { return m_tree->nodes; }
    [[nodiscard]] std::int32_t node_of(UnitId unit) const;  ///< -1 when the unit is not valid on the date
    [[nodiscard]] Place place_of(UnitId unit) const;        ///< for any unit that ever lived
    [[nodiscard]] std::vector<std::int32_t> children(std::int32_t node) const;
    [[nodiscard]] std::vector<std::int32_t> under(std::int32_t node, Level level) const;  ///< `node` itself too

    /// The lowest node whose subtree holds both.
    [[nodiscard]] std::int32_t common(std::int32_t a, std::int32_t b) const { return m_tree->common(a, b); }

    /// Two dates between which no unit began, ended, moved or changed its code share nodes and places: equal
    /// shape, one cube. The number is the shape's first day.
    [[nodiscard]] std::int64_t shape() const { return m_tree->shape; }

private:
    friend class Territory;
    friend struct PlaceFinder;
    struct Tree {
        std::int64_t shape = 0;
        std::vector<Node> nodes;
        std::vector<std::int32_t> node_of;  // by unit id - 1
        std::vector<Place> place_of;        // by unit id - 1

        [[nodiscard]] std::int32_t common(std::int32_t a, std::int32_t b) const;
    };
    Date m_date{};
    std::shared_ptr<const Tree> m_tree;
};

/// All units of all times with their successions: an immutable value, made once from the store (or drawn by a
/// test) and replaced as a whole when units change. Unit ids are small and dense.
class Territory {
public:
    Territory(const Territory&) = delete;  // what is indexed lies in its units
    Territory& operator=(const Territory&) = delete;

    /// Refuses what `check` would report as an error.
    [[nodiscard]] static Result<std::shared_ptr<const Territory>> make(std::vector<Unit> units,
                                                                       std::vector<Succession> successions);

    [[nodiscard]] std::span<const Unit> units() const { return m_units; }  ///< by id; units()[id.value - 1]
    [[nodiscard]] const Unit& unit(UnitId id) const;
    [[nodiscard]] std::span<const Succession> successions() const { return m_successions; }
    [[nodiscard]] std::vector<const Succession*> heirs_of(UnitId unit) const;
    [[nodiscard]] std::vector<const Succession*> origins_of(UnitId unit) const;
    [[nodiscard]] UnitId nation() const { return m_nation; }

    /// The unit that bore `text` on `day`: "00004" is read with the scheme of the day, "vn63:00004" names its
    /// unit whatever the day. `unknown_name` otherwise.
    [[nodiscard]] Result<UnitId> by_code(std::string_view text, Date day) const;

    /// The state on `day`, or the nearest one in time when the unit does not live then.
    [[nodiscard]] const UnitState& state_near(UnitId unit, Date day) const;

    /// The state's code as it is printed everywhere: "vn34:00004".
    [[nodiscard]] std::string code_text(UnitId unit, Date day) const;

    /// "Phường Ba Đình, Thành phố Hà Nội": the names from the unit up to, not including, the nation.
    [[nodiscard]] std::string path(UnitId unit, Date day) const;

    /// The map on `day`; made once per shape and kept. Thread-safe.
    [[nodiscard]] std::shared_ptr<const Map> map(Date day) const;

    /// The days on which a new shape begins, in order of time; the first is the day on which the nation begins.
    [[nodiscard]] std::vector<Date> shape_changes() const { return m_shape_changes; }

private:
    struct Cache;
    friend class Seats;
    /// What a tree is made of: a state without its words, so that a map of a country is made in some milliseconds.
    struct Stretch {
        std::uint64_t order = 0;  ///< among siblings: the level, then the code's place among all codes
        std::int32_t from = 0;    ///< `number_of` the day
        std::int32_t to = 0;
        std::int32_t unit = 0;
        std::int32_t parent = 0;

        [[nodiscard]] static std::int32_t number_of(Date day);
    };
    struct Bearer {
        const UnitState* state;  ///< in `m_units`: a country has too many codes to hold them twice
        UnitId unit;
        std::uint32_t stretch;  ///< of the state

        [[nodiscard]] const Code& code() const { return state->code; }
    };
    Territory() = default;
    void index();
    void index_codes();
    [[nodiscard]] std::shared_ptr<const Map::Tree> plant(Date day, Date shape) const;

    std::vector<Unit> m_units;
    std::vector<Stretch> m_stretches;       // by unit, then in order of time
    std::vector<Succession> m_successions;  // by (from, on, to)
    std::vector<std::uint32_t> m_by_heir;   // positions in m_successions, by (to, on, from)
    std::vector<Bearer> m_codes;            // every code of every unit once, by (code, unit)
    std::vector<Date> m_shape_changes;
    UnitId m_nation;
    std::shared_ptr<Cache> m_cache;
};

/// Everything that keeps units and successions from being a territory, in the order of the units: the first
/// is what `Territory::make` refuses with. `where` names the unit ("unit 12 (vn63:00004)").
[[nodiscard]] std::vector<Problem> inconsistencies(std::span<const Unit> units,
                                                   std::span<const Succession> successions);

}  // namespace phoihop::units
