// SPDX-License-Identifier: Apache-2.0
#include "instance/cube_keeper.hpp"

#include "instance/day_keeper.hpp"
#include "rollup/cube.hpp"
#include "support/small_instance.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>

using namespace phoihop;
using namespace phoihop::instance;

namespace {

/// A served database in a folder of its own.
struct Served {
    Served()
    {
        std::string pattern = (std::filesystem::temp_directory_path() / "phoihop-keeper-XXXXXX").string();
        if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no folder");
        folder = pattern;
        auto made = Instance::open(address(), store::OpenMode::create, clock, "test").value();
        test::define_small(*made);
    }
    ~Served() { std::filesystem::remove_all(folder); }
    Served(const Served&) = delete;
    Served& operator=(const Served&) = delete;

    [[nodiscard]] std::string address() const { return folder + "/test.db"; }
    [[nodiscard]] std::string file() const { return address() + ".cube"; }
    [[nodiscard]] std::unique_ptr<Instance> start()
    {
        auto started = Instance::open(address(), store::OpenMode::write, clock, "test").value();
        started->prepare({true, true, file()}, {});
        return started;
    }

    std::string folder;
    FixedClock clock{Instant(day(2026, 10, 2)) + std::chrono::hours{3}};
};

}  // namespace

TEST_CASE("instance: a server that stops leaves a file, and the next one begins with it")
{
    Served served;
    std::int64_t as_of = 0;
    {
        auto first = served.start();
        CHECK(first->cube().filed() == 0);
        const CubeKeeper keeper(*first, served.file());
        as_of = first->cube().snapshot()->as_of();
    }
    CHECK(as_of > 0);
    auto next = served.start();
    CHECK(next->cube().filed() == as_of);
    CHECK(next->cube().differences(20) == std::vector<std::string>{});
}

TEST_CASE("instance: a file is written after the first minute, then every hour, and only when something came")
{
    Served served;
    auto instance = served.start();
    CHECK(keep_day(*instance)->opened > 0);
    CubeWork work(*instance, served.file());
    const auto beats = [&](int count) {
        for (int i = 0; i < count; ++i) work.beat();
    };
    beats(59);
    CHECK_FALSE(std::filesystem::exists(served.file()));
    beats(1);
    CHECK(std::filesystem::exists(served.file()));
    std::filesystem::remove(served.file());
    beats(3600 - 60);
    CHECK_FALSE(std::filesystem::exists(served.file()));
    CHECK(instance->cube().scrubbed().rounds > 0);
    CHECK_FALSE(instance->cube().scrubbed().differs);
}

TEST_CASE("instance: a server begins with the database where the file is no file of a cube")
{
    Served served;
    std::ofstream(served.file()) << "something else";
    auto instance = served.start();
    CHECK(instance->cube().filed() == 0);
    CHECK(instance->cube().differences(20) == std::vector<std::string>{});
    CubeWork(*instance, served.file()).finish();
    CHECK(instance->cube().filed() == instance->cube().snapshot()->as_of());
}

TEST_CASE("instance: without a file nothing is written")
{
    Served served;
    auto instance = served.start();
    CubeWork work(*instance, "");
    for (int i = 0; i < 60; ++i) work.beat();
    work.finish();
    CHECK(instance->cube().filed() == 0);
    CHECK_FALSE(std::filesystem::exists(served.file()));
}
