// SPDX-License-Identifier: Apache-2.0
#include "obligations/draw_register.hpp"

#include "programme/period_id.hpp"

#include <algorithm>

namespace phoihop::obligations {

namespace {

using programme::Form;
using programme::FormDuty;
using programme::Frequency;
using programme::PeriodDates;
using programme::PeriodName;
using programme::Programme;
using programme::Standing;
using units::Level;
using units::Map;

constexpr std::chrono::days one_day{1};

/// Draws one register; the rows of all subjects share what is found here once.
class Drawer {
public:
    Drawer(const Programme& programme, const units::Territory& territory, const PeriodName& period)
        : m_programme(programme),
          m_territory(territory),
          m_period(period),
          m_dates(programme.calendar.dates(period)),
          m_map(territory.map(period.frequency == Frequency::once ? m_dates.window.from : m_dates.cut_off()))
    {
    }

    Result<std::vector<Obligation>> draw()
    {
        const Validity& lives = m_programme.validity;
        if (m_dates.window.to <= lives.from || lives.to <= m_dates.window.from)
            return refuse(
                ProblemCode::out_of_range, "period",
                {{"min", format_date(lives.from)}, {"max", format_date(lives.to)}, {"found", m_period.text()}});
        find_predecessors();
        for (const Form& form : m_programme.forms)
            if (form.frequency == m_period.frequency) PHOIHOP_CHECK_OK(add_form(form));
        for (const Standing& standing : m_programme.standings)
            if (standing.falls_in(m_period)) PHOIHOP_CHECK_OK(add_standing(standing));
        return std::move(m_rows);
    }

private:
    /// For every unit of the map, the units that ended inside the window and led to it, step by step: one that
    /// merged in May into another that merged in June.
    void find_predecessors()
    {
        if (m_period.frequency == Frequency::once) return;
        std::vector<const units::Succession*> inside;
        for (const units::Succession& succession : m_territory.successions())
            if (m_dates.window.from < succession.on && succession.on < m_dates.window.to &&
                m_territory.unit(succession.from).ends() == succession.on)
                inside.push_back(&succession);
        if (inside.empty()) return;
        std::stable_sort(inside.begin(), inside.end(), [](const auto* a, const auto* b) { return a->on < b->on; });
        m_predecessors.resize(m_territory.units().size());
        for (const units::Succession* succession : inside) {
            auto& heir = m_predecessors[index(succession->to)];
            const auto& inherited = m_predecessors[index(succession->from)];
            heir.insert(heir.end(), inherited.begin(), inherited.end());
            heir.push_back(succession->from);
        }
        for (std::vector<UnitId>& units : m_predecessors) {
            std::sort(units.begin(), units.end());
            units.erase(std::unique(units.begin(), units.end()), units.end());
        }
    }

    static std::size_t index(UnitId unit) { return static_cast<std::size_t>(unit.value - 1); }

    Result<void> add_form(const Form& form)
    {
        Obligation row = blank(form.code, form.party);
        row.kind = report_kind;
        row.closes = m_dates.closes;
        std::vector<const FormDuty*> by_level(std::size_t{5}, nullptr);
        std::vector<Date> due(by_level.size());
        for (const FormDuty& duty : form.duties) {
            const auto level = static_cast<std::size_t>(duty.level);
            PHOIHOP_TRY(day, m_programme.calendar.due(m_period, duty.deadline));
            by_level[level] = &duty;
            due[level] = day;
        }
        const auto nodes = m_map->nodes();
        for (std::int32_t node = 0; node < static_cast<std::int32_t>(nodes.size()); ++node) {
            const Level level = level_of_duty(by_level, node);
            if (by_level[static_cast<std::size_t>(level)] == nullptr) continue;
            row.due = due[static_cast<std::size_t>(level)];
            add(row, nodes[static_cast<std::size_t>(node)].unit);
        }
        return {};
    }

