// SPDX-License-Identifier: Apache-2.0
#include "cli/simulate_programme.hpp"

#include "cli/parts.hpp"
#include "documents/csv.hpp"
#include "facts/fact_store.hpp"
#include "instance/instance.hpp"
#include "obligations/open_period.hpp"
#include "obligations/pass_on.hpp"
#include "obligations/settle.hpp"
#include "programme/period_id.hpp"
#include "reporting/decide.hpp"
#include "simulation/lot.hpp"

#include <algorithm>
#include <array>
#include <fstream>

namespace phoihop::cli {

namespace {

using programme::PeriodName;

/// A drawn number that depends on all three, for what happens outside reports.
std::uint64_t drawn(std::uint64_t seed, std::int64_t a, std::int64_t b)
{
    using simulation::mix;
    return mix(mix(mix(seed) ^ static_cast<std::uint64_t>(a)) ^ static_cast<std::uint64_t>(b));
}

class Run {
public:
    Run(instance::Instance& instance, const SimulateWish& wish, std::shared_ptr<const units::Territory> territory,
        Output& output)
        : m_instance(instance),
          m_wish(wish),
          m_territory(std::move(territory)),
          m_output(output),
          m_reception(instance.reception(wish.programme)),
          m_simulation(*m_reception, *m_territory, wish.seed)
    {
    }

    Result<SimulateCounts> all()
    {
        // Both before anything is drawn: what cannot be written is not to be drawn again.
        PHOIHOP_CHECK_OK(open_for_writing(m_raw, m_wish.raw));
        PHOIHOP_CHECK_OK(open_for_writing(m_final, m_wish.out));
        m_raw << "period,unit,indicator,value,received_on,reason\n";
        for (const PeriodName& period : periods()) PHOIHOP_CHECK_OK(one(period));
        PHOIHOP_CHECK_OK(m_instance.writer().run([&](store::WriteContext& context) {
            return obligations::pass_on(context, *m_wish.programme, *m_territory, m_wish.today, UserId{});
        }));
        m_counts.reports = m_simulation.counts();
        if (m_final.is_open()) write_final();
        m_output.progress({});
        PHOIHOP_CHECK_OK(close_written(m_raw, m_wish.raw));
        PHOIHOP_CHECK_OK(close_written(m_final, m_wish.out));
        return m_counts;
    }

private:
    /// Every period that asks something, of whatever frequency, inside the span; in the order in which they open.
    [[nodiscard]] std::vector<PeriodName> periods() const
    {
        const programme::Programme& programme = *m_wish.programme;
        const Date begin = programme.calendar.dates(m_wish.from).window.from;
        const Date end = programme.calendar.dates(m_wish.to).window.to;
        const Date today = m_wish.today;
        std::vector<PeriodName> found;
        // What is owed once in the whole programme was opened when it began, before the span.
        if (const PeriodName once{0, programme::Frequency::once, 1}; obligations::asks_anything(programme, once))
            found.push_back(once);
        const Date last_opening = std::min(today, end + std::chrono::days{40});
        for (const PeriodName& period : obligations::periods_opening(programme, begin, last_opening)) {
            const programme::PeriodDates dates = programme.calendar.dates(period);
            const bool inside = dates.window.from >= begin && dates.window.to <= end;
            if (inside && period.frequency != programme::Frequency::once) found.push_back(period);
        }
        return found;
    }

    Result<void> one(const PeriodName& period)
    {
        m_output.progress("Kỳ " + period.text() + "…");
        const programme::Programme& programme = *m_wish.programme;
        const Date today = m_wish.today;
        PHOIHOP_TRY(opening,
                    obligations::open_period(m_instance.writer(), programme, *m_territory, period, UserId{}, today));
        ++m_counts.periods;
        m_counts.obligations += opening.period.owed;
        std::vector<obligations::Obligation> rows;
        obligations::ObligationFilter filter;
        filter.programme = programme.id;
        filter.period = programme::id_of(period);
        m_instance.database().read(
            [&](store::Connection& connection) { rows = obligations::ObligationStore::list(connection, filter); });
        std::vector<simulation::DrawnDuty> duties;
        std::vector<const obligations::Obligation*> standing;
        for (const obligations::Obligation& row : rows) {
            if (row.kind == obligations::report_kind)
                duties.push_back({row.subject, period, row.unit, row.opens, row.due});
            else
                standing.push_back(&row);
        }
        simulation::Simulation::Raw raw;
        if (m_raw.is_open())
            raw = [&](const reporting::Submission& submission) {
                std::string text;
                simulation::append_raw_rows(text, submission, *m_territory, programme);
                m_raw << text;
            };
        m_simulation.send(duties, today, raw);
        PHOIHOP_CHECK_OK(verify_some(period, duties));
        return settle(standing);
    }

