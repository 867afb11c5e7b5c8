// SPDX-License-Identifier: Apache-2.0
// DuckDB, wide (a row for each report) and narrow (a row for each figure), both in the order of quarter and area. Its
// library runs in a node process of its own, bench/duckdb.mjs, which says how long the engine took.
#include "bench/peer.hpp"
#include "bench/stopwatch.hpp"

#include <fcntl.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <charconv>
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace phoihop::bench {
namespace {

/// A child that answers line by line.
class Child {
public:
    explicit Child(const std::vector<std::string>& arguments)
    {
        std::array<int, 2> in{};
        std::array<int, 2> out{};
        if (::pipe2(in.data(), O_CLOEXEC) != 0 || ::pipe2(out.data(), O_CLOEXEC) != 0)
            throw std::runtime_error("duckdb: no pipe");
        std::vector<char*> words;
        for (const auto& each : arguments) words.push_back(const_cast<char*>(each.c_str()));
        words.push_back(nullptr);
        // Closed at exec, so that no later child keeps this one from seeing its input end.
        m_pid = ::fork();
        if (m_pid < 0) throw std::runtime_error("duckdb: no process");
        if (m_pid == 0) {
            ::dup2(in[0], STDIN_FILENO);
            ::dup2(out[1], STDOUT_FILENO);
            ::execv(words[0], words.data());
            ::_exit(127);
        }
        ::close(in[0]);
        ::close(out[1]);
        m_in = ::fdopen(in[1], "w");
        m_out = ::fdopen(out[0], "r");
    }
    ~Child()
    {
        std::fclose(m_in);  // its input ends, and so does it
        std::fclose(m_out);
        ::waitpid(m_pid, nullptr, 0);
    }
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;

    void say(const std::string& line)
    {
        std::fprintf(m_in, "%s\n", line.c_str());
        std::fflush(m_in);
    }
    [[nodiscard]] std::string line()
    {
        std::string text;
        for (int letter = 0; (letter = std::fgetc(m_out)) != '\n';) {
            if (letter == EOF) throw std::runtime_error("duckdb: node ended; was `script/bootstrap bench` run?");
            text.push_back(static_cast<char>(letter));
        }
        if (text.starts_with("failed")) throw std::runtime_error("duckdb: " + text);
        return text;
    }
    std::string ask(const std::string& text)
    {
        say(text);
        return line();
    }

private:
    pid_t m_pid = 0;
    std::FILE* m_in = nullptr;
    std::FILE* m_out = nullptr;
};

std::int64_t number(const std::string& text)
{
    if (text == "-") return empty;
    std::int64_t value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

class DuckdbPeer final : public Peer {
public:
    DuckdbPeer(std::string_view name, const Place& place)
        : m_name(name),
          m_layout(name.substr(7)),
          m_folder(place.folder),
          m_path(place.folder + '/' + m_name + ".duckdb"),
          m_child({place.source + "/script/node", place.source + "/bench/duckdb.mjs"})
    {
        for (const char letter : m_path)
            if (letter == ' ' || letter == '\'')
                throw std::runtime_error("duckdb: no blank or ' in the cache folder's name");
    }

    [[nodiscard]] std::string_view name() const override { return m_name; }
    [[nodiscard]] std::string version() const override { return m_version; }
    [[nodiscard]] bool answers(QueryKind) const override { return true; }
    [[nodiscard]] double bytes() override { return static_cast<double>(std::filesystem::file_size(m_path)); }
    double load(const Workload& workload) override;
    Times ask(const Workload& workload, const Question& question, Answer& answer, std::string& json) override;

private:
    void fill(const Workload& workload);

    std::string m_name;
    std::string m_layout;
    std::string m_folder;
    std::string m_path;
    std::string m_version;
    Child m_child;
};

double DuckdbPeer::load(const Workload& workload)
{
    const auto whole = m_path + ".loaded";  // holds the seconds
    const bool loaded = std::filesystem::exists(whole) && std::filesystem::exists(m_path);
    if (!loaded) {
        std::filesystem::remove(m_path);
        std::filesystem::remove(m_path + ".wal");
    }
    m_version = "DuckDB " + m_child.ask("open " + m_path + ' ' + m_layout + " 2").substr(3);
    if (!loaded) {
        const Stopwatch watch;
        fill(workload);
        std::ofstream(whole) << watch.ms() / 1e3 << '\n';
    }
    double seconds = 0;
    std::ifstream(whole) >> seconds;
    return seconds;
}

/// By CSV files, the way it reads fastest from another language; a file for each quarter.
void DuckdbPeer::fill(const Workload& workload)
{
    const auto path = m_folder + '/' + m_name + ".csv";
    {
        std::ofstream out(path);
        for (std::int32_t i = 0; i < workload.areas(); ++i)
            out << i << ',' << workload.province_of_area(i) << ',' << workload.commune_of(i) << ','
                << Workload::new_province_of(workload.province_of_area(i)) << ',' << Workload::area_name(i) << '\n';
    }
    m_child.ask("areas " + path);
    std::string text;
    for (std::int32_t period = 0; period < period_count; ++period) {
        text.clear();
        std::array<char, 24> digits{};
        workload.each_report(period, [&](std::int32_t area, const ReportRow& row) {
            text += std::to_string(area) + ',' + std::to_string(period);
            for (const auto value : row) {
                text += ',';
                if (value != empty)
                    text.append(digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr);
            }
            text += '\n';
        });
        std::ofstream(path, std::ios::binary) << text;
        m_child.ask("reports " + path);
    }
    std::filesystem::remove(path);
    m_child.ask("done");
}

Times DuckdbPeer::ask(const Workload& workload, const Question& question, Answer& answer, std::string& json)
{
    std::istringstream head(m_child.ask("ask " + std::string(word(question.kind)) + ' ' +
                                        std::to_string(question.period) + ' ' + std::to_string(question.province) +
                                        ' ' + std::to_string(question.indicator)));
    Times times;
    int rows = 0;
    int width = 0;
    head >> times.answer_ms >> rows >> width;
    const auto range = workload.communes_in(question.province);
    for (int i = 0; i < rows; ++i) {
        std::istringstream line(m_child.line());
        std::vector<std::string> cells;
        for (std::string cell; std::getline(line, cell, '\t');) cells.push_back(cell);
        if (question.kind == QueryKind::q4) {
            const auto row = static_cast<std::int32_t>(number(cells[0])) - range.first;
            answer.at(row, 2, 0) += number(cells[2]);
            ++answer.at(row, 2, 1);
            if (cells[2] == "0") answer.names.push_back(cells[1]);
        } else if (width > 3) {
            for (int column = 0; column < indicator_count; ++column)
                place_narrow(workload, question, number(cells[0]), column,
                             number(cells[static_cast<std::size_t>(column) + 1]), answer);
        } else {
            place_narrow(workload, question, number(cells[0]), number(cells[1]), number(cells[2]), answer);
        }
    }
    if (question.kind == QueryKind::q3 || question.kind == QueryKind::q6) add_nation(answer, period_count);
    const Stopwatch watch;
    write_json(answer, columns_of(question.kind), json);
    times.json_ms = watch.ms();
    return times;
}

}  // namespace

std::unique_ptr<Peer> make_duckdb(std::string_view name, const Place& place)
{
    return std::make_unique<DuckdbPeer>(name, place);
}

}  // namespace phoihop::bench
