// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/date.hpp"

#include <initializer_list>
#include <string>
#include <string_view>

/// The operator's log: one English line per event, `key=value`, on standard error, where systemd or a
/// terminal takes it. Never a password, token, cookie, figure, name of a person or text of an opinion.
namespace phoihop::log {

enum class Level : unsigned char { info, warning, error };

struct Field {
    std::string_view key;    ///< lower_snake
    std::string_view value;  ///< any bytes; quoted and escaped where they would break the line
};

/// The line for an event: `2025-07-01T02:03:04.005Z level=info event=request status=200`, ended by '\n'. Values
/// longer than 512 bytes are cut and end in "...".
[[nodiscard]] std::string line(Instant at, Level level, std::string_view event, std::initializer_list<Field> fields);

/// Writes the line with the machine's time, in one call, so that lines of several threads do not mix.
void write(Level level, std::string_view event, std::initializer_list<Field> fields);

inline void info(std::string_view event, std::initializer_list<Field> fields = {})
{
    write(Level::info, event, fields);
}
inline void warning(std::string_view event, std::initializer_list<Field> fields = {})
{
    write(Level::warning, event, fields);
}
inline void error(std::string_view event, std::initializer_list<Field> fields = {})
{
    write(Level::error, event, fields);
}

}  // namespace phoihop::log
