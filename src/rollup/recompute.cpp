// SPDX-License-Identifier: Apache-2.0
#include "rollup/recompute.hpp"

#include "facts/fact_store.hpp"
#include "programme/period_id.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace phoihop::rollup {
namespace {

using Key = std::pair<std::int32_t, PeriodId>;  // form, period

/// Plain sums of all nodes of a map: figures are put where they stand and then carried upwards once.
class Table {
public:
    Table(const units::Map& map, std::size_t columns)
        : m_nodes(map.nodes()),
          m_map(map),
          m_columns(columns),
          m_whole(m_nodes.size() * columns),
          m_undivided(m_whole.size())
    {
    }

    void put(UnitId unit, std::size_t column, std::int64_t figure)
    {
        const auto place = m_map.place_of(unit);
        // What the map has no place for stands undivided at the nation.
        const bool nowhere = place.node < 0;
        const auto at = (nowhere ? 0 : static_cast<std::size_t>(place.node)) * m_columns + column;
        m_whole[at] += Sum{figure, 1};
        if (nowhere || place.undivided) m_undivided[at] += Sum{figure, 1};
    }

    void carry_up()
    {
        for (std::size_t node = m_nodes.size(); node-- > 1;)
            for (std::size_t column = 0; column < m_columns; ++column)
                m_whole[static_cast<std::size_t>(m_nodes[node].parent) * m_columns + column] +=
                    m_whole[node * m_columns + column];
    }

    [[nodiscard]] const Sum& whole(std::size_t node, std::size_t column) const
    {
        return m_whole[node * m_columns + column];
    }
    [[nodiscard]] const Sum& undivided(std::size_t node, std::size_t column) const
    {
        return m_undivided[node * m_columns + column];
    }

private:
    std::span<const units::Map::Node> m_nodes;
    const units::Map& m_map;
    std::size_t m_columns;
    std::vector<Sum> m_whole;
    std::vector<Sum> m_undivided;
};

std::string told(const Sum& sum)
{
    return format_decimal(sum.value, 0) + " (n=" + std::to_string(sum.count) + ")";
}

class Comparison {
public:
    Comparison(const Snapshot& snapshot, const programme::Programme& programme, std::size_t most,
               std::vector<std::string>& lines)
        : m_snapshot(snapshot), m_programme(programme), m_most(most), m_lines(lines)
    {
    }

    /// All current facts of one form and period, in the order of units.
    void reports(Key key, const std::vector<facts::CurrentFact>& facts);
    void duties(Key key, std::vector<UnitId> units);
    /// What the cube holds of forms and periods that the database does not know.
    void rest();

private:
    void sums(Key key, const FormBlock& form, const PeriodBlock& block, const std::vector<facts::CurrentFact>& facts,
              Measure measure, std::size_t map);
    void rows(const std::string& where, const FormLayout& layout, const MapRows& map, const Table& table,
              const SumBlock* kept);
    void cell(const std::string& where, std::int32_t node, const MapRows& map, const std::string& what, const Sum& kept,
              const Sum& recomputed);

    void tell(const std::string& line)
    {
        if (m_lines.size() < m_most) m_lines.push_back(line);
    }
    [[nodiscard]] std::string where(Key key) const
    {
        return m_programme.code + " form " + std::to_string(key.first) + ' ' + programme::name_of(key.second).text();
    }

