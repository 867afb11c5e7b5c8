// SPDX-License-Identifier: Apache-2.0
// The national workload, held by our roll-up and by its peers, asked the same questions in the same run. Prints what it
// does, and writes every measured figure as JSON for bench/report.mjs. Started by script/bench.
#include "bench/http.hpp"
#include "bench/limits.hpp"
#include "bench/peer.hpp"
#include "bench/stopwatch.hpp"
#include "bench/writes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <stdexcept>

namespace {

using namespace phoihop::bench;

struct Options {
    double scale = 1;
    int rounds = 7;
    std::string cache = "build/bench-cache";
    std::string out = "build/bench-run.json";
    std::set<std::string> peers;  // empty = all
    std::set<std::string> bars;   // empty = all
};

std::set<std::string> split(const std::string& text)
{
    std::set<std::string> parts;
    for (std::size_t at = 0; at < text.size();) {
        const auto end = std::min(text.find(',', at), text.size());
        parts.insert(text.substr(at, end - at));
        at = end + 1;
    }
    return parts;
}

constexpr const char* usage =
    "usage: national [--small | --scale S] [--peer P,…] [--bar B,…] [--rounds N] [--cache FOLDER] [--out FILE]";

Options read_options(const std::vector<std::string>& arguments)
{
    Options options;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        if (arguments[i] == "--small") {
            options.scale = 0.1;
            continue;
        }
        if (i + 1 == arguments.size()) throw std::runtime_error(usage);
        const auto& value = arguments[i + 1];
        if (arguments[i] == "--scale")
            options.scale = std::stod(value);
        else if (arguments[i] == "--peer")
            options.peers = split(value);
        else if (arguments[i] == "--bar")
            options.bars = split(value);
        else if (arguments[i] == "--rounds")
            options.rounds = std::stoi(value);
        else if (arguments[i] == "--cache")
            options.cache = value;
        else if (arguments[i] == "--out")
            options.out = value;
        else
            throw std::runtime_error(usage);
        ++i;
    }
    for (const auto& peer : options.peers)
        if (std::ranges::find(peer_names, peer) == std::end(peer_names))
            throw std::runtime_error(fmt::format("no peer {}; there are: {}", peer, fmt::join(peer_names, ", ")));
    if (!options.peers.empty()) options.peers.insert("ours");
    return options;
}

bool wants(const Options& options, std::string_view bar)
{
    return options.bars.empty() || options.bars.contains(std::string(bar));
}

/// Which bar a query is for.
std::string_view bar_of(QueryKind kind)
{
    switch (kind) {
        case QueryKind::q1: return "B1";
        case QueryKind::q2: return "B2";
        case QueryKind::q3: return "B3";
        case QueryKind::q4: return "B4";
        case QueryKind::q6: return "B7";
    }
    return "";
}

struct Measured {
    std::vector<double> answer_ms;
    std::vector<double> json_ms;
};

struct Entry {
    std::unique_ptr<Peer> peer;
    double load_s = 0;
    std::map<QueryKind, Measured> queries;
    std::vector<std::string> differences;
    Peer::Extras extras;
};

std::unique_ptr<Peer> make(std::string_view name, const Place& place)
{
    if (name == "ours") return make_ours(place);
    if (name.starts_with("sqlite")) return make_sqlite(name, place);
    if (name.starts_with("duckdb")) return make_duckdb(name, place);
    return make_postgresql(name, place);
}

void say(const std::string& line)
{
    fmt::print("{}\n", line);
    std::fflush(stdout);
}

std::vector<Entry> load(const Options& options, const Workload& workload, const Place& place)
{
    std::vector<Entry> entries;
    const bool queries = std::ranges::any_of(all_queries, [&](auto kind) { return wants(options, bar_of(kind)); }) ||
                         wants(options, "B10") || wants(options, "B11");
    for (const auto name : peer_names) {
        // A start asks our side only.
        const bool start = name == "ours" && wants(options, "B9");
        if ((!queries && !start) || (!options.peers.empty() && !options.peers.contains(std::string(name)))) continue;
        say(fmt::format("== loading {}", name));
        Entry entry;
        entry.peer = make(name, place);
        entry.load_s = entry.peer->load(workload);
        say(fmt::format("   {:.1f} s, {:.0f} MB", entry.load_s, entry.peer->bytes() / 1e6));
        entries.push_back(std::move(entry));
    }
    return entries;
}

