// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "facts/fact_store.hpp"
#include "programme/period_id.hpp"
#include "rollup/cube.hpp"
#include "rollup/query.hpp"
#include "support/draw.hpp"
#include "support/store.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

/// A small programme over a drawn territory with a real database and a live cube:
///
///     Trial trial(draw(…));
///     trial.owe("2015-Q1", {"Xã Phó Bảng", "Xã Phố Là"});
///     trial.report("Xã Phó Bảng", "2015-Q1", {{"B1", 12}});
///     CHECK(trial.told("B1", "2015-Q1", "Hà Giang") == "12 (1 of 2)");
namespace phoihop::test {

inline programme::PeriodName period_named(std::string_view text)
{
    return programme::parse_period(text).value();
}

inline programme::Indicator indicator(std::string code, programme::OverUnits over_units, programme::OverTime over_time,
                                      int scale = 0)
{
    programme::Indicator made;
    made.code = std::move(code);
    made.over_units = over_units;
    made.over_time = over_time;
    made.scale = scale;
    return made;
}

inline programme::Indicator computed(std::string code, std::string_view formula, int shown_scale)
{
    auto made = indicator(std::move(code), programme::OverUnits::formula, programme::OverTime::formula);
    made.source = programme::Source::computed;
    made.formula = programme::Expression::parse(formula).value();
    made.shown_scale = shown_scale;
    return made;
}

inline programme::Form form_of(std::string code, std::int32_t number, programme::Frequency frequency,
                               const std::vector<std::string>& cells)
{
    programme::Form form;
    form.code = std::move(code);
    form.number = number;
    form.frequency = frequency;
    form.source = "typed";
    for (const auto& each : cells) {
        programme::Cell cell;
        cell.indicator = each;
        form.cells.push_back(cell);
    }
    return form;
}

/// B1 (flow), C2 and C7 (stocks), C8 = share of them, C1 (cannot be added), A8 (money, scale 2) each quarter;
/// D1 (stock), D4 (flow) each year, D5 = D4 per commune.
inline programme::Programme small_programme()
{
    using programme::OverTime;
    using programme::OverUnits;
    programme::Programme made;
    made.id = ProgrammeId{1};
    made.code = "trial";
    made.validity = {day(2013, 1, 1), day(2033, 1, 1)};
    made.calendar.span = made.validity;
    made.indicators = {
        indicator("B1", OverUnits::sum, OverTime::sum),       indicator("C2", OverUnits::sum, OverTime::last),
        indicator("C7", OverUnits::sum, OverTime::last),      computed("C8", "100 * C7 / C2", 1),
        indicator("C1", OverUnits::distinct, OverTime::last), indicator("A8", OverUnits::sum, OverTime::sum, 2),
        indicator("D1", OverUnits::sum, OverTime::last),      indicator("D4", OverUnits::sum, OverTime::sum),
        computed("D5", "100 * D4 / units(commune)", 2)};
    made.forms = {form_of("quarter", 1, programme::Frequency::quarter, {"B1", "C2", "C7", "C1", "A8"}),
                  form_of("year", 2, programme::Frequency::year, {"D1", "D4"})};
    made.kept_maps = {day(2025, 6, 30), day(2025, 7, 1)};
    return made;
}

using Figures = std::map<std::string, std::int64_t>;  ///< indicator → figure at its scale

class Trial {
public:
    explicit Trial(std::shared_ptr<const units::Territory> land, programme::Programme programme = small_programme(),
                   Date today = day(2026, 9, 30))
        : m_land(std::move(land)), m_today(today), m_cube(m_store.database(), owed_reader())
    {
        m_programmes.push_back(std::make_shared<const programme::Programme>(std::move(programme)));
        reload();
        m_store.writer().add_follower(m_cube, store::Writer::Delivery::before_answer);
    }

    [[nodiscard]] const std::shared_ptr<const units::Territory>& land() const { return m_land; }
    [[nodiscard]] const programme::Programme& programme() const { return *m_programmes.front(); }
    [[nodiscard]] rollup::Cube& cube() { return m_cube; }
    [[nodiscard]] FreshDatabase& store() { return m_store; }
    [[nodiscard]] UnitId unit(std::string_view name) const { return named(m_land, name); }
    [[nodiscard]] rollup::OwedReader owed_reader() const
    {
        return [this](store::Connection&, ProgrammeId programme, std::optional<PeriodId> period,
                      const std::function<void(const rollup::Owed&)>& each) {
            for (const auto& [owner, owed] : m_owed)
                if (owner == programme && (!period || *period == owed.period)) each(owed);
        };
    }

    void add(programme::Programme programme)
    {
        m_programmes.push_back(std::make_shared<const programme::Programme>(std::move(programme)));
        reload();
    }
    void reload() { m_cube.reload(m_land, m_programmes, {m_today, {}}); }
    /// Reads everything again from the database, as a server does that starts.
    void reload_anew()
    {
        m_cube.reload(m_land, {}, {m_today, {}});
        reload();
    }

