// SPDX-License-Identifier: Apache-2.0
#include "documents/icalendar.hpp"

namespace phoihop::documents {
namespace {

constexpr std::size_t line_bytes_max = 75;  // RFC 5545, 3.1: without the line break

/// TEXT values (RFC 5545, 3.3.11). Control characters have no place in them.
std::string escaped(std::string_view text)
{
    std::string out;
    for (const char c : text) {
        if (c == '\\' || c == ';' || c == ',') {
            out += '\\';
            out += c;
        } else if (c == '\n') {
            out += "\\n";
        } else if (static_cast<unsigned char>(c) >= 0x20 && c != 0x7F) {
            out += c;
        }
    }
    return out;
}

bool continues_a_letter(char byte)
{
    return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U;
}

void put_line(std::string& out, std::string_view line)
{
    std::size_t room = line_bytes_max;
    while (line.size() > room) {
        std::size_t cut = room;
        while (cut > 0 && continues_a_letter(line[cut])) --cut;
        out += line.substr(0, cut);
        out += "\r\n ";
        line.remove_prefix(cut);
        room = line_bytes_max - 1;  // the blank counts
    }
    out += line;
    out += "\r\n";
}

std::string basic(Date day)
{
    std::string text = format_date(day);
    std::erase(text, '-');
    return text;
}

/// "20260916T030000Z" of "2026-09-16T03:00:00.000Z".
std::string basic(Instant instant)
{
    std::string text = format_instant(instant);
    text.resize(19);
    std::erase_if(text, [](char c) { return c == '-' || c == ':'; });
    return text + 'Z';
}

}  // namespace

std::string write_calendar(const CalendarFile& calendar)
{
    std::string out;
    const auto line = [&](std::string_view name, const std::string& value) {
        put_line(out, std::string(name) + ':' + value);
    };
    line("BEGIN", "VCALENDAR");
    line("VERSION", "2.0");
    line("PRODID", "-//Phoi Hop//Phoi Hop//VI");
    line("CALSCALE", "GREGORIAN");
    line("NAME", escaped(calendar.name));
    line("X-WR-CALNAME", escaped(calendar.name));
    line("X-WR-TIMEZONE", "Asia/Ho_Chi_Minh");
    line("REFRESH-INTERVAL;VALUE=DURATION", "PT6H");
    line("X-PUBLISHED-TTL", "PT6H");
    for (const CalendarEvent& event : calendar.events) {
        line("BEGIN", "VEVENT");
        line("UID", escaped(event.uid));
        line("DTSTAMP", basic(calendar.stamp));
        line("DTSTART;VALUE=DATE", basic(event.day));
        line("DTEND;VALUE=DATE", basic(event.day + std::chrono::days{1}));
        line("SUMMARY", escaped(event.summary));
        if (!event.description.empty()) line("DESCRIPTION", escaped(event.description));
        if (!event.address.empty()) line("URL", event.address);
        if (!event.category.empty()) line("CATEGORIES", escaped(event.category));
        line("TRANSP", "TRANSPARENT");
        line("END", "VEVENT");
    }
    line("END", "VCALENDAR");
    return out;
}

}  // namespace phoihop::documents
