// SPDX-License-Identifier: Apache-2.0
// Peers that take reports: what a program does that knows SQL and no cube.
#include "bench/postgresql.hpp"
#include "bench/stopwatch.hpp"
#include "bench/writes.hpp"

#include <sqlite3.h>

#include <array>
#include <atomic>
#include <cstdio>
#include <filesystem>
#include <stdexcept>
#include <thread>

namespace phoihop::bench {
namespace {

constexpr double seconds_each = 3;

struct Sqlite {
    explicit Sqlite(const std::string& path)
    {
        if (sqlite3_open(path.c_str(), &database) != SQLITE_OK) throw std::runtime_error("sqlite: cannot open " + path);
    }
    ~Sqlite() { sqlite3_close(database); }
    Sqlite(const Sqlite&) = delete;
    Sqlite& operator=(const Sqlite&) = delete;
    void script(const std::string& sql)
    {
        if (sqlite3_exec(database, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
            throw std::runtime_error(std::string("sqlite: ") + sqlite3_errmsg(database));
    }
    sqlite3* database = nullptr;
};

/// Figures of a report into two trees and, by a trigger, into the summary rows of the four nodes above. (SQLite has
/// triggers for rows only.)
constexpr const char* sqlite_schema = R"(
    pragma journal_mode=wal; pragma synchronous=full; pragma cache_size=-200000;
    create table above (unit integer, node integer, primary key (unit, node)) strict, without rowid;
    create table fact (period integer, unit integer, indicator integer, value integer not null,
        primary key (period, unit, indicator)) strict, without rowid;
    create index fact_by_indicator on fact (indicator, period, unit, value);
    create table summary (period integer, node integer, indicator integer, total integer not null, n integer not null,
        primary key (period, node, indicator)) strict, without rowid;
    create trigger keep after insert on fact begin
        insert into summary select new.period, a.node, new.indicator, new.value, 1 from above a where a.unit = new.unit
            on conflict do update set total = total + excluded.total, n = n + 1;
    end;
)";

double sqlite_group(const Workload& workload, const Place& place)
{
    const auto path = place.folder + "/writes.sqlite";
    for (const auto* end : {"", "-wal", "-shm"}) std::filesystem::remove(path + end);
    std::int64_t reports = 0;
    double seconds = 0;
    {
        Sqlite sqlite(path);
        sqlite.script(sqlite_schema);
        sqlite.script("begin");
        for (std::int32_t area = 0; area < workload.areas(); ++area) {
            const auto commune = workload.commune_of(area);
            for (const auto node :
                 {0, Workload::node_of_province(workload.province_of_commune(commune)),
                  workload.node_of_district(workload.district_of(commune)), workload.node_of_commune(commune)})
                sqlite.script("insert into above values (" + std::to_string(area) + ", " + std::to_string(node) + ")");
        }
        sqlite.script("commit");
        sqlite3_stmt* insert = nullptr;
        sqlite3_prepare_v2(sqlite.database, "insert into fact values (?, ?, ?, ?)", -1, &insert, nullptr);
        ReportRow row{};
        const Stopwatch watch;
        std::int64_t next = 0;
        while (watch.ms() < seconds_each * 1e3) {
            sqlite.script("begin immediate");
            for (int taken = 0; taken < 64; ++next) {
                const auto area = static_cast<std::int32_t>(next % workload.areas());
                const auto period = static_cast<std::int32_t>(next / workload.areas());
                if (!Workload::fill(area, period, row)) continue;
                ++taken;
                ++reports;
                for (int i = 0; i < indicator_count; ++i) {
                    if (row[static_cast<std::size_t>(i)] == empty) continue;
                    sqlite3_bind_int64(insert, 1, period);
                    sqlite3_bind_int64(insert, 2, area);
                    sqlite3_bind_int64(insert, 3, i);
                    sqlite3_bind_int64(insert, 4, row[static_cast<std::size_t>(i)]);
                    if (sqlite3_step(insert) != SQLITE_DONE) throw std::runtime_error("sqlite: a figure was refused");
                    sqlite3_reset(insert);
                }
            }
            sqlite.script("commit");
        }
        seconds = watch.ms() / 1e3;
        sqlite3_finalize(insert);
    }
    for (const auto* end : {"", "-wal", "-shm"}) std::filesystem::remove(path + end);
    return static_cast<double>(reports) / seconds;
}

/// Several clients, each with a connection of its own, for some seconds: transactions a second.
template <class Each>
double clients(int count, const std::string& address, const Each& each)
{
    std::atomic<std::int64_t> done{0};
    std::atomic<std::int64_t> next{0};
    std::atomic<bool> failed{false};
    const Stopwatch watch;
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < count; ++i)
            threads.emplace_back([&] {
                try {
                    Postgresql connection(address);
                    each(connection, std::int64_t{-1});
                    while (watch.ms() < seconds_each * 1e3 && !failed) {
                        each(connection, next++);
                        ++done;
                    }
                } catch (const std::exception& error) {
                    std::fprintf(stderr, "%s\n", error.what());
                    failed = true;
                }
            });
    }
    if (failed) throw std::runtime_error("postgresql: a client failed");
    return static_cast<double>(done) / (watch.ms() / 1e3);
}

/// What the measurements behind the bars call a transaction each (upsert of the current row and a row of the change
/// log), in one statement, so that a commit needs no journey of its own.
double postgresql_own(const Workload& workload, const Place& place)
{
    Postgresql database(place.postgresql);
    database.script(
        "drop table if exists own_current, own_change; create table own_current (form integer, period integer, unit "
        "integer, version integer not null, state integer not null, vals bytea not null, primary key (form, period, "
        "unit)); create table own_change (seq bigserial primary key, form integer, period integer, unit integer, "
        "version integer, state integer, vals bytea)");
    const auto areas = workload.areas();
    const auto rate = clients(64, place.postgresql, [areas](Postgresql& connection, std::int64_t number) {
        const std::string sql =
            "with kept as (insert into own_current values (1, $1::integer, $2::integer, 1, 0, "
            "decode(repeat('5a', 112), 'hex')) on conflict (form, period, unit) do update set version = "
            "own_current.version + 1, vals = "
            "excluded.vals returning form, period, unit, version, state, vals) insert into own_change (form, period, "
            "unit, version, state, vals) select * from kept";
        if (number < 0) return connection.prepare("own", sql);
        const std::array<std::int64_t, 2> parameters{number / areas, number % areas};
        static_cast<void>(connection.ask("own", sql, parameters));
    });
    database.script("drop table own_current, own_change");
    return rate;
}

/// The least that can be called keeping a report: one row appended, nothing known of what stands.
double postgresql_own_row(const Place& place)
{
    Postgresql database(place.postgresql);
    database.script(
        "drop table if exists own_report; create table own_report (seq bigserial primary key, form integer, "
        "period integer, unit integer, state integer, vals bytea)");
    const auto rate = clients(64, place.postgresql, [](Postgresql& connection, std::int64_t number) {
        const std::string sql =
            "insert into own_report (form, period, unit, state, vals) values (1, ($1::bigint / 100000)::integer, "
            "($1::bigint % 100000)::integer, 0, decode(repeat('5a', 112), 'hex'))";
        if (number < 0) return connection.prepare("own", sql);
        static_cast<void>(connection.ask("own", sql, std::span(&number, 1)));
    });
    database.script("drop table own_report");
    return rate;
}

/// The statement trigger adds the new rows to the summary rows of the nodes above, the lowest node first, so that two
/// reports never wait for each other crosswise.
constexpr const char* trigger_schema = R"(
    drop table if exists live_fact, live_summary, live_above cascade;
    create table live_above (unit integer, node integer, primary key (unit, node));
    create table live_fact (unit integer, period smallint, indicator smallint, value bigint not null, primary key (period, unit, indicator));
    create table live_summary (period smallint, node integer, indicator smallint, total bigint not null, n integer not null, primary key (period, node, indicator));
    create or replace function keep_summary() returns trigger language plpgsql as $$
    begin
        insert into live_summary select i.period, a.node, i.indicator, sum(i.value), count(*) from inserted i
            join live_above a on a.unit = i.unit group by 1, 2, 3 order by a.node desc, i.indicator
            on conflict (period, node, indicator) do update set total = live_summary.total + excluded.total, n = live_summary.n + excluded.n;
        return null;
    end $$;
    create trigger keep after insert on live_fact referencing new table as inserted for each statement execute function keep_summary();
)";

