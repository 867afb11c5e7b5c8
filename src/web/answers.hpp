// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "http/json_writer.hpp"
#include "http/response.hpp"
#include "obligations/gap_board.hpp"
#include "programme/programme.hpp"
#include "reporting/submission.hpp"
#include "rollup/query.hpp"
#include "units/territory.hpp"

namespace phoihop::web {

/// What every part of an answer is written with: names and codes as of one day.
struct Reading {
    const units::Territory& territory;
    Date on{};
};

/// {"code", "where", "message": {"vi", "en"}, "facts"} with the status of its code.
[[nodiscard]] http::Response problem_answer(const Problem& problem);

void write(http::JsonWriter& json, const programme::Wording& wording);
void write(http::JsonWriter& json, const reporting::Finding& finding);
void write(http::JsonWriter& json, const reporting::Outcome& outcome);
void write(http::JsonWriter& json, const rollup::Figure& figure, const Reading& reading);

/// UnitRef: {"code", "name", "level"}, with "path" when asked.
enum class Path : std::uint8_t { without, with };
void write_unit(http::JsonWriter& json, UnitId unit, const Reading& reading, Path path = Path::without);
/// The members of a UnitRef without the braces.
void write_unit_members(http::JsonWriter& json, UnitId unit, const Reading& reading, Path path);

/// Working days left until `due`, or passed since: what stands beside the state.
[[nodiscard]] std::int64_t days_beside(const programme::Calendar& calendar, Date due, Date on);

/// What an obligation's subject is called: the form's title, or the standing obligation's.
[[nodiscard]] programme::Wording title_of(const programme::Programme& programme, std::string_view subject);

}  // namespace phoihop::web
