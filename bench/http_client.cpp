// SPDX-License-Identifier: Apache-2.0
#include "bench/http_client.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <charconv>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <utility>

namespace phoihop::bench {
namespace {

void demand(bool fine, const char* what)
{
    if (!fine) throw std::runtime_error(std::string("http: ") + what + " failed");
}

pid_t start(const std::vector<std::string>& words, const std::string& out, const std::string& err)
{
    std::vector<char*> argv;
    for (const auto& word : words) argv.push_back(const_cast<char*>(word.c_str()));
    argv.push_back(nullptr);
    const pid_t pid = ::fork();
    demand(pid >= 0, "fork");
    if (pid > 0) return pid;
    ::prctl(PR_SET_PDEATHSIG, SIGTERM);
    ::dup2(::open(out.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600), 1);
    ::dup2(::open(err.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600), 2);
    ::execvp(argv[0], argv.data());
    ::_exit(127);
}

}  // namespace

HttpClient::HttpClient(std::uint16_t port) : m_socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
{
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    demand(m_socket >= 0, "socket");
    demand(::connect(m_socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0, "connect");
    const int one = 1;
    ::setsockopt(m_socket, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    const timeval patience{60, 0};
    ::setsockopt(m_socket, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
}

HttpClient::~HttpClient()
{
    if (m_socket >= 0) ::close(m_socket);
}

HttpClient::HttpClient(HttpClient&& other) noexcept
    : m_socket(std::exchange(other.m_socket, -1)), m_buffer(std::move(other.m_buffer))
{
}

void HttpClient::send(std::string_view bytes) const
{
    demand(::send(m_socket, bytes.data(), bytes.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(bytes.size()), "send");
}

std::string_view HttpClient::answer()
{
    if (m_buffer.size() < 1U << 20U) m_buffer.resize(1U << 20U);
    std::size_t have = 0;
    std::size_t head = std::string_view::npos;
    std::size_t whole = 0;
    while (head == std::string_view::npos || have < whole) {
        if (have == m_buffer.size()) m_buffer.resize(2 * have);
        const auto size = ::recv(m_socket, m_buffer.data() + have, m_buffer.size() - have, 0);
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
    demand(::recv(m_socket, m_buffer.data(), bytes, MSG_WAITALL) == static_cast<ssize_t>(bytes), "recv");
}

bool HttpClient::is_open() const
{
    char letter = 0;
    const auto size = ::recv(m_socket, &letter, 1, MSG_DONTWAIT | MSG_PEEK);
    return size > 0 || (size < 0 && errno == EAGAIN);
}

std::string get(std::string_view target, std::string_view more_headers)
{
    return "GET " + std::string(target) + " HTTP/1.1\r\nHost: localhost\r\n" + std::string(more_headers) + "\r\n";
}

Process::Process(const std::vector<std::string>& words, const std::string& out, const std::string& err)
    : m_pid(start(words, out, err))
{
}

Process::~Process()
{
    ::kill(m_pid, SIGTERM);
    ::waitpid(m_pid, nullptr, 0);
}

double Process::cpu_us() const
{
    std::ifstream in("/proc/" + std::to_string(m_pid) + "/stat");
    std::string line;
    std::getline(in, line);
    std::istringstream fields(line.substr(line.rfind(')') + 2));
    std::string skipped;
    for (int i = 0; i < 11; ++i) fields >> skipped;
    double user = 0;
    double system = 0;
    fields >> user >> system;
    return (user + system) * 1e6 / static_cast<double>(::sysconf(_SC_CLK_TCK));
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
