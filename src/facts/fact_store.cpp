// SPDX-License-Identifier: Apache-2.0
#include "facts/fact_store.hpp"

#include <array>

namespace phoihop::facts {
namespace {

using store::Connection;
using store::Row;

std::int64_t stored_date(Date date)
{
    return date.time_since_epoch().count();
}

Date date_of(std::int64_t days)
{
    return Date{std::chrono::days{days}};
}

Instant instant_of(std::int64_t milliseconds)
{
    return Instant{std::chrono::milliseconds{milliseconds}};
}

std::string at_key(const FactKey& key)
{
    return " at " + subject(key);
}

FactState state_of(std::string_view text, const FactKey& key)
{
    const auto state = fact_state_from_word(text);
    if (!state) throw store::StoreError("facts: an unknown state" + at_key(key));
    return *state;
}

FactKey key_of(const Row& row)
{
    return {ProgrammeId{row.integer(0)}, static_cast<std::int32_t>(row.integer(1)), PeriodId{row.integer(2)},
            UnitId{row.integer(3)}};
}

// Columns 0 to 3 are the key; the rest is as selected by version_columns.
FactVersion version_of(const Row& row)
{
    FactVersion fact;
    fact.key = key_of(row);
    fact.version = row.integer(4);
    fact.received_on = date_of(row.integer(5));
    fact.at = instant_of(row.integer(6));
    fact.actor = UserId{row.integer(7)};
    fact.reason = std::string(row.text(8));
    EncodedFact encoded;
    if (!decode_into(row.blob(9), encoded)) throw store::StoreError("facts: damaged content" + at_key(fact.key));
    fact.programme_version = encoded.programme_version;
    fact.nil = encoded.nil;
    fact.cells = std::move(encoded.cells);
    return fact;
}

StoredFact stored_of(const Row& row)
{
    const auto key = key_of(row);
    return {key, row.integer(4), state_of(row.text(5), key), row.blob(6)};
}

constexpr std::string_view current_sql =
    "select v.programme, v.form, v.period, v.unit, v.version, v.received_on, v.at, v.actor, v.reason, v.content, "
    "c.state from fact_current c join fact_version v on v.programme = c.programme and v.form = c.form and "
    "v.period = c.period and v.unit = c.unit and v.version = c.version "
    "where c.programme = ? and c.form = ? and c.period = ? and c.unit = ?";

CurrentFact current_of(const Row& row)
{
    auto fact = version_of(row);
    const auto state = state_of(row.text(10), fact.key);
    return {std::move(fact), state};
}

constexpr std::string_view contents_sql =
    "select content from fact_version where programme = ? and form = ? and period = ? and unit = ?";

constexpr std::string_view standing_sql =
    "select version, state from fact_current where programme = ? and form = ? and period = ? and unit = ?";

}  // namespace

std::int64_t FactStore::append(store::WriteContext& context, const FactVersion& fact)
{
    const auto& key = fact.key;
    auto& connection = context.connection();
    FactVersion next = fact;
    FactStanding before;
    connection.query(standing_sql, {key.programme.value, key.form, key.period.value, key.unit.value},
                     [&](const Row& row) { before = {row.integer(0), state_of(row.text(1), key)}; });
    next.version = before.version + 1;
    store::Together together(connection);
    advance(together, key, before, {next.version, FactState::submitted});
    append(together, context, next);
    together.run();
    return next.version;
}

void FactStore::advance(store::Together& together, const FactKey& key, const FactStanding& from, const FactStanding& to)
{
    static constexpr std::array<std::string_view, 6> columns{"programme", "form", "period", "unit", "version", "state"};
    if (from.version == 0) {
        together.insert("fact_current", columns,
                        {key.programme.value, key.form, key.period.value, key.unit.value, to.version, word(to.state)});
        return;
    }
    together.change_one(
        "update fact_current set version = ?, state = ? "
        "where programme = ? and form = ? and period = ? and unit = ? and version = ? and state = ?",
        {to.version, word(to.state), key.programme.value, key.form, key.period.value, key.unit.value, from.version,
         word(from.state)});
}

void FactStore::append(store::Together& together, store::WriteContext& context, const FactVersion& fact)
{
    static constexpr std::array<std::string_view, 11> columns{
        "programme",   "form", "period", "unit",   "version", "programme_version",
        "received_on", "at",   "actor",  "reason", "content"};
    const auto& key = fact.key;
    auto content = encode(fact);
    together.insert("fact_version", columns,
                    {key.programme.value, key.form, key.period.value, key.unit.value, fact.version,
                     fact.programme_version, stored_date(fact.received_on), fact.at.time_since_epoch().count(),
                     fact.actor.value, together.keep(fact.reason), together.keep(content)});
    context.record(fact.actor, fact.version == 1 ? "accepted" : "corrected", subject(key), fact.version,
                   std::move(content));
}

void FactStore::note_state(store::Together& together, store::WriteContext& context, const FactEvent& event)
{
    static constexpr std::array<std::string_view, 9> columns{"programme", "form", "period", "unit", "version",
                                                             "state",     "at",   "actor",  "note"};
    const auto& key = event.key;
    const auto text = word(event.state);
    together.insert("fact_event", columns,
                    {key.programme.value, key.form, key.period.value, key.unit.value, event.version, text,
                     event.at.time_since_epoch().count(), event.actor.value, together.keep(event.note)});
    const auto bytes = std::as_bytes(std::span(text));
    context.record(event.actor, text, subject(key), event.version, {bytes.begin(), bytes.end()});
}

std::optional<CurrentFact> FactStore::current(Connection& connection, const FactKey& key)
{
    std::optional<CurrentFact> found;
    store::Together together(connection);
    current(together, key, found);
    together.run();
    return found;
}

void FactStore::current(store::Together& together, const FactKey& key, std::optional<CurrentFact>& found)
{
    together.query(current_sql, {key.programme.value, key.form, key.period.value, key.unit.value},
                   [&found](const Row& row) { found = current_of(row); });
}

std::vector<FactVersion> FactStore::versions(Connection& connection, const FactKey& key)
{
    std::vector<FactVersion> found;
    connection.query(
        "select programme, form, period, unit, version, received_on, at, actor, reason, content "
        "from fact_version where programme = ? and form = ? and period = ? and unit = ? order by version",
        {key.programme.value, key.form, key.period.value, key.unit.value},
        [&](const Row& row) { found.push_back(version_of(row)); });
    return found;
}

std::vector<FactEvent> FactStore::events(Connection& connection, const FactKey& key)
{
    std::vector<FactEvent> found;
    connection.query(
        "select programme, form, period, unit, version, state, at, actor, note from fact_event "
        "where programme = ? and form = ? and period = ? and unit = ? order by id",
        {key.programme.value, key.form, key.period.value, key.unit.value}, [&](const Row& row) {
            found.push_back({key_of(row), row.integer(4), state_of(row.text(5), key), instant_of(row.integer(6)),
                             UserId{row.integer(7)}, std::string(row.text(8))});
        });
    return found;
}

bool FactStore::seen_before(Connection& connection, const FactKey& key, std::span<const std::byte> encoded)
{
    bool seen = false;
    store::Together together(connection);
    seen_before(together, key, encoded, seen);
    together.run();
    return seen;
}

void FactStore::seen_before(store::Together& together, const FactKey& key, std::span<const std::byte> encoded,
                            bool& seen)
{
    together.query(contents_sql, {key.programme.value, key.form, key.period.value, key.unit.value},
                   [encoded, &seen](const Row& row) { seen = seen || same_figures(row.blob(0), encoded); });
}

void FactStore::each_stored(Connection& connection, std::span<const FactKey> keys,
                            const std::function<void(const StoredFact&)>& each)
{
    store::Together together(connection);
    for (const FactKey& key : keys)
        together.query(
            "select c.programme, c.form, c.period, c.unit, c.version, c.state, v.content "
            "from fact_current c join fact_version v on v.programme = c.programme and v.form = c.form and "
            "v.period = c.period and v.unit = c.unit and v.version = c.version "
            "where c.programme = ? and c.form = ? and c.period = ? and c.unit = ?",
            {key.programme.value, key.form, key.period.value, key.unit.value},
            [&each](const Row& row) { each(stored_of(row)); });
    together.run();
}

void FactStore::each_stored(Connection& connection, ProgrammeId programme,
                            const std::function<void(const StoredFact&)>& each)
{
    connection.query(
        "select c.programme, c.form, c.period, c.unit, c.version, c.state, v.content "
        "from fact_current c join fact_version v on v.programme = c.programme and v.form = c.form and "
        "v.period = c.period and v.unit = c.unit and v.version = c.version "
        "where c.programme = ? order by c.programme, c.form, c.period, c.unit",
        {programme.value}, [&](const Row& row) { each(stored_of(row)); });
}

void FactStore::each_current(Connection& connection, ProgrammeId programme,
                             const std::function<void(const CurrentFact&)>& each)
{
    connection.query(
        "select v.programme, v.form, v.period, v.unit, v.version, v.received_on, v.at, v.actor, v.reason, v.content, "
        "c.state from fact_current c join fact_version v on v.programme = c.programme and v.form = c.form and "
        "v.period = c.period and v.unit = c.unit and v.version = c.version "
        "where c.programme = ? order by c.programme, c.form, c.period, c.unit",
        {programme.value}, [&](const Row& row) { each(current_of(row)); });
}

}  // namespace phoihop::facts
