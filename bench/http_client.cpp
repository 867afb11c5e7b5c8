// SPDX-License-Identifier: Apache-2.0
#include "bench/http_client.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <charconv>
#include <filesystem>
#include <fstream>
#include <stdexcept>

namespace phoihop::bench {
namespace {

void demand(bool fine, const char* what)
{
    if (!fine) throw std::runtime_error(std::string("http: ") + what + " failed");
}

pid_t start(const std::vector<std::string>& words, const std::string& out, const std::string& err,
            const cpu_set_t* cores = nullptr)
{
    std::vector<char*> argv;
    for (const auto& word : words) argv.push_back(const_cast<char*>(word.c_str()));
    argv.push_back(nullptr);
    std::filesystem::remove(out);  // whoever waits for its first line must not read that of an earlier run
    const pid_t pid = ::fork();
    demand(pid >= 0, "fork");
    if (pid > 0) return pid;
    ::prctl(PR_SET_PDEATHSIG, SIGTERM);
    if (cores != nullptr) ::sched_setaffinity(0, sizeof *cores, cores);
    ::dup2(::open(out.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600), 1);
    ::dup2(::open(err.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600), 2);
    ::execvp(argv[0], argv.data());
    ::_exit(127);
}

}  // namespace

HttpClient::HttpClient(std::uint16_t port) : m_socket(connect_to_loopback(port))
{
    const timeval patience{60, 0};
    ::setsockopt(m_socket.number(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
}

void HttpClient::send(std::string_view bytes) const
{
    demand(::send(m_socket.number(), bytes.data(), bytes.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(bytes.size()),
           "send");
}

std::string_view HttpClient::answer()
{
    if (m_buffer.size() < 1U << 20U) m_buffer.resize(1U << 20U);
    std::size_t have = 0;
    std::size_t head = std::string_view::npos;
    std::size_t whole = 0;
    while (head == std::string_view::npos || have < whole) {
        if (have == m_buffer.size()) m_buffer.resize(2 * have);
        const auto size = ::recv(m_socket.number(), m_buffer.data() + have, m_buffer.size() - have, 0);
        demand(size > 0, "recv");
        have += static_cast<std::size_t>(size);
        if (head != std::string_view::npos) continue;
        const std::string_view text(m_buffer.data(), have);
        head = text.find("\r\n\r\n");
        if (head == std::string_view::npos) continue;
        constexpr std::string_view name = "\r\nContent-Length: ";
        const auto length = text.find(name);
        demand(text.starts_with("HTTP/1.1 200 ") && length < head, "a request");
        std::size_t body = 0;
        std::from_chars(text.data() + length + name.size(), text.data() + head, body);
        head += 4;
        whole = head + body;
    }
    return {m_buffer.data() + head, whole - head};
}

void HttpClient::read_exactly(std::size_t bytes)
{
    if (m_buffer.size() < bytes) m_buffer.resize(bytes);
    demand(::recv(m_socket.number(), m_buffer.data(), bytes, MSG_WAITALL) == static_cast<ssize_t>(bytes), "recv");
}

bool HttpClient::is_open() const
{
    char letter = 0;
    const auto size = ::recv(m_socket.number(), &letter, 1, MSG_DONTWAIT | MSG_PEEK);
    return size > 0 || (size < 0 && errno == EAGAIN);
}

std::string get(std::string_view target, std::string_view more_headers)
{
    return "GET " + std::string(target) + " HTTP/1.1\r\nHost: localhost\r\n" + std::string(more_headers) + "\r\n";
}

Cores::Cores()
{
    demand(::sched_getaffinity(0, sizeof m_all, &m_all) == 0, "sched_getaffinity");
    const auto after = [&](std::size_t core) {
        while (core < CPU_SETSIZE && !CPU_ISSET(core, &m_all)) ++core;
        return core;
    };
    const auto first = after(0);
    const auto second = CPU_COUNT(&m_all) > 1 ? after(first + 1) : first;
    CPU_SET(first, &m_client);
    CPU_SET(second, &m_servers);
}

Cores::~Cores()
{
    ::sched_setaffinity(0, sizeof m_all, &m_all);
}

void Cores::ask_from_another_core() const
{
    demand(::sched_setaffinity(0, sizeof m_client, &m_client) == 0, "sched_setaffinity");
}

void Cores::ask_from_the_same_core() const
{
    demand(::sched_setaffinity(0, sizeof m_servers, &m_servers) == 0, "sched_setaffinity");
}

Process::Process(const std::vector<std::string>& words, const std::string& out, const std::string& err,
                 const Cores& cores)
    : m_pid(start(words, out, err, &cores.of_servers()))
{
}

Process::~Process()
{
    ::kill(m_pid, SIGTERM);
    ::waitpid(m_pid, nullptr, 0);
}

double Process::cpu_us() const
{
    double ns = 0;
    for (const auto& task : std::filesystem::directory_iterator("/proc/" + std::to_string(m_pid) + "/task")) {
        std::ifstream in(task.path() / "schedstat");
        double ran = 0;
        demand(static_cast<bool>(in >> ran), "schedstat");
        ns += ran;
    }
    return ns / 1e3;
}

double Process::resident_bytes() const
{
    std::ifstream in("/proc/" + std::to_string(m_pid) + "/statm");
    double total = 0;
    double resident = 0;
    in >> total >> resident;
    return resident * static_cast<double>(::sysconf(_SC_PAGESIZE));
}

void run_program(const std::vector<std::string>& words, const std::string& out)
{
    int status = 0;
    demand(::waitpid(start(words, out, out + ".err"), &status, 0) > 0 && WIFEXITED(status) && WEXITSTATUS(status) == 0,
           words.front().c_str());
}

}  // namespace phoihop::bench
