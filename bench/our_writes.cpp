// SPDX-License-Identifier: Apache-2.0
// Reports taken by our office, the way a server takes them: judged, journalled, the obligation answered, the cube
// followed, then the sender answered. The country is the shipped one with its communes of 2024, the programme asks them
// for the workload's sixty indicators.
#include "bench/limits.hpp"
#include "bench/postgresql.hpp"
#include "bench/stopwatch.hpp"
#include "bench/writes.hpp"
#include "instance/instance.hpp"
#include "obligations/open_period.hpp"
#include "programme/load_programme.hpp"
#include "programme/period_id.hpp"
#include "reporting/submit.hpp"
#include "rollup/cube.hpp"
#include "rollup/table.hpp"
#include "units/import_units.hpp"

#include <atomic>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <thread>

namespace phoihop::bench {
namespace {

std::string code(std::int32_t indicator)
{
    return (indicator < 10 ? "I0" : "I") + std::to_string(indicator);
}

std::string definition_text()
{
    const auto both = [](const std::string& text) { return "{vi: \"" + text + "\", en: \"" + text + "\"}"; };
    std::string text =
        "# SPDX-License-Identifier: Apache-2.0\nprogramme:\n  code: bench\n  symbol: 01/CTr\n  title: " + both("Đo") +
        "\n  first_day: 2015-01-01\n  last_day: 2029-12-31\n  issuing_party: police\n"
        "  kept_maps: [2025-06-30, 2025-07-01]\nobjectives:\n  - {code: O1, text: " +
        both("Đo") + "}\nparties:\n  - code: police\n    name: " + both("Công an") +
        "\n    document_family: state\n    bodies:\n";
    for (const auto* level : {"nation", "province", "district", "commune"})
        text += std::string("      - {level: ") + level + ", name: " + both(level) + ", symbol: X}\n";
    text += "groups:\n  - {code: A, name: " + both("Nhóm") + "}\nindicators:\n";
    for (std::int32_t i = 0; i < indicator_count; ++i)
        text += "  - {code: " + code(i) + ", group: A, name: " + both("Chỉ tiêu " + std::to_string(i)) +
                ", unit: " + both("đơn vị") +
                ", over_units: sum, over_time: sum, better: up, cap: 2000000000, definition: " + both("Đo.") + "}\n";
    text += "forms:\n  - code: quarter\n    number: 1\n    title: " + both("Biểu") +
            "\n    party: police\n    frequency: quarter\n    source: typed\n    duties:\n"
            "      - {level: commune, deadline: commune}\n    regime:\n";
    for (const auto* part : {"name", "content", "who_reports", "to_whom", "form_and_way", "frequency", "cut_off",
                             "deadline", "outline", "how_to"})
        text += std::string("      ") + part + ": " + both("Đo") + "\n";
    text += "    cells:\n";
    for (std::int32_t i = 0; i < indicator_count; ++i)
        text += "      - {indicator: " + code(i) + (i == 0 ? "}\n" : ", required: false}\n");
    return text +
           "calendar:\n  windows: calendar_months\n  closes_after_days: 30\n  deadlines:\n"
           "    - {name: commune, frequency: quarter, day: 20, month_offset: 1}\n"
           "    - {name: plan, frequency: year, days_after_cut_off: 30}\nstandings:\n  - code: plan\n    kind: plan\n  "
           "  title: " +
           both("Đo") +
           "\n    party: police\n    levels: [province]\n    frequency: year\n    deadline: plan\n    needs_decision: "
           "true\n";
}

/// An office over a fresh database.
class Office {
public:
    Office(const std::string& address, const std::string& folder)
    {
        auto opened = instance::Instance::open(address, store::OpenMode::create, m_clock, "bench");
        if (!opened) throw std::runtime_error("ours: cannot open " + address);
        m_instance = std::move(*opened);
        const auto files = units::load_data_files(PHOIHOP_SOURCE_DIR "/data/vn-units");
        const auto path = folder + "/bench.yaml";
        std::ofstream(path) << definition_text();
        auto definition = programme::read_definition_at(path);
        if (!files || !definition) throw std::runtime_error("ours: units or programme cannot be read");
        for (const auto& finding : definition->findings) {
            std::string what = "ours: the programme has a finding at " + finding.where;
            for (const auto& [name, value] : finding.facts) what += " " + name + "=" + value;
            throw std::runtime_error(what);
        }
        const auto set = units::read_data_set(*files);
        if (!set || !units::import_units(m_instance->writer(), *set, UserId{}))
            throw std::runtime_error("ours: the units were refused");
        const auto loaded = programme::load_programme(m_instance->writer(), m_instance->programme_store(), *definition,
                                                      {programme::Instance::simulated, UserId{}});
        if (!loaded || !loaded->programme) throw std::runtime_error("ours: the programme was refused");
        m_instance->reload({});
        begin();
    }

