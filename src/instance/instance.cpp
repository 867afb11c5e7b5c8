// SPDX-License-Identifier: Apache-2.0
#include "instance/instance.hpp"

#include "base/log.hpp"
#include "instance/definition_watch.hpp"
#include "instance/register_reader.hpp"
#include "obligations/register.hpp"
#include "programme/period_id.hpp"
#include "programme/programme_store.hpp"
#include "reporting/submit.hpp"
#include "rollup/cube.hpp"
#include "store/migrations.hpp"
#include "units/unit_store.hpp"

#include <algorithm>
#include <atomic>
#include <map>
#include <mutex>
#include <set>
#include <thread>

namespace phoihop::instance {

namespace {

/// After a failure of the database, before the next try.
constexpr std::chrono::seconds retry_pause{1};

/// Lets records through to a follower once it has been loaded; before that it would follow from nowhere.
class Gate final : public store::JournalFollower {
public:
    explicit Gate(store::JournalFollower& behind) : m_behind(behind) {}
    void open() { m_open = true; }
    [[nodiscard]] bool is_open() const { return m_open; }

    void follow(std::span<const store::JournalRecord> records) override
    {
        if (m_open) m_behind.follow(records);
    }

private:
    store::JournalFollower& m_behind;
    std::atomic<bool> m_open = false;
};

/// Periods once opened stay open, so a yes is kept; a no is asked again.
class OpenedPeriods {
public:
    OpenedPeriods(const store::Database& database, ProgrammeId programme) : m_database(database), m_programme(programme)
    {
    }

    bool contains(const programme::PeriodName& name)
    {
        const PeriodId id = programme::id_of(name);
        {
            const std::scoped_lock lock(m_mutex);
            if (m_known.contains(id)) return true;
        }
        bool opened = false;
        m_database.read([&](store::Connection& connection) {
            opened = obligations::ObligationStore::opened(connection, m_programme, id).has_value();
        });
        const std::scoped_lock lock(m_mutex);
        if (opened) m_known.insert(id);
        return opened;
    }

private:
    const store::Database& m_database;
    ProgrammeId m_programme;
    std::mutex m_mutex;
    std::set<PeriodId> m_known;
};

}  // namespace

struct Instance::Impl {
    const Clock* clock = nullptr;
    std::unique_ptr<store::Database> database;
    std::unique_ptr<programme::ProgrammeStore> programme_store;
    std::unique_ptr<obligations::Register> books;
    std::unique_ptr<rollup::Cube> cube;
    std::unique_ptr<Gate> books_gate;
    std::unique_ptr<Gate> cube_gate;
    std::unique_ptr<RegisterReader> register_reader;
    DefinitionWatch definition_watch;

    std::mutex reloading;
    std::atomic<std::int64_t> definitions_as_of = 0;  ///< the journal's sequence when they were read

    mutable std::mutex mutex;  ///< over what a reload replaces
    std::shared_ptr<const units::Territory> territory;
    std::vector<std::shared_ptr<const programme::Programme>> programmes;  ///< every version of every programme
    std::vector<std::shared_ptr<const programme::Programme>> current;
    std::optional<Date> today;
    std::map<std::pair<std::int64_t, std::int64_t>, std::shared_ptr<reporting::Reception>> receptions;

    std::mutex preparing;
    std::unique_ptr<store::Writer> writer;  // after all that it feeds: it is gone before them
    std::jthread follower;                  // last: it reads anew what others define

