// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/wait.h>

#include <stdlib.h>
#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

/// Other programs as judges of what we write: pdftotext, LibreOffice, the OOXML validator.
namespace phoihop::support {

/// A folder of its own that disappears with the object.
class ScratchFolder {
public:
    ScratchFolder()
    {
        std::string pattern = (std::filesystem::temp_directory_path() / "phoihop-test-XXXXXX").string();
        if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("cannot make a folder for a test");
        m_path = pattern;
    }
    ScratchFolder(const ScratchFolder&) = delete;
    ScratchFolder& operator=(const ScratchFolder&) = delete;
    ~ScratchFolder()
    {
        std::error_code ignored;
        std::filesystem::remove_all(m_path, ignored);
    }

    [[nodiscard]] std::string file(std::string_view name) const { return (m_path / name).string(); }

    std::string write(std::string_view name, std::string_view bytes) const
    {
        std::ofstream(m_path / name, std::ios::binary) << bytes;
        return file(name);
    }

private:
    std::filesystem::path m_path;
};

inline std::string read_file(const std::string& path)
{
    std::ifstream file(path, std::ios::binary);
    if (!file) throw std::runtime_error("cannot read " + path);
    return {std::istreambuf_iterator<char>(file), {}};
}

struct Ended {
    int status = 0;
    std::string output;  // standard output and error
};

/// Runs a program with arguments, none of which a shell may read.
inline Ended run(const std::vector<std::string>& arguments)
{
    std::string command;
    for (const std::string& argument : arguments) {
        command += '\'';
        for (const char c : argument) command += c == '\'' ? std::string("'\\''") : std::string(1, c);
        command += "' ";
    }
    FILE* pipe = popen((command + "2>&1").c_str(), "r");
    if (pipe == nullptr) throw std::runtime_error("cannot run " + command);
    Ended ended;
    std::array<char, 4096> buffer{};
    for (std::size_t got = 0; (got = fread(buffer.data(), 1, buffer.size(), pipe)) > 0;)
        ended.output.append(buffer.data(), got);
    const int status = pclose(pipe);
    ended.status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    return ended;
}

inline bool says(const std::string& output, const std::string& text)
{
    return output.find(text) != std::string::npos;
}

/// The output of a program that must succeed.
inline std::string output_of(const std::vector<std::string>& arguments)
{
    Ended ended = run(arguments);
    if (ended.status != 0) throw std::runtime_error(arguments.front() + " failed: " + ended.output);
    return std::move(ended.output);
}

}  // namespace phoihop::support