    /// Another process at the database of an office that has opened `quarters` quarters.
    Office(const std::string& address, int quarters)
    {
        auto opened = instance::Instance::open(address, store::OpenMode::write, m_clock, "bench");
        if (!opened) throw std::runtime_error("ours: cannot open " + address);
        m_instance = std::move(*opened);
        begin();
        for (int i = 0; i < quarters; ++i) go_on();
        m_reception = m_instance->reception(m_programme);
    }

    /// Opens the next quarter; its reports are taken on the day after it opens.
    void next_quarter()
    {
        go_on();
        if (!obligations::open_period(m_instance->writer(), *m_programme, *m_territory, m_period, UserId{}, m_today))
            throw std::runtime_error("ours: the quarter does not open");
        m_reception = m_instance->reception(m_programme);
    }

    [[nodiscard]] int quarters() const { return m_opened; }
    [[nodiscard]] std::size_t communes() const { return m_communes.size(); }
    [[nodiscard]] double accepted() const { return static_cast<double>(m_accepted); }

    [[nodiscard]] reporting::Submission report(std::size_t commune) const
    {
        reporting::Submission submission;
        submission.form = "quarter";
        submission.period = m_period;
        submission.unit = m_communes[commune];
        for (std::int32_t i = 0; i < indicator_count; ++i) {
            const auto value = Workload::value(static_cast<std::int32_t>(commune), m_opened, i);
            if (value != empty) submission.cells.push_back({code(i), std::to_string(value), {}, {}});
        }
        return submission;
    }

    void submit(const reporting::Submission& submission)
    {
        const auto outcome = m_reception->submit(submission, {UserId{1}, m_today});
        if (!outcome || outcome->verdict != reporting::Verdict::accepted)
            throw std::runtime_error("ours: a report was refused");
        ++m_accepted;
    }

    void submit_all(const std::vector<reporting::Submission>& submissions)
    {
        std::size_t accepted = 0;
        m_reception->submit_all(submissions, {UserId{1}, m_today}, [&](std::size_t, reporting::Outcome&& outcome) {
            if (outcome.verdict == reporting::Verdict::accepted) ++accepted;
        });
        if (accepted != submissions.size()) throw std::runtime_error("ours: a report of many was refused");
        m_accepted += static_cast<std::int64_t>(accepted);
    }

    /// The national table of the open quarter; answers how many units are in its first figure.
    std::int64_t national_table() const
    {
        rollup::Query query;
        for (std::int32_t i = 0; i < indicator_count; ++i) query.indicators.push_back(code(i));
        query.periods = {m_period};
        query.units = {rollup::UnitSelection::Kind::level, {}, units::Level::province};
        query.on = day(2024, 3, 31);
        const auto table = rollup::tabulate(*m_instance->cube().snapshot(), *m_territory, *m_programme, query);
        if (!table) throw std::runtime_error("ours: the national table was refused");
        std::int64_t reported = 0;
        for (const auto& cell : table->column(0, 0)) reported += cell.reported;
        return reported;
    }

private:
    void begin()
    {
        m_instance->prepare({true, true}, {});
        m_programme = m_instance->programme("bench").value();
        m_territory = m_instance->territory().value();
        const auto map = m_territory->map(day(2024, 3, 31));
        for (const auto& node : map->nodes())
            if (node.level == units::Level::commune) m_communes.push_back(node.unit);
    }
    void go_on()
    {
        m_period = m_period.number == 4
                       ? programme::PeriodName{m_period.year + 1, programme::Frequency::quarter, 1}
                       : programme::PeriodName{m_period.year, programme::Frequency::quarter, m_period.number + 1};
        m_today = m_programme->calendar.dates(m_period).opens;
        m_clock.set(Instant{m_today + std::chrono::hours(3)});
        ++m_opened;
    }

