// SPDX-License-Identifier: Apache-2.0
#include "cli/parts.hpp"

#include <fstream>

namespace phoihop::cli {

std::function<Status(Invocation&)> command_of(Result<void> (*body)(Invocation&))
{
    return [body](Invocation& call) {
        const Result<void> done = body(call);
        return done ? Status::ok : say(call.output, done.error());
    };
}

Result<Date> date_or(const Arguments& arguments, const std::string& name, Date fallback)
{
    if (!arguments.given(name)) return fallback;
    auto date = parse_date(arguments.value(name));
    if (!date) date.error().where = "--" + name;
    return date;
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

Result<void> write_file(const std::string& path, std::string_view content)
{
    std::ofstream file(path, std::ios::binary | std::ios::trunc);
    if (file) file.write(content.data(), static_cast<std::streamsize>(content.size()));
    file.close();
    if (!file) return refuse(ProblemCode::not_found, path, {{"what", "a place to write"}});
    return {};
}

}  // namespace phoihop::cli
