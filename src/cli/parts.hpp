// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/listing.hpp"
#include "instance/instance.hpp"
#include "programme/period_id.hpp"
#include "programme/programme.hpp"

#include <iosfwd>

namespace phoihop::cli {

/// A command body that answers a Result, as a Command's function: a Problem is said and ends with status 1.
[[nodiscard]] std::function<Status(Invocation&)> command_of(Result<void> (*body)(Invocation&));

/// What was read from `--name`; a refusal says so.
template <class T>
[[nodiscard]] Result<T> at_option(std::string_view name, Result<T> read)
{
    if (!read) read.error().where = "--" + std::string(name);
    return read;
}

/// `--name` as a period.
[[nodiscard]] Result<programme::PeriodName> period_at(const Arguments& arguments, const std::string& name);

/// `--level`; `unknown_name` says which there are.
[[nodiscard]] Result<units::Level> level_at(const Arguments& arguments);

/// `--kind` as kinds of obligations that the programme asks for, none for all; `unknown_name` says which there are.
[[nodiscard]] Result<std::vector<std::string>> kinds_at(const Arguments& arguments,
                                                        const programme::Programme& programme);

/// `--name` as a date, or `fallback` when it is not given.
[[nodiscard]] Result<Date> date_or(const Arguments& arguments, const std::string& name, Date fallback);

/// The day on which a command acts: the instance's, or `--today`, which wants simulated data (`simulated_only`).
[[nodiscard]] Result<Date> day_of(const Arguments& arguments, const instance::Instance& instance);

/// "a,b,c" in parts; blanks around them are dropped, empty parts left out.
[[nodiscard]] std::vector<std::string> split_list(const std::string& text);

/// Progress lines of long work go to the caller's terminal.
[[nodiscard]] instance::Progress progress_of(Invocation& call);

[[nodiscard]] Option programme_option();

/// `--db` as an address: a file's path is made absolute from the caller's folder, other addresses stay.
[[nodiscard]] std::string database_address(const Arguments& arguments);

/// The whole file; `not_found` when it cannot be opened, `too_large` past `limit` bytes.
[[nodiscard]] Result<std::string> read_text_file(const std::string& path, std::uint64_t limit);
/// Opens a file that grows line by line, unless `path` is ""; `not_found` when it cannot be made.
[[nodiscard]] Result<void> open_for_writing(std::ofstream& file, const std::string& path);
/// Closes it; `not_found` when not everything could be written.
[[nodiscard]] Result<void> close_written(std::ofstream& file, const std::string& path);
/// Writes a whole file; `not_found` when it cannot be made.
[[nodiscard]] Result<void> write_file(const std::string& path, std::string_view content);

}  // namespace phoihop::cli
