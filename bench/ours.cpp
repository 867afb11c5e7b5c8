// SPDX-License-Identifier: Apache-2.0
// Our own side: the roll-up of a server, in this process. Only this file knows how the cube is fed and asked.
#include "bench/country.hpp"
#include "bench/peer.hpp"
#include "bench/stopwatch.hpp"
#include "programme/period_id.hpp"
#include "rollup/builder.hpp"
#include "rollup/query.hpp"
#include "rollup/snapshot_file.hpp"
#include "rollup/sum_up.hpp"
#include "rollup/table.hpp"
#include "rollup/unit_scan.hpp"
#include "web/figure_table.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <numeric>
#include <sstream>
#include <stdexcept>

namespace phoihop::bench {
namespace {

double resident_bytes()
{
    std::ifstream in("/proc/self/statm");
    double total = 0;
    double resident = 0;
    in >> total >> resident;
    return resident * static_cast<double>(::sysconf(_SC_PAGESIZE));
}

constexpr Date last_day = day(2026, 1, 1);

/// From now on the file is read from the disk again.
void forget(const std::string& path)
{
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0) throw std::runtime_error("no " + path);
    ::fsync(file);
    ::posix_fadvise(file, 0, 0, POSIX_FADV_DONTNEED);
    ::close(file);
}

class Ours final : public Peer {
public:
    Ours() = default;
    explicit Ours(std::string folder) : m_folder(std::move(folder)) {}
    [[nodiscard]] std::string_view name() const override { return "ours"; }
    [[nodiscard]] std::string version() const override { return "Phối Hợp (in process)"; }
    [[nodiscard]] bool answers(QueryKind) const override { return true; }
    [[nodiscard]] double bytes() override { return m_bytes; }
    double load(const Workload& workload) override;
    Times ask(const Workload& workload, const Question& question, Answer& answer, std::string& json) override;
    [[nodiscard]] Extras extras(const Workload& workload) override;
    [[nodiscard]] Extras start(const Workload& workload, double scale) override;

    /// The country and the programme, as a server has read them before it begins with its cube.
    void know(const Workload& workload);
    void begin_with(const std::string& file);

private:
    void ask_figures(const Question& question, Answer& answer) const;
    void ask_missing(const Question& question, Answer& answer) const;
    [[nodiscard]] rollup::Query query(const Question& question) const;

