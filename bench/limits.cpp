// SPDX-License-Identifier: Apache-2.0
#include "bench/limits.hpp"

#include "bench/http_client.hpp"
#include "bench/loopback.hpp"
#include "bench/stopwatch.hpp"

#include <fcntl.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <array>
#include <cstdint>
#include <fstream>
#include <stdexcept>
#include <thread>
#include <vector>

namespace phoihop::bench {
namespace {

using Lanes = std::uint64_t __attribute__((vector_size(32)));
constexpr std::size_t buffer_bytes = std::size_t{256} << 20;
constexpr int syncs = 200;

#if defined(__x86_64__)
__attribute__((target_clones("avx2", "default")))
#endif
std::uint64_t
read_all(const Lanes* at, const Lanes* end)
{
    Lanes a{}, b{}, c{}, d{};
    for (; at != end; at += 4) {
        a += at[0];
        b += at[1];
        c += at[2];
        d += at[3];
    }
    a += b + c + d;
    return a[0] + a[1] + a[2] + a[3];
}

double read_gb_s(std::size_t threads)
{
    // A buffer of its own for each thread, larger than every cache.
    std::vector<std::vector<Lanes>> buffers(threads,
                                            std::vector<Lanes>(buffer_bytes / sizeof(Lanes), Lanes{1, 2, 3, 4}));
    std::vector<double> seconds;
    for (int i = 0; i < 7; ++i) {
        const Stopwatch watch;
        std::vector<std::jthread> readers;
        for (const auto& buffer : buffers)
            readers.emplace_back([&buffer] {
                if (read_all(buffer.data(), buffer.data() + buffer.size()) == 0)
                    throw std::logic_error("the buffer lost its figures");
            });
        readers.clear();
        seconds.push_back(watch.ms() / 1e3);
    }
    return static_cast<double>(threads * buffer_bytes) / 1e9 / median(seconds);
}

void demand(bool fine, const char* what)
{
    if (!fine) throw std::runtime_error(std::string("limits: ") + what + " failed");
}

/// At the end of a file that grows.
double growing_us(const std::string& path)
{
    const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    demand(file >= 0, "open");
    const std::array<char, 4096> block{};
    std::vector<double> us;
    for (int i = 0; i < syncs; ++i) {
        const Stopwatch watch;
        demand(::write(file, block.data(), block.size()) > 0, "write");
        demand(::fdatasync(file) == 0, "fdatasync");
        us.push_back(watch.ms() * 1e3);
    }
    ::close(file);
    ::unlink(path.c_str());
    return median(us);
}

double loopback_us()
{
    const auto listener = listen_on_loopback();
    std::jthread answering([&] { echo_to_one(listener); });
    std::vector<double> us;
    {
        HttpClient asking(port_of(listener));
        for (int i = 0; i < 3000; ++i) {
            const Stopwatch watch;
            asking.send("?");
            asking.read_exactly(echo_bytes);
            us.push_back(watch.ms() * 1e3);
        }
    }
    answering.join();
    return median(us);
}

std::string line_of(const char* path, const std::string& name)
{
    std::ifstream in(path);
    for (std::string line; std::getline(in, line);)
        if (line.starts_with(name)) {
            const auto at = line.find_first_not_of(" \t", line.find(':') + 1);
            return at == std::string::npos ? "" : line.substr(at);
        }
    return "?";
}

}  // namespace

SyncProbe::SyncProbe(const std::string& folder)
    : m_path(folder + "/sync-probe.tmp"), m_file(::open(m_path.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600))
{
    demand(m_file >= 0, "open");
    const std::array<char, 4096> block{};
    for (int i = 0; i < syncs; ++i) demand(::write(m_file, block.data(), block.size()) > 0, "write");
    demand(::fsync(m_file) == 0, "fsync");
}

SyncProbe::~SyncProbe()
{
    ::close(m_file);
    ::unlink(m_path.c_str());
}

double SyncProbe::us()
{
    const std::array<char, 4096> block{};
    const Stopwatch watch;
    demand(::pwrite(m_file, block.data(), block.size(), static_cast<off_t>(m_next++ % syncs) * 4096) > 0, "pwrite");
    demand(::fdatasync(m_file) == 0, "fdatasync");
    return watch.ms() * 1e3;
}

Limits measure_limits(const std::string& folder)
{
    Limits limits;
    limits.read_1_gb_s = read_gb_s(1);
    limits.read_2_gb_s = read_gb_s(2);
    std::vector<double> us;
    for (SyncProbe probe(folder); us.size() < syncs;) us.push_back(probe.us());
    limits.fdatasync_us = median(us);
    limits.fdatasync_growing_us = growing_us(folder + "/limits.tmp");
    limits.loopback_us = loopback_us();
    return limits;
}

std::string machine()
{
    utsname name{};
    ::uname(&name);
    return line_of("/proc/cpuinfo", "model name") + ", " + std::to_string(std::thread::hardware_concurrency()) +
           " cores, " + line_of("/proc/meminfo", "MemTotal") + ", Linux " + name.release;
}

std::string load_average()
{
    std::ifstream in("/proc/loadavg");
    std::string one, five, fifteen;
    in >> one >> five >> fifteen;
    return one + " " + five + " " + fifteen;
}

}  // namespace phoihop::bench
