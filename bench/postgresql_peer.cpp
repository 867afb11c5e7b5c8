// SPDX-License-Identifier: Apache-2.0
// PostgreSQL in four layouts. narrow: a row for each figure with two covering indexes; wide: a row for each report;
// summary: a row for each node, quarter and indicator (kept by statement triggers where something is written, see
// writes.cpp); dhis2: own SQL after the shape of DHIS2's analytics tables, one year (no code of DHIS2 runs).
#include "bench/peer.hpp"
#include "bench/postgresql.hpp"
#include "bench/stopwatch.hpp"

#include <algorithm>
#include <stdexcept>

namespace phoihop::bench {
namespace {

/// The year of the DHIS2-style table: the last four quarters, which is what the queries ask for.
constexpr std::int32_t dhis2_first = period_count - 4;

std::string uid(const char* letters, std::int64_t number)
{
    auto digits = std::to_string(number);
    digits.insert(0, 9 - std::min<std::size_t>(9, digits.size()), '0');
    return letters + digits;
}

/// The database of this generator version and scale, in the one cluster that is kept.
std::string database_of(const Place& place)
{
    if (place.postgresql.empty()) throw std::runtime_error("no PostgreSQL cluster was started: use script/bench");
    const auto name = "bench_" + place.folder.substr(place.folder.rfind('/') + 1);
    Postgresql any(place.postgresql);
    if (any.value("select 1 from pg_database where datname = '" + name + "'").empty())
        any.script("create database " + name + " template template0");
    return address_of(place.postgresql, name);
}

class PostgresqlPeer final : public Peer {
public:
    PostgresqlPeer(std::string_view name, const Place& place)
        : m_name(name), m_layout(name == "dhis2-style" ? "dhis2" : name.substr(11)), m_database(database_of(place))
    {
        m_database.script("set jit = off; set work_mem = '256MB'; set maintenance_work_mem = '1GB'");
        m_database.script("create table if not exists loaded (peer text primary key, seconds double precision)");
    }

    [[nodiscard]] std::string_view name() const override { return m_name; }
    [[nodiscard]] std::string version() const override
    {
        return std::string("PostgreSQL ") + PQparameterStatus(m_database_handle(), "server_version");
    }
    [[nodiscard]] bool answers(QueryKind kind) const override
    {
        if (m_layout == "summary") return kind != QueryKind::q4;
        if (m_layout == "dhis2") return kind == QueryKind::q1 || kind == QueryKind::q2;
        return true;
    }
    [[nodiscard]] Empty rule() const override { return m_layout == "dhis2" ? Empty::as_zero : Empty::kept; }
    [[nodiscard]] double bytes() override
    {
        return std::stod(
            m_database.value("select coalesce(sum(pg_total_relation_size(c.oid)), 0) from pg_class c where "
                             "c.relkind = 'r' and c.relname in ('" +
                             m_layout + "_fact', '" + m_layout + "_source')"));
    }

    double load(const Workload& workload) override;
    Times ask(const Workload& workload, const Question& question, Answer& answer, std::string& json) override;

private:
    [[nodiscard]] PGconn* m_database_handle() const { return const_cast<Postgresql&>(m_database).handle(); }
    void load_areas(const Workload& workload);
    void load_narrow(const Workload& workload);
    void load_wide(const Workload& workload);
    void load_summary(const Workload& workload);
    void load_dhis2(const Workload& workload);
    [[nodiscard]] std::string sql(QueryKind kind, std::int32_t indicator) const;

