// SPDX-License-Identifier: Apache-2.0
#include "documents/icalendar.hpp"

#include <doctest/doctest.h>

using namespace phoihop;
using documents::CalendarEvent;
using documents::CalendarFile;
using documents::write_calendar;

namespace {

CalendarFile one(std::string summary)
{
    return {"Việc phải làm",
            Instant(day(2026, 9, 16)) + std::chrono::hours{3},
            {{"report.bm01.2026-Q3.vn34-00745.ctr-07@phoihop",
              day(2026, 9, 18),
              std::move(summary),
              "Hạn nộp 18/09/2026",
              {},
              {}}}};
}

std::vector<std::string> lines(const std::string& text)
{
    std::vector<std::string> all;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = text.find("\r\n", at);
        all.push_back(text.substr(at, end - at));
        at = end + 2;
    }
    return all;
}

/// What a reader sees: folded lines put together again.
std::string unfolded(std::string text)
{
    for (std::size_t at = text.find("\r\n "); at != std::string::npos; at = text.find("\r\n ", at)) text.erase(at, 3);
    return text;
}

}  // namespace

TEST_CASE("documents: a deadline is one whole day, whatever the reader's time zone")
{
    const std::string text = write_calendar(one("Biểu số 01"));
    CHECK(text.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"));
    CHECK(text.ends_with("END:VEVENT\r\nEND:VCALENDAR\r\n"));
    CHECK(text.find("DTSTART;VALUE=DATE:20260918\r\nDTEND;VALUE=DATE:20260919\r\n") != std::string::npos);
    CHECK(text.find("DTSTAMP:20260916T030000Z\r\n") != std::string::npos);
    CHECK(text.find("UID:report.bm01.2026-Q3.vn34-00745.ctr-07@phoihop\r\n") != std::string::npos);
}

TEST_CASE("documents: separators, backslashes and line breaks of a calendar's texts are escaped")
{
    const std::string text = write_calendar(one("Tổ chức, tuyên truyền; tập huấn\\\nQuý III\x01"));
    CHECK(text.find("SUMMARY:Tổ chức\\, tuyên truyền\\; tập huấn\\\\\\nQuý III\r\n") != std::string::npos);
}

TEST_CASE("documents: a calendar's long lines are folded at 75 bytes and never within a letter")
{
    std::string summary;
    for (int i = 0; i < 40; ++i) summary += "Lắng nghe ý kiến Nhân dân ";
    const std::string text = write_calendar(one(summary));
    for (const std::string& line : lines(text)) {
        CHECK(line.size() <= 75);
        CHECK((line.empty() ||
               (static_cast<unsigned char>(line[line.size() > 1 && line[0] == ' ' ? 1 : 0]) & 0xC0U) != 0x80U));
    }
    CHECK(unfolded(text).find("SUMMARY:" + summary + "\r\n") != std::string::npos);
}