/// One look is too short for what takes microseconds: an engine is asked up to 21 times, as long as 30 ms last, each
/// time from nothing, and the median counts.
Times ask_some(Peer& peer, const Workload& workload, const Question& asked, Answer& answer)
{
    std::vector<double> answered;
    std::vector<double> written;
    const Stopwatch all;
    do {
        answer = blank(workload, asked);
        std::string json;
        json.reserve(1 << 20);
        const auto times = peer.ask(workload, asked, answer, json);
        answered.push_back(times.answer_ms);
        written.push_back(times.json_ms);
    } while (answered.size() < 21 && all.ms() < 30);
    return {median(answered), median(written)};
}

/// Round 0 warms the engines up and is not counted. Every answer of every round is hashed.
void ask(const Options& options, const Workload& workload, std::vector<Entry>& entries)
{
    for (int round = 0; round <= options.rounds; ++round) {
        say(round == 0 ? "== warming up" : fmt::format("== round {}", round));
        for (const auto kind : all_queries) {
            if (!wants(options, bar_of(kind))) continue;
            const auto asked = question(kind, round);
            const auto right = expected(workload, asked);
            for (auto& [peer, seconds, queries, differences, extras] : entries) {
                if (!peer->answers(kind)) continue;
                Answer answer;
                const auto times = ask_some(*peer, workload, asked, answer);
                const auto found = hash(answer, peer->rule());
                const auto wanted = hash(right, peer->rule());
                if (found != wanted)
                    differences.push_back(fmt::format("{} {} of round {}: answer {} instead of {}", peer->name(),
                                                      word(kind), round, found, wanted));
                if (round == 0) continue;
                queries[kind].answer_ms.push_back(times.answer_ms);
                queries[kind].json_ms.push_back(times.json_ms);
            }
        }
    }
}

std::string json_list(const std::vector<double>& values)
{
    std::string text;
    for (const auto value : values) text += fmt::format("{}{:.6g}", text.empty() ? "" : ", ", value);
    return '[' + text + ']';
}

std::string json_object(const Peer::Extras& extras)
{
    std::string text;
    for (const auto& [name, value] : extras)
        text += fmt::format("{}\"{}\": {:.9g}", text.empty() ? "" : ", ", name, value);
    return '{' + text + '}';
}

std::string json_text(std::string_view text)
{
    std::string quoted = "\"";
    for (const char letter : text) {
        if (letter == '"' || letter == '\\') quoted += '\\';
        quoted += letter == '\n' ? ' ' : letter;
    }
    return quoted + '"';
}

std::string entry_json(const Entry& entry)
{
    std::string queries;
    for (const auto& [kind, measured] : entry.queries)
        queries += fmt::format("{}\"{}\": {{\"answer_ms\": {}, \"json_ms\": {}}}", queries.empty() ? "" : ", ",
                               word(kind), json_list(measured.answer_ms), json_list(measured.json_ms));
    std::string differences;
    for (const auto& each : entry.differences) differences += (differences.empty() ? "" : ", ") + json_text(each);
    return fmt::format(
        "    {}: {{\"version\": {}, \"load_s\": {:.3f}, \"bytes\": {:.0f}, \"queries\": {{{}}}, "
        "\"extras\": {}, \"differences\": [{}]}}",
        json_text(entry.peer->name()), json_text(entry.peer->version()), entry.load_s, entry.peer->bytes(), queries,
        json_object(entry.extras), differences);
}

std::string now_text(const char* format)
{
    const std::time_t now = std::time(nullptr);
    std::tm parts{};
    ::gmtime_r(&now, &parts);
    char text[40];
    std::strftime(text, sizeof text, format, &parts);
    return text;
}

struct Run {
    Options options;
    std::string id;
    std::string date;
    Limits limits;
    std::string load_before;
    Peer::Extras writes;
    Peer::Extras http;
};

