// SPDX-License-Identifier: Apache-2.0
#include "support/cube_file.hpp"

#include <sched.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <filesystem>
#include <thread>

TEST_CASE("rollup: a cube that begins with a file differs nowhere from the one that wrote it, then and later")
{
    const Folder folder;
    for (std::uint64_t seed = 101; seed <= 108; ++seed) {
        std::mt19937_64 random(seed);
        Trial trial(random_territory(seed));
        live(trial, random, 200);
        if (seed % 2 == 0) trial.cube().pack_cold(1000);
        CHECK(trial.cube().save(folder.file("cube")) == trial.cube().snapshot()->as_of());
        Started at_once(trial, folder.file("cube"));
        CHECK(at_once.from_file());
        CHECK(told(*at_once.cube.snapshot()) == told(*trial.cube().snapshot()));
        CHECK(at_once.cube.differences(20) == Lines{});

        live(trial, random, 60);
        at_once.cube.catch_up();
        CHECK(at_once.cube.differences(20) == Lines{});
        // What came after the file is followed before the cube answers at all.
        Started later(trial, folder.file("cube"));
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
    CHECK(trial.cube().save(folder.file("cube")) > 0);
    for (const auto today : {day(2026, 10, 1), day(2013, 1, 1)}) {
        Started started(trial, folder.file("cube"), today);
        CHECK(started.cube.snapshot()->today() == today);
        CHECK(started.cube.differences(20) == Lines{});
    }
}

TEST_CASE("rollup: the file of another database, of a history that went another way or of a longer one is not used")
{
    const Folder folder;
    const auto land = two_provinces();
    Trial trial(land);
    trial.report("Xã Phó Bảng", "2015-Q1", {{"B1", 12}});
    CHECK(trial.cube().save(folder.file("cube")) > 0);
    CHECK(Started(trial, folder.file("cube")).from_file());
    // As many records, the same units, the same figures: the chain tells them apart.
    Trial other(land);
    other.report("Xã Phó Bảng", "2015-Q1", {{"B1", 12}});
    CHECK_FALSE(Started(other, folder.file("cube")).from_file());
    Trial shorter(land);
    CHECK_FALSE(Started(shorter, folder.file("cube")).from_file());
}

TEST_CASE("rollup: the file of another territory, of other forms or of another format is not used")
{
    const Folder folder;
    Trial trial(two_provinces());
    trial.report("Xã Phó Bảng", "2015-Q1", {{"B1", 12}});
    CHECK(trial.cube().save(folder.file("cube")) > 0);
    const auto start = [&](const std::shared_ptr<const units::Territory>& land, const programme::Programme& programme) {
        rollup::Cube cube(trial.store().database(), trial.owed_reader());
        rollup::ReloadOptions options;
        options.today = day(2026, 9, 30);
        options.file = folder.file("cube");
        cube.reload(land, {std::make_shared<const programme::Programme>(programme)}, options);
        return !cube.snapshot()->form(ProgrammeId{1}, 1)->periods.front().second.is_made();
    };
    CHECK(start(trial.land(), trial.programme()));
    CHECK_FALSE(start(draw("Việt Nam\n  Hà Giang\n    Xã Phó Bảng\n  Tuyên Quang\n    Xã Phố Là\n    Xã Đà Vị\n"),
                      trial.programme()));
    auto other = trial.programme();
    std::swap(other.forms.front().cells[0], other.forms.front().cells[1]);
    CHECK_FALSE(start(trial.land(), other));
    auto bytes = read_bytes(folder.file("cube"));
    bytes[8] = 0;  // the number of the format
    write_bytes(folder.file("cube"), bytes);
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
        while (!done) CHECK(trial.cube().save(folder.file("cube")) > 0);
    });
    live(trial, random, 400);
    done = true;
    saver.join();
    Started started(trial, folder.file("cube"));
    CHECK(started.cube.differences(20) == Lines{});
}

TEST_CASE("rollup: whoever is killed while a file is written leaves the one before or the new one, whole")
{
    const Folder folder;
    Trial trial(random_territory(13));
    std::mt19937_64 random(13);
    live(trial, random, 150);
    CHECK(trial.cube().save(folder.file("cube")) > 0);
    const auto snapshot = trial.cube().snapshot();
    const auto right = told(*snapshot);
    const auto hash = directory_of(folder.file("cube")).position.hash;
    for (int kill = 0; kill < 30; ++kill) {
        const auto child = ::fork();
        REQUIRE(child >= 0);
        if (child == 0) {
            for (;;) static_cast<void>(rollup::write_snapshot_file(folder.file("cube"), *snapshot, hash));
        }
        for (auto turns = random() % 4000; turns > 0; --turns) ::sched_yield();
        REQUIRE(::kill(child, SIGKILL) == 0);
        REQUIRE(::waitpid(child, nullptr, 0) == child);
        Started started(trial, folder.file("cube"));
        CHECK(started.from_file());
        CHECK(told(*started.cube.snapshot()) == right);
    }
    // What the last one left unfinished hinders nobody.
    CHECK(trial.cube().save(folder.file("cube")) > 0);
}

TEST_CASE("rollup: a wrong sum in a file is found by the scrub, told, and written into no other file")
{
    const Folder folder;
    Trial trial(two_provinces());
    trial.report("Xã Phó Bảng", "2015-Q1", {{"B1", 12}});
    CHECK(trial.cube().save(folder.file("cube")) > 0);
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
    const auto hash = directory_of(folder.file("cube")).position.hash;
    CHECK(rollup::write_snapshot_file(folder.file("cube"), *builder.finish(snapshot->as_of()), hash));

    Started started(trial, folder.file("cube"));
    CHECK_FALSE(started.cube.scrubbed().differs);
    while (started.cube.scrubbed().rounds == 0 && !started.cube.scrubbed().differs) started.cube.scrub();
    CHECK(started.cube.scrubbed().differs);
    CHECK(started.cube.differences(20).size() == 1);
    CHECK(started.cube.save(folder.file("other")) == 0);
    CHECK_FALSE(std::filesystem::exists(folder.file("other")));
}
