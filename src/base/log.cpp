// SPDX-License-Identifier: Apache-2.0
#include "base/log.hpp"

#include <unistd.h>

namespace phoihop::log {
namespace {

constexpr std::size_t value_size_max = 512;
constexpr std::size_t usual_size = 256;

std::string_view word(Level level)
{
    switch (level) {
        case Level::info: return "info";
        case Level::warning: return "warning";
        case Level::error: return "error";
    }
    return "error";
}

bool is_plain(std::string_view value)
{
    if (value.empty()) return false;
    for (const char c : value)
        if (static_cast<unsigned char>(c) <= ' ' || c == '"' || c == '=' || c == '\\' || c == 0x7f) return false;
    return true;
}

// A line break or escape sequence in foreign text must not be able to forge a second line or drive a terminal.
void append_quoted(std::string& out, std::string_view value, std::string_view rest)
{
    static constexpr char hex[] = "0123456789abcdef";
    out += '"';
    for (const char c : value) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (byte < 0x20 || byte == 0x7f) {
            out += "\\x";
            out += hex[byte >> 4];
            out += hex[byte & 15];
        } else {
            out += c;
        }
    }
    out += rest;
    out += '"';
}

}  // namespace

std::string line(Instant at, Level level, std::string_view event, std::initializer_list<Field> fields)
{
    std::string out = format_instant(at);
    out.reserve(usual_size);
    out += " level=";
    out += word(level);
    out += " event=";
    out += event;
    for (const auto& [key, value] : fields) {
        out += ' ';
        out += key;
        out += '=';
        const std::string_view shown = value.substr(0, value_size_max);
        const std::string_view rest = value.size() > value_size_max ? "..." : "";
        if (is_plain(shown)) {
            out += shown;
            out += rest;
        } else {
            append_quoted(out, shown, rest);
        }
    }
    out += '\n';
    return out;
}

void write(Level level, std::string_view event, std::initializer_list<Field> fields)
{
    const std::string text = line(SystemClock().now(), level, event, fields);
    // Nobody can be told that the log is gone.
    [[maybe_unused]] const auto written = ::write(STDERR_FILENO, text.data(), text.size());
}

}  // namespace phoihop::log
