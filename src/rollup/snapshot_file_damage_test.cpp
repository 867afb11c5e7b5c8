// SPDX-License-Identifier: Apache-2.0
#include "support/cube_file.hpp"

#include <filesystem>

namespace {

/// One report, saved, and a cube begun with its file after one part of it was damaged.
struct Harmed {
    Folder folder;
    Trial trial{two_provinces()};
    Started started;

    explicit Harmed(Damaged part) : started(saved(part), folder.file("cube")) {}

private:
    Trial& saved(Damaged part)
    {
        trial.report("Xã Phó Bảng", "2015-Q1", {{"B1", 12}});
        CHECK(trial.cube().save(folder.file("cube")) > 0);
        damage(folder.file("cube"), part);
        return trial;
    }
};

}  // namespace

TEST_CASE("rollup: a file that was cut or damaged anywhere is noticed, and the database is read instead")
{
    const Folder folder;
    Trial trial(random_territory(5));
    std::mt19937_64 random(5);
    live(trial, random, 150);
    CHECK(trial.cube().save(folder.file("cube")) > 0);
    const auto whole = read_bytes(folder.file("cube"));
    const auto right = answers(trial, *trial.cube().snapshot());
    std::vector<std::string> damaged;
    std::vector<std::size_t> borders{0, 1, rollup::SnapshotHeader::bytes, 4096};
    for (const auto& form : directory_of(folder.file("cube")).forms)
        for (const auto& period : form.periods)
            for (const auto& part : {period.sums, period.leaves})
                borders.insert(borders.end(), {part.offset, part.offset + part.size});
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
        write_bytes(folder.file("cube"), bytes);
        Started started(trial, folder.file("cube"));
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
    for (const auto part : {Damaged::sums, Damaged::leaves}) {
        Harmed harmed(part);
        auto& [folder, trial, started] = harmed;
        trial.report("Xã Phố Là", "2015-Q1", {{"B1", 30}});
        started.cube.catch_up();
        CHECK_FALSE(started.from_file());
        CHECK(started.cube.differences(20) == Lines{});
    }
}

TEST_CASE("rollup: what is answered from sums alone reads no reports, and the reports are checked when they are read")
{
    const Folder folder;
    Trial trial(two_provinces());
    trial.owe("2015-Q1", std::vector<std::string>{"Xã Phó Bảng", "Xã Phố Là"});
    trial.report("Xã Phó Bảng", "2015-Q1", {{"B1", 12}});
    CHECK(trial.cube().save(folder.file("cube")) > 0);
    const auto ask = [&](const Started& started, const std::string& unit) {
        return started.figure(trial, "B1", "2015-Q1", unit);
    };
    {
        const Started started(trial, folder.file("cube"));
        CHECK(ask(started, "Hà Giang") == "12 (1 of 2)");
        CHECK(started.from_file());
        CHECK(ask(started, "Xã Phó Bảng") == "12 (1 of 1)");
        CHECK_FALSE(started.from_file());
    }
    damage(folder.file("cube"), Damaged::leaves);
    Started started(trial, folder.file("cube"));
    CHECK(ask(started, "Hà Giang") == "12 (1 of 2)");
    CHECK_THROWS_AS(ask(started, "Xã Phó Bảng"), rollup::SnapshotRefused);
    const auto key = trial.version(trial.unit("Xã Phó Bảng"), "2015-Q1", {}).key;
    CHECK_THROWS_AS(static_cast<void>(started.cube.snapshot()->current(key)), rollup::SnapshotRefused);
    CHECK(ask(started, "Hà Giang") == "12 (1 of 2)");
    // A new register leaves the reports where they lie, to be checked as before.
    trial.owe("2015-Q1", std::vector<std::string>{"Xã Đà Vị"});
    started.cube.catch_up();
    CHECK(ask(started, "Tuyên Quang") == "- (0 of 1) no_value");
    CHECK(started.from_file());
    CHECK_THROWS_AS(ask(started, "Xã Phó Bảng"), rollup::SnapshotRefused);
    while (started.cube.check_file()) continue;
    CHECK_FALSE(started.from_file());
    CHECK(ask(started, "Xã Phó Bảng") == "12 (1 of 1)");
    CHECK(started.cube.differences(20) == Lines{});
}

TEST_CASE("rollup: damaged sums are answered from nowhere, though the reports beside them are whole")
{
    Harmed harmed(Damaged::sums);
    auto& [folder, trial, started] = harmed;
    for (const auto* unit : {"Hà Giang", "Xã Phó Bảng"})
        CHECK_THROWS_AS(static_cast<void>(started.figure(trial, "B1", "2015-Q1", unit)), rollup::SnapshotRefused);
    while (started.cube.check_file()) continue;
    CHECK(started.figure(trial, "B1", "2015-Q1", "Hà Giang") == "12 (1 of 0)");
    CHECK(started.cube.differences(20) == Lines{});
}

TEST_CASE("rollup: a damaged period is written into no other file, whichever part of it is damaged")
{
    for (const auto part : {Damaged::sums, Damaged::leaves}) {
        Harmed harmed(part);
        auto& [folder, trial, started] = harmed;
        CHECK(started.cube.save(folder.file("other")) == 0);
        CHECK_FALSE(std::filesystem::exists(folder.file("other")));
        CHECK_FALSE(started.from_file());  // it was read from the database instead
        CHECK(started.cube.save(folder.file("other")) > 0);
    }
}