    std::string m_folder;
    std::unique_ptr<Country> m_country;
    std::shared_ptr<const rollup::Snapshot> m_snapshot;
    double m_bytes = 0;
    double m_reports = 0;
    double m_values = 0;
    std::vector<std::string> m_all;  // indicators
    std::vector<programme::PeriodName> m_periods;
};

void Ours::know(const Workload& workload)
{
    m_country = std::make_unique<Country>(workload);
    for (std::int32_t i = 0; i < indicator_count; ++i) m_all.push_back(Country::indicator(i));
    for (std::int32_t i = 0; i < period_count; ++i) m_periods.push_back(Country::period(i));
}

void Ours::begin_with(const std::string& file)
{
    const auto opened = rollup::SnapshotFile::open(file);
    if (!opened) throw std::runtime_error("no " + file);
    rollup::CubeBuilder builder;
    builder.start(m_country->territory, {m_country->programme}, last_day);
    opened->hand_over(builder);
    m_snapshot = builder.finish(opened->directory().position.sequence);
}

double Ours::load(const Workload& workload)
{
    const auto before = resident_bytes();
    const Stopwatch watch;
    know(workload);
    rollup::CubeBuilder builder;
    builder.start(m_country->territory, {m_country->programme}, last_day);
    for (std::int32_t period = 0; period < period_count; ++period) {
        const auto id = programme::id_of(m_periods[static_cast<std::size_t>(period)]);
        std::vector<rollup::Owed> owed;
        for (std::int32_t area = 0; area < workload.areas(); ++area) owed.push_back({1, id, m_country->area(area)});
        builder.set_owed(m_country->programme->id, id, std::move(owed));
        workload.each_report(period, [&](std::int32_t area, const ReportRow& row) {
            const auto fact = m_country->fact(area, period, row);
            const auto content = facts::encode(fact);
            builder.collect({fact.key, 1, facts::FactState::submitted, content});
            ++m_reports;
            m_values += static_cast<double>(std::ranges::count_if(row, [](auto value) { return value != empty; }));
        });
    }
    builder.sum_all();
    m_snapshot = builder.finish(1);
    m_bytes = resident_bytes() - before;
    return watch.ms() / 1e3;
}

rollup::Query Ours::query(const Question& question) const
{
    using Kind = rollup::UnitSelection::Kind;
    const auto province = m_country->province(question.province);
    rollup::Query query;
    query.on = question.kind == QueryKind::q6 ? second_map : first_map;
    query.indicators = {Country::indicator(question.indicator)};
    query.periods = {Country::period(question.period)};
    switch (question.kind) {
        case QueryKind::q1:
            query.indicators = m_all;
            for (std::int32_t i = 0; i < province_count; ++i) query.units.units.push_back(m_country->province(i));
            break;
        case QueryKind::q2:
            query.indicators = m_all;
            query.units = {Kind::under, {province}, units::Level::commune};
            break;
        case QueryKind::q3:
            query.periods = m_periods;
            query.units.units = {m_country->nation()};
            for (std::int32_t i = 0; i < province_count; ++i) query.units.units.push_back(m_country->province(i));
            break;
        case QueryKind::q4:
            query.indicators = {Country::indicator(0)};  // always filled: who reported has it
            query.units = {Kind::under, {province}, units::Level::commune};
            break;
        case QueryKind::q6:
            query.periods = m_periods;
            query.units.units = {m_country->nation()};
            for (std::int32_t i = 0; i < new_province_count; ++i)
                query.units.units.push_back(m_country->new_province(i));
            break;
    }
    return query;
}

/// Figures come by indicator, period, unit; the answer stands by unit: a few columns are turned at a time.
void Ours::ask_figures(const Question& question, Answer& answer) const
{
    const auto width = static_cast<std::size_t>(columns_of(question.kind));
    const auto found = rollup::tabulate(*m_snapshot, *m_country->territory, *m_country->programme, query(question));
    if (!found) throw std::runtime_error("ours: the query was refused");
    const auto column_of = [&, by_period = found->periods.size() > 1](std::size_t column) {
        return found->column(by_period ? 0 : column, by_period ? column : 0);
    };
    constexpr std::size_t together = 8;
    std::array<std::span<const rollup::TableCell>, together> columns;
    for (std::size_t first = 0; first < width; first += together) {
        const auto count = std::min(together, width - first);
        for (std::size_t i = 0; i < count; ++i) columns[i] = column_of(first + i);
        auto* to = answer.numbers.data() + first;
        const auto* const end = answer.numbers.data() + answer.numbers.size();
        for (std::size_t row = 0; row < found->rows.size(); ++row) {
            // Above the communes nobody reported, so the rows after them ("own", "undivided") are absent.
            if (columns[0][row].kind == rollup::CellKind::absent) continue;
            if (to >= end) throw std::runtime_error("ours: another number of figures");
            for (std::size_t i = 0; i < count; ++i)
                if (columns[i][row].kind == rollup::CellKind::units) to[i] = columns[i][row].value;
            to += width;
        }
    }
}

void Ours::ask_missing(const Question& question, Answer& answer) const
{
    const auto found = rollup::completeness(
        *m_snapshot, *m_country->territory,
        {*m_country->programme, m_country->programme->forms.front(), Country::period(question.period),
         m_country->province(question.province), first_map, rollup::Measure::received, units::Level::commune});
    if (!found || 2 * found->rows.size() != answer.numbers.size())
        throw std::runtime_error("ours: the query was refused");
    for (std::size_t i = 0; i < found->rows.size(); ++i) {
        answer.numbers[2 * i] = found->rows[i].reported;
        answer.numbers[2 * i + 1] = found->rows[i].expected;
    }
    for (const auto unit : found->missing)
        answer.names.push_back(m_country->territory->state_near(unit, first_map).full_name);
}

Times Ours::ask(const Workload&, const Question& question, Answer& answer, std::string& json)
{
    const Stopwatch watch;
    if (question.kind == QueryKind::q4) {
        ask_missing(question, answer);
    } else {
        ask_figures(question, answer);
    }
    const auto answer_ms = watch.ms();
    write_json(answer, columns_of(question.kind), json);
    return {answer_ms, watch.ms() - answer_ms};
}

Peer::Extras Ours::extras(const Workload& /*workload*/)
{
    const auto* form = m_snapshot->form(m_country->programme->id, 1);
    const auto sum_map = [&](Date on) {
        const rollup::MapRows map(m_country->territory->map(on), m_country->territory->units().size());
        std::vector<double> seconds;
        for (int i = 0; i < 3; ++i) {
            const Stopwatch watch;
            for (const auto& [period, block] : form->periods)
                if (!rollup::sum_up(*block->leaves, form->layout, map, rollup::Measure::received, 1).sums)
                    throw std::runtime_error("ours: nothing to sum");
            seconds.push_back(watch.ms() / 1e3);
        }
        return median(seconds);
    };
    Extras extras{{"reports", m_reports},
                  {"values", m_values},
                  {"resident_bytes", m_bytes},
                  {"resum_s", sum_map(first_map)},
                  {"new_map_s", sum_map(second_map)}};
    double leaves = 0;
    double kept = 0;
    for (const auto& [period, block] : form->periods) {
        leaves += static_cast<double>(block->leaves->bytes());
        for (const auto& sums : block->sums)
            if (sums) kept += static_cast<double>(sums->bytes());
    }
    extras.emplace_back("leaf_bytes", leaves);
    double rows = 0;
    for (const auto& map : m_snapshot->kept_maps()) rows += static_cast<double>(map->rows());
    extras.emplace_back("sum_bytes", kept);
    extras.emplace_back("inner_cells", rows * indicator_count * period_count);
    // The table as a server writes it, with n and m of every figure: more than the peers' JSON.
    std::vector<double> ms;
    for (int i = 0; i < 101; ++i) {
        const auto asked = query(question(QueryKind::q1, i));
        const Stopwatch watch;
        const auto table = rollup::tabulate(*m_snapshot, *m_country->territory, *m_country->programme, asked);
        if (!table || web::columns_json(*table, {asked.on}, {*m_country->territory, asked.on}).empty())
            throw std::runtime_error("ours: the query was refused");
        ms.push_back(watch.ms());
    }
    extras.emplace_back("q1_as_served_ms", median(ms));
    return extras;
}

/// Each answer comes from a process of its own, which times itself from opening the file to the written JSON.
Peer::Extras Ours::start(const Workload& workload, double scale)
{
    const auto file = m_folder + "/ours.cube";
    const Stopwatch watch;
    if (!rollup::write_snapshot_file(file, *m_snapshot, {})) throw std::runtime_error("ours: no file was written");
    Extras extras{{"file_write_s", watch.ms() / 1e3},
                  {"file_bytes", static_cast<double>(std::filesystem::file_size(file))}};
    const auto right = hash(expected(workload, question(QueryKind::q1, 0)), rule());
    const auto ask_process = [&] {
        std::ostringstream command;
        command << '\'' << std::filesystem::read_symlink("/proc/self/exe").string() << "' --first-answer '" << file
                << "' " << scale;
        auto* said = ::popen(command.str().c_str(), "r");
        double ms = 0;
        char answered[80] = "";
        const int read = said == nullptr ? 0 : std::fscanf(said, "%lf %79s", &ms, answered);
        if (said == nullptr || ::pclose(said) != 0 || read != 2 || answered != right)
            throw std::runtime_error("ours: another answer from the file");
        return ms;
    };
    std::vector<double> warm;
    std::vector<double> cold;
    for (int i = 0; i < 5; ++i) {
        warm.push_back(ask_process());
        forget(file);
        cold.push_back(ask_process());
    }
    extras.emplace_back("first_answer_ms", median(warm));
    extras.emplace_back("first_answer_from_disk_ms", median(cold));
    std::filesystem::remove(file);
    std::printf("   first answer %.2f ms after opening, %.2f ms from the disk\n", median(warm), median(cold));
    return extras;
}

}  // namespace

int first_answer(const std::string& file, double scale)
{
    const Workload workload(scale);
    Ours ours;
    ours.know(workload);
    const auto asked = question(QueryKind::q1, 0);
    auto answer = blank(workload, asked);
    std::string json;
    const Stopwatch watch;
    ours.begin_with(file);
    static_cast<void>(ours.ask(workload, asked, answer, json));
    const auto ms = watch.ms();
    std::printf("%.3f %s\n", ms, hash(answer, ours.rule()).c_str());
    return 0;
}

std::unique_ptr<Peer> make_ours(const Place& place)
{
    return std::make_unique<Ours>(place.folder);
}

}  // namespace phoihop::bench
