// SPDX-License-Identifier: Apache-2.0
#include "cli/parts.hpp"

#include "obligations/obligation.hpp"

#include <fstream>
#include <set>

namespace phoihop::cli {

std::function<Status(Invocation&)> command_of(Result<void> (*body)(Invocation&))
{
    return [body](Invocation& call) {
        const Result<void> done = body(call);
        return done ? Status::ok : say(call.output, done.error());
    };
}

Result<programme::PeriodName> period_at(const Arguments& arguments, const std::string& name)
{
    return at_option(name, programme::parse_period(arguments.value(name)));
}

Result<units::Level> level_at(const Arguments& arguments)
{
    const std::string text = arguments.value("level");
    if (const auto level = units::level_from_word(text)) return *level;
    return refuse(
        ProblemCode::unknown_name, "--level",
        {{"what", "level"}, {"found", text}, {"expected", "nation, province, district, commune, residential_area"}});
}

Result<std::vector<std::string>> kinds_at(const Arguments& arguments, const programme::Programme& programme)
{
    std::set<std::string> known{std::string(obligations::report_kind)};
    for (const programme::Standing& standing : programme.standings) known.insert(standing.kind);
    std::vector<std::string> kinds = split_list(arguments.value("kind"));
    for (const std::string& kind : kinds) {
        if (known.contains(kind)) continue;
        std::string expected;
        for (const std::string& one : known) expected += (expected.empty() ? "" : ", ") + one;
        return refuse(ProblemCode::unknown_name, "--kind", {{"what", "kind"}, {"found", kind}, {"expected", expected}});
    }
    return kinds;
}

Result<Date> date_or(const Arguments& arguments, const std::string& name, Date fallback)
{
    if (!arguments.given(name)) return fallback;
    return at_option(name, parse_date(arguments.value(name)));
}

Result<Date> day_of(const Arguments& arguments, const instance::Instance& instance)
{
    if (arguments.given("today")) PHOIHOP_CHECK_OK(instance.demand_simulated());
    return date_or(arguments, "today", instance.today());
}

std::vector<std::string> split_list(const std::string& text)
{
    std::vector<std::string> parts;
    std::size_t start = 0;
    while (start <= text.size()) {
        const std::size_t end = std::min(text.find(',', start), text.size());
        std::string_view part = std::string_view(text).substr(start, end - start);
        while (part.starts_with(' ')) part.remove_prefix(1);
        while (part.ends_with(' ')) part.remove_suffix(1);
        if (!part.empty()) parts.emplace_back(part);
        start = end + 1;
    }
    return parts;
}

instance::Progress progress_of(Invocation& call)
{
    return [&output = call.output](std::string_view line) { output.progress(line); };
}

Option programme_option()
{
    return {"programme", "CODE", "The programme, e.g. ctr-09", true, {}};
}

std::string database_address(const Arguments& arguments)
{
    const std::string address = arguments.value("db");
    const bool file = !address.starts_with("postgresql:") && !address.starts_with("postgres:") && address != ":memory:";
    return file ? arguments.path(address) : address;
}

Result<std::string> read_text_file(const std::string& path, std::uint64_t limit)
{
    std::ifstream file(path, std::ios::binary | std::ios::ate);
    if (!file) return refuse(ProblemCode::not_found, path, {{"what", "file"}});
    const auto size = static_cast<std::uint64_t>(file.tellg());
    if (size > limit)
        return refuse(ProblemCode::too_large, path,
                      {{"limit", std::to_string(limit)}, {"found", std::to_string(size)}});
    std::string content(size, '\0');
    file.seekg(0);
    if (!file.read(content.data(), static_cast<std::streamsize>(size)))
        return refuse(ProblemCode::not_found, path, {{"what", "content"}});
    return content;
}

Result<void> open_for_writing(std::ofstream& file, const std::string& path)
{
    if (path.empty()) return {};
    file.open(path, std::ios::binary | std::ios::trunc);
    if (!file) return refuse(ProblemCode::not_found, path, {{"what", "a place to write"}});
    return {};
}

Result<void> close_written(std::ofstream& file, const std::string& path)
{
    if (!file.is_open()) return {};
    file.close();
    if (!file) return refuse(ProblemCode::not_found, path, {{"what", "a place to write"}});
    return {};
}

Result<void> write_file(const std::string& path, std::string_view content)
{
    std::ofstream file;
    PHOIHOP_CHECK_OK(open_for_writing(file, path));
    file.write(content.data(), static_cast<std::streamsize>(content.size()));
    return close_written(file, path);
}

}  // namespace phoihop::cli
