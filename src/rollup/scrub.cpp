// SPDX-License-Identifier: Apache-2.0
#include "rollup/scrub.hpp"

#include "programme/period_id.hpp"
#include "rollup/sum_up.hpp"

#include <algorithm>

namespace phoihop::rollup {
namespace {

std::string told(const Sum& sum)
{
    return format_decimal(sum.value, 0) + " (n=" + std::to_string(sum.count) + ")";
}

class Comparer {
public:
    Comparer(const Snapshot& snapshot, const FormBlock& form, PeriodId period, const PeriodBlock& block)
        : m_snapshot(snapshot), m_form(form), m_period(period), m_block(block)
    {
    }

    [[nodiscard]] std::optional<Difference> first()
    {
        const auto maps = m_snapshot.kept_maps();
        for (std::size_t map = 0; map < maps.size(); ++map) {
            for (const auto measure : {Measure::received, Measure::verified})
                if (auto found = sums(*maps[map], map, measure)) return found;
            if (m_block.owed && m_block.owed->counts[map] != count_units(m_block.owed->units(), *maps[map]))
                return Difference{where(*maps[map]), "the duties counted are not those of the register", "no reports"};
        }
        return std::nullopt;
    }

private:
    std::optional<Difference> sums(const MapRows& map, std::size_t index, Measure measure)
    {
        const auto maps = m_snapshot.kept_maps().size();
        const auto& kept = m_block.sums[static_cast<std::size_t>(measure) * maps + index];
        const auto fresh = sum_up(*m_block.leaves, m_form.layout, map, measure, 0).sums;
        if (!kept && !fresh) return std::nullopt;
        if (kept && !kept->upper_is_right())
            return Difference{where(map), "the sums of the upper levels are not those of their rows", "no reports"};
        // Nodes below stand after those above them, so the last one is the nearest to the reports.
        for (auto node = static_cast<std::int32_t>(map.map().nodes().size()); node-- > 0;)
            for (const auto row : {map.row_of(node), map.undivided_row(node)})
                if (row >= 0)
                    if (auto found = cells(map, node, row, kept.get(), fresh.get())) return found;
        return std::nullopt;
    }

    std::optional<Difference> cells(const MapRows& map, std::int32_t node, std::int32_t row, const SumBlock* kept,
                                    const SumBlock* fresh) const
    {
        if (kept != nullptr && fresh != nullptr && kept->same_row(*fresh, row)) return std::nullopt;
        for (std::size_t i = 0; i < m_form.layout->columns.size(); ++i) {
            const auto column = static_cast<std::int32_t>(i);
            const Sum held = kept == nullptr ? Sum{} : kept->at(row, column);
            const Sum made = fresh == nullptr ? Sum{} : fresh->at(row, column);
            if (held == made) continue;
            const auto place = where(map) + ", " +
                               m_snapshot.territory()->code_text(map.map().nodes()[static_cast<std::size_t>(node)].unit,
                                                                 map.map().date()) +
                               ", " + m_form.layout->columns[i].indicator +
                               (row == map.row_of(node) ? "" : " undivided");
            return Difference{place, "kept " + told(held) + ", summed anew " + told(made), versions(map, node)};
        }
        return std::nullopt;
    }

    std::string where(const MapRows& map) const
    {
        const auto* programme = m_snapshot.programme(m_form.layout->programme);
        return (programme == nullptr ? std::string("?") : programme->code) + " form " +
               std::to_string(m_form.layout->form) + ' ' + programme::name_of(m_period).text() + ", map " +
               format_date(map.map().date());
    }

    /// "reports vn63:00004 v2, …": what the sum should be made of, the first few of it.
    std::string versions(const MapRows& map, std::int32_t node) const
    {
        constexpr std::size_t shown_max = 8;
        std::string text = "reports";
        std::size_t count = 0;
        for (const auto unit : map.sources_below(node)) {
            const auto version = m_block.leaves->version(unit);
            if (version == 0) continue;
            if (++count > shown_max) continue;
            text += (count == 1 ? " " : ", ") + m_snapshot.territory()->code_text(unit, map.map().date()) + " v" +
                    std::to_string(version);
        }
        return count > shown_max ? text + " and " + std::to_string(count - shown_max) + " more" : text;
    }

    const Snapshot& m_snapshot;
    const FormBlock& m_form;
    PeriodId m_period;
    const PeriodBlock& m_block;
};

}  // namespace

std::optional<Difference> first_difference(const Snapshot& snapshot, const FormBlock& form, PeriodId period,
                                           const PeriodBlock& block)
{
    return Comparer(snapshot, form, period, block).first();
}

std::optional<Difference> Scrub::step(const Snapshot& snapshot)
{
    const FormBlock* next_form = nullptr;
    std::optional<Place> next;
    std::optional<Place> first;
    const PeriodBlock* block = nullptr;
    for (const auto& [key, form] : snapshot.forms()) {
        for (const auto& [id, period] : form->periods) {
            const Place place(key.first, key.second, id);
            if (!first) first = place;
            if (next || (m_last && place <= *m_last)) continue;
            next = place;
            next_form = form.get();
            block = period.get();
        }
    }
    if (!first) return std::nullopt;
    if (!next) {
        ++m_rounds;
        m_last.reset();
        return std::nullopt;
    }
    m_last = next;
    ++m_periods;
    return first_difference(snapshot, *next_form, std::get<PeriodId>(*next), *block);
}

}  // namespace phoihop::rollup
