// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"
#include "documents/table.hpp"
#include "units/data_set.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace phoihop::units {

/// One CSV file with named columns. Rows are read by column name; what cannot be read becomes a finding.
class DataTable {
public:
    /// `missing` for an absent file or column, `malformed` for what is no CSV.
    [[nodiscard]] static Result<DataTable> open(const DataFiles& files, const std::string& file,
                                                std::span<const std::string_view> columns,
                                                std::vector<Finding>& findings);

    class Row {
    public:
        Row(const DataTable& table, const documents::Row& row) : m_table(table), m_row(row) {}

        [[nodiscard]] Origin origin() const { return {m_table.m_file, m_row.number}; }
        [[nodiscard]] const std::string& text(std::string_view column) const;
        [[nodiscard]] bool has(std::string_view column) const;
        /// Digits only, exactly `length` of them; a finding and nothing otherwise.
        [[nodiscard]] std::optional<std::string> digits(std::string_view column, std::size_t length) const;
        [[nodiscard]] std::optional<std::int64_t> count(std::string_view column) const;
        [[nodiscard]] std::optional<Date> date(std::string_view column) const;
        [[nodiscard]] std::optional<Part> part(std::string_view column) const;
        [[nodiscard]] std::optional<bool> flag(std::string_view column) const;  ///< "0" or "1"
        /// One of `words`.
        [[nodiscard]] std::optional<std::string> one_of(std::string_view column,
                                                        std::span<const std::string_view> words) const;
        /// Not empty, without blanks at the ends or two in a row.
        [[nodiscard]] std::optional<std::string> name(std::string_view column) const;
        void unreadable(std::string_view column, std::string_view expected) const;

    private:
        const DataTable& m_table;
        const documents::Row& m_row;
    };

    template <class Each>
    void each(Each&& read) const
    {
        for (const documents::Row& row : m_rows) read(Row(*this, row));
    }

private:
    std::string m_file;
    std::vector<std::string> m_columns;
    std::vector<documents::Row> m_rows;
    std::vector<Finding>* m_findings = nullptr;
};

}  // namespace phoihop::units