    /// The office above checks part of what came in: the reports of one unit in four, once the period is a month old.
    Result<void> verify_some(const PeriodName& period, const std::vector<simulation::DrawnDuty>& duties)
    {
        const programme::Programme& programme = *m_wish.programme;
        reporting::Decider decider;
        decider.today = programme.calendar.dates(period).cut_off() + std::chrono::days{35};
        if (decider.today > m_wish.today) return {};
        std::vector<reporting::Decided> verified;
        m_instance.database().read([&](store::Connection& connection) {
            for (const simulation::DrawnDuty& duty : duties) {
                if (drawn(m_wish.seed, duty.unit.value, 0) % 4 != 0) continue;
                const programme::Form* form = programme.form(duty.form);
                const facts::FactKey key{programme.id, form->number, programme::id_of(period), duty.unit};
                const auto current = facts::FactStore::current(connection, key);
                if (current && current->state == facts::FactState::submitted &&
                    current->fact.received_on <= decider.today)
                    verified.push_back({key, current->fact.version});
            }
        });
        for (std::size_t from = 0; from < verified.size(); from += 1000) {
            const std::size_t count = std::min<std::size_t>(1000, verified.size() - from);
            PHOIHOP_CHECK_OK(reporting::decide(m_instance.writer(), programme, std::span(verified).subspan(from, count),
                                               reporting::Decision::verify, decider));
        }
        return {};
    }

    /// Committees, plans and reviews: most are done with a decision, some late, and about one unit in eight never.
    Result<void> settle(const std::vector<const obligations::Obligation*>& rows)
    {
        constexpr std::size_t together = 1000;
        for (std::size_t from = 0; from < rows.size(); from += together) {
            const auto part = std::span(rows).subspan(from, std::min(together, rows.size() - from));
            const auto settled = m_instance.writer().run([&](store::WriteContext& context) -> Result<void> {
                for (const obligations::Obligation* row : part) PHOIHOP_CHECK_OK(settle_one(context, *row));
                return {};
            });
            if (!settled) return settled;
        }
        return {};
    }

    Result<void> settle_one(store::WriteContext& context, const obligations::Obligation& row)
    {
        const Date today = m_wish.today;
        const auto subject = static_cast<std::int64_t>(row.subject.size()) * 131 + row.subject.back();
        const std::uint64_t luck = drawn(m_wish.seed, row.unit.value, subject) % 8;
        if (luck == 0) return {};
        const std::uint64_t random = drawn(m_wish.seed, row.id.value, 7);
        const auto span = static_cast<std::uint64_t>(std::max<std::int64_t>(1, (row.due - row.opens).count()));
        const Date on = luck == 1 ? row.due + std::chrono::days{1 + static_cast<int>(random % 40)}
                                  : row.opens + std::chrono::days{static_cast<int>(random % span)};
        if (on > today) return {};
        obligations::Act act;
        act.obligation = row.id;
        act.today = today;
        act.on = on;
        act.note = "Dữ liệu mô phỏng";
        obligations::Evidence evidence;
        evidence.decision_number =
            std::to_string(10 + random % 480) + (row.kind == "committee" ? "/QĐ-UBND" : "/BC-BCĐ");
        evidence.decision_date = on;
        PHOIHOP_CHECK_OK(obligations::give_evidence(context, *m_wish.programme, act, evidence));
        return {};
    }

    void write_final()
    {
        const programme::Programme& programme = *m_wish.programme;
        std::string text = "period,unit,indicator,value\n";
        const Date begin = programme.calendar.dates(m_wish.from).window.from;
        const Date end = programme.calendar.dates(m_wish.to).window.to;
        m_instance.database().read([&](store::Connection& connection) {
            facts::FactStore::each_current(connection, programme.id, [&](const facts::CurrentFact& current) {
                const PeriodName period = programme::name_of(current.fact.key.period);
                const Validity window = programme.calendar.dates(period).window;
                if (!facts::counts_as_received(current.state) || window.from < begin || window.to > end) return;
                append_final(text, current.fact, period);
                if (text.size() > 1U << 20U) {
                    m_final << text;
                    text.clear();
                }
            });
        });
        m_final << text;
    }

    void append_final(std::string& text, const facts::FactVersion& fact, const PeriodName& period) const
    {
        const programme::Programme& programme = *m_wish.programme;
        const programme::Form* form = programme.form(fact.key.form);
        const std::string unit = m_territory->code_text(fact.key.unit, programme.calendar.dates(period).cut_off());
        for (std::size_t i = 0; i < fact.cells.size(); ++i) {
            if (!fact.cells[i]) continue;
            const programme::Indicator* indicator = programme.indicator(form->cells[i].indicator);
            using documents::text_cell;
            const std::array cells = {text_cell(period.text()), text_cell(unit), text_cell(indicator->code),
                                      text_cell(format_decimal(*fact.cells[i], indicator->scale))};
            documents::append_csv_row(text, cells);
        }
    }

    instance::Instance& m_instance;
    const SimulateWish& m_wish;
    std::shared_ptr<const units::Territory> m_territory;
    Output& m_output;
    std::shared_ptr<reporting::Reception> m_reception;
    simulation::Simulation m_simulation;
    std::ofstream m_raw;
    std::ofstream m_final;
    SimulateCounts m_counts;
};

}  // namespace

Result<SimulateCounts> simulate_programme(instance::Instance& instance, const SimulateWish& wish, Output& output)
{
    if (!wish.programme->simulated) return refuse(ProblemCode::simulated_only, "--programme");
    PHOIHOP_TRY(territory, instance.territory());
    instance.prepare({.register_of_obligations = true, .cube = true},
                     [&](std::string_view line) { output.progress(line); });
    return Run(instance, wish, territory, output).all();
}

}  // namespace phoihop::cli
