// SPDX-License-Identifier: Apache-2.0
#include "simulation/simulate.hpp"

#include "documents/csv.hpp"
#include "programme/period_id.hpp"

#include <algorithm>
#include <array>
#include <future>
#include <map>
#include <unordered_map>

namespace phoihop::simulation {

using reporting::Outcome;
using reporting::Sender;
using reporting::Verdict;

namespace {

/// Submissions judged and queued together: enough for full commits, little enough for memory.
constexpr std::size_t most_together = 2000;

}  // namespace

struct Simulation::Impl {
    Reception& reception;
    std::map<std::string, Simulator, std::less<>> simulators;
    std::map<std::string, std::unordered_map<UnitId, facts::Cells>, std::less<>> last;  ///< by form
    SimulationCounts counts;

    std::vector<Submission> first;   ///< reports as they come in
    std::vector<Submission> second;  ///< corrections and withdrawals, after all of the period have come in
    std::int64_t missing = 0;        ///< of the period that is being drawn

    void draw(const DrawnDuty& duty, Date today);
    void take(const std::vector<Submission>& submissions, Date today, const Raw& raw);
};

Simulation::Simulation(Reception& reception, const units::Territory& territory, std::uint64_t seed)
    : m_impl(new Impl{reception, {}, {}, {}, {}, {}, 0})
{
    const Inheritance inheritance(territory);
    for (const programme::Form& form : reception.programme().forms)
        if (form.source == "typed")
            m_impl->simulators.try_emplace(form.code, reception.programme(), form, seed, inheritance,
                                           territory.units().size());
}

Simulation::~Simulation() = default;

const SimulationCounts& Simulation::counts() const
{
    return m_impl->counts;
}

void Simulation::Impl::draw(const DrawnDuty& duty, Date today)
{
    const auto found = simulators.find(duty.form);
    if (found == simulators.end()) return;
    const Simulator& simulator = found->second;
    const Fate fate = simulator.fate(duty.unit, duty.period);
    auto& before = last[duty.form];
    const auto last_of = [&](UnitId unit) {
        const auto known = before.find(unit);
        return known == before.end() ? nullptr : &known->second;
    };
    const facts::Cells* previous = last_of(duty.unit);
    facts::Cells opening;
    if (previous == nullptr) {
        opening = simulator.opening(duty.unit, last_of);
        previous = &opening;
    }
    const int until_due = static_cast<int>((duty.due - duty.opens).count());
    const int days = simulator.days(duty.unit, duty.period, fate, until_due);
    const Date arrives = (fate == Fate::late ? duty.due : duty.opens) + std::chrono::days{days};
    if (fate == Fate::missing || arrives > today) {
        ++missing;
        return;
    }
    Submission report;
    report.form = duty.form;
    report.period = duty.period;
    report.unit = duty.unit;
    report.received_on = arrives;
    if (fate == Fate::nil) {
        report.nil = true;
        first.push_back(std::move(report));
        return;
    }
    facts::Cells cells = simulator.figures(duty.unit, duty.period, previous);
    if (fate == Fate::refused_once) {
        Submission mistake = report;
        mistake.cells = simulator.mistaken(duty.unit, duty.period, cells);
        first.push_back(std::move(mistake));
    }
    report.cells = simulator.texts(cells);
    first.push_back(report);
    const Date later = std::min(today, arrives + std::chrono::days{4});
    if (fate == Fate::corrected) {
        cells = simulator.correction(duty.unit, duty.period, cells, previous);
        report.cells = simulator.texts(cells);
        report.received_on = later;
        report.reason = "Rà soát lại số liệu (mô phỏng)";
        second.push_back(report);
    } else if (fate == Fate::withdrawn) {
        report.cells.clear();
        report.withdraw = true;
        report.received_on = later;
        report.reason = "Rút để lập lại (mô phỏng)";
        second.push_back(report);
    }
    before[duty.unit] = std::move(cells);
}

/// Has the office take one chunk. The only one that counts what was sent, on whatever thread it runs.
void Simulation::Impl::take(const std::vector<Submission>& submissions, Date today, const Raw& raw)
{
    Sender sender;
    sender.today = today;
    sender.may_set_received_on = true;
    if (raw)
        for (const Submission& submission : submissions) raw(submission);
    counts.sent += static_cast<std::int64_t>(submissions.size());
    reception.submit_all(submissions, sender, [&](std::size_t i, Outcome&& outcome) {
        if (outcome.verdict == Verdict::refused) ++counts.refused;
        if (outcome.verdict != Verdict::accepted && outcome.verdict != Verdict::corrected) return;
        ++counts.accepted;
        counts.figures += static_cast<std::int64_t>(submissions[i].cells.size());
    });
}

void Simulation::send(std::span<const DrawnDuty> duties, Date today, const Raw& raw)
{
    // The next chunk is drawn while the last one is judged and written; chunks are taken one after the other, so what
    // is kept is the same as if nothing ran beside.
    std::future<void> taken;
    const auto hand_over = [&](std::vector<Submission>& submissions) {
        if (taken.valid()) taken.get();
        taken = std::async(std::launch::async, [this, today, &raw, chunk = std::exchange(submissions, {})] {
            m_impl->take(chunk, today, raw);
        });
    };
    for (const DrawnDuty& duty : duties) {
        m_impl->draw(duty, today);
        if (m_impl->first.size() >= most_together) hand_over(m_impl->first);
    }
    hand_over(m_impl->first);
    hand_over(m_impl->second);
    taken.get();
    m_impl->counts.missing += std::exchange(m_impl->missing, 0);
}

void append_raw_rows(std::string& csv, const Submission& submission, const units::Territory& territory,
                     const programme::Programme& programme)
{
    using documents::text_cell;
    const Date day = programme.calendar.dates(submission.period).cut_off();
    const std::string period = submission.period.text();
    const std::string unit = territory.code_text(submission.unit, day);
    const std::string on = submission.received_on ? format_date(*submission.received_on) : std::string{};
    const auto row = [&](const std::string& indicator, const std::string& value) {
        const std::array cells = {text_cell(period), text_cell(unit), text_cell(indicator),
                                  text_cell(value),  text_cell(on),   text_cell(submission.reason)};
        documents::append_csv_row(csv, cells);
    };
    if (submission.nil) row(submission.form, "nil");
    for (const CellInput& cell : submission.cells) row(cell.indicator, cell.text);
    if (submission.withdraw) row(submission.form, "withdraw");
}

}  // namespace phoihop::simulation
