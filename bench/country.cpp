// SPDX-License-Identifier: Apache-2.0
#include "bench/country.hpp"

#include "programme/period_id.hpp"

#include <stdexcept>

namespace phoihop::bench {
namespace {

constexpr Date beginning = day(2010, 1, 1);

/// Units in the order of their ids.
class Builder {
public:
    UnitId add(units::Level level, UnitId parent, Validity validity, const std::string& name)
    {
        const UnitId id{static_cast<std::int64_t>(m_units.size()) + 1};
        m_units.push_back({id, {state(id, level, parent, validity, name)}});
        return id;
    }
    void goes_on(UnitId id, UnitId parent)
    {
        auto& states = m_units[static_cast<std::size_t>(id.value - 1)].states;
        auto next = states.back();
        states.back().validity.to = second_map;
        next.validity.from = second_map;
        next.parent = parent;
        states.push_back(next);
    }
    std::shared_ptr<const units::Territory> make()
    {
        auto made = units::Territory::make(std::move(m_units), {});
        if (!made) throw std::runtime_error("the workload's country is refused: " + made.error().where);
        return *made;
    }

private:
    static units::UnitState state(UnitId id, units::Level level, UnitId parent, Validity validity,
                                  const std::string& name)
    {
        auto digits = std::to_string(id.value);
        digits.insert(0, 7 - digits.size(), '0');
        return {validity, {"bench", digits}, level, std::string(units::word(level)), name, name, parent, ""};
    }
    std::vector<units::Unit> m_units;
};

std::shared_ptr<const programme::Programme> make_programme()
{
    auto made = std::make_shared<programme::Programme>();
    made->id = ProgrammeId{1};
    made->code = "national";
    made->title = {"Chương trình toàn quốc", "National programme"};
    made->validity = {day(2015, 1, 1), day(2030, 1, 1)};
    made->simulated = true;
    made->calendar.span = made->validity;
    programme::Form form;
    form.code = "quarter";
    form.number = 1;
    form.frequency = programme::Frequency::quarter;
    form.source = "typed";
    form.duties = {{units::Level::residential_area, "area", false}};
    for (std::int32_t i = 0; i < indicator_count; ++i) {
        programme::Indicator indicator;
        indicator.code = Country::indicator(i);
        indicator.name = {"Chỉ tiêu " + indicator.code, "Indicator " + indicator.code};
        indicator.over_units = programme::OverUnits::sum;
        indicator.over_time = programme::OverTime::sum;
        indicator.cap = 2'000'000'000;
        made->indicators.push_back(indicator);
        programme::Cell cell;
        cell.indicator = indicator.code;
        cell.required = false;
        form.cells.push_back(cell);
    }
    made->forms = {form};
    made->kept_maps = {first_map, second_map};
    return made;
}

}  // namespace

Country::Country(const Workload& workload) : programme(make_programme())
{
    using units::Level;
    Builder builder;
    const Validity old{beginning, second_map};
    const Validity young{second_map, forever};
    const auto numbered = [](const char* kind, std::int32_t number) {
        return kind + (" " + std::to_string(number + 1));
    };
    const auto top = builder.add(Level::nation, {}, {beginning, forever}, "Việt Nam");
    for (std::int32_t i = 0; i < province_count; ++i) builder.add(Level::province, top, old, numbered("Tỉnh", i));
    std::vector<UnitId> districts;
    for (std::int32_t i = 0; i < workload.districts(); ++i)
        districts.push_back(builder.add(Level::district, province(workload.province_of(i)), old, numbered("Huyện", i)));
    m_first_commune = districts.back().value + 1;
    for (std::int32_t i = 0; i < workload.communes(); ++i)
        builder.add(Level::commune, districts[static_cast<std::size_t>(workload.district_of(i))], old,
                    numbered("Xã", i));
    m_first_new_province = m_first_commune + workload.communes();
    for (std::int32_t i = 0; i < new_province_count; ++i)
        builder.add(Level::province, top, young, numbered("Tỉnh mới", i));
    const std::int64_t first_new_commune = m_first_new_province + new_province_count;
    std::int32_t made = 0;
    for (std::int32_t i = 0; i < workload.communes(); ++i) {
        if (workload.new_commune_of(i) < made) continue;
        builder.add(Level::commune, new_province(Workload::new_province_of(workload.province_of_commune(i))), young,
                    numbered("Xã mới", made++));
    }
    m_first_area = first_new_commune + made;
    for (std::int32_t i = 0; i < workload.areas(); ++i) {
        const auto place = workload.commune_of(i);
        const auto id =
            builder.add(Level::residential_area, commune(place), {beginning, forever}, Workload::area_name(i));
        builder.goes_on(id, UnitId{first_new_commune + workload.new_commune_of(place)});
    }
    territory = builder.make();
}

facts::FactVersion Country::fact(std::int32_t area_number, std::int32_t period_number, const ReportRow& row) const
{
    facts::FactVersion fact;
    fact.key = {programme->id, 1, programme::id_of(period(period_number)), area(area_number)};
    fact.version = 1;
    fact.actor = UserId{1};
    for (const auto value : row) fact.cells.push_back(value == empty ? std::nullopt : std::optional(value));
    return fact;
}

programme::PeriodName Country::period(std::int32_t number)
{
    return {2016 + number / 4, programme::Frequency::quarter, 1 + number % 4};
}

std::string Country::indicator(std::int32_t number)
{
    return (number < 10 ? "I0" : "I") + std::to_string(number);
}

}  // namespace phoihop::bench