    const Snapshot& m_snapshot;
    const programme::Programme& m_programme;
    std::size_t m_most;
    std::vector<std::string>& m_lines;
    std::set<Key> m_with_reports;
    std::set<Key> m_with_duties;
};

void Comparison::reports(Key key, const std::vector<facts::CurrentFact>& facts)
{
    m_with_reports.insert(key);
    const auto* form = m_snapshot.form(m_programme.id, key.first);
    const auto* block = form == nullptr ? nullptr : form->find(key.second);
    if (block == nullptr) return tell(where(key) + ": no sums, " + std::to_string(facts.size()) + " reports");

    const std::size_t leaves = block->leaves->size();
    PageReport leaf;
    if (leaves != facts.size())
        tell(where(key) + ": " + std::to_string(leaves) + " reports kept, " + std::to_string(facts.size()) + " stored");
    for (const auto& fact : facts) {
        if (!block->leaves->read(fact.fact.key.unit, leaf) || leaf.version != fact.fact.version ||
            leaf.state != fact.state || leaf.fact.programme_version != fact.fact.programme_version ||
            leaf.fact.nil != fact.fact.nil || leaf.fact.cells != fact.fact.cells)
            tell(where(key) + " unit " + std::to_string(fact.fact.key.unit.value) + ": another report is kept");
    }
    for (const auto measure : {Measure::received, Measure::verified})
        for (std::size_t map = 0; map < m_snapshot.kept_maps().size(); ++map)
            sums(key, *form, *block, facts, measure, map);
}

void Comparison::sums(Key key, const FormBlock& form, const PeriodBlock& block,
                      const std::vector<facts::CurrentFact>& facts, Measure measure, std::size_t map)
{
    const auto maps = m_snapshot.kept_maps();
    const auto& rows_of_map = *maps[map];
    Table table(rows_of_map.map(), form.layout->columns.size());
    for (const auto& fact : facts) {
        if (!counts(fact.state, measure)) continue;
        const auto& columns = form.layout->columns_of(fact.fact.programme_version);
        for (std::size_t i = 0; i < std::min(fact.fact.cells.size(), columns.size()); ++i)
            if (fact.fact.cells[i])
                table.put(fact.fact.key.unit, static_cast<std::size_t>(columns[i]), *fact.fact.cells[i]);
    }
    table.carry_up();
    const auto& kept = block.sums[static_cast<std::size_t>(measure) * maps.size() + map];
    rows(where(key) + (measure == Measure::received ? " received" : " verified"), *form.layout, rows_of_map, table,
         kept.get());
}

void Comparison::rows(const std::string& where, const FormLayout& layout, const MapRows& map, const Table& table,
                      const SumBlock* kept)
{
    if (kept != nullptr && !kept->upper_is_right())
        tell(where + ", map " + format_date(map.map().date()) +
             ": the sums of the upper levels are not those of their rows");
    for (std::size_t i = 0; i < map.map().nodes().size(); ++i) {
        const auto node = static_cast<std::int32_t>(i);
        for (std::size_t column = 0; column < layout.columns.size(); ++column) {
            const auto at = [&](std::int32_t row) {
                return kept == nullptr ? Sum{} : kept->at(row, static_cast<std::int32_t>(column));
            };
            const auto& code = layout.columns[column].indicator;
            if (map.row_of(node) >= 0) cell(where, node, map, code, at(map.row_of(node)), table.whole(i, column));
            if (map.undivided_row(node) >= 0)
                cell(where, node, map, code + " undivided", at(map.undivided_row(node)), table.undivided(i, column));
            else if (table.undivided(i, column) != Sum{})
                cell(where, node, map, code + " undivided", Sum{}, table.undivided(i, column));
        }
    }
}

void Comparison::cell(const std::string& where, std::int32_t node, const MapRows& map, const std::string& what,
                      const Sum& kept, const Sum& recomputed)
{
    if (kept == recomputed) return;
    const auto unit = map.map().nodes()[static_cast<std::size_t>(node)].unit;
    tell(where + ' ' + what + ", map " + format_date(map.map().date()) + ", " +
         m_snapshot.territory()->code_text(unit, map.map().date()) + ": kept " + told(kept) + ", recomputed " +
         told(recomputed));
}

void Comparison::duties(Key key, std::vector<UnitId> units)
{
    m_with_duties.insert(key);
    std::ranges::sort(units);
    const auto* form = m_snapshot.form(m_programme.id, key.first);
    const auto* block = form == nullptr ? nullptr : form->find(key.second);
    if (block == nullptr || !block->owed || block->owed->units() != units)
        return tell(where(key) + ": another register is kept");
    for (std::size_t index = 0; index < m_snapshot.kept_maps().size(); ++index) {
        const auto& map = *m_snapshot.kept_maps()[index];
        Table table(map.map(), 1);
        for (const auto unit : units) table.put(unit, 0, 1);
        table.carry_up();
        const auto& kept = block->owed->counts[index];
        for (std::size_t i = 0; i < map.map().nodes().size(); ++i) {
            const auto node = static_cast<std::int32_t>(i);
            const auto compare_row = [&](std::int32_t row, const std::string& what, const Sum& recomputed) {
                if (row < 0) return;
                const std::int64_t count = kept[static_cast<std::size_t>(row)];
                cell(where(key), node, map, what, {count, count}, recomputed);
            };
            compare_row(map.row_of(node), "duties", table.whole(i, 0));
            compare_row(map.undivided_row(node), "duties undivided", table.undivided(i, 0));
        }
    }
}

void Comparison::rest()
{
    for (const auto& form : m_programme.forms) {
        const auto* held = m_snapshot.form(m_programme.id, form.number);
        if (held == nullptr) continue;
        for (const auto& [period, block] : held->periods) {
            const Key key{form.number, period};
            if (!m_with_reports.contains(key)) reports(key, {});
            if (!m_with_duties.contains(key) && block->owed) tell(where(key) + ": duties are kept that nobody has");
        }
    }
}

}  // namespace

std::vector<std::string> compare(const Snapshot& snapshot, store::Connection& connection, const OwedReader& owed,
                                 std::size_t most)
{
    std::vector<std::string> lines;
    for (const auto& programme : snapshot.programmes()) {
        Comparison comparison(snapshot, *programme, most, lines);
        std::optional<Key> current;
        std::vector<facts::CurrentFact> facts;
        const auto finish = [&] {
            if (current) comparison.reports(*current, facts);
            facts.clear();
        };
        facts::FactStore::each_current(connection, programme->id, [&](const facts::CurrentFact& fact) {
            const Key key{fact.fact.key.form, fact.fact.key.period};
            if (current != key) finish();
            current = key;
            facts.push_back(fact);
        });
        finish();

        std::map<Key, std::vector<UnitId>> duties;
        owed(connection, programme->id, std::nullopt,
             [&](const Owed& each) { duties[{each.form, each.period}].push_back(each.unit); });
        for (const auto& [key, units] : duties) comparison.duties(key, units);
        comparison.rest();
    }
    return lines;
}

}  // namespace phoihop::rollup
