// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/date.hpp"

#include <string>
#include <vector>

namespace phoihop::documents {

/// A day on which something is due. Texts may hold any letters and line breaks.
struct CalendarEvent {
    std::string uid;  ///< the same for the same thing for ever, and of nothing else in the world
    Date day{};
    std::string summary;
    std::string description;
    std::string address;   ///< of its page; "" for none
    std::string category;  ///< one word
};

struct CalendarFile {
    std::string name;
    Instant stamp{};  ///< when these events were as they stand
    std::vector<CalendarEvent> events;
};

/// The file as calendar programs subscribe to it (RFC 5545; the names that programs show, RFC 7986): UTF-8, CRLF, lines
/// of at most 75 bytes that are never broken within a letter. Days are days: they have no time zone to be mistaken.
[[nodiscard]] std::string write_calendar(const CalendarFile& calendar);

}  // namespace phoihop::documents
