// SPDX-License-Identifier: Apache-2.0
// SQLite in three layouts. narrow: a row for each figure, in two trees, so that every query finds its figures together;
// wide: a row for each report; summary: a row for each node, quarter and indicator (kept by triggers where something is
// written, see writes.cpp).
#include "bench/peer.hpp"
#include "bench/stopwatch.hpp"

#include <sqlite3.h>

#include <filesystem>
#include <map>
#include <stdexcept>

namespace phoihop::bench {
namespace {

constexpr const char* areas_table = R"(
    create table area (unit integer primary key, province integer, commune integer, new_province integer, name text) strict;
    create table commune (node integer primary key, new_province integer) strict;
    create table period (period integer primary key) strict;
    create table top (node integer primary key) strict;
    create table loaded (seconds real) strict;
)";

class Statement {
public:
    Statement(sqlite3* database, const std::string& sql)
    {
        if (sqlite3_prepare_v2(database, sql.c_str(), -1, &m_statement, nullptr) != SQLITE_OK)
            throw std::runtime_error(std::string("sqlite: ") + sqlite3_errmsg(database) + " in " + sql);
    }
    ~Statement() { sqlite3_finalize(m_statement); }
    Statement(const Statement&) = delete;
    Statement& operator=(const Statement&) = delete;

    void bind(int at, std::int64_t value)
    {
        if (value == empty) {
            sqlite3_bind_null(m_statement, at);
        } else {
            sqlite3_bind_int64(m_statement, at, value);
        }
    }
    void bind(int at, const std::string& text)
    {
        sqlite3_bind_text(m_statement, at, text.data(), static_cast<int>(text.size()), SQLITE_TRANSIENT);
    }
    bool step()
    {
        const int answer = sqlite3_step(m_statement);
        if (answer == SQLITE_ROW) return true;
        if (answer != SQLITE_DONE) throw std::runtime_error("sqlite: " + std::string(sqlite3_errstr(answer)));
        sqlite3_reset(m_statement);
        return false;
    }
    template <class... Values>
    void run(const Values&... values)
    {
        int at = 0;
        (bind(++at, values), ...);
        step();
    }
    [[nodiscard]] std::int64_t integer(int column) const
    {
        return sqlite3_column_type(m_statement, column) == SQLITE_NULL ? empty
                                                                       : sqlite3_column_int64(m_statement, column);
    }
    [[nodiscard]] std::string text(int column) const
    {
        return reinterpret_cast<const char*>(sqlite3_column_text(m_statement, column));
    }

private:
    sqlite3_stmt* m_statement = nullptr;
};

class SqlitePeer final : public Peer {
public:
    SqlitePeer(std::string_view name, const Place& place)
        : m_name(name), m_layout(name.substr(7)), m_path(place.folder + '/' + m_name + ".sqlite")
    {
    }
    ~SqlitePeer() override
    {
        m_statements.clear();
        sqlite3_close(m_database);
    }

    [[nodiscard]] std::string_view name() const override { return m_name; }
    [[nodiscard]] std::string version() const override { return std::string("SQLite ") + sqlite3_libversion(); }
    [[nodiscard]] bool answers(QueryKind kind) const override { return kind != QueryKind::q4 || m_layout != "summary"; }
    [[nodiscard]] double bytes() override { return static_cast<double>(std::filesystem::file_size(m_path)); }

    double load(const Workload& workload) override;
    Times ask(const Workload& workload, const Question& question, Answer& answer, std::string& json) override;

private:
    void open(int flags);
    void script(const std::string& sql);
    void fill(const Workload& workload);
    void fill_areas(const Workload& workload);
    [[nodiscard]] std::string sql(QueryKind kind, std::int32_t indicator) const;
    Statement& prepared(const std::string& text);

