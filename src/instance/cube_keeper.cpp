// SPDX-License-Identifier: Apache-2.0
#include "instance/cube_keeper.hpp"

#include "base/log.hpp"
#include "instance/instance.hpp"
#include "rollup/cube.hpp"

#include <cstdio>
#include <exception>

namespace phoihop::instance {
namespace {

constexpr std::chrono::seconds beat_length{1};

template <class Work>
void try_to(const Work& work)
{
    try {
        work();
    } catch (const std::exception& error) {
        log::warning("cube not kept", {{"what", error.what()}});
    }
}

}  // namespace

CubeWork::CubeWork(Instance& instance, std::string file, CubePace pace)
    : m_instance(instance), m_file(std::move(file)), m_pace(pace)
{
}

void CubeWork::beat()
{
    ++m_beats;
    auto& cube = m_instance.cube();
    for (std::size_t part = 0; part < m_pace.parts && cube.check_file();) ++part;
    const auto as_of = cube.snapshot()->as_of();
    if (as_of == m_last_as_of) cube.pack_cold(m_pace.packed_pages);
    m_last_as_of = as_of;
    if (m_beats % m_pace.scrub == 0) cube.scrub();
    if (m_beats == m_pace.first_save || m_beats % m_pace.save == 0) save();
}

void CubeWork::finish()
{
    save();
}

void CubeWork::save()
{
    if (m_file.empty()) return;
    auto& cube = m_instance.cube();
    // Where sums differ, the file may have them too: the next start reads the database.
    if (cube.scrubbed().differs) {
        if (std::remove(m_file.c_str()) == 0) log::warning("cube file removed", {{"file", m_file}});
        return;
    }
    if (cube.snapshot()->as_of() == cube.filed()) return;
    if (const auto as_of = cube.save(m_file); as_of > 0)
        log::info("cube file written", {{"file", m_file}, {"as_of", std::to_string(as_of)}});
}

CubeKeeper::CubeKeeper(Instance& instance, std::string file)
    : m_work(instance, std::move(file)), m_thread([this](const std::stop_token& stop) { keep(stop); })
{
}

CubeKeeper::~CubeKeeper() = default;

void CubeKeeper::keep(const std::stop_token& stop)
{
    std::unique_lock lock(m_mutex);
    while (!stop.stop_requested()) {
        try_to([&] { m_work.beat(); });
        m_stopped.wait_for(lock, stop, beat_length, [] { return false; });
    }
    try_to([&] { m_work.finish(); });
}

}  // namespace phoihop::instance