    /// Freezes who owes the form of the period's frequency; who owes it already does so once, as in the register.
    void owe(std::string_view period, const std::vector<UnitId>& units, std::int32_t form = 1,
             ProgrammeId programme = ProgrammeId{1})
    {
        const auto id = programme::id_of(period_named(period));
        for (const auto unit : units) {
            const bool owes = std::ranges::any_of(m_owed, [&](const auto& each) {
                return each.first == programme && each.second.form == form && each.second.period == id &&
                       each.second.unit == unit;
            });
            if (!owes) m_owed.emplace_back(programme, rollup::Owed{form, id, unit});
        }
        m_store.write([&](store::WriteContext& context) {
            context.record(UserId{1}, "opened",
                           "period:" + std::to_string(programme.value) + "/" + std::to_string(id.value), 1, {});
        });
    }
    void owe(std::string_view period, const std::vector<std::string>& units, std::int32_t form = 1)
    {
        std::vector<UnitId> ids;
        for (const auto& each : units) ids.push_back(unit(each));
        owe(period, ids, form);
    }

    [[nodiscard]] facts::FactVersion version(UnitId unit, std::string_view period, const Figures& figures,
                                             std::size_t programme = 0) const
    {
        const auto& definition = *m_programmes.at(programme);
        const auto name = period_named(period);
        facts::FactVersion fact;
        fact.programme_version = definition.version;
        for (const auto& form : definition.forms) {
            if (form.frequency != name.frequency) continue;
            fact.key = {definition.id, form.number, programme::id_of(name), unit};
            for (const auto& cell : form.cells) {
                const auto found = figures.find(cell.indicator);
                fact.cells.push_back(found == figures.end() ? std::nullopt : std::optional(found->second));
            }
            return fact;
        }
        throw std::logic_error("the trial has no form of this frequency");
    }
    void report(UnitId unit, std::string_view period, const Figures& figures, std::size_t programme = 0)
    {
        const auto fact = version(unit, period, figures, programme);
        m_store.write([&](store::WriteContext& context) { facts::FactStore::append(context, fact); });
    }
    void report(std::string_view name, std::string_view period, const Figures& figures)
    {
        report(unit(name), period, figures);
    }

    void set_state(UnitId unit, std::string_view period, facts::FactState state)
    {
        const auto key = version(unit, period, {}).key;
        const auto held = m_cube.snapshot()->current(key);
        if (!held) throw std::logic_error("the trial has no such report");
        m_store.write([&](store::WriteContext& context) {
            store::Together together(context.connection());
            facts::FactStore::advance(together, key, {held->version, held->state}, {held->version, state});
            facts::FactStore::note_state(together, context, {key, held->version, state, context.now(), UserId{1}, ""});
            together.run();
        });
    }
    void set_state(std::string_view name, std::string_view period, facts::FactState state)
    {
        set_state(unit(name), period, state);
    }

    [[nodiscard]] std::vector<rollup::Figure> ask(const std::string& indicator, std::string_view period,
                                                  const rollup::UnitSelection& units, Date on,
                                                  rollup::Measure measure = rollup::Measure::received,
                                                  const rollup::RegisterMeasures* registers = nullptr)
    {
        const auto snapshot = m_cube.snapshot();
        return rollup::query(*snapshot, *m_land, programme(), {{indicator}, {period_named(period)}, units, on, measure},
                             registers)
            .value()
            .figures;
    }

    /// "12 (1 of 2)", or "- (0 of 2) no_value" without a value.
    [[nodiscard]] static std::string told(const rollup::Figure& figure)
    {
        const auto note = rollup::word(figure.note);
        return (figure.value ? figure.text() : "-") + " (" + std::to_string(figure.reported) + " of " +
               std::to_string(figure.expected) + ")" + (note.empty() ? "" : " " + std::string(note)) +
               (figure.from.empty() ? "" : " from " + figure.from);
    }
    [[nodiscard]] std::string told(const std::string& indicator, std::string_view period, std::string_view name,
                                   std::string_view on = "2015-12-31",
                                   rollup::Measure measure = rollup::Measure::received)
    {
        return told(ask(indicator, period, {rollup::UnitSelection::Kind::list, {unit(name)}, {}},
                        parse_date(on).value(), measure)
                        .front());
    }
    /// One line for each row: "Xã Phó Bảng: 12 (1 of 1)".
    [[nodiscard]] std::vector<std::string> rows(const std::string& indicator, std::string_view period,
                                                std::string_view parent, std::string_view on)
    {
        const auto date = parse_date(on).value();
        std::vector<std::string> lines;
        for (const auto& figure :
             ask(indicator, period, {rollup::UnitSelection::Kind::children, {unit(parent)}, {}}, date))
            lines.push_back(m_land->state_near(figure.unit, date).name + ": " + told(figure));
        return lines;
    }

    [[nodiscard]] std::vector<std::string> differences() { return m_cube.differences(20); }

private:
    FreshDatabase m_store;
    std::shared_ptr<const units::Territory> m_land;
    Date m_today;
    std::vector<std::shared_ptr<const programme::Programme>> m_programmes;
    std::vector<std::pair<ProgrammeId, rollup::Owed>> m_owed;
    rollup::Cube m_cube;
};

}  // namespace phoihop::test