    std::string m_name;
    std::string m_layout;
    Postgresql m_database;
    std::vector<std::string> m_prepared;
};

double PostgresqlPeer::load(const Workload& workload)
{
    load_areas(workload);
    const auto asked = "select seconds from loaded where peer = '" + m_layout + "'";
    const auto known = m_database.value(asked);
    if (!known.empty()) return std::stod(known);
    const Stopwatch watch;
    m_database.script("drop table if exists " + m_layout + "_fact, " + m_layout + "_source cascade");
    if (m_layout == "narrow") load_narrow(workload);
    if (m_layout == "wide") load_wide(workload);
    if (m_layout == "summary") load_summary(workload);
    if (m_layout == "dhis2") load_dhis2(workload);
    const auto seconds = watch.ms() / 1e3;
    m_database.script("vacuum analyze " + m_layout + "_fact");
    m_database.script("insert into loaded values ('" + m_layout + "', " + std::to_string(seconds) + ")");
    m_database.script("checkpoint");
    return seconds;
}

void PostgresqlPeer::load_areas(const Workload& workload)
{
    if (!m_database.value("select to_regclass('area')").empty()) return;
    m_database.script(
        "begin; create table area (unit integer primary key, province integer, commune integer, "
        "new_province integer, name text)");
    CopyIn area(m_database, "area", 5);
    for (std::int32_t i = 0; i < workload.areas(); ++i) {
        area.row();
        area.integer(i);
        area.integer(workload.province_of_area(i));
        area.integer(workload.commune_of(i));
        area.integer(Workload::new_province_of(workload.province_of_area(i)));
        area.text(Workload::area_name(i));
    }
    area.end();
    m_database.script("create table commune (node integer primary key, new_province integer)");
    CopyIn commune(m_database, "commune", 2);
    for (std::int32_t i = 0; i < workload.communes(); ++i) {
        commune.row();
        commune.integer(workload.node_of_commune(i));
        commune.integer(Workload::new_province_of(workload.province_of_commune(i)));
    }
    commune.end();
    m_database.script("create index on area (province) include (unit, commune); commit");
    m_database.script("vacuum analyze area, commune");
}

/// COPY into a table of the same transaction needs no write-ahead log where wal_level is minimal.
void PostgresqlPeer::load_narrow(const Workload& workload)
{
    m_database.script(
        "begin; create table narrow_fact (unit integer not null, period smallint not null, "
        "indicator smallint not null, value bigint not null)");
    CopyIn fact(m_database, "narrow_fact", 4);
    for (std::int32_t period = 0; period < period_count; ++period)
        workload.each_report(period, [&](std::int32_t area, const ReportRow& row) {
            for (std::int32_t i = 0; i < indicator_count; ++i) {
                if (row[static_cast<std::size_t>(i)] == empty) continue;
                fact.row();
                fact.integer(area);
                fact.smallint(static_cast<std::int16_t>(period));
                fact.smallint(static_cast<std::int16_t>(i));
                fact.bigint(row[static_cast<std::size_t>(i)]);
            }
        });
    fact.end();
    m_database.script("create unique index on narrow_fact (period, unit, indicator) include (value)");
    m_database.script("create index on narrow_fact (indicator, period, unit) include (value); commit");
}

void PostgresqlPeer::load_wide(const Workload& workload)
{
    m_database.script("begin; create table wide_fact (unit integer not null, period smallint not null, " +
                      columns("v# bigint") + ")");
    CopyIn fact(m_database, "wide_fact", 2 + indicator_count);
    for (std::int32_t period = 0; period < period_count; ++period)
        workload.each_report(period, [&](std::int32_t area, const ReportRow& row) {
            fact.row();
            fact.integer(area);
            fact.smallint(static_cast<std::int16_t>(period));
            for (const auto value : row) fact.bigint(value);
        });
    fact.end();
    m_database.script("create unique index on wide_fact (period, unit); commit");
}

void PostgresqlPeer::load_summary(const Workload& workload)
{
    m_database.script(
        "begin; create table summary_fact (period smallint not null, node integer not null, "
        "indicator smallint not null, total bigint not null)");
    CopyIn fact(m_database, "summary_fact", 4);
    for (std::int32_t period = 0; period < period_count; ++period) {
        const auto sums = workload.sums(period);
        for (std::size_t i = 0; i < sums.size(); ++i) {
            if (sums[i] == empty) continue;
            fact.row();
            fact.smallint(static_cast<std::int16_t>(period));
            fact.integer(static_cast<std::int32_t>(i / indicator_count));
            fact.smallint(static_cast<std::int16_t>(i % indicator_count));
            fact.bigint(sums[i]);
        }
    }
    fact.end();
    m_database.script("create unique index on summary_fact (period, node, indicator) include (total); commit");
}

/// The source has a text value for each figure; the table of facts is made from it by one INSERT … SELECT over the
/// structure tables, with the numeric test on the text, zeros left out, and an index on each dimension.
void PostgresqlPeer::load_dhis2(const Workload& workload)
{
    m_database.script(R"(
        begin;
        create table dhis2_source (dataelementid bigint, periodid bigint, sourceid bigint, categoryoptioncomboid bigint,
            attributeoptioncomboid bigint, value varchar(50000), storedby varchar(255), created timestamp,
            lastupdated timestamp, deleted boolean not null default false);
        drop table if exists dhis2_unit, dhis2_period, dhis2_element;
        create table dhis2_unit (sourceid bigint primary key, ou char(11), oulevel int, uidlevel1 char(11),
            uidlevel2 char(11), uidlevel3 char(11), uidlevel4 char(11), uidlevel5 char(11));
        create table dhis2_period (periodid bigint primary key, iso text, quarterly text, yearly text, year int);
        create table dhis2_element (dataelementid bigint primary key, dx char(11));
    )");
    CopyIn unit(m_database, "dhis2_unit", 8);
    for (std::int32_t i = 0; i < workload.areas(); ++i) {
        unit.row();
        unit.bigint(i);
        unit.text(uid("ou", i));
        unit.integer(5);
        unit.text(uid("n1", 0));
        unit.text(uid("n2", workload.province_of_area(i)));
        unit.text(uid("n3", workload.district_of(workload.commune_of(i))));
        unit.text(uid("n4", workload.commune_of(i)));
        unit.text(uid("ou", i));
    }
    unit.end();
    for (std::int32_t period = dhis2_first; period < period_count; ++period) {
        const auto name = "2025Q" + std::to_string(period - dhis2_first + 1);
        m_database.script("insert into dhis2_period values (" + std::to_string(period) + ", '" + name + "', '" + name +
                          "', '2025', 2025)");
    }
    for (std::int32_t i = 0; i < indicator_count; ++i)
        m_database.script("insert into dhis2_element values (" + std::to_string(i) + ", '" + uid("dx", i) + "')");
    CopyIn source(m_database,
                  "dhis2_source (dataelementid, periodid, sourceid, categoryoptioncomboid, "
                  "attributeoptioncomboid, value)",
                  6);
    for (std::int32_t period = dhis2_first; period < period_count; ++period)
        workload.each_report(period, [&](std::int32_t area, const ReportRow& row) {
            for (std::int32_t i = 0; i < indicator_count; ++i) {
                if (row[static_cast<std::size_t>(i)] == empty) continue;
                source.row();
                source.bigint(i);
                source.bigint(period);
                source.bigint(area);
                source.bigint(1);
                source.bigint(1);
                source.text(std::to_string(row[static_cast<std::size_t>(i)]));
            }
        });
    source.end();
    m_database.script(R"(
        alter table dhis2_source add primary key (dataelementid, periodid, sourceid, categoryoptioncomboid, attributeoptioncomboid);
        commit;
        analyze dhis2_source;
        create unlogged table dhis2_fact (dx char(11) not null, co char(11) not null, ao char(11) not null, year int not null,
            pe text not null, ou char(11) not null, oulevel int, uidlevel1 char(11), uidlevel2 char(11), uidlevel3 char(11),
            uidlevel4 char(11), uidlevel5 char(11), quarterly text, yearly text, daysno int, value double precision,
            textvalue text);
        insert into dhis2_fact select e.dx, 'cocococococ', 'aoaoaoaoaoa', p.year, p.iso, u.ou, u.oulevel, u.uidlevel1,
            u.uidlevel2, u.uidlevel3, u.uidlevel4, u.uidlevel5, p.quarterly, p.yearly, 90, cast(s.value as double precision), null
            from dhis2_source s join dhis2_unit u using (sourceid) join dhis2_period p using (periodid)
            join dhis2_element e using (dataelementid)
            where s.deleted = false and s.value ~ '^(-?[0-9]+)(\.[0-9]+)?$' and s.value <> '0'
    )");
    for (const auto* dimension : {"co, dx", "ao, dx", "dx", "pe", "ou", "uidlevel2", "uidlevel3", "uidlevel4",
                                  "uidlevel5", "quarterly", "yearly", "oulevel"})
        m_database.script(std::string("create index on dhis2_fact (") + dimension + ")");
}

/// Parameters: $1 period, $2 province, $3 indicator, $4 and $5 the province's communes as nodes or numbers.
std::string PostgresqlPeer::sql(QueryKind kind, std::int32_t indicator) const
{
    const auto one = "sum(r.v" + std::to_string(indicator) + ")::bigint";
    const auto all = columns("sum(r.v#)::bigint");
    if (m_layout == "dhis2") {
        const bool q1 = kind == QueryKind::q1;
        const std::string level = q1 ? "uidlevel2" : "uidlevel4";
        // DHIS2 names every element and every unit that is asked.
        std::string dx, ou;
        for (std::int32_t i = 0; i < indicator_count; ++i) dx += (i > 0 ? ", '" : "'") + uid("dx", i) + "'";
        for (std::int32_t i = 0; q1 && i < province_count; ++i) ou += (i > 0 ? ", '" : "'") + uid("n2", i) + "'";
        const std::string units = q1 ? level + " in (" + ou + ")"
                                     : level +
                                           " = any (array(select 'n4' || lpad(n::text, 9, '0') from "
                                           "generate_series($2::integer, $3::integer) n)::char(11)[])";
        return "select substr(ax." + level +
               ", 3)::bigint, substr(ax.dx, 3)::bigint, sum(value)::bigint from dhis2_fact ax "
               "where ax.dx in (" +
               dx + ") and " + units +
               " and ax.quarterly in ('2025Q' || $1::text) and ax.year in (2025) "
               "group by ax." +
               level + ", ax.dx";
    }
    if (m_layout == "summary") {
        switch (kind) {
            case QueryKind::q1:
                return "select node::bigint - 1, indicator::bigint, total from summary_fact where period = "
                       "$1::smallint and node between 1 and 63";
            case QueryKind::q2:
                return "select node::bigint, indicator::bigint, total from summary_fact where period = $1::smallint "
                       "and node between $2::integer and $3::integer";
            case QueryKind::q3:
                return "select s.node::bigint - 1, s.period::bigint, s.total from generate_series(0, 39) p cross join "
                       "generate_series(0, 63) n "
                       "join summary_fact s on s.period = p::smallint and s.node = n and s.indicator = $1::smallint";
            case QueryKind::q6:
                return "select c.new_province::bigint, s.period::bigint, sum(s.total)::bigint from generate_series(0, "
                       "39) p cross join commune c "
                       "join summary_fact s on s.period = p::smallint and s.node = c.node and s.indicator = "
                       "$1::smallint group by 1, 2";
            case QueryKind::q4: break;
        }
    }
    const std::string missing = "select a.commune::bigint, a.name, exists (select 1 from " + m_layout +
                                "_fact r where r.period = $1::smallint and r.unit = a.unit)::int::bigint "
                                "from area a where a.province = $2::integer order by a.unit";
    if (m_layout == "wide") {
        switch (kind) {
            case QueryKind::q1:
                return "select a.province::bigint, " + all +
                       " from wide_fact r join area a using (unit) where r.period = $1::smallint group by a.province";
            case QueryKind::q2:
                return "select a.commune::bigint, " + all +
                       " from area a join wide_fact r on r.period = $1::smallint and r.unit = a.unit where a.province "
                       "= $2::integer group by a.commune";
            case QueryKind::q3:
                return "select a.province::bigint, r.period::bigint, " + one +
                       " from wide_fact r join area a using (unit) group by a.province, r.period";
            case QueryKind::q6:
                return "select a.new_province::bigint, r.period::bigint, " + one +
                       " from wide_fact r join area a using (unit) group by a.new_province, r.period";
            case QueryKind::q4: return missing;
        }
    }
    switch (kind) {
        case QueryKind::q1:
            return "select a.province::bigint, f.indicator::bigint, sum(f.value)::bigint from narrow_fact f join area "
                   "a using (unit) where f.period = $1::smallint group by a.province, f.indicator";
        case QueryKind::q2:
            return "select a.commune::bigint, f.indicator::bigint, sum(f.value)::bigint from area a join narrow_fact f "
                   "on f.period = $1::smallint and f.unit = a.unit where a.province = $2::integer group by a.commune, "
                   "f.indicator";
        case QueryKind::q3:
            return "select a.province::bigint, f.period::bigint, sum(f.value)::bigint from narrow_fact f join area a "
                   "using (unit) where f.indicator = $1::smallint group by a.province, f.period";
        case QueryKind::q6:
            return "select a.new_province::bigint, f.period::bigint, sum(f.value)::bigint from narrow_fact f join area "
                   "a using (unit) where f.indicator = $1::smallint group by a.new_province, f.period";
        case QueryKind::q4: return missing;
    }
    return "";
}

Times PostgresqlPeer::ask(const Workload& workload, const Question& question, Answer& answer, std::string& json)
{
    const auto range = workload.communes_in(question.province);
    const auto text = sql(question.kind, question.indicator);
    const bool by_time = question.kind == QueryKind::q3 || question.kind == QueryKind::q6;
    // A statement of the wide layout names its column.
    const auto name = std::string(word(question.kind)) +
                      (by_time && m_layout == "wide" ? "_" + std::to_string(question.indicator) : "");
    if (std::ranges::find(m_prepared, name) == m_prepared.end()) {
        m_database.prepare(name, text);
        m_prepared.push_back(name);
    }
    std::vector<std::int64_t> parameters;
    if (m_layout == "dhis2") {
        parameters = {question.period - dhis2_first + 1};
        if (question.kind == QueryKind::q2) parameters.insert(parameters.end(), {range.first, range.last - 1});
    } else if (by_time) {
        if (m_layout != "wide") parameters = {question.indicator};
    } else if (question.kind == QueryKind::q2 && m_layout == "summary") {
        parameters = {question.period, workload.node_of_commune(range.first), workload.node_of_commune(range.last - 1)};
    } else if (question.kind == QueryKind::q1) {
        parameters = {question.period};
    } else {
        parameters = {question.period, question.province};
    }
    const bool wide_row = m_layout == "wide" && (question.kind == QueryKind::q1 || question.kind == QueryKind::q2);
    const bool by_node = m_layout == "summary" && question.kind == QueryKind::q2;
    Times times;
    const Stopwatch watch;
    const auto rows = m_database.ask(name, text, parameters);
    for (int i = 0; i < rows.size(); ++i) {
        if (question.kind == QueryKind::q4) {
            const auto row = static_cast<std::int32_t>(rows.integer(i, 0)) - range.first;
            answer.at(row, 2, 0) += rows.integer(i, 2);
            ++answer.at(row, 2, 1);
            if (rows.integer(i, 2) == 0) answer.names.push_back(rows.text(i, 1));
        } else if (wide_row) {
            for (int column = 0; column < indicator_count; ++column)
                place_narrow(workload, question, rows.integer(i, 0), column, rows.integer(i, 1 + column), answer);
        } else {
            const auto group = rows.integer(i, 0) - (by_node ? workload.node_of_commune(0) : 0);
            place_narrow(workload, question, group, rows.integer(i, 1), rows.integer(i, 2), answer);
        }
    }
    if (by_time && !(m_layout == "summary" && question.kind == QueryKind::q3)) add_nation(answer, period_count);
    times.answer_ms = watch.ms();
    write_json(answer, columns_of(question.kind), json);
    times.json_ms = watch.ms() - times.answer_ms;
    return times;
}

}  // namespace

std::unique_ptr<Peer> make_postgresql(std::string_view name, const Place& place)
{
    return std::make_unique<PostgresqlPeer>(name, place);
}

}  // namespace phoihop::bench
