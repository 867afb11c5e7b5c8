// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/command.hpp"

#include <string>
#include <vector>

namespace phoihop::cli {

/// Rows for people and programs alike: `--format table` (aligned by the width of letters, not bytes), `csv` or `json`
/// (an array of objects). Column names are the same in all three.
class Listing {
public:
    enum class Kind : std::uint8_t { text, number };
    struct Column {
        std::string name;
        Kind kind = Kind::text;
    };

    explicit Listing(std::vector<Column> columns) : m_columns(std::move(columns)) {}

    void add(std::vector<std::string> cells) { m_rows.push_back(std::move(cells)); }
    [[nodiscard]] std::size_t size() const { return m_rows.size(); }

    /// Writes everything in the wanted format; `wrong_type` for a format that is not known.
    [[nodiscard]] Result<void> print(const Arguments& arguments, Output& output) const;

private:
    void table(Output& output) const;
    void csv(Output& output) const;
    void json(Output& output) const;

    std::vector<Column> m_columns;
    std::vector<std::vector<std::string>> m_rows;
};

/// The `--format` option that every listing command has.
[[nodiscard]] Option format_option();
/// `--db D`.
[[nodiscard]] Option database_option();
/// `--today DATE` of simulated databases.
[[nodiscard]] Option today_option();

/// The number of columns that `text` takes on a terminal: code points, not counting combining marks.
[[nodiscard]] std::size_t display_width(std::string_view text);

}  // namespace phoihop::cli
