// SPDX-License-Identifier: Apache-2.0
#include "obligations/register.hpp"
#include "programme/period_id.hpp"
#include "reporting/submission_store.hpp"
#include "rollup/cube.hpp"
#include "web/report_reading.hpp"

#include <algorithm>
#include <map>

namespace phoihop::web {

namespace {

using http::JsonWriter;

/// The most reports of one grid; a province of any map has fewer communes.
constexpr std::size_t rows_max = 200;

/// One report of the grid.
struct BatchRow {
    UnitId unit;
    Date opens{};
    Date due{};
    Date closes{};
    obligations::State state;
};

struct BatchPath {
    const programme::Form* form = nullptr;
    programme::PeriodName period;
    Date day{};  ///< whose map says what stands below
    UnitId under;
};

Result<BatchPath> batch_path(const Call& call)
{
    BatchPath path;
    path.form = call.programme->form(call.request.parameter("form"));
    if (path.form == nullptr)
        return refuse(ProblemCode::not_found, {}, {{"what", "form " + call.request.parameter("form")}});
    PHOIHOP_TRY(period, read_at("period", programme::parse_period(call.request.parameter("period"))));
    path.period = period;
    path.day = call.programme->calendar.dates(period).cut_off();
    path.under = home_of(call.actor, *call.territory);
    if (const std::string code = call.query("under"); !code.empty()) {
        PHOIHOP_TRY(under, read_at("under", call.territory->by_code(code, path.day)));
        path.under = under;
    }
    return path;
}

/// Who owes the form below `under` and may be read, in the order of the map's codes.
std::vector<BatchRow> rows_of(const Call& call, const BatchPath& path)
{
    std::vector<BatchRow> rows;
    const auto map = call.territory->map(path.day);
    const std::int32_t top = map->node_of(path.under);
    const auto readable =
        accounts::allowed_units(call.actor.grants, accounts::Act::read_figures,
                                {call.programme->id, path.form->party, {}}, *call.territory, call.today);
    call.services.instance.register_of_obligations().read([&](const obligations::Books& books, std::int64_t) {
        const obligations::Column* column =
            books.column(call.programme->id, programme::id_of(path.period), path.form->code);
        if (column == nullptr || top < 0) return;
        for (const obligations::Entry& entry : column->entries) {
            const std::int32_t node = map->node_of(entry.unit());
            if (node < 0 || map->common(node, top) != top) continue;
            if (!readable[static_cast<std::size_t>(entry.unit().value - 1)]) continue;
            rows.push_back({entry.unit(), entry.opens(), entry.due(), entry.closes(), books.own_state(entry, call.on)});
        }
    });
    std::ranges::sort(rows, {}, [&](const BatchRow& row) { return call.territory->code_text(row.unit, path.day); });
    return rows;
}

class BatchAnswer {
public:
    BatchAnswer(Call& call, const BatchPath& path)
        : m_call(call),
          m_path(path),
          m_snapshot(call.services.instance.cube().snapshot()),
          m_may_submit(accounts::allowed_units(call.actor.grants, accounts::Act::submit,
                                               {call.programme->id, path.form->party, {}}, *call.territory, call.today))
    {
    }

    http::Response write(const std::vector<BatchRow>& rows)
    {
        read_drafts(rows);
        m_json.object().key("under");
        write_unit(m_json, m_path.under, {*m_call.territory, m_path.day}, Path::with);
        m_json.member("form", m_path.form->code).member("period", m_path.period.text()).key("rows").array();
        for (const BatchRow& row : rows) write_row(row);
        m_json.end().end();
        return http::json_answer(200, m_json.take()).with("Cache-Control", "no-store");
    }

private:
    [[nodiscard]] facts::FactKey key_of(UnitId unit, const programme::PeriodName& period) const
    {
        return {m_call.programme->id, m_path.form->number, programme::id_of(period), unit};
    }

    void read_drafts(const std::vector<BatchRow>& rows)
    {
        m_call.services.instance.database().read([&](store::Connection& connection) {
            for (const BatchRow& row : rows)
                if (auto draft =
                        reporting::SubmissionStore::draft(connection, key_of(row.unit, m_path.period), m_call.actor.id))
                    m_drafts.emplace(row.unit.value, std::move(*draft));
        });
    }

    void write_cells(const char* key, const std::optional<rollup::CurrentReport>& report)
    {
        m_json.key(key).object();
        const auto& cells = m_path.form->cells;
        if (report && facts::counts_as_received(report->state))
            for (std::size_t i = 0; i < cells.size() && i < report->fact.cells.size(); ++i)
                if (report->fact.cells[i])
                    m_json.key(cells[i].indicator)
                        .decimal(*report->fact.cells[i], m_call.programme->indicator(cells[i].indicator)->scale);
        m_json.end();
    }

    [[nodiscard]] bool editable(const BatchRow& row, const std::optional<rollup::CurrentReport>& current) const
    {
        if (m_path.form->source != "typed" || !m_may_submit[static_cast<std::size_t>(row.unit.value - 1)]) return false;
        if (m_call.today < row.opens || (current && current->state == facts::FactState::locked)) return false;
        return current || m_call.today <= row.closes;
    }

    void write_row(const BatchRow& row)
    {
        const auto current = m_snapshot->current(key_of(row.unit, m_path.period));
        m_json.object().key("unit");
        write_unit(m_json, row.unit, {*m_call.territory, m_path.day});
        m_json.member("due", format_date(row.due)).member("obligation", word(state_word(row.state)));
        m_json.member("state", current ? facts::word(current->state) : std::string_view("none"));
        m_json.member("version", current ? current->version : 0).member("nil", current && current->fact.nil);
        m_json.member("editable", editable(row, current));
        write_cells("cells", current);
        m_json.key("draft");
        if (const auto draft = m_drafts.find(row.unit.value); draft != m_drafts.end()) {
            m_json.object().key("cells").object();
            for (const auto& [indicator, text] : draft->second.cells) m_json.member(indicator, text);
            m_json.end().member("based_on", draft->second.based_on);
            m_json.member("at", format_instant(draft->second.at)).end();
        } else {
            m_json.null();
        }
        m_json.key("history").array();
        programme::PeriodName past = m_path.period;
        for (std::size_t i = 0; i < reporting::history_periods; ++i) {
            past = programme::previous(past);
            m_json.object().member("period", past.text());
            write_cells("cells", m_snapshot->current(key_of(row.unit, past)));
            m_json.end();
        }
        m_json.end().end();
    }

    Call& m_call;
    const BatchPath& m_path;
    std::shared_ptr<const rollup::Snapshot> m_snapshot;
    std::vector<bool> m_may_submit;
    std::map<std::int64_t, reporting::Draft> m_drafts;
    JsonWriter m_json;
};

Result<http::Response> batch(Call& call)
{
    PHOIHOP_TRY(path, batch_path(call));
    PHOIHOP_CHECK_OK(call.demand(accounts::Act::read_figures, path.under, path.form->party));
    const std::vector<BatchRow> rows = rows_of(call, path);
    if (rows.size() > rows_max)
        return refuse(ProblemCode::too_large, "under",
                      {{"limit", std::to_string(rows_max)}, {"found", std::to_string(rows.size())}});
    return BatchAnswer(call, path).write(rows);
}

}  // namespace

void add_batch_routes(http::Router& router, Services& services)
{
    router.get("/api/v1/programmes/{programme}/batch/{form}/{period}", handler(services, batch));
}

}  // namespace phoihop::web
