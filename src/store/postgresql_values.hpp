// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/database.hpp"

#include <libpq-fe.h>

#include <array>
#include <memory>

namespace phoihop::store {

/// Type numbers of PostgreSQL's catalogue (pg_type), fixed for ever by its protocol.
namespace pg_type {
inline constexpr Oid boolean = 16;
inline constexpr Oid bytea = 17;
inline constexpr Oid int8 = 20;
inline constexpr Oid int2 = 21;
inline constexpr Oid int4 = 23;
inline constexpr Oid text = 25;
inline constexpr Oid numeric = 1700;
}  // namespace pg_type

struct ClearResult {
    void operator()(PGresult* result) const { PQclear(result); }
};
using PgResult = std::unique_ptr<PGresult, ClearResult>;

/// Parameters as libpq wants them: parallel arrays, numbers in network order. A null is declared as of unknown
/// type, so that the server finds the type from where it stands.
class PgParameters {
public:
    explicit PgParameters(std::span<const Parameter> parameters);
    PgParameters(PgParameters&&) = default;  // moves keep the pointers true, copies would not
    PgParameters& operator=(PgParameters&&) = default;

    [[nodiscard]] int count() const { return static_cast<int>(m_values.size()); }
    [[nodiscard]] const Oid* types() const { return m_types.data(); }
    [[nodiscard]] const char* const* values() const { return m_values.data(); }
    [[nodiscard]] const int* lengths() const { return m_lengths.data(); }
    [[nodiscard]] const int* formats() const { return m_formats.data(); }
    [[nodiscard]] std::size_t bytes() const { return m_bytes; }

    /// One letter per parameter, for telling apart statements of the same text.
    [[nodiscard]] const std::string& signature() const { return m_signature; }

private:
    std::vector<std::array<char, 8>> m_numbers;
    std::vector<Oid> m_types;
    std::vector<const char*> m_values;
    std::vector<int> m_lengths;
    std::vector<int> m_formats;
    std::string m_signature;
    std::size_t m_bytes = 0;
};

/// One row of a binary result.
class PgRow final : public Row {
public:
    explicit PgRow(const PGresult* result) : m_result(result) {}
    void stand_at(int row) { m_row = row; }

    bool is_null(int column) const override { return PQgetisnull(m_result, m_row, column) != 0; }
    std::int64_t integer(int column) const override;
    std::string_view text(int column) const override;
    BytesView blob(int column) const override;

private:
    [[nodiscard]] std::string_view raw(int column) const;

    const PGresult* m_result;
    int m_row = 0;
};

/// Rows in the binary format of COPY (PostgreSQL manual, COPY, "Binary Format").
[[nodiscard]] std::string copy_data(std::size_t columns, std::span<const Parameter> rows);

}  // namespace phoihop::store
