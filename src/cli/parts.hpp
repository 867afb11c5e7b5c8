// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/listing.hpp"
#include "instance/instance.hpp"
#include "programme/period_id.hpp"
#include "programme/programme.hpp"

namespace phoihop::cli {

/// A command body that answers a Result, as a Command's function: a Problem is said and ends with status 1.
[[nodiscard]] std::function<Status(Invocation&)> command_of(Result<void> (*body)(Invocation&));

/// `--name` as a date, or `fallback` when it is not given.
[[nodiscard]] Result<Date> date_or(const Arguments& arguments, const std::string& name, Date fallback);

/// "a,b,c" in parts; blanks around them are dropped, empty parts left out.
[[nodiscard]] std::vector<std::string> split_list(const std::string& text);

/// Progress lines of long work go to the caller's terminal.
[[nodiscard]] instance::Progress progress_of(Invocation& call);

[[nodiscard]] Option programme_option();

/// `--db` as an address: a file's path is made absolute from the caller's folder, other addresses stay.
[[nodiscard]] std::string database_address(const Arguments& arguments);

/// The whole file; `not_found` when it cannot be opened, `too_large` past `limit` bytes.
[[nodiscard]] Result<std::string> read_text_file(const std::string& path, std::uint64_t limit);
/// Writes a whole file; `not_found` when it cannot be made.
[[nodiscard]] Result<void> write_file(const std::string& path, std::string_view content);

}  // namespace phoihop::cli
