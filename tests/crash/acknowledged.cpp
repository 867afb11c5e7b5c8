// SPDX-License-Identifier: Apache-2.0
// acknowledged DATABASE PROGRAMME DAY FILE: whether everything that `import --accepted` wrote into FILE is in the
// database: each line's version of that report, and for a withdrawal the withdrawal. Prints what is not; status 1.
#include "facts/fact_store.hpp"
#include "instance/instance.hpp"
#include "programme/period_id.hpp"
#include "programme/programme.hpp"
#include "units/territory.hpp"

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <sstream>

using namespace phoihop;

namespace {

struct Line {
    std::string unit, period, form, version, verdict;
};

/// Nothing for a line that the kill cut off: it was not acknowledged whole.
std::optional<Line> line_of(const std::string& text)
{
    std::istringstream in(text);
    Line line;
    for (std::string* field : {&line.unit, &line.period, &line.form, &line.version, &line.verdict})
        if (!std::getline(in, *field, ',')) return std::nullopt;
    const bool whole = line.verdict == "accepted" || line.verdict == "corrected" || line.verdict == "withdrawn";
    return whole ? std::optional(line) : std::nullopt;
}

bool is_kept(store::Connection& connection, const facts::FactKey& key, const Line& line)
{
    const std::int64_t version = std::stoll(line.version);
    if (line.verdict == "withdrawn") {
        const auto events = facts::FactStore::events(connection, key);
        return std::any_of(events.begin(), events.end(), [&](const facts::FactEvent& event) {
            return event.version == version && event.state == facts::FactState::withdrawn;
        });
    }
    const auto versions = facts::FactStore::versions(connection, key);
    return std::any_of(versions.begin(), versions.end(),
                       [&](const facts::FactVersion& one) { return one.version == version; });
}

}  // namespace

int main(int argc, char** argv)
{
    if (argc != 5) {
        std::fputs("usage: acknowledged DATABASE PROGRAMME DAY FILE\n", stderr);
        return 2;
    }
    const SystemClock clock;
    const auto opened = instance::Instance::open(argv[1], store::OpenMode::read, clock, "test").value();
    const auto territory = opened->territory().value();
    const auto programme = opened->programme(argv[2]).value();
    const Date day = parse_date(argv[3]).value();
    std::ifstream file(argv[4]);
    int missing = 0;
    int found = 0;
    opened->database().read([&](store::Connection& connection) {
        for (std::string text; std::getline(file, text);) {
            const auto line = line_of(text);
            if (!line) continue;
            const facts::FactKey key{programme->id, programme->form(line->form)->number,
                                     programme::id_of(programme::parse_period(line->period).value()),
                                     territory->by_code(line->unit, day).value()};
            if (is_kept(connection, key, *line)) {
                ++found;
                continue;
            }
            std::printf("lost: %s\n", text.c_str());
            ++missing;
        }
    });
    std::printf("found: %d\n", found);
    return missing == 0 ? 0 : 1;
}