    std::string m_name;
    std::string m_layout;
    std::string m_path;
    sqlite3* m_database = nullptr;
    std::map<std::string, std::unique_ptr<Statement>> m_statements;
};

void SqlitePeer::open(int flags)
{
    sqlite3_close(m_database);
    if (sqlite3_open_v2(m_path.c_str(), &m_database, flags, nullptr) != SQLITE_OK)
        throw std::runtime_error("sqlite: cannot open " + m_path);
    script("pragma cache_size=-1000000; pragma mmap_size=34359738368; pragma temp_store=memory;");
}

void SqlitePeer::script(const std::string& sql)
{
    char* message = nullptr;
    if (sqlite3_exec(m_database, sql.c_str(), nullptr, nullptr, &message) == SQLITE_OK) return;
    const std::string text = message == nullptr ? "" : message;
    sqlite3_free(message);
    throw std::runtime_error("sqlite: " + text + " in " + sql);
}

double SqlitePeer::load(const Workload& workload)
{
    if (!std::filesystem::exists(m_path)) {
        // Under another name until it is whole.
        const auto whole = m_path;
        m_path += ".loading";
        std::filesystem::remove(m_path);
        open(SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
        const Stopwatch watch;
        script("pragma journal_mode=off; pragma synchronous=off; pragma page_size=8192;");
        script("begin");
        fill(workload);
        Statement(m_database, "insert into loaded values (?1 / 1000.0)").run(static_cast<std::int64_t>(watch.ms()));
        script("commit; analyze;");
        sqlite3_close(m_database);
        m_database = nullptr;
        std::filesystem::rename(m_path, whole);
        m_path = whole;
    }
    open(SQLITE_OPEN_READONLY);
    Statement seconds(m_database, "select cast(1000 * seconds as integer) from loaded");
    seconds.step();
    return static_cast<double>(seconds.integer(0)) / 1e3;
}

void SqlitePeer::fill_areas(const Workload& workload)
{
    script(areas_table);
    Statement area(m_database, "insert into area values (?, ?, ?, ?, ?)");
    for (std::int32_t i = 0; i < workload.areas(); ++i) {
        const auto province = workload.province_of_area(i);
        area.run(std::int64_t{i}, std::int64_t{province}, std::int64_t{workload.commune_of(i)},
                 std::int64_t{Workload::new_province_of(province)}, Workload::area_name(i));
    }
    Statement commune(m_database, "insert into commune values (?, ?)");
    for (std::int32_t i = 0; i < workload.communes(); ++i)
        commune.run(std::int64_t{workload.node_of_commune(i)},
                    std::int64_t{Workload::new_province_of(workload.province_of_commune(i))});
    Statement period(m_database, "insert into period values (?)");
    for (std::int64_t i = 0; i < period_count; ++i) period.run(i);
    Statement top(m_database, "insert into top values (?)");
    for (std::int64_t i = 0; i <= province_count; ++i) top.run(i);
    script("create index area_by_province on area (province, unit, commune);");
}

void SqlitePeer::fill(const Workload& workload)
{
    fill_areas(workload);
    if (m_layout == "wide") {
        script("create table report (period integer, unit integer, " + columns("v# integer") +
               ", primary key (period, unit)) strict, without rowid;");
        Statement insert(
            m_database, "insert into report values (?, ?" + [] {
                std::string marks;
                for (std::int32_t i = 0; i < indicator_count; ++i) marks += ", ?";
                return marks;
            }() + ")");
        for (std::int32_t period = 0; period < period_count; ++period)
            workload.each_report(period, [&](std::int32_t area, const ReportRow& row) {
                insert.bind(1, period);
                insert.bind(2, area);
                for (int i = 0; i < indicator_count; ++i) insert.bind(3 + i, row[static_cast<std::size_t>(i)]);
                insert.step();
            });
        return;
    }
    if (m_layout == "summary") {
        script(
            "create table summary (period integer, node integer, indicator integer, total integer, primary key "
            "(period, node, indicator)) strict, without rowid;");
        Statement insert(m_database, "insert into summary values (?, ?, ?, ?)");
        for (std::int64_t period = 0; period < period_count; ++period) {
            const auto sums = workload.sums(static_cast<std::int32_t>(period));
            for (std::size_t i = 0; i < sums.size(); ++i)
                if (sums[i] != empty)
                    insert.run(period, static_cast<std::int64_t>(i) / indicator_count,
                               static_cast<std::int64_t>(i) % indicator_count, sums[i]);
        }
        return;
    }
    script(
        "create table fact (period integer, unit integer, indicator integer, value integer not null, primary key "
        "(period, unit, indicator)) strict, without rowid;");
    Statement insert(m_database, "insert into fact values (?, ?, ?, ?)");
    for (std::int64_t period = 0; period < period_count; ++period)
        workload.each_report(static_cast<std::int32_t>(period), [&](std::int32_t area, const ReportRow& row) {
            for (std::int64_t i = 0; i < indicator_count; ++i)
                if (const auto value = row[static_cast<std::size_t>(i)]; value != empty)
                    insert.run(period, std::int64_t{area}, i, value);
        });
    script("create index fact_by_indicator on fact (indicator, period, unit, value);");
}

/// Parameters: ?1 period, ?2 province, ?3 indicator (narrow, summary), ?4 and ?5 the province's nodes.
std::string SqlitePeer::sql(QueryKind kind, std::int32_t indicator) const
{
    const auto one = "sum(r.v" + std::to_string(indicator) + ")";
    const auto all = columns("sum(r.v#)");
    if (m_layout == "summary") {
        switch (kind) {
            case QueryKind::q1:
                return "select node - 1, indicator, total from summary where period = ?1 and node between 1 and 63";
            case QueryKind::q2:
                return "select node - ?4 + ?6, indicator, total from summary where period = ?1 and node between ?4 and "
                       "?5";
            case QueryKind::q3:
                return "select t.node - 1, s.period, s.total from period p cross join top t cross join summary s "
                       "where s.period = p.period and s.node = t.node and s.indicator = ?3";
            case QueryKind::q6:
                return "select c.new_province, s.period, sum(s.total) from period p cross join commune c cross join "
                       "summary s "
                       "where s.period = p.period and s.node = c.node and s.indicator = ?3 group by 1, 2";
            case QueryKind::q4: break;
        }
    }
    if (m_layout == "wide") {
        switch (kind) {
            case QueryKind::q1:
                return "select a.province, " + all +
                       " from report r join area a on a.unit = r.unit where r.period = ?1 group by 1";
            case QueryKind::q2:
                return "select a.commune, " + all +
                       " from area a join report r on r.period = ?1 and r.unit = a.unit where a.province = ?2 group by "
                       "1";
            case QueryKind::q3:
                return "select a.province, r.period, " + one +
                       " from report r join area a on a.unit = r.unit group by 1, 2";
            case QueryKind::q6:
                return "select a.new_province, r.period, " + one +
                       " from report r join area a on a.unit = r.unit group by 1, 2";
            case QueryKind::q4:
                return "select a.commune, a.name, exists (select 1 from report r where r.period = ?1 and r.unit = "
                       "a.unit) "
                       "from area a where a.province = ?2 order by a.unit";
        }
    }
    switch (kind) {
        case QueryKind::q1:
            return "select a.province, f.indicator, sum(f.value) from fact f join area a on a.unit = f.unit where "
                   "f.period = ?1 group by 1, 2";
        case QueryKind::q2:
            return "select a.commune, f.indicator, sum(f.value) from area a join fact f on f.period = ?1 and f.unit = "
                   "a.unit where a.province = ?2 group by 1, 2";
        case QueryKind::q3:
            return "select a.province, f.period, sum(f.value) from fact f join area a on a.unit = f.unit where "
                   "f.indicator = ?3 group by 1, 2";
        case QueryKind::q6:
            return "select a.new_province, f.period, sum(f.value) from fact f join area a on a.unit = f.unit where "
                   "f.indicator = ?3 group by 1, 2";
        case QueryKind::q4:
            return "select a.commune, a.name, exists (select 1 from fact f where f.period = ?1 and f.unit = a.unit) "
                   "from area a where a.province = ?2 order by a.unit";
    }
    return "";
}

Statement& SqlitePeer::prepared(const std::string& text)
{
    auto& statement = m_statements[text];
    if (!statement) statement = std::make_unique<Statement>(m_database, text);
    return *statement;
}

Times SqlitePeer::ask(const Workload& workload, const Question& question, Answer& answer, std::string& json)
{
    const auto range = workload.communes_in(question.province);
    const auto text = sql(question.kind, question.indicator);
    const bool wide_row = m_layout == "wide" && (question.kind == QueryKind::q1 || question.kind == QueryKind::q2);
    auto& statement = prepared(text);
    Times times;
    const Stopwatch watch;
    statement.bind(1, question.period);
    statement.bind(2, question.province);
    statement.bind(3, question.indicator);
    statement.bind(4, workload.node_of_commune(range.first));
    statement.bind(5, workload.node_of_commune(range.last - 1));
    statement.bind(6, range.first);
    while (statement.step()) {
        if (question.kind == QueryKind::q4) {
            const auto row = static_cast<std::int32_t>(statement.integer(0)) - range.first;
            answer.at(row, 2, 0) += statement.integer(2);
            ++answer.at(row, 2, 1);
            if (statement.integer(2) == 0) answer.names.push_back(statement.text(1));
        } else if (wide_row) {
            for (int i = 0; i < indicator_count; ++i)
                place_narrow(workload, question, statement.integer(0), i, statement.integer(1 + i), answer);
        } else {
            place_narrow(workload, question, statement.integer(0), statement.integer(1), statement.integer(2), answer);
        }
    }
    const bool has_nation = m_layout == "summary" && question.kind == QueryKind::q3;
    if (!has_nation && (question.kind == QueryKind::q3 || question.kind == QueryKind::q6))
        add_nation(answer, period_count);
    times.answer_ms = watch.ms();
    write_json(answer, columns_of(question.kind), json);
    times.json_ms = watch.ms() - times.answer_ms;
    return times;
}

}  // namespace

std::unique_ptr<Peer> make_sqlite(std::string_view name, const Place& place)
{
    return std::make_unique<SqlitePeer>(name, place);
}

}  // namespace phoihop::bench
