// SPDX-License-Identifier: Apache-2.0
#include "units/unit_store.hpp"

#include <algorithm>
#include <array>

namespace phoihop::units {
namespace {

using store::Connection;
using store::Parameter;
using store::Row;

std::int64_t days(Date date)
{
    return date.time_since_epoch().count();
}

Date date(std::int64_t days)
{
    return Date{std::chrono::days{days}};
}

template <class Value>
Value known_word(const std::optional<Value>& value, std::string_view word)
{
    if (!value) throw store::StoreError("units: an unknown word is stored: " + std::string(word));
    return *value;
}

Unit& unit_of(StoredUnits& stored, std::int64_t id)
{
    if (id < 1 || id > static_cast<std::int64_t>(stored.units.size())) {
        throw store::StoreError("units: ids are not dense at unit " + std::to_string(id));
    }
    return stored.units[static_cast<std::size_t>(id - 1)];
}

void read_states(Connection& connection, StoredUnits& stored)
{
    connection.query(
        "select unit, valid_from, valid_to, scheme, digits, level, kind, name, full_name, parent, act "
        "from unit_state order by unit, valid_from",
        {}, [&](const Row& row) {
            UnitState state;
            state.validity = {date(row.integer(1)), date(row.integer(2))};
            state.code = {std::string(row.text(3)), std::string(row.text(4))};
            state.level = known_word(level_from_word(row.text(5)), row.text(5));
            state.kind = std::string(row.text(6));
            state.name = std::string(row.text(7));
            state.full_name = std::string(row.text(8));
            state.parent = UnitId{row.integer(9)};
            state.act = std::string(row.text(10));
            unit_of(stored, row.integer(0)).states.push_back(std::move(state));
        });
}

void read_successions(Connection& connection, StoredUnits& stored)
{
    connection.query(
        "select from_unit, to_unit, on_day, land, people, default_heir, act from succession "
        "order by from_unit, to_unit, on_day",
        {}, [&](const Row& row) {
            stored.successions.push_back({UnitId{row.integer(0)}, UnitId{row.integer(1)}, date(row.integer(2)),
                                          known_word(part_from_word(row.text(3)), row.text(3)),
                                          known_word(part_from_word(row.text(4)), row.text(4)), row.integer(5) != 0,
                                          std::string(row.text(6))});
        });
}

void read_choices(Connection& connection, StoredUnits& stored)
{
    connection.query(
        "select from_unit, version, to_unit, decided_on, act, actor, at from heir_choice "
        "order by from_unit, version",
        {}, [&](const Row& row) {
            stored.choices.push_back({UnitId{row.integer(0)}, row.integer(1), UnitId{row.integer(2)},
                                      date(row.integer(3)), std::string(row.text(4)), UserId{row.integer(5)},
                                      Instant{std::chrono::milliseconds{row.integer(6)}}});
        });
}

/// The successions from `unit`, which stand together.
std::span<const Succession> from(const StoredUnits& stored, UnitId unit)
{
    const auto before = [](const Succession& succession, UnitId id) { return succession.from < id; };
    const auto first = std::lower_bound(stored.successions.begin(), stored.successions.end(), unit, before);
    auto last = first;
    while (last != stored.successions.end() && last->from == unit) ++last;
    return {first, last};
}

std::span<const Alias> aliases_of(const StoredUnits& stored, UnitId unit)
{
    const auto before = [](const Alias& alias, UnitId id) { return alias.unit < id; };
    const auto first = std::lower_bound(stored.aliases.begin(), stored.aliases.end(), unit, before);
    auto last = first;
    while (last != stored.aliases.end() && last->unit == unit) ++last;
    return {first, last};
}

store::Bytes bytes(std::string_view text)
{
    const auto raw = std::as_bytes(std::span(text));
    return {raw.begin(), raw.end()};
}

/// What the journal's digest covers: every field of the unit, one line a row.
std::string described(const StoredUnits& stored, std::size_t position)
{
    const Unit& unit = stored.units[position];
    std::string text;
    const auto add = [&](std::initializer_list<std::string_view> fields) {
        for (const std::string_view field : fields) (text += field) += '\t';
        text.back() = '\n';
    };
    for (const UnitState& state : unit.states) {
        add({"state", format_date(state.validity.from), format_date(state.validity.to), state.code.text(),
             word(state.level), state.kind, state.name, state.full_name, std::to_string(state.parent.value),
             state.act});
    }
    for (const Succession& succession : from(stored, unit.id)) {
        add({"succession", std::to_string(succession.to.value), format_date(succession.on), word(succession.land),
             word(succession.people), succession.default_heir ? "1" : "0", succession.act});
    }
    for (const Alias& alias : aliases_of(stored, unit.id)) add({"alias", alias.alias, alias.source});
    return text;
}

/// Rows of one table that are written by one call; texts and numbers are copied in by their owner.
struct Rows {
    std::string_view table;
    std::vector<std::string_view> columns;
    std::vector<Parameter> values{};

