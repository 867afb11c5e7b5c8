// SPDX-License-Identifier: Apache-2.0
#include "rollup/snapshot_file.hpp"

#include "support/random_territory.hpp"
#include "support/rollup_test.hpp"

#include <sched.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <random>
#include <thread>

namespace {

constexpr std::array quarters{"2015-Q3", "2019-Q4", "2025-Q2", "2026-Q2"};

/// A place for a file that goes with the test.
class Folder {
public:
    Folder()
    {
        std::string pattern = (std::filesystem::temp_directory_path() / "phoihop-cube-XXXXXX").string();
        if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no folder");
        m_path = pattern;
    }
    ~Folder() { std::filesystem::remove_all(m_path); }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    [[nodiscard]] std::string file(const std::string& name = "test.cube") const { return m_path + '/' + name; }

private:
    std::string m_path;
};

std::string read(const std::string& path)
{
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

void write(const std::string& path, const std::string& bytes)
{
    std::ofstream(path, std::ios::binary) << bytes;
}

/// Reports, corrections, states and registers, `steps` of them; figures past the narrow ones too.
void live(Trial& trial, std::mt19937_64& random, std::size_t steps)
{
    const auto below = [&](std::size_t limit) { return static_cast<std::size_t>(random() % limit); };
    const auto units = trial.land()->units().size();
    for (std::size_t step = 0; step < steps; ++step) {
        const UnitId unit{static_cast<std::int64_t>(below(units)) + 1};
        const auto* quarter = quarters[below(quarters.size())];
        const auto held = trial.cube().snapshot()->current(trial.version(unit, quarter, {}).key);
        if (held && below(3) == 0) {
            constexpr std::array states{FactState::returned, FactState::verified, FactState::withdrawn};
            trial.set_state(unit, quarter, states[below(states.size())]);
            continue;
        }
        Figures figures{{"B1", static_cast<std::int64_t>(below(1000)) - 100}};
        if (below(2) == 0) figures["C2"] = 4;
        if (below(5) == 0) figures["A8"] = static_cast<std::int64_t>(random()) >> below(40);
        trial.report(unit, quarter, figures);
        if (below(20) == 0) trial.owe(quarter, std::vector{unit});
    }
}

/// A cube of another process, which begins with the file.
struct Started {
    rollup::Cube cube;
    explicit Started(Trial& trial, std::string file, Date today = day(2026, 9, 30))
        : cube(trial.store().database(), trial.owed_reader())
    {
        rollup::ReloadOptions options;
        options.today = today;
        options.file = std::move(file);
        options.progress = {};
        cube.reload(trial.land(), {std::make_shared<const programme::Programme>(trial.programme())}, options);
    }
    /// Whether a period still lies in the file, that is: whether the file was taken.
    [[nodiscard]] bool from_file() const
    {
        for (const auto& [key, form] : cube.snapshot()->forms())
            for (const auto& [id, period] : form->periods)
                if (!period.is_made()) return true;
        return false;
    }
};

/// Every period as bytes.
std::vector<std::string> told(const rollup::Snapshot& snapshot)
{
    std::vector<std::string> all;
    for (const auto& [key, form] : snapshot.forms())
        for (const auto& [id, period] : form->periods) {
            const auto encoded = rollup::PeriodFormat::encode(*period);
            all.emplace_back(reinterpret_cast<const char*>(encoded.bytes().data()), encoded.bytes().size());
        }
    return all;
}

/// The figures of every unit of a map in every quarter.
std::string answers(Trial& trial, const rollup::Snapshot& snapshot)
{
    const auto on = day(2025, 6, 30);
    rollup::Query query{{"B1", "C2", "A8"}, {}, {}, on, Measure::received};
    for (const auto* quarter : quarters) query.periods.push_back(period_named(quarter));
    const auto map = trial.land()->map(on);
    for (const auto& node : map->nodes()) query.units.units.push_back(node.unit);
    std::string all;
    const auto found = rollup::query(snapshot, *trial.land(), trial.programme(), query).value();
    for (const auto& figure : found.figures) all += Trial::told(figure) + ' ';
    return all;
}

rollup::SnapshotDirectory directory_of(const std::string& path)
{
    return rollup::SnapshotFile::open(path)->directory();
}

std::shared_ptr<const units::Territory> two_provinces()
{
    return draw("Việt Nam\n  Hà Giang\n    Xã Phó Bảng\n    Xã Phố Là\n  Tuyên Quang\n    Xã Đà Vị\n");
}

}  // namespace

TEST_CASE("rollup: a cube that begins with a file differs nowhere from the one that wrote it, then and later")
{
    const Folder folder;
    for (std::uint64_t seed = 101; seed <= 108; ++seed) {
        std::mt19937_64 random(seed);
        Trial trial(random_territory(seed));
        live(trial, random, 200);
        if (seed % 2 == 0) trial.cube().pack_cold(1000);
        CHECK(trial.cube().save(folder.file()) == trial.cube().snapshot()->as_of());
        Started at_once(trial, folder.file());
        CHECK(at_once.from_file());
        CHECK(told(*at_once.cube.snapshot()) == told(*trial.cube().snapshot()));
        CHECK(at_once.cube.differences(20) == Lines{});

        live(trial, random, 60);
        at_once.cube.catch_up();
        CHECK(at_once.cube.differences(20) == Lines{});
        // What came after the file is followed before the cube answers at all.
        Started later(trial, folder.file());
        CHECK(later.cube.snapshot()->as_of() == trial.cube().snapshot()->as_of());
        CHECK(later.cube.differences(20) == Lines{});
        // A cube that holds its periods in a file writes the same file again.
        CHECK(later.cube.save(folder.file("again")) == later.cube.snapshot()->as_of());
        CHECK(told(*Started(trial, folder.file("again")).cube.snapshot()) == told(*later.cube.snapshot()));
    }
}

TEST_CASE("rollup: a file of another day gives the maps of today")
{
    const Folder folder;
    Trial trial(random_territory(9));
    std::mt19937_64 random(9);
    live(trial, random, 200);
    CHECK(trial.cube().save(folder.file()) > 0);
    for (const auto today : {day(2026, 10, 1), day(2013, 1, 1)}) {
        Started started(trial, folder.file(), today);
        CHECK(started.cube.snapshot()->today() == today);
        CHECK(started.cube.differences(20) == Lines{});
    }
}

TEST_CASE("rollup: a file that was cut or damaged anywhere is noticed, and the database is read instead")
{
    const Folder folder;
    Trial trial(random_territory(5));
    std::mt19937_64 random(5);
    live(trial, random, 150);
    CHECK(trial.cube().save(folder.file()) > 0);
    const auto whole = read(folder.file());
    const auto right = answers(trial, *trial.cube().snapshot());
    std::vector<std::string> damaged;
    std::vector<std::size_t> borders{0, 1, rollup::SnapshotHeader::bytes, 4096};
    for (const auto& form : directory_of(folder.file()).forms)
        for (const auto& period : form.periods)
            borders.insert(borders.end(), {period.part.offset, period.part.offset + period.part.size});
    for (const auto border : borders) damaged.push_back(whole.substr(0, border));
    damaged.push_back(whole.substr(0, whole.size() - 1));
    damaged.push_back(whole + '\0');
    for (const auto border : borders)
        for (const auto at : {border, border + random() % 500}) {
            if (at >= whole.size()) continue;
            damaged.push_back(whole);
            damaged.back()[at] = static_cast<char>(damaged.back()[at] ^ (1 << random() % 8));
        }
    int refused = 0;
    for (const auto& bytes : damaged) {
        write(folder.file(), bytes);
        Started started(trial, folder.file());
        // What is answered at all is right.
        std::string answered = right;
        try {
            answered = answers(trial, *started.cube.snapshot());
        } catch (const rollup::SnapshotRefused&) {
            refused += 1;
        }
        CHECK(answered == right);
        while (started.cube.check_file()) continue;
        CHECK_FALSE(started.from_file());
        CHECK(answers(trial, *started.cube.snapshot()) == right);
        CHECK(started.cube.differences(20) == Lines{});
    }
    CHECK(refused > 0);  // an answer met the damage first
}

TEST_CASE("rollup: a report for a period that is damaged in the file is in the sums nevertheless")
{
    const Folder folder;
    Trial trial(two_provinces());
    trial.report("Xã Phó Bảng", "2015-Q1", {{"B1", 12}});
    CHECK(trial.cube().save(folder.file()) > 0);
    auto bytes = read(folder.file());
    bytes[directory_of(folder.file()).forms.front().periods.front().part.offset] ^= 1;
    write(folder.file(), bytes);
    Started started(trial, folder.file());
    trial.report("Xã Phố Là", "2015-Q1", {{"B1", 30}});
    started.cube.catch_up();
    CHECK_FALSE(started.from_file());
    CHECK(started.cube.differences(20) == Lines{});
}

TEST_CASE("rollup: the file of another database, of a history that went another way or of a longer one is not used")
{
    const Folder folder;
    const auto land = two_provinces();
    Trial trial(land);
    trial.report("Xã Phó Bảng", "2015-Q1", {{"B1", 12}});
    CHECK(trial.cube().save(folder.file()) > 0);
    CHECK(Started(trial, folder.file()).from_file());
    // As many records, the same units, the same figures: the chain tells them apart.
    Trial other(land);
    other.report("Xã Phó Bảng", "2015-Q1", {{"B1", 12}});
    CHECK_FALSE(Started(other, folder.file()).from_file());
    Trial shorter(land);
    CHECK_FALSE(Started(shorter, folder.file()).from_file());
}

TEST_CASE("rollup: the file of another territory, of other forms or of another format is not used")
{
    const Folder folder;
    Trial trial(two_provinces());
    trial.report("Xã Phó Bảng", "2015-Q1", {{"B1", 12}});
    CHECK(trial.cube().save(folder.file()) > 0);
    const auto start = [&](const std::shared_ptr<const units::Territory>& land, const programme::Programme& programme) {
        rollup::Cube cube(trial.store().database(), trial.owed_reader());
        rollup::ReloadOptions options;
        options.today = day(2026, 9, 30);
        options.file = folder.file();
        cube.reload(land, {std::make_shared<const programme::Programme>(programme)}, options);
        return !cube.snapshot()->form(ProgrammeId{1}, 1)->periods.front().second.is_made();
    };
    CHECK(start(trial.land(), trial.programme()));
    CHECK_FALSE(start(draw("Việt Nam\n  Hà Giang\n    Xã Phó Bảng\n  Tuyên Quang\n    Xã Phố Là\n    Xã Đà Vị\n"),
                      trial.programme()));
    auto other = trial.programme();
    std::swap(other.forms.front().cells[0], other.forms.front().cells[1]);
    CHECK_FALSE(start(trial.land(), other));
    auto bytes = read(folder.file());
    bytes[8] = 0;  // the number of the format
    write(folder.file(), bytes);
    CHECK_FALSE(start(trial.land(), trial.programme()));
}

TEST_CASE("rollup: a file is written while reports come in, and is of one instant")
{
    const Folder folder;
    Trial trial(random_territory(11));
    std::mt19937_64 random(11);
    live(trial, random, 100);
    std::atomic<bool> done = false;
    std::thread saver([&] {
        while (!done) CHECK(trial.cube().save(folder.file()) > 0);
    });
    live(trial, random, 400);
    done = true;
    saver.join();
    Started started(trial, folder.file());
    CHECK(started.cube.differences(20) == Lines{});
}

TEST_CASE("rollup: whoever is killed while a file is written leaves the one before or the new one, whole")
{
    const Folder folder;
    Trial trial(random_territory(13));
    std::mt19937_64 random(13);
    live(trial, random, 150);
    CHECK(trial.cube().save(folder.file()) > 0);
    const auto snapshot = trial.cube().snapshot();
    const auto right = told(*snapshot);
    const auto hash = directory_of(folder.file()).position.hash;
    for (int kill = 0; kill < 30; ++kill) {
        const auto child = ::fork();
        REQUIRE(child >= 0);
        if (child == 0) {
            for (;;) static_cast<void>(rollup::write_snapshot_file(folder.file(), *snapshot, hash));
        }
        for (auto turns = random() % 4000; turns > 0; --turns) ::sched_yield();
        REQUIRE(::kill(child, SIGKILL) == 0);
        REQUIRE(::waitpid(child, nullptr, 0) == child);
        Started started(trial, folder.file());
        CHECK(started.from_file());
        CHECK(told(*started.cube.snapshot()) == right);
    }
    // What the last one left unfinished hinders nobody.
    CHECK(trial.cube().save(folder.file()) > 0);
}

TEST_CASE("rollup: a wrong sum in a file is found by the scrub, told, and written into no other file")
{
    const Folder folder;
    Trial trial(two_provinces());
    trial.report("Xã Phó Bảng", "2015-Q1", {{"B1", 12}});
    CHECK(trial.cube().save(folder.file()) > 0);
    const auto snapshot = trial.cube().snapshot();
    const auto& form = *snapshot->form(ProgrammeId{1}, 1);
    auto block = std::make_shared<rollup::PeriodBlock>(*form.periods.front().second);
    auto wrong = std::make_shared<rollup::SumBlock>(*block->sums.front());
    wrong->edition = 1'000'000;
    wrong->write(snapshot->kept_maps().front()->row_of(1)).sums[0] += 1;
    block->sums.front() = std::move(wrong);
    rollup::CubeBuilder builder;
    builder.go_on(*snapshot);
    builder.hold(form.layout, {{form.periods.front().first,
                                rollup::HeldPeriod(std::shared_ptr<const rollup::PeriodBlock>(std::move(block)))}});
    const auto hash = directory_of(folder.file()).position.hash;
    CHECK(rollup::write_snapshot_file(folder.file(), *builder.finish(snapshot->as_of()), hash));

    Started started(trial, folder.file());
    CHECK_FALSE(started.cube.scrubbed().differs);
    while (started.cube.scrubbed().rounds == 0 && !started.cube.scrubbed().differs) started.cube.scrub();
    CHECK(started.cube.scrubbed().differs);
    CHECK(started.cube.differences(20).size() == 1);
    CHECK(started.cube.save(folder.file("other")) == 0);
    CHECK_FALSE(std::filesystem::exists(folder.file("other")));
}