double postgresql_trigger(const Workload& workload, const Place& place)
{
    Postgresql database(place.postgresql);
    database.script(trigger_schema);
    CopyIn above(database, "live_above", 2);
    for (std::int32_t area = 0; area < workload.areas(); ++area) {
        const auto commune = workload.commune_of(area);
        for (const auto node :
             {0, Workload::node_of_province(workload.province_of_commune(commune)),
              workload.node_of_district(workload.district_of(commune)), workload.node_of_commune(commune)}) {
            above.row();
            above.integer(area);
            above.integer(node);
        }
    }
    above.end();
    database.script("analyze live_above");
    const auto areas = workload.areas();
    const auto rate = clients(8, place.postgresql, [areas](Postgresql& connection, std::int64_t number) {
        const std::string sql =
            "insert into live_fact select $1::integer, $2::smallint, i, (i * 7 + $1::integer) % 64 from "
            "generate_series(0, 57) i";
        if (number < 0) return connection.prepare("live", sql);
        const std::array<std::int64_t, 2> parameters{number % areas, number / areas};
        static_cast<void>(connection.ask("live", sql, parameters));
    });
    database.script("drop table live_fact, live_summary, live_above cascade; drop function keep_summary()");
    return rate;
}

double postgresql_narrow_bulk(const Workload& workload, const Place& place)
{
    Postgresql database(place.postgresql);
    database.script(
        "drop table if exists bulk_fact; create table bulk_fact (unit integer not null, period smallint not null, "
        "indicator smallint not null, value bigint not null); "
        "create unique index on bulk_fact (period, unit, indicator) include (value); "
        "create index on bulk_fact (indicator, period, unit) include (value)");
    std::int64_t reports = 0;
    ReportRow row{};
    const Stopwatch watch;
    // Commits of ten thousand reports, until enough time has gone by.
    for (std::int64_t next = 0; watch.ms() < 2 * seconds_each * 1e3;) {
        CopyIn fact(database, "bulk_fact", 4);
        for (int taken = 0; taken < 10'000; ++next) {
            const auto area = static_cast<std::int32_t>(next % workload.areas());
            const auto period = static_cast<std::int32_t>(next / workload.areas());
            if (!Workload::fill(area, period, row)) continue;
            ++taken;
            ++reports;
            for (int i = 0; i < indicator_count; ++i) {
                if (row[static_cast<std::size_t>(i)] == empty) continue;
                fact.row();
                fact.integer(area);
                fact.smallint(static_cast<std::int16_t>(period));
                fact.smallint(static_cast<std::int16_t>(i));
                fact.bigint(row[static_cast<std::size_t>(i)]);
            }
        }
        fact.end();
    }
    const auto rate = static_cast<double>(reports) / (watch.ms() / 1e3);
    database.script("drop table bulk_fact");
    return rate;
}

}  // namespace

Peer::Extras measure_peer_writes(const Workload& workload, const Place& place, const std::set<std::string>& bars)
{
    Peer::Extras extras;
    if (wants_bar(bars, "B6")) extras.emplace_back("sqlite_summary_group_reports_s", sqlite_group(workload, place));
    if (place.postgresql.empty()) return extras;
    if (wants_bar(bars, "B6")) {
        extras.emplace_back("postgresql_own_reports_s", postgresql_own(workload, place));
        extras.emplace_back("postgresql_own_row_reports_s", postgresql_own_row(place));
        extras.emplace_back("postgresql_trigger_reports_s", postgresql_trigger(workload, place));
    }
    if (wants_bar(bars, "B8") || wants_bar(bars, "B9"))
        extras.emplace_back("postgresql_narrow_bulk_reports_s", postgresql_narrow_bulk(workload, place));
    return extras;
}

}  // namespace phoihop::bench