    void write(Connection& connection) const
    {
        if (!values.empty()) connection.append(table, columns, values);
    }
};

}  // namespace

const HeirChoice* StoredUnits::choice(UnitId from_unit) const
{
    const HeirChoice* last = nullptr;
    for (const HeirChoice& each : choices) {
        if (each.from == from_unit) last = &each;
    }
    return last && last->to ? last : nullptr;
}

std::vector<Succession> StoredUnits::decided() const
{
    std::vector<Succession> all = successions;
    if (choices.empty()) return all;
    for (Succession& succession : all) {
        const Unit& unit = units[static_cast<std::size_t>(succession.from.value - 1)];
        const HeirChoice* chosen = choice(succession.from);
        if (chosen && succession.on == unit.ends()) succession.default_heir = succession.to == chosen->to;
    }
    return all;
}

StoredUnits UnitStore::read(Connection& connection)
{
    StoredUnits stored;
    connection.query("select id, version from unit order by id", {}, [&](const Row& row) {
        stored.units.push_back(Unit{UnitId{row.integer(0)}, {}});
        stored.versions.push_back(row.integer(1));
    });
    read_states(connection, stored);
    read_successions(connection, stored);
    read_choices(connection, stored);
    stored.aliases = aliases(connection);
    return stored;
}

std::vector<Alias> UnitStore::aliases(Connection& connection)
{
    std::vector<Alias> found;
    connection.query("select unit, alias, source from unit_alias order by unit, alias, source", {},
                     [&](const Row& row) {
                         found.push_back({UnitId{row.integer(0)}, std::string(row.text(1)), std::string(row.text(2))});
                     });
    return found;
}

Result<std::shared_ptr<const Territory>> UnitStore::load(Connection& connection)
{
    StoredUnits stored = read(connection);
    if (stored.units.empty()) return refuse(ProblemCode::missing, "database", {{"what", "units"}});
    auto successions = stored.decided();
    auto territory = Territory::make(std::move(stored.units), std::move(successions));
    if (!territory) {
        throw store::StoreError("units: what is stored is no territory: " + territory.error().where + " " +
                                std::string(fact(territory.error(), "rule")));
    }
    return territory;
}

void UnitStore::save(store::WriteContext& context, UserId actor, const StoredUnits& known, const StoredUnits& wanted,
                     std::span<const std::size_t> positions)
{
    Connection& connection = context.connection();
    Rows units{"unit", {"id", "version"}};
    Rows states{
        "unit_state",
        {"unit", "valid_from", "valid_to", "scheme", "digits", "level", "kind", "name", "full_name", "parent", "act"}};
    Rows successions{"succession", {"from_unit", "to_unit", "on_day", "land", "people", "default_heir", "act"}};
    Rows other_names{"unit_alias", {"unit", "alias", "source"}};
    for (const std::size_t position : positions) {
        const Unit& unit = wanted.units[position];
        const bool fresh = position >= known.units.size();
        const std::int64_t version = fresh ? 1 : known.versions[position] + 1;
        if (fresh) {
            units.values.insert(units.values.end(), {unit.id.value, version});
        } else {
            connection.execute("update unit set version = ? where id = ?", {version, unit.id.value});
            connection.execute("delete from unit_state where unit = ?", {unit.id.value});
            connection.execute("delete from succession where from_unit = ?", {unit.id.value});
            connection.execute("delete from unit_alias where unit = ?", {unit.id.value});
        }
        for (const UnitState& state : unit.states) {
            states.values.insert(
                states.values.end(),
                {unit.id.value, days(state.validity.from), days(state.validity.to), std::string_view(state.code.scheme),
                 std::string_view(state.code.digits), word(state.level), std::string_view(state.kind),
                 std::string_view(state.name), std::string_view(state.full_name),
                 state.parent ? Parameter{state.parent.value} : Parameter{nullptr}, std::string_view(state.act)});
        }
        for (const Succession& succession : from(wanted, unit.id)) {
            successions.values.insert(
                successions.values.end(),
                {succession.from.value, succession.to.value, days(succession.on), word(succession.land),
                 word(succession.people), std::int64_t{succession.default_heir ? 1 : 0},
                 std::string_view(succession.act)});
        }
        for (const Alias& alias : aliases_of(wanted, unit.id)) {
            other_names.values.insert(other_names.values.end(),
                                      {unit.id.value, std::string_view(alias.alias), std::string_view(alias.source)});
        }
        context.record(actor, fresh ? "imported" : "changed", "unit:" + std::to_string(unit.id.value), version,
                       bytes(described(wanted, position)));
    }
    for (const Rows* rows : {&units, &states, &successions, &other_names}) rows->write(connection);
}

void UnitStore::append(store::WriteContext& context, HeirChoice choice, const StoredUnits& known)
{
    const auto position = static_cast<std::size_t>(choice.from.value - 1);
    choice.version = 1 + std::count_if(known.choices.begin(), known.choices.end(),
                                       [&](const HeirChoice& each) { return each.from == choice.from; });
    choice.at = context.now();
    Connection& connection = context.connection();
    connection.execute(
        "insert into heir_choice (from_unit, version, to_unit, decided_on, act, actor, at) "
        "values (?, ?, ?, ?, ?, ?, ?)",
        {choice.from.value, choice.version, choice.to ? Parameter{choice.to.value} : Parameter{nullptr},
         days(choice.decided_on), std::string_view(choice.act), choice.actor.value,
         std::int64_t{choice.at.time_since_epoch().count()}});
    const std::int64_t version = known.versions.at(position) + 1;
    connection.execute("update unit set version = ? where id = ?", {version, choice.from.value});
    context.record(choice.actor, choice.to ? "heir_chosen" : "heir_withdrawn",
                   "unit:" + std::to_string(choice.from.value), version,
                   bytes("heir\t" + std::to_string(choice.to.value) + "\t" + format_date(choice.decided_on) + "\t" +
                         choice.act + "\n"));
}

}  // namespace phoihop::units
