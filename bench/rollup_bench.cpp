// SPDX-License-Identifier: Apache-2.0
// The cube of a country in memory: 100,000 residential areas, 60 indicators, 40 quarters, about 216 million figures,
// the same ones on every machine. Prints the bars of the cube with the memory bandwidth of the same run beside them.
// rollup_bench [--small]: a tenth of the areas and of the quarters.
#include "programme/period_id.hpp"
#include "rollup/builder.hpp"
#include "rollup/sum_up.hpp"
#include "rollup/table.hpp"
#include "web/figure_table.hpp"

#include <malloc.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <fstream>

namespace {

using namespace phoihop;
using units::Level;

constexpr Date reform = day(2025, 7, 1);
constexpr Date old_day = day(2024, 12, 31);
constexpr std::size_t indicator_count = 60;

struct Size {
    std::size_t areas = 100'000;
    std::size_t communes = 10'600;
    std::size_t districts = 700;
    std::size_t provinces = 63;
    int years = 10;
};

std::uint64_t mixed(std::uint64_t x)
{
    x += 0x9E3779B97F4A7C15;
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
    return x ^ (x >> 31);
}

double seconds()
{
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

/// The median of several runs, in seconds.
template <class Work>
double median(int runs, const Work& work)
{
    std::vector<double> times;
    for (int i = 0; i < runs; ++i) {
        const double begin = seconds();
        work();
        times.push_back(seconds() - begin);
    }
    std::ranges::nth_element(times, times.begin() + runs / 2);
    return times[static_cast<std::size_t>(runs / 2)];
}

/// One tree of five levels until the reform: then the provinces are joined to 34, the communes to a third, and
/// districts end.
class Country {
public:
    explicit Country(const Size& size)
    {
        const auto nation = add(UnitId{}, Level::nation, {day(1900, 1, 1), forever});
        const Validity until{day(1900, 1, 1), reform};
        const Validity since{reform, forever};
        const auto old_provinces = add_all(size.provinces, Level::province, until, [&](std::size_t) { return nation; });
        const auto districts = add_all(size.districts, Level::district, until, [&](std::size_t i) {
            return old_provinces[i * size.provinces / size.districts];
        });
        const auto communes = add_all(size.communes, Level::commune, until,
                                      [&](std::size_t i) { return districts[i * size.districts / size.communes]; });
        const std::size_t province_count = std::max<std::size_t>(1, size.provinces * 34 / 63);
        const std::size_t commune_count = std::max<std::size_t>(1, size.communes * 33 / 106);
        const auto provinces = add_all(province_count, Level::province, since, [&](std::size_t) { return nation; });
        const auto merged = add_all(commune_count, Level::commune, since,
                                    [&](std::size_t i) { return provinces[i * province_count / commune_count]; });
        const auto join = [&](const std::vector<UnitId>& from, const std::vector<UnitId>& to) {
            for (std::size_t i = 0; i < from.size(); ++i)
                successions.push_back({from[i], to[i * to.size() / from.size()], reform, units::Part::full,
                                       units::Part::full, true, "bench"});
        };
        join(old_provinces, provinces);
        join(communes, merged);
        for (std::size_t i = 0; i < size.areas; ++i) {
            const std::size_t commune = i * size.communes / size.areas;
            areas.push_back(add(communes[commune], Level::residential_area, until));
            auto after = all.back().states.front();
            after.validity = since;
            after.parent = merged[commune * commune_count / size.communes];
            all.back().states.push_back(after);
        }
        first_province = old_provinces.front();
        auto made = units::Territory::make(std::move(all), std::move(successions));
        if (!made) {
            std::fprintf(stderr, "territory: %s\n", made.error().where.c_str());
            for (const auto& [key, value] : made.error().facts)
                std::fprintf(stderr, "%s=%s\n", key.data(), value.c_str());
            std::exit(1);
        }
        territory = std::move(*made);
    }

    std::shared_ptr<const units::Territory> territory;
    std::vector<UnitId> areas;
    UnitId first_province;

private:
    UnitId add(UnitId parent, Level level, Validity validity)
    {
        const UnitId id{static_cast<std::int64_t>(all.size()) + 1};
        char digits[16];
        std::snprintf(digits, sizeof digits, "%06d", static_cast<int>(id.value));
        const std::string name = std::string(word(level)) + " " + digits;
        all.push_back({id, {{validity, {"bench", digits}, level, std::string(word(level)), name, name, parent, ""}}});
        return id;
    }
    template <class ParentOf>
    std::vector<UnitId> add_all(std::size_t count, Level level, Validity validity, const ParentOf& parent_of)
    {
        std::vector<UnitId> made;
        for (std::size_t i = 0; i < count; ++i) made.push_back(add(parent_of(i), level, validity));
        return made;
    }

    std::vector<units::Unit> all;
    std::vector<units::Succession> successions;
};

std::shared_ptr<const programme::Programme> bench_programme()
{
    auto made = std::make_shared<programme::Programme>();
    made->id = ProgrammeId{1};
    made->code = "bench";
    made->validity = made->calendar.span = {day(2015, 1, 1), day(2030, 1, 1)};
    programme::Form form;
    form.code = "quarter";
    form.number = 1;
    form.frequency = programme::Frequency::quarter;
    form.source = "typed";
    for (std::size_t i = 0; i < indicator_count; ++i) {
        programme::Indicator indicator;
        indicator.code = "I" + std::to_string(i + 1);
        made->indicators.push_back(indicator);
        programme::Cell cell;
        cell.indicator = indicator.code;
        form.cells.push_back(cell);
    }
    made->forms.push_back(std::move(form));
    made->kept_maps = {old_day};
    return made;
}

/// 93 of 100 areas report; 96.8 of 100 cells are filled: 48 small counts, 6 larger ones, 6 amounts of money.
bool reports(std::size_t area, std::size_t period)
{
    return mixed(area * 64 + period) % 100 < 93;
}
void fill(facts::Cells& cells, std::size_t area, std::size_t period)
{
    for (std::size_t i = 0; i < indicator_count; ++i) {
        const auto h = mixed((area * 64 + period) * 64 + i + 0x5555);
        const auto draw = static_cast<std::int64_t>(h >> 16);
        if (h % 1000 >= 968) {
            cells[i].reset();
        } else if (i < 48) {
            cells[i] = draw % 100;
        } else {
            cells[i] = draw % (i < 54 ? 65'536 : 2'000'000'000);
        }
    }
}

struct Loaded {
    std::shared_ptr<const rollup::Snapshot> snapshot;
    std::int64_t reports = 0;
    std::int64_t values = 0;
};

Loaded load(const Country& country, const std::vector<std::shared_ptr<const programme::Programme>>& programmes,
            const std::vector<programme::PeriodName>& periods)
{
    Loaded loaded;
    rollup::CubeBuilder builder;
    builder.start(country.territory, programmes, old_day);
    facts::FactVersion fact;
    fact.cells.resize(indicator_count);
    for (std::size_t p = 0; p < periods.size(); ++p) {
        const auto id = programme::id_of(periods[p]);
        for (std::size_t area = 0; area < country.areas.size(); ++area) {
            if (!reports(area, p)) continue;
            fill(fact.cells, area, p);
            const auto content = facts::encode(fact);
            builder.collect({{ProgrammeId{1}, 1, id, country.areas[area]}, 1, facts::FactState::submitted, content});
            ++loaded.reports;
            loaded.values += std::ranges::count_if(fact.cells, [](const auto& cell) { return cell.has_value(); });
        }
    }
    builder.sum_all();
    for (const auto& period : periods) {
        std::vector<rollup::Owed> owed;
        for (const auto area : country.areas) owed.push_back({1, programme::id_of(period), area});
        builder.set_owed(ProgrammeId{1}, programme::id_of(period), std::move(owed));
    }
    loaded.snapshot = builder.finish(1);
    return loaded;
}

double resident_mb()
{
    malloc_trim(0);
    std::ifstream file("/proc/self/statm");
    long all = 0;
    long resident = 0;
    file >> all >> resident;
    return static_cast<double>(resident) * 4096 / 1e6;
}

/// GB/s of one thread that adds up 512 MB.
double read_bandwidth()
{
    using Eight [[gnu::vector_size(64)]] = std::uint64_t;
    constexpr std::size_t words = 64UL * 1024 * 1024;
    std::vector<std::uint64_t> room(words + 8, 1);
    auto* const memory = room.data() + (64 - reinterpret_cast<std::uintptr_t>(room.data()) % 64) % 64 / 8;
    volatile std::uint64_t sink = 0;
    const double time = median(9, [&] {
        const auto* at = reinterpret_cast<const Eight*>(memory);
        Eight sums[4]{};
        for (std::size_t i = 0; i < words / 8; i += 4)
            for (std::size_t k = 0; k < 4; ++k) sums[k] += at[i + k];
        for (const auto& sum : sums) sink = sink + sum[0] + sum[7];
    });
    return static_cast<double>(words * 8) / time / 1e9;
}

class Bench {
public:
    Bench(const Country& country, const programme::Programme& programme, Loaded loaded,
          std::vector<programme::PeriodName> periods)
        : m_country(country), m_programme(programme), m_loaded(std::move(loaded)), m_periods(std::move(periods))
    {
    }

    void ask(const char* name, const rollup::Query& query, int runs)
    {
        const auto& land = *m_country.territory;
        const web::Reading reading{land, query.on};
        const auto tabulate = [&] { return *rollup::tabulate(*m_loaded.snapshot, land, m_programme, query); };
        std::size_t cells = 0;
        std::size_t bytes = 0;
        const double answer = median(runs, [&] { cells = tabulate().size(); });
        const double columns = median(runs, [&] { bytes = web::columns_json(tabulate(), {query.on}, reading).size(); });
        std::size_t long_bytes = 0;
        const double figures =
            median(runs, [&] { long_bytes = web::figures_json(tabulate(), {query.on}, reading).size(); });
        std::printf("%-34s %7zu cells  answer %8.1f us  + columns %8.1f us (%zu KB)  + figures %8.1f us (%zu KB)\n",
                    name, cells, answer * 1e6, columns * 1e6, bytes / 1000, figures * 1e6, long_bytes / 1000);
    }

    void tables()
    {
        rollup::Query query;
        for (const auto& indicator : m_programme.indicators) query.indicators.push_back(indicator.code);
        query.on = old_day;
        query.periods = {m_periods[m_periods.size() / 2]};
        query.units = {rollup::UnitSelection::Kind::level, {}, Level::province};
        ask("B1 national table", query, 301);
        query.units = {rollup::UnitSelection::Kind::under, {m_country.first_province}, Level::commune};
        ask("B2 communes of a province", query, 301);
        query.units = {rollup::UnitSelection::Kind::children, {UnitId{900}}, {}};
        ask("   areas of a commune", query, 301);
        query.units = {rollup::UnitSelection::Kind::level, {}, Level::province};
        query.indicators.resize(1);
        query.periods = m_periods;
        ask("B3 time series of provinces", query, 301);
    }

    void sums(double bandwidth)
    {
        const auto& form = *m_loaded.snapshot->form(ProgrammeId{1}, 1);
        const auto int64_gb = static_cast<double>(m_loaded.values) * 8 / 1e9;
        std::size_t leaves = 0;
        std::size_t kept = 0;
        for (const auto& [id, period] : form.periods) {
            leaves += period->leaves->bytes();
            for (const auto& sums : period->sums)
                if (sums) kept += sums->bytes();
        }
        const auto& map = *m_loaded.snapshot->kept_maps().front();
        const auto cells = map.rows() * indicator_count * form.periods.size();
        std::printf("B10 leaves %.3f B a value, sums %.2f B an inner cell, resident %.0f MB\n",
                    static_cast<double>(leaves) / static_cast<double>(m_loaded.values),
                    static_cast<double>(kept) / static_cast<double>(cells), resident_mb());
        const auto all = [&](const rollup::MapRows& rows) {
            return median(3, [&] {
                for (const auto& [id, period] : form.periods)
                    static_cast<void>(
                        rollup::sum_up(*period->leaves, form.layout, rows, rollup::Measure::received, 0).sums);
            });
        };
        const auto told = [&](const char* name, double time) {
            std::printf("%-34s %7.1f ms  %5.1f GB/s of int64 figures  %3.0f %% of the read bandwidth\n", name,
                        time * 1e3, int64_gb / time, 100 * int64_gb / time / bandwidth);
        };
        told("B11 full re-sum", all(map));
        const rollup::MapRows other(m_country.territory->map(reform), m_country.territory->units().size());
        told("B7 a whole new map", all(other));
    }

private:
    const Country& m_country;
    const programme::Programme& m_programme;
    Loaded m_loaded;
    std::vector<programme::PeriodName> m_periods;
};

}  // namespace

int main(int count, char** arguments)
{
    Size size;
    for (int i = 1; i < count; ++i)
        if (std::strcmp(arguments[i], "--small") == 0) size = {10'000, 1'060, 70, 7, 4};
    const double bandwidth = read_bandwidth();
    std::printf("read bandwidth of one thread %.1f GB/s\n", bandwidth);
    double begin = seconds();
    const Country country(size);
    const auto programme = bench_programme();
    std::vector<programme::PeriodName> periods;
    for (int year = 2015; year < 2015 + size.years; ++year)
        for (int quarter = 1; quarter <= 4; ++quarter)
            periods.push_back({year, programme::Frequency::quarter, quarter});
    std::printf("territory %.1f s\n", seconds() - begin);
    begin = seconds();
    auto loaded = load(country, {programme}, periods);
    std::printf("%lld reports, %lld values; drawn, encoded and loaded in %.1f s\n",
                static_cast<long long>(loaded.reports), static_cast<long long>(loaded.values), seconds() - begin);
    Bench bench(country, *programme, std::move(loaded), std::move(periods));
    bench.tables();
    bench.sums(bandwidth);
}
