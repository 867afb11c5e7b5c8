// SPDX-License-Identifier: Apache-2.0
#include "web/check_queue.hpp"

#include "obligations/register.hpp"
#include "programme/period_id.hpp"
#include "reporting/submission.hpp"
#include "rollup/cube.hpp"

#include <algorithm>
#include <map>
#include <tuple>

namespace phoihop::web {

namespace {

/// By party: the units whose reports the actor judges.
using Judged = std::map<std::string, std::vector<bool>>;

Judged judged_units(const Call& call, accounts::Act act)
{
    Judged judged;
    for (const programme::Form& form : call.programme->forms)
        if (!judged.contains(form.party))
            judged[form.party] = accounts::allowed_units(call.actor.grants, act, {call.programme->id, form.party, {}},
                                                         *call.territory, call.today);
    return judged;
}

void add_waiting(std::vector<Waiting>& waiting, const obligations::Column& column, const std::vector<bool>& units,
                 const std::function<bool(const obligations::Entry&)>& waits)
{
    for (const obligations::Entry& entry : column.entries)
        if (units[static_cast<std::size_t>(entry.unit().value - 1)] && waits(entry))
            waiting.push_back({entry.unit(), column.asked.subject, column.asked.period, entry.due()});
}

std::vector<Waiting> waiting_as_of(const Call& call, WaitsFor what, std::int64_t& as_of)
{
    using obligations::Progress;
    std::vector<Waiting> waiting;
    const bool verifies = what == WaitsFor::verification;
    const accounts::Act act = verifies ? accounts::Act::verify : accounts::Act::lock;
    if (!call.allowed_somewhere(act)) return waiting;
    const Judged judged = judged_units(call, act);
    call.services.instance.register_of_obligations().read([&](const obligations::Books& books, std::int64_t sequence) {
        as_of = sequence;
        const auto waits = [&](const obligations::Entry& entry) {
            return books.own_state(entry, call.on).progress == (verifies ? Progress::claimed : Progress::evidenced);
        };
        for (const obligations::Column& column : books.columns()) {
            if (column.asked.programme != call.programme->id || column.asked.kind != obligations::report_kind) continue;
            const auto units = judged.find(column.asked.party);
            if (units != judged.end()) add_waiting(waiting, column, units->second, waits);
        }
    });
    std::stable_sort(waiting.begin(), waiting.end(), [](const Waiting& left, const Waiting& right) {
        return std::tie(left.due, left.form, left.unit) < std::tie(right.due, right.form, right.unit);
    });
    return waiting;
}

CheckQueue judged_queue(const Call& call, WaitsFor what, const rollup::Snapshot& snapshot, std::int64_t& register_as_of)
{
    const auto wanted = what == WaitsFor::verification ? facts::FactState::submitted : facts::FactState::verified;
    Findings findings(call, snapshot);
    CheckQueue queue{snapshot.as_of(), {}};
    for (const Waiting& waiting : waiting_as_of(call, what, register_as_of)) {
        const programme::Form* form = call.programme->form(waiting.form);
        if (form == nullptr) continue;
        const facts::FactKey key{call.programme->id, form->number, waiting.period, waiting.unit};
        const auto current = snapshot.current(key);
        if (!current || current->state != wanted) continue;
        queue.reports.push_back({key, current->version, waiting.due, !findings.of(key, *current).empty()});
    }
    return queue;
}

}  // namespace

std::vector<Waiting> waiting_reports(const Call& call, WaitsFor what)
{
    std::int64_t as_of = 0;
    return waiting_as_of(call, what, as_of);
}

struct Findings::Judges {
    std::map<std::int32_t, reporting::Judge> by_form;
    reporting::History history;
};

Findings::Findings(const Call& call, const rollup::Snapshot& snapshot)
    : m_call(call), m_snapshot(snapshot), m_judges(std::make_unique<Judges>())
{
}

Findings::~Findings() = default;

std::vector<reporting::Finding> Findings::of(const facts::FactKey& key, const rollup::CurrentReport& report)
{
    const programme::Form& form = *m_call.programme->form(key.form);
    const auto [judge, is_new] = m_judges->by_form.try_emplace(form.number, *m_call.programme, form);
    auto& history = m_judges->history;
    history.clear();
    if (judge->second.looks_back()) {
        facts::FactKey past = key;
        programme::PeriodName period = programme::name_of(key.period);
        for (std::size_t i = 0; i < reporting::history_periods; ++i) {
            period = programme::previous(period);
            past.period = programme::id_of(period);
            const auto before = m_snapshot.current(past);
            const bool counts = before && facts::counts_as_received(before->state);
            history.push_back(counts ? std::optional(before->fact.cells) : std::nullopt);
        }
    }
    return judge->second.findings(report.fact.cells, report.fact.nil, history);
}

std::shared_ptr<const CheckQueue> check_queue(const Call& call, WaitsFor what)
{
    const auto snapshot = call.services.instance.cube().snapshot();
    const AnswerVersion version{snapshot, snapshot->as_of(), call.definitions};
    std::string key = call.programme->code + "/" + (what == WaitsFor::verification ? "verify" : "lock") + "/" +
                      format_date(call.on) + "/" + format_date(call.today) + "/" +
                      accounts::scope_key(call.actor.grants);
    if (auto kept = call.services.queues.find(key, version)) return kept;
    std::int64_t register_as_of = 0;
    auto queue = std::make_shared<const CheckQueue>(judged_queue(call, what, *snapshot, register_as_of));
    // The register may be a moment behind the cube; then the next reader looks again.
    if (register_as_of >= snapshot->as_of()) call.services.queues.keep(std::move(key), version, queue);
    return queue;
}

std::shared_ptr<const CheckQueue> KeptQueues::find(std::string_view key, const AnswerVersion& version) const
{
    const std::scoped_lock lock(m_mutex);
    for (const Kept& kept : m_kept)
        if (kept.key == key && kept.version.is(version)) return kept.queue;
    return nullptr;
}

void KeptQueues::keep(std::string key, const AnswerVersion& version, std::shared_ptr<const CheckQueue> queue)
{
    const std::scoped_lock lock(m_mutex);
    if (std::ranges::any_of(m_kept, [&](const Kept& kept) { return version.is_before(kept.version); })) return;
    std::erase_if(m_kept, [&](const Kept& kept) { return kept.key == key || !kept.version.is(version); });
    if (m_kept.size() >= kept_max) m_kept.erase(m_kept.begin());
    m_kept.push_back({std::move(key), version, std::move(queue)});
}

}  // namespace phoihop::web