    FixedClock m_clock{Instant{day(2018, 1, 1)}};
    std::unique_ptr<instance::Instance> m_instance;
    std::shared_ptr<const programme::Programme> m_programme;
    std::shared_ptr<const units::Territory> m_territory;
    std::vector<UnitId> m_communes;
    std::shared_ptr<reporting::Reception> m_reception;
    programme::PeriodName m_period{2017, programme::Frequency::quarter, 4};
    Date m_today{};
    std::int32_t m_opened = 0;
    std::atomic<std::int64_t> m_accepted{0};
};

struct Tables {
    std::vector<double> ms;
    /// Asks again and again until `stop`, resting as long as five milliseconds between, like a busy centre.
    void watch(const Office& office, const std::atomic<bool>& stop)
    {
        while (!stop) {
            const Stopwatch watch;
            static_cast<void>(office.national_table());
            ms.push_back(watch.ms());
            std::this_thread::sleep_for(std::chrono::milliseconds(5));
        }
    }
};

void one_client(Office& office, const std::string& name, const std::string& folder, Peer::Extras& extras)
{
    office.next_quarter();
    const auto count = std::min<std::size_t>(office.communes(), 1000);
    std::vector<double> us;
    std::vector<double> bare;
    SyncProbe probe(folder);
    const Stopwatch all;
    for (std::size_t i = 0; i < count && all.ms() < 10e3; ++i) {
        bare.push_back(probe.us());
        const auto submission = office.report(i);
        const Stopwatch watch;
        office.submit(submission);
        us.push_back(watch.ms() * 1e3);
        // Acknowledged means: in the national table.
        if (i % 100 == 0 && office.national_table() != static_cast<std::int64_t>(i) + 1)
            throw std::runtime_error("ours: an acknowledged report is not in the national table");
    }
    extras.emplace_back(name + "_one_p50_us", median(us));
    extras.emplace_back(name + "_one_fdatasync_us", median(bare));
}

constexpr int clients_at_once = 64;

/// Reports a second that `processes` processes of ours take together, the clients shared among them; `quarters` of the
/// database have been opened. Each is ready before the agreed moment, and the last one's end counts.
double reports_of_processes(const std::string& address, int quarters, int processes)
{
    std::size_t reports = 0;
    {
        Office office(address, quarters);
        office.next_quarter();
        reports = office.communes();
    }
    const auto begin = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    std::vector<std::FILE*> all;
    for (int i = 0; i < processes; ++i) {
        const auto command = "'" + std::filesystem::read_symlink("/proc/self/exe").string() + "' --sender '" + address +
                             "' " + std::to_string(quarters + 1) + " " + std::to_string(i) + " " +
                             std::to_string(processes) + " " + std::to_string(begin.time_since_epoch().count());
        all.push_back(::popen(command.c_str(), "r"));
    }
    double seconds = 0;
    for (auto* const each : all) {
        double own = 0;
        const int read = each == nullptr ? 0 : std::fscanf(each, "%lf", &own);
        if (each == nullptr || ::pclose(each) != 0 || read != 1)
            throw std::runtime_error("ours: one of several processes failed");
        seconds = std::max(seconds, own);
    }
    return static_cast<double>(reports) / seconds;
}

/// So many clients at once, each with the next report of every `of`-th commune from `first`.
void send_by(Office& office, int clients, std::size_t first, std::size_t of)
{
    std::atomic<std::size_t> next{first};
    std::atomic<bool> failed{false};
    {
        std::vector<std::jthread> all;
        for (int i = 0; i < clients; ++i)
            all.emplace_back([&] {
                try {
                    for (std::size_t each = 0; (each = next.fetch_add(of)) < office.communes();)
                        office.submit(office.report(each));
                } catch (const std::exception& error) {
                    std::fprintf(stderr, "%s\n", error.what());
                    failed = true;
                }
            });
    }
    if (failed) throw std::runtime_error("ours: a client failed");
}

void many_clients(Office& office, const std::string& name, Peer::Extras& extras)
{
    office.next_quarter();
    std::atomic<bool> stop{false};
    Tables idle;
    {
        std::jthread reader([&] { idle.watch(office, stop); });
        std::this_thread::sleep_for(std::chrono::seconds(2));
        stop = true;
    }
    stop = false;
    Tables busy;
    double seconds = 0;
    {
        std::jthread reader([&] { busy.watch(office, stop); });
        const Stopwatch watch;
        send_by(office, clients_at_once, 0, 1);
        seconds = watch.ms() / 1e3;
        stop = true;
    }
    extras.emplace_back(name + "_64_reports_s", static_cast<double>(office.communes()) / seconds);
    extras.emplace_back(name + "_table_idle_p50_ms", median(idle.ms));
    extras.emplace_back(name + "_table_idle_p99_ms", quantile(idle.ms, 0.99));
    extras.emplace_back(name + "_table_busy_p50_ms", median(busy.ms));
    extras.emplace_back(name + "_table_busy_p99_ms", quantile(busy.ms, 0.99));
}

void bulk(Office& office, const std::string& name, Peer::Extras& extras)
{
    // Whole quarters until enough time has gone by; making the submissions and opening the quarter are not counted.
    double seconds = 0;
    double reports = 0;
    for (int quarter = 0; quarter < 8 && seconds < 10; ++quarter) {
        office.next_quarter();
        std::vector<reporting::Submission> submissions;
        for (std::size_t i = 0; i < office.communes(); ++i) submissions.push_back(office.report(i));
        const Stopwatch watch;
        office.submit_all(submissions);
        seconds += watch.ms() / 1e3;
        reports += static_cast<double>(submissions.size());
    }
    extras.emplace_back(name + "_bulk_reports_s", reports / seconds);
}

/// Opening anew, until the cube has everything: read from the database, without a snapshot.
void start(const std::string& address, const std::string& name, double reports, Peer::Extras& extras)
{
    const FixedClock clock{Instant{day(2026, 1, 1)}};
    const Stopwatch watch;
    auto opened = instance::Instance::open(address, store::OpenMode::read, clock, "bench");
    if (!opened) throw std::runtime_error("ours: cannot open " + address);
    (*opened)->prepare({false, true}, {});
    extras.emplace_back(name + "_start_s", watch.ms() / 1e3);
    extras.emplace_back(name + "_start_reports_s", reports / watch.ms() * 1e3);
}

void measure(const std::string& address, const std::string& name, const Place& place, const std::set<std::string>& bars,
             Peer::Extras& extras)
{
    double reports = 0;
    int quarters = 0;
    {
        Office office(address, place.folder);
        if (wants_bar(bars, "B5")) one_client(office, name, place.folder, extras);
        if (wants_bar(bars, "B6")) many_clients(office, name, extras);
        if (wants_bar(bars, "B8") || wants_bar(bars, "B9")) bulk(office, name, extras);
        reports = office.accepted();
        quarters = office.quarters();
    }
    if (wants_bar(bars, "B9")) start(address, name, reports, extras);
    if (!wants_bar(bars, "B6") || !address.starts_with("postgresql")) return;
    for (const int processes : {1, 3})
        extras.emplace_back(name + "_processes_" + std::to_string(processes) + "_reports_s",
                            reports_of_processes(address, quarters++, processes));
}

}  // namespace

int send_as_one_of_several(const std::string& address, int quarters, int number, int processes, std::int64_t begin)
{
    Office office(address, quarters);
    const std::chrono::steady_clock::time_point moment{std::chrono::steady_clock::duration(begin)};
    if (std::chrono::steady_clock::now() > moment) throw std::runtime_error("ours: not ready in time");
    std::this_thread::sleep_until(moment);
    send_by(office, clients_at_once / processes, static_cast<std::size_t>(number), static_cast<std::size_t>(processes));
    std::printf("%.6f\n", std::chrono::duration<double>(std::chrono::steady_clock::now() - moment).count());
    return 0;
}

Peer::Extras measure_our_writes(const Workload&, const Place& place, const std::set<std::string>& bars)
{
    Peer::Extras extras;
    const auto folder = place.folder + "/ours";
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder);
    measure(folder + "/ours.db", "ours_sqlite", place, bars, extras);
    std::filesystem::remove_all(folder);
    if (place.postgresql.empty()) return extras;
    fresh_database(place.postgresql, "bench_ours",
                   [&](const std::string& address) { measure(address, "ours_postgresql", place, bars, extras); });
    return extras;
}

Peer::Extras measure_writes(const Workload& workload, const Place& place, const std::set<std::string>& bars)
{
    auto extras = measure_peer_writes(workload, place, bars);
    for (auto& each : measure_our_writes(workload, place, bars)) extras.push_back(std::move(each));
    return extras;
}

}  // namespace phoihop::bench