    /// The level whose duty falls on the node: its own, or that of the lowest level, which it does not have below it.
    Level level_of_duty(const std::vector<const FormDuty*>& by_level, std::int32_t node) const
    {
        const Map::Node& at = m_map->nodes()[static_cast<std::size_t>(node)];
        if (by_level[static_cast<std::size_t>(at.level)] != nullptr || at.level <= Level::province) return at.level;
        for (auto below = static_cast<std::size_t>(at.level) + 1; below < by_level.size(); ++below) {
            const FormDuty* duty = by_level[below];
            if (duty != nullptr && duty->or_lowest && m_map->under(node, duty->level).empty()) return duty->level;
        }
        return at.level;
    }

    Result<void> add_standing(const Standing& standing)
    {
        Obligation row = blank(standing.code, standing.party);
        row.kind = standing.kind;
        PHOIHOP_TRY(due, m_programme.calendar.due(m_period, standing.deadline));
        row.due = due;
        row.closes = std::max(due, m_programme.validity.to == forever ? forever : m_programme.validity.to - one_day);
        for (const Map::Node& node : m_map->nodes())
            if (std::find(standing.levels.begin(), standing.levels.end(), node.level) != standing.levels.end())
                add(row, node.unit);
        return {};
    }

    Obligation blank(const std::string& subject, const std::string& party) const
    {
        Obligation row;
        row.programme = m_programme.id;
        row.subject = subject;
        row.party = party;
        row.period = programme::id_of(m_period);
        row.opens = m_dates.opens;
        return row;
    }

    void add(const Obligation& like, UnitId unit)
    {
        Obligation& row = m_rows.emplace_back(like);
        row.unit = unit;
        if (!m_predecessors.empty()) row.predecessors = m_predecessors[index(unit)];
    }

    const Programme& m_programme;
    const units::Territory& m_territory;
    const PeriodName& m_period;
    const PeriodDates m_dates;
    const std::shared_ptr<const Map> m_map;
    std::vector<std::vector<UnitId>> m_predecessors;  // by unit, empty when nobody ended inside the window
    std::vector<Obligation> m_rows;
};

}  // namespace

Result<std::vector<Obligation>> draw_register(const Programme& programme, const units::Territory& territory,
                                              const PeriodName& period)
{
    return Drawer(programme, territory, period).draw();
}

bool asks_anything(const Programme& programme, const PeriodName& period)
{
    return std::any_of(programme.forms.begin(), programme.forms.end(),
                       [&](const Form& form) { return form.frequency == period.frequency && !form.duties.empty(); }) ||
           std::any_of(programme.standings.begin(), programme.standings.end(),
                       [&](const Standing& standing) { return standing.falls_in(period); });
}

std::vector<PeriodName> periods_opening(const Programme& programme, Date from, Date to)
{
    struct Opening {
        Date on;
        PeriodName period;
    };
    std::vector<Opening> openings;
    const auto consider = [&](const PeriodName& period) {
        const PeriodDates dates = programme.calendar.dates(period);
        const bool lives = programme.validity.from < dates.window.to && dates.window.from < programme.validity.to;
        if (lives && from <= dates.opens && dates.opens <= to && asks_anything(programme, period))
            openings.push_back({dates.opens, period});
    };
    consider({0, Frequency::once, 1});
    const auto year_of = [](Date date) { return static_cast<int>(std::chrono::year_month_day{date}.year()); };
    // A window may begin in the year before, and the opening may lie in the year after.
    const int first = year_of(std::max(from, programme.validity.from)) - 1;
    const int last = year_of(std::min(to, programme.validity.to)) + 1;
    for (int year = first; year <= last; ++year)
        for (const Frequency frequency :
             {Frequency::month, Frequency::quarter, Frequency::half_year, Frequency::nine_months, Frequency::year})
            for (PeriodName period{year, frequency, 1}; period.year == year; period = next(period)) consider(period);
    std::stable_sort(openings.begin(), openings.end(), [](const Opening& a, const Opening& b) { return a.on < b.on; });
    std::vector<PeriodName> periods;
    for (const Opening& opening : openings) periods.push_back(opening.period);
    return periods;
}

}  // namespace phoihop::obligations
