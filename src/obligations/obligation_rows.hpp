// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "obligations/obligation_store.hpp"

/// How values of the register stand in columns and bytes; for the files of ObligationStore only.
namespace phoihop::obligations::rows {

[[nodiscard]] inline std::int64_t stored(Date date)
{
    return date.time_since_epoch().count();
}

[[nodiscard]] inline Date date_of(std::int64_t days)
{
    return Date{std::chrono::days{days}};
}

[[nodiscard]] inline EventKind kind_of(std::string_view text)
{
    const auto kind = event_kind_from_word(text);
    if (!kind) throw store::StoreError("obligations: an unknown event kind");
    return *kind;
}

/// Columns id, unit, asked, opens, due, closes, inherited.
[[nodiscard]] inline BookedRow booked(const store::Row& row)
{
    return {ObligationId{row.integer(0)}, UnitId{row.integer(1)},  row.integer(2),     date_of(row.integer(3)),
            date_of(row.integer(4)),      date_of(row.integer(5)), row.integer(6) != 0};
}

/// Columns id, programme, period, kind, subject, party.
[[nodiscard]] inline Asked asked_of(const store::Row& row)
{
    return {row.integer(0),           ProgrammeId{row.integer(1)}, PeriodId{row.integer(2)},
            std::string(row.text(3)), std::string(row.text(4)),    std::string(row.text(5))};
}

/// Columns unit, obligation, heir_unit, heir.
[[nodiscard]] inline Inheritance inheritance_of(const store::Row& row)
{
    return {ObligationId{row.integer(1)}, UnitId{row.integer(0)}, ObligationId{row.integer(3)}, UnitId{row.integer(2)}};
}

/// Eight bytes, least significant first.
inline void put(store::Bytes& bytes, std::int64_t number)
{
    for (int shift = 0; shift < 64; shift += 8) bytes.push_back(static_cast<std::byte>(number >> shift));
}

/// The length, then the bytes.
inline void put(store::Bytes& bytes, std::string_view text)
{
    put(bytes, static_cast<std::int64_t>(text.size()));
    const auto raw = std::as_bytes(std::span(text));
    bytes.insert(bytes.end(), raw.begin(), raw.end());
}

}  // namespace phoihop::obligations::rows
