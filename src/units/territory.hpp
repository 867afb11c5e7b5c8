// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"
#include "units/unit.hpp"

#include <memory>
#include <span>

namespace phoihop::units {

class Territory;

/// Where a unit's own figure stands on a map.
struct Place {
    std::int32_t node = -1;   ///< index of the map's node; -1 when the map holds nothing of it
    bool undivided = false;   ///< true: no node below may take it; it is a visible row "undivided" of `node`
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
    [[nodiscard]] std::span<const Node> nodes() const { return m_nodes; }
    [[nodiscard]] std::int32_t node_of(UnitId unit) const;  ///< -1 when the unit is not valid on the date
    [[nodiscard]] Place place_of(UnitId unit) const;        ///< for any unit that ever lived
    [[nodiscard]] std::vector<std::int32_t> children(std::int32_t node) const;
    [[nodiscard]] std::vector<std::int32_t> under(std::int32_t node, Level level) const;

    /// Two dates between which no unit began, ended or moved share nodes and places: equal shape, one cube.
    [[nodiscard]] std::int64_t shape() const { return m_shape; }

private:
    friend class Territory;
    Date m_date{};
    std::int64_t m_shape = 0;
    std::vector<Node> m_nodes;
    std::vector<std::int32_t> m_node_of;  // by unit id
    std::vector<Place> m_place_of;        // by unit id
};

/// All units of all times with their successions: an immutable value, made once from the store (or drawn by a
/// test) and replaced as a whole when units change. Unit ids are small and dense.
class Territory {
public:
    /// Refuses what `check` would report as an error.
    [[nodiscard]] static Result<std::shared_ptr<const Territory>> make(std::vector<Unit> units,
                                                                       std::vector<Succession> successions);

    [[nodiscard]] std::span<const Unit> units() const { return m_units; }  ///< by id; units()[id.value - 1]
    [[nodiscard]] const Unit& unit(UnitId id) const;
    [[nodiscard]] std::span<const Succession> successions() const { return m_successions; }
    [[nodiscard]] std::vector<const Succession*> heirs_of(UnitId unit) const;
    [[nodiscard]] std::vector<const Succession*> origins_of(UnitId unit) const;
    [[nodiscard]] UnitId nation() const;

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

    /// The named dates whose maps are always kept: the days on which shapes begin that the programme names
    /// (30 June 2025, 1 July 2025) and `today`.
    [[nodiscard]] std::vector<Date> shape_changes() const;

private:
    struct Cache;
    std::vector<Unit> m_units;
    std::vector<Succession> m_successions;
    std::shared_ptr<Cache> m_cache;
};

}  // namespace phoihop::units
