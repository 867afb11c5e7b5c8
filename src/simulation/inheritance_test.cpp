// SPDX-License-Identifier: Apache-2.0
#include "programme/definition.hpp"
#include "simulation/simulator.hpp"
#include "support/draw.hpp"
#include "units/assemble.hpp"

#include <doctest/doctest.h>

#include <map>
#include <numeric>
#include <unordered_map>

using namespace phoihop;
using namespace phoihop::reporting;
using namespace phoihop::simulation;
using test::named;

namespace {

constexpr Date reform = day(2025, 7, 1);

const auto land = test::draw(R"(
    Việt Nam
      Tỉnh A
        Xã Một
        Xã Hai
        Xã Ba
        Xã Bốn
        Xã Năm
        Xã Sáu (commune) [from 2025-07-01]
        Xã Bảy (commune) [from 2025-07-01]
        Xã Tám (commune) [from 2025-07-01]
    [2025-07-01] Xã Một + Xã Hai -> Xã Sáu
    [2025-07-01] Xã Ba -> Xã Bảy part + Xã Tám part
    [2025-07-01] Xã Bốn -> Xã Tám default + Xã Sáu
)");

std::shared_ptr<const units::Territory> vietnam()
{
    auto made = units::assemble(
                    units::read_data_set(units::load_data_files(PHOIHOP_SOURCE_DIR "/data/vn-units").value()).value())
                    .value();
    return units::Territory::make(std::move(made.units), std::move(made.successions)).value();
}

std::int64_t weight(const std::vector<std::int64_t>& weights, std::string_view name)
{
    return weights[static_cast<std::size_t>(named(land, name).value - 1)];
}

/// The national totals of every adding indicator, by period, of the offices of the real territory: nobody is late or
/// missing. Counts what the drawn figures would be asked about.
class Curve {
public:
    Curve()
    {
        const Inheritance inheritance(*m_country);
        for (const programme::Form& form : m_programme->forms)
            if (form.source == "typed") draw_all(form, Simulator(*m_programme, form, 2013, inheritance, units()));
    }

    [[nodiscard]] double total(const std::string& indicator, std::string_view period) const
    {
        return static_cast<double>(m_totals.at(indicator + " " + std::string(period)));
    }
    [[nodiscard]] bool adds(const std::string& code) const
    {
        const programme::Indicator& indicator = *m_programme->indicator(code);
        return indicator.over_units == programme::OverUnits::sum && indicator.cap != 1;
    }
    [[nodiscard]] const programme::Programme& programme() const { return *m_programme; }
    [[nodiscard]] const std::map<std::string, std::int64_t>& findings() const { return m_findings; }

private:
    [[nodiscard]] std::size_t units() const { return m_country->units().size(); }

    void draw_all(const programme::Form& form, const Simulator& simulator)
    {
        const bool yearly = form.frequency == programme::Frequency::year;
        const Judge judge(*m_programme, form);
        std::unordered_map<UnitId, History> known;
        const auto last = [&](UnitId unit) {
            const auto found = known.find(unit);
            return found == known.end() ? nullptr : &*found->second.front();
        };
        for (programme::PeriodName period{2024, form.frequency, 1}; period.year < 2026;
             period = programme::next(period)) {
            const Date day = m_programme->calendar.dates(period).cut_off();
            for (const units::Unit& unit : m_country->units()) {
                const units::UnitState* state = unit.on(day);
                if (state == nullptr || state->level != units::Level::commune) continue;
                facts::Cells opening;
                const facts::Cells* before = last(unit.id);
                if (before == nullptr) before = &(opening = simulator.opening(unit.id, last));
                const facts::Cells cells = simulator.figures(unit.id, period, before);
                History& history = known[unit.id];
                for (const Finding& finding : judge.findings(cells, false, history))
                    ++m_findings[finding.indicator + " " + std::string(word(finding.code)) + " " +
                                 (yearly ? "" : period.text())];
                history.insert(history.begin(), cells);
                if (history.size() > history_periods) history.pop_back();
                for (std::size_t i = 0; i < cells.size(); ++i)
                    m_totals[form.cells[i].indicator + " " + period.text()] += cells[i].value_or(0);
            }
        }
    }

    std::shared_ptr<const units::Territory> m_country = vietnam();
    std::shared_ptr<const programme::Programme> m_programme =
        programme::read_definition_at(PHOIHOP_SOURCE_DIR "/programmes/ctr-07").value().programme;
    std::map<std::string, std::int64_t> m_totals;
    std::map<std::string, std::int64_t> m_findings;
};

}  // namespace

TEST_CASE("simulator: an heir has the weight of all its parts, and a split goes to the default heir or evenly")
{
    const Inheritance inheritance(*land);
    REQUIRE(inheritance.days() == std::vector<Date>{reform});
    std::vector<std::int64_t> own(land->units().size(), 100);
    const auto after = inheritance.passed_on(own, reform);
    CHECK(weight(after, "Xã Sáu") == 200);
    CHECK(weight(after, "Xã Bảy") == 50);
    CHECK(weight(after, "Xã Tám") == 150);
    CHECK(weight(after, "Xã Một") == 0);
    CHECK(weight(after, "Xã Ba") == 0);
    CHECK(weight(after, "Xã Năm") == 100);
    CHECK(inheritance.parts_of(named(land, "Xã Sáu")).size() == 2);
    CHECK(inheritance.parts_of(named(land, "Xã Năm")).empty());
}

TEST_CASE("simulator: no real territory's weight is lost or doubled by its successions")
{
    const auto country = vietnam();
    const Inheritance inheritance(*country);
    const Date eve = reform - std::chrono::days{1};
    std::vector<std::int64_t> weights(country->units().size());
    for (const units::Unit& unit : country->units())
        if (const auto* state = unit.on(eve))
            if (state->level == units::Level::commune) weights[static_cast<std::size_t>(unit.id.value - 1)] = 1'000'000;
    const std::int64_t before = std::accumulate(weights.begin(), weights.end(), std::int64_t{0});
    for (const Date on : inheritance.days()) weights = inheritance.passed_on(std::move(weights), on);
    std::int64_t after = 0;
    for (const units::Unit& unit : country->units())
        if (unit.on(reform) != nullptr) after += weights[static_cast<std::size_t>(unit.id.value - 1)];
    CHECK(before == 10'035 * std::int64_t{1'000'000});
    CHECK(before - after < 1000);
}

TEST_CASE("simulator: the nation's figures go on smoothly across the reform and ask no questions of their own")
{
    const Curve curve;
    for (const programme::Form& form : curve.programme().forms) {
        if (form.source != "typed") continue;
        for (const programme::Cell& cell : form.cells) {
            const std::string& code = cell.indicator;
            if (!curve.adds(code)) continue;
            INFO(code);
            if (form.frequency == programme::Frequency::year) {
                CHECK(curve.total(code, "2025") / curve.total(code, "2024") == doctest::Approx(1.0).epsilon(0.08));
                continue;
            }
            const double step = curve.total(code, "2025-Q3") / curve.total(code, "2025-Q2");
            // A flow has its seasons: the same step a year before is what to compare with.
            const bool stock = curve.programme().indicator(code)->over_time == programme::OverTime::last;
            const double usual = stock ? 1.0 : curve.total(code, "2024-Q3") / curve.total(code, "2024-Q2");
            CHECK(step / usual == doctest::Approx(1.0).epsilon(0.08));
        }
    }
    for (const auto& [what, count] : curve.findings()) MESSAGE(what << " " << count);
    CHECK(curve.findings().empty());
}
