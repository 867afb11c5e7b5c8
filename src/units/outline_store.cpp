// SPDX-License-Identifier: Apache-2.0
#include "units/outline_store.hpp"

namespace phoihop::units {

namespace {

using store::Row;

/// What the journal's digest covers: the outlines, then one line a point.
store::Bytes described(const Drawing& drawing)
{
    std::string text = drawing.topology + "\n";
    for (const InnerPoint& point : drawing.points)
        text +=
            point.code.text() + "\t" + std::to_string(point.latitude) + "\t" + std::to_string(point.longitude) + "\n";
    const auto raw = std::as_bytes(std::span(text));
    return {raw.begin(), raw.end()};
}

}  // namespace

std::optional<Drawing> OutlineStore::read(store::Connection& connection, std::string_view scheme)
{
    std::optional<Drawing> found;
    connection.query("select topology from outline where scheme = ?", {scheme},
                     [&](const Row& row) { found = Drawing{std::string(scheme), std::string(row.text(0)), {}}; });
    if (!found) return found;
    for (InnerPoint& point : points(connection))
        if (point.code.scheme == scheme) found->points.push_back(std::move(point));
    return found;
}

std::vector<InnerPoint> OutlineStore::points(store::Connection& connection)
{
    std::vector<InnerPoint> found;
    connection.query(
        "select scheme, digits, latitude, longitude from inner_point order by scheme, digits", {}, [&](const Row& row) {
            found.push_back({{std::string(row.text(0)), std::string(row.text(1))}, row.integer(2), row.integer(3)});
        });
    return found;
}

bool OutlineStore::save(store::WriteContext& context, UserId actor, const Drawing& wanted)
{
    store::Connection& connection = context.connection();
    if (read(connection, wanted.scheme) == wanted) return false;
    const std::string_view scheme = wanted.scheme;
    std::int64_t version = 0;
    connection.query(
        "insert into outline (scheme, version, topology) values (?, 1, ?) on conflict (scheme) do update set "
        "version = outline.version + 1, topology = excluded.topology returning version",
        {scheme, std::string_view(wanted.topology)}, [&](const Row& row) { version = row.integer(0); });
    connection.execute("delete from inner_point where scheme = ?", {scheme});
    std::vector<store::Parameter> values;
    for (const InnerPoint& point : wanted.points)
        values.insert(values.end(), {scheme, std::string_view(point.code.digits), point.latitude, point.longitude});
    if (!values.empty())
        connection.append("inner_point", std::vector<std::string_view>{"scheme", "digits", "latitude", "longitude"},
                          values);
    context.record(actor, version == 1 ? "imported" : "changed", "outline:" + wanted.scheme, version,
                   described(wanted));
    return true;
}

}  // namespace phoihop::units
