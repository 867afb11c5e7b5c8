// SPDX-License-Identifier: Apache-2.0
// What a report costs from the call of Reception::submit to its answer: judged, kept, journalled, its obligation
// answered, durable. Beside it, in the same run, one fdatasync of the same disk. SQLite always; PostgreSQL when
// PHOIHOP_TEST_POSTGRESQL names a cluster:
//     PHOIHOP_POSTGRESQL_DURABLE=1 script/with-postgresql script/bench --micro write
#include "obligations/open_period.hpp"
#include "obligations/register.hpp"
#include "reporting/submit.hpp"
#include "store/migrations.hpp"
#include "support/draw.hpp"
#include "support/folder.hpp"
#include "support/small_programme.hpp"

#include <benchmark/benchmark.h>

#include <fcntl.h>

#include <atomic>
#include <chrono>
#include <thread>

namespace {

using namespace phoihop;

constexpr std::size_t communes = 2'000;

std::shared_ptr<const units::Territory> drawn_land()
{
    std::string text = "Việt Nam\n  Hà Giang\n";
    for (std::size_t i = 0; i < communes; ++i) text += "    Xã " + std::to_string(i) + "\n";
    return test::draw(text);
}

/// The middle of what was measured.
double median(std::vector<double> values)
{
    if (values.empty()) return 0;
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

double us_since(std::chrono::steady_clock::time_point begin)
{
    return std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - begin).count();
}

/// An office with an opened quarter of many communes over a fresh durable database.
class Desk {
public:
    explicit Desk(store::Engine engine)
    {
        if (engine == store::Engine::postgresql) {
            const std::string server = std::getenv("PHOIHOP_TEST_POSTGRESQL");
            m_schema = "bench_" + std::to_string(::getpid());
            auto opened = store::Database::open(server, store::OpenMode::create);
            (*opened)->writing_connection().script("create schema " + m_schema);
            m_address =
                server + (server.find('?') == std::string::npos ? "?" : "&") + "options=-csearch_path%3D" + m_schema;
        } else {
            m_address = m_folder.file("phoihop.db");
        }
        m_database = std::move(*store::Database::open(m_address, store::OpenMode::create));
        if (!store::migrate(*m_database, store::built_in_migrations())) throw std::runtime_error("cannot migrate");
        m_writer = std::make_unique<store::Writer>(*m_database, m_clock);
        m_books = std::make_unique<obligations::Register>(*m_database);
        m_books->reload();
        m_writer->add_follower(*m_books, store::Writer::Delivery::before_answer);
        reporting::Reception::Surroundings around;
        around.writer = m_writer.get();
        around.programme = m_programme;
        around.opened = [](const programme::PeriodName&) { return true; };
        m_reception = std::make_unique<reporting::Reception>(std::move(around));
        if (!obligations::open_period(*m_writer, *m_programme, *m_land, m_period, UserId{1}, day(2015, 4, 1)))
            throw std::runtime_error("the quarter does not open");
        for (std::size_t i = 0; i < communes; ++i) m_units.push_back(test::named(m_land, "Xã " + std::to_string(i)));
    }

    ~Desk()
    {
        m_reception.reset();
        m_writer.reset();
        if (!m_schema.empty()) m_database->writing_connection().script("drop schema " + m_schema + " cascade");
    }
    Desk(const Desk&) = delete;
    Desk& operator=(const Desk&) = delete;

    /// A report that nobody has sent yet, of another commune each time.
    [[nodiscard]] reporting::Submission next()
    {
        const auto number = m_next++;
        reporting::Submission submission;
        submission.form = "activity";
        submission.period = m_period;
        submission.unit = m_units[number % communes];
        const auto attendances = std::to_string(100 + number / communes);
        submission.cells = {{"S", "12", {}, {}}, {"T", attendances, {}, {}}, {"P", "6", {}, {}},
                            {"N", "1", {}, {}},  {"X", "0", {}, {}},         {"M", "12.50", {}, {}}};
        submission.client_id = "report-" + std::to_string(number);
        return submission;
    }

    void submit(const reporting::Submission& submission)
    {
        const auto outcome = m_reception->submit(submission, m_sender);
        if (!outcome || outcome->verdict == reporting::Verdict::refused)
            throw std::runtime_error("a report was refused");
    }

