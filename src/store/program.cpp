// SPDX-License-Identifier: Apache-2.0
#include "store/program.hpp"

#include "store/database.hpp"
#include "store/local_socket.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

extern char** environ;

namespace phoihop::store {

namespace {

constexpr std::size_t said_max = std::size_t{64} * 1024;

std::vector<char*> pointers(const std::vector<std::string>& texts, char** more)
{
    std::vector<char*> all;
    for (const auto& text : texts) all.push_back(const_cast<char*>(text.c_str()));  // posix_spawn does not write
    for (; more != nullptr && *more != nullptr; ++more) all.push_back(*more);
    all.push_back(nullptr);
    return all;
}

std::string read_to_end(const Descriptor& pipe)
{
    std::string text;
    std::array<char, 4096> piece{};
    while (true) {
        const auto length = ::read(pipe.get(), piece.data(), piece.size());
        if (length < 0 && errno == EINTR) continue;
        if (length <= 0) return text;
        if (text.size() < said_max) text.append(piece.data(), static_cast<std::size_t>(length));
    }
}

}  // namespace

std::optional<ProgramEnd> run_program(const std::vector<std::string>& argv, const std::vector<std::string>& environment)
{
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw StoreError(std::string("pipe: ") + std::strerror(errno));
    const Descriptor reading(ends[0]);
    Descriptor writing(ends[1]);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, writing.get(), 2);
    pid_t child = 0;
    const int code = ::posix_spawnp(&child, argv.front().c_str(), &actions, nullptr, pointers(argv, nullptr).data(),
                                    pointers(environment, environ).data());
    posix_spawn_file_actions_destroy(&actions);
    if (code == ENOENT) return std::nullopt;
    if (code != 0) throw StoreError(argv.front() + ": " + std::strerror(code));
    writing = Descriptor();
    ProgramEnd ended;
    ended.said = read_to_end(reading);
    int status = 0;
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    ended.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    return ended;
}

}  // namespace phoihop::store