    void read_definitions();
    [[nodiscard]] std::optional<facts::Cells> current_cells(const facts::FactKey& key,
                                                            const rollup::Snapshot* snapshot) const;
    [[nodiscard]] reporting::History history(const facts::FactKey& key, const programme::PeriodName& period) const;
    void find_first(std::span<reporting::FirstReport> reports) const;
};

void Instance::Impl::read_definitions()
{
    std::shared_ptr<const units::Territory> land;
    // The position first: what comes after it may be read or not, and is asked for again.
    std::int64_t as_of = 0;
    database->read([&](store::Connection& connection) {
        as_of = store::journal_position(connection).sequence;
        auto loaded = units::UnitStore::load(connection);
        if (loaded) land = *loaded;
    });
    auto now = programme_store->all();
    std::vector<std::shared_ptr<const programme::Programme>> every;
    for (const auto& programme : now)
        for (std::int64_t version = 1; version <= programme->version; ++version)
            if (auto found = programme_store->version(programme->code, version)) every.push_back(*found);
    const std::scoped_lock lock(mutex);
    territory = std::move(land);
    programmes = std::move(every);
    current = std::move(now);
    receptions.clear();
    definitions_as_of = as_of;
}

/// The unit's current figures, from the live cube where there is one.
std::optional<facts::Cells> Instance::Impl::current_cells(const facts::FactKey& key,
                                                          const rollup::Snapshot* snapshot) const
{
    if (snapshot != nullptr) {
        auto report = snapshot->current(key);
        if (!report || !facts::counts_as_received(report->state)) return std::nullopt;
        return std::move(report->fact.cells);
    }
    std::optional<facts::Cells> cells;
    database->read([&](store::Connection& connection) {
        auto kept = facts::FactStore::current(connection, key);
        if (kept && facts::counts_as_received(kept->state)) cells = std::move(kept->fact.cells);
    });
    return cells;
}

reporting::History Instance::Impl::history(const facts::FactKey& key, const programme::PeriodName& period) const
{
    reporting::History history;
    const auto snapshot = cube_gate->is_open() ? cube->snapshot() : nullptr;
    programme::PeriodName past = period;
    for (std::size_t i = 0; i < reporting::history_periods; ++i) {
        past = programme::previous(past);
        facts::FactKey at = key;
        at.period = programme::id_of(past);
        history.push_back(current_cells(at, snapshot.get()));
    }
    return history;
}

/// Register and cube are given every batch of this process before the next one begins.
void Instance::Impl::find_first(std::span<reporting::FirstReport> reports) const
{
    if (!cube_gate->is_open() || !books_gate->is_open()) return;
    const auto snapshot = cube->snapshot();
    books->read([&](const obligations::Books& booked, std::int64_t) {
        for (reporting::FirstReport& one : reports) {
            const auto* block = snapshot->form(one.key.programme, one.key.form);
            const auto* period = block == nullptr ? nullptr : block->find(one.key.period);
            if (block == nullptr || (period != nullptr && period->leaves->has(one.key.unit))) continue;
            one.duty = booked.found({one.key.programme, one.key.period, one.form, one.key.unit});
        }
    });
}

Instance::Instance() : m_impl(std::make_unique<Impl>()) {}
Instance::~Instance() = default;

Result<std::unique_ptr<Instance>> Instance::open(const std::string& address, store::OpenMode mode, const Clock& clock,
                                                 std::string_view purpose, const std::string& read_from)
{
    PHOIHOP_TRY(database, store::Database::open(address, mode, purpose));
    if (mode != store::OpenMode::read) PHOIHOP_CHECK_OK(store::migrate(*database, store::built_in_migrations()));
    if (!read_from.empty()) PHOIHOP_CHECK_OK(database->read_from(read_from));
    std::unique_ptr<Instance> made(new Instance);
    Impl& impl = *made->m_impl;
    impl.clock = &clock;
    impl.database = std::move(database);
    impl.programme_store = std::make_unique<programme::ProgrammeStore>(*impl.database);
    impl.books = std::make_unique<obligations::Register>(*impl.database);
    impl.register_reader = std::make_unique<RegisterReader>(*impl.books, *made);
    impl.cube = std::make_unique<rollup::Cube>(*impl.database, impl.register_reader->owed());
    impl.books_gate = std::make_unique<Gate>(*impl.books);
    impl.cube_gate = std::make_unique<Gate>(*impl.cube);
    if (mode != store::OpenMode::read) {
        impl.writer = std::make_unique<store::Writer>(*impl.database, clock);
        impl.writer->add_follower(impl.definition_watch, store::Writer::Delivery::before_answer);
        impl.writer->add_follower(*impl.books_gate, store::Writer::Delivery::before_answer);
        impl.writer->add_follower(*impl.cube_gate, store::Writer::Delivery::before_answer);
    }
    impl.read_definitions();
    return made;
}

void Instance::prepare(const Needs& needs, const Progress& progress)
{
    const std::scoped_lock lock(m_impl->preparing);
    if (needs.register_of_obligations && !m_impl->books_gate->is_open()) {
        if (progress) progress("Đang đọc sổ việc phải làm… · reading the register…");
        m_impl->books->reload();
        m_impl->books_gate->open();
    }
    if (needs.cube && !m_impl->cube_gate->is_open()) {
        reload_cube(progress, needs.cube_file);
        m_impl->cube_gate->open();
    }
    if (progress) progress({});
}

void Instance::reload_cube(const Progress& progress, const std::string& file)
{
    rollup::ReloadOptions options;
    options.file = file;
    options.today = today();
    if (progress)
        options.progress = [&](std::int64_t reports) {
            progress("Đang cộng " + std::to_string(reports) + " báo cáo… · adding up reports…");
        };
    std::shared_ptr<const units::Territory> land;
    std::vector<std::shared_ptr<const programme::Programme>> programmes;
    {
        const std::scoped_lock lock(m_impl->mutex);
        land = m_impl->territory;
        programmes = m_impl->programmes;
    }
    if (land) m_impl->cube->reload(land, programmes, options);
}

void Instance::reload(const Progress& progress)
{
    const std::scoped_lock reloading(m_impl->reloading);
    if (m_impl->definition_watch.last() <= m_impl->definitions_as_of) return;
    m_impl->read_definitions();
    const std::scoped_lock lock(m_impl->preparing);
    if (m_impl->cube_gate->is_open()) reload_cube(progress, {});
}

void Instance::follow_others()
{
    m_impl->follower = std::jthread([this](const std::stop_token& stop) {
        while (m_impl->definition_watch.wait_for_newer(m_impl->definitions_as_of, stop)) {
            try {
                reload({});
            } catch (const store::StoreError& error) {
                log::error("definitions not read", {{"what", error.what()}});
                std::this_thread::sleep_for(retry_pause);
            }
        }
    });
    m_impl->writer->follow_others();
}

void Instance::turn_day()
{
    const std::scoped_lock lock(m_impl->preparing);
    if (!m_impl->cube_gate->is_open()) return;
    const auto held = m_impl->cube->snapshot();
    // The sums of today's map are kept ready; on most days it is the map of the day before.
    const auto& land = held->territory();
    if (land && land->map(held->today())->shape() != land->map(today())->shape()) reload_cube({}, {});
}

const Clock& Instance::clock() const
{
    return *m_impl->clock;
}

Date Instance::today() const
{
    const std::scoped_lock lock(m_impl->mutex);
    return m_impl->today.value_or(local_day(m_impl->clock->now()));
}

Result<void> Instance::demand_simulated() const
{
    for (const auto& programme : programmes())
        if (!programme->simulated) return refuse(ProblemCode::simulated_only, "--today");
    return {};
}

Result<void> Instance::set_today(Date day)
{
    PHOIHOP_CHECK_OK(demand_simulated());
    const std::scoped_lock lock(m_impl->mutex);
    m_impl->today = day;
    return {};
}

store::Database& Instance::database()
{
    return *m_impl->database;
}
store::Writer& Instance::writer()
{
    return *m_impl->writer;
}
const programme::ProgrammeStore& Instance::programme_store() const
{
    return *m_impl->programme_store;
}
obligations::Register& Instance::register_of_obligations()
{
    return *m_impl->books;
}
rollup::Cube& Instance::cube()
{
    return *m_impl->cube;
}
const RegisterReader& Instance::register_reader() const
{
    return *m_impl->register_reader;
}

std::int64_t Instance::definitions_as_of() const
{
    return m_impl->definitions_as_of;
}

Result<std::shared_ptr<const units::Territory>> Instance::territory() const
{
    const std::scoped_lock lock(m_impl->mutex);
    if (!m_impl->territory) return refuse(ProblemCode::missing, {}, {{"what", "units (phoihop units import)"}});
    return m_impl->territory;
}

std::vector<std::shared_ptr<const programme::Programme>> Instance::programmes() const
{
    const std::scoped_lock lock(m_impl->mutex);
    return m_impl->current;
}

Result<std::shared_ptr<const programme::Programme>> Instance::programme(std::string_view code) const
{
    std::string known;
    for (const auto& programme : programmes()) {
        if (programme->code == code) return programme;
        known += (known.empty() ? "" : ", ") + programme->code;
    }
    if (known.empty())
        return refuse(ProblemCode::missing, "--programme", {{"what", "programmes (phoihop programme load)"}});
    return refuse(ProblemCode::unknown_name, "--programme",
                  {{"what", "programme"}, {"found", std::string(code)}, {"expected", known}});
}

std::shared_ptr<reporting::Reception> Instance::reception(const std::shared_ptr<const programme::Programme>& programme)
{
    const std::scoped_lock lock(m_impl->mutex);
    auto& kept = m_impl->receptions[{programme->id.value, programme->version}];
    if (kept) return kept;
    reporting::Reception::Surroundings around;
    around.writer = m_impl->writer.get();
    around.programme = programme;
    const auto opened = std::make_shared<OpenedPeriods>(*m_impl->database, programme->id);
    around.opened = [opened](const programme::PeriodName& name) { return opened->contains(name); };
    around.history = [impl = m_impl.get()](const facts::FactKey& key, const programme::PeriodName& period) {
        return impl->history(key, period);
    };
    around.first_reports = [impl = m_impl.get()](std::span<reporting::FirstReport> reports) {
        impl->find_first(reports);
    };
    kept = std::make_shared<reporting::Reception>(std::move(around));
    return kept;
}

}  // namespace phoihop::instance
