// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <functional>
#include <stdexcept>
#include <string>

namespace phoihop::test {

/// An empty folder, gone with the object.
struct Folder {
    Folder()
    {
        std::string name = std::filesystem::temp_directory_path() / "phoihop-test-XXXXXX";
        if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("cannot make a folder for a test");
        path = name;
    }
    ~Folder() { std::filesystem::remove_all(path); }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;

    [[nodiscard]] std::string file(const std::string& name) const { return path / name; }
    std::filesystem::path path;
};

/// Runs `act` in a child process and answers its exit status, or minus the signal that ended it.
inline int in_child(const std::function<int()>& act)
{
    const auto child = ::fork();
    if (child == 0) ::_exit(act());
    int status = 0;
    if (child < 0 || ::waitpid(child, &status, 0) != child) throw std::runtime_error("cannot run a child process");
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

}  // namespace phoihop::test