void write_out(const Run& run, const Workload& workload, const std::vector<Entry>& entries)
{
    std::string peers;
    for (const auto& entry : entries) peers += (peers.empty() ? "" : ",\n") + entry_json(entry);
    std::ofstream(run.options.out) << fmt::format(
        "{{\n  \"run\": {},\n  \"date\": {},\n  \"generator\": {},\n  \"scale\": {},\n  \"areas\": {},\n  "
        "\"communes\": {},\n"
        "  \"rounds\": {},\n  \"machine\": {},\n  \"load\": [{}, {}],\n"
        "  \"limits\": {{\"read_1_gb_s\": {:.3f}, \"read_2_gb_s\": {:.3f}, \"fdatasync_us\": {:.2f}, "
        "\"fdatasync_growing_us\": {:.2f}, \"loopback_us\": {:.2f}}},\n  \"writes\": {},\n  \"http\": {},\n  "
        "\"peers\": {{\n{}\n  "
        "}}\n}}\n",
        json_text(run.id), json_text(run.date), generator_version, run.options.scale, workload.areas(),
        workload.communes(), run.options.rounds, json_text(machine()), json_text(run.load_before),
        json_text(load_average()), run.limits.read_1_gb_s, run.limits.read_2_gb_s, run.limits.fdatasync_us,
        run.limits.fdatasync_growing_us, run.limits.loopback_us, json_object(run.writes), json_object(run.http), peers);
}

int run_all(const std::vector<std::string>& arguments)
{
    Run run;
    run.options = read_options(arguments);
    std::filesystem::remove(run.options.out);  // an older run is not taken for this one
    run.load_before = load_average();
    run.date = now_text("%Y-%m-%d %H:%M UTC");
    run.id = now_text("%Y%m%d-%H%M%S");
    const Workload workload(run.options.scale);
    const auto* cluster = std::getenv("PHOIHOP_TEST_POSTGRESQL");
    const auto folder = fmt::format("{}/v{}_{}", run.options.cache, generator_version, workload.areas());
    std::filesystem::create_directories(folder);
    const Place place{std::filesystem::absolute(folder).string(), cluster == nullptr ? "" : cluster,
                      PHOIHOP_SOURCE_DIR};
    say(fmt::format("== run {}: {} areas, {} communes, {}; load {}", run.id, workload.areas(), workload.communes(),
                    machine(), run.load_before));
    run.limits = measure_limits(place.folder);
    say(
        fmt::format("   memory read {:.1f} GB/s (1 thread), {:.1f} (2); fdatasync {:.0f} µs, growing file {:.0f} µs; "
                    "loopback {:.0f} µs",
                    run.limits.read_1_gb_s, run.limits.read_2_gb_s, run.limits.fdatasync_us,
                    run.limits.fdatasync_growing_us, run.limits.loopback_us));
    auto entries = load(run.options, workload, place);
    if (!entries.empty()) ask(run.options, workload, entries);
    for (auto& entry : entries)
        if (wants(run.options, "B7") || wants(run.options, "B10") || wants(run.options, "B11"))
            entry.extras = entry.peer->extras(workload);
    if (wants(run.options, "B9"))
        for (auto& entry : entries) {
            const auto started = entry.peer->start(workload, run.options.scale);
            entry.extras.insert(entry.extras.end(), started.begin(), started.end());
        }
    if (wants(run.options, "B5") || wants(run.options, "B6") || wants(run.options, "B8") || wants(run.options, "B9"))
        run.writes = measure_writes(workload, place, run.options.bars);
    if (wants(run.options, "B1") || wants(run.options, "B13")) run.http = measure_http(place);
    write_out(run, workload, entries);
    int wrong = 0;
    for (const auto& entry : entries)
        for (const auto& each : entry.differences) {
            say("refused: " + each);
            ++wrong;
        }
    say(wrong == 0 ? "== all answers are equal" : "== answers differ: nothing of this run counts");
    return wrong == 0 ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv)
{
    try {
        if (argc == 2 && std::string_view(argv[1]) == "--echo") serve_echo();
        if (argc == 4 && std::string_view(argv[1]) == "--first-answer")
            return first_answer(argv[2], std::stod(argv[3]));
        if (argc == 7 && std::string_view(argv[1]) == "--sender")
            return send_as_one_of_several(argv[2], std::stoi(argv[3]), std::stoi(argv[4]), std::stoi(argv[5]),
                                          std::stoll(argv[6]));
        return run_all({argv + 1, argv + argc});
    } catch (const std::exception& error) {
        fmt::print(stderr, "{}\n", error.what());
        return 2;
    }
}