    void submit_all(const std::vector<reporting::Submission>& submissions)
    {
        m_reception->submit_all(submissions, m_sender, [](std::size_t, reporting::Outcome&&) {});
    }

private:
    test::Folder m_folder;
    std::string m_schema;
    std::string m_address;
    FixedClock m_clock{Instant(day(2015, 4, 8))};
    std::shared_ptr<const programme::Programme> m_programme = test::SmallProgramme::make();
    std::shared_ptr<const units::Territory> m_land = drawn_land();
    programme::PeriodName m_period{2015, programme::Frequency::quarter, 1};
    std::unique_ptr<store::Database> m_database;
    std::unique_ptr<store::Writer> m_writer;
    std::unique_ptr<obligations::Register> m_books;
    std::unique_ptr<reporting::Reception> m_reception;
    std::vector<UnitId> m_units;
    reporting::Sender m_sender{UserId{1}, day(2015, 4, 8), false, true};
    std::atomic<std::size_t> m_next = 0;
};

/// Appends 4 KiB and waits until the disk has it, as a commit must.
double fdatasync_p50_us()
{
    const test::Folder folder;
    const int file = ::open(folder.file("sync").c_str(), O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
    const std::string page(4096, 'x');
    std::vector<double> us;
    for (int i = 0; i < 300; ++i) {
        const auto begin = std::chrono::steady_clock::now();
        if (::pwrite(file, page.data(), page.size(), i * 4096) < 0 || ::fdatasync(file) != 0) break;
        us.push_back(us_since(begin));
    }
    ::close(file);
    return median(std::move(us));
}

bool absent(benchmark::State& state, store::Engine engine)
{
    const bool missing = engine == store::Engine::postgresql && std::getenv("PHOIHOP_TEST_POSTGRESQL") == nullptr;
    if (missing) state.SkipWithError("run it by script/with-postgresql");
    return missing;
}

void one_client(benchmark::State& state, store::Engine engine)
{
    if (absent(state, engine)) return;
    Desk desk(engine);
    const double sync = fdatasync_p50_us();
    std::vector<double> us;
    for (auto _ : state) {
        const auto submission = desk.next();
        const auto begin = std::chrono::steady_clock::now();
        desk.submit(submission);
        us.push_back(us_since(begin));
        state.SetIterationTime(us.back() / 1e6);
    }
    const double ack = median(std::move(us));
    state.counters["ack_p50_us"] = ack;
    state.counters["fdatasync_p50_us"] = sync;
    state.counters["B5_ratio"] = ack / sync;
}
BENCHMARK_CAPTURE(one_client, sqlite_bar_3, store::Engine::sqlite)->UseManualTime()->Iterations(1'000);
BENCHMARK_CAPTURE(one_client, postgresql_bar_4, store::Engine::postgresql)->UseManualTime()->Iterations(1'000);

void clients_64(benchmark::State& state, store::Engine engine)
{
    if (absent(state, engine)) return;
    Desk desk(engine);
    constexpr std::size_t each = 300;
    for (auto _ : state) {
        std::vector<std::jthread> clients;
        for (int i = 0; i < 64; ++i)
            clients.emplace_back([&] {
                for (std::size_t at = 0; at < each; ++at) desk.submit(desk.next());
            });
    }
    state.SetItemsProcessed(state.iterations() * 64 * static_cast<std::int64_t>(each));
}
BENCHMARK_CAPTURE(clients_64, sqlite, store::Engine::sqlite)->UseRealTime()->Iterations(1);
BENCHMARK_CAPTURE(clients_64, postgresql, store::Engine::postgresql)->UseRealTime()->Iterations(1);

void bulk(benchmark::State& state, store::Engine engine)
{
    if (absent(state, engine)) return;
    Desk desk(engine);
    constexpr std::size_t many = 20'000;
    for (auto _ : state) {
        state.PauseTiming();
        std::vector<reporting::Submission> submissions;
        for (std::size_t i = 0; i < many; ++i) submissions.push_back(desk.next());
        state.ResumeTiming();
        desk.submit_all(submissions);
    }
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(many));
}
BENCHMARK_CAPTURE(bulk, sqlite, store::Engine::sqlite)->UseRealTime()->Iterations(1);
BENCHMARK_CAPTURE(bulk, postgresql, store::Engine::postgresql)->UseRealTime()->Iterations(1);

}  // namespace

BENCHMARK_MAIN();
