// SPDX-License-Identifier: Apache-2.0
#include "web/check_queue.hpp"

#include "obligations/obligation_journal.hpp"
#include "obligations/register.hpp"
#include "programme/period_id.hpp"
#include "reporting/submission.hpp"
#include "rollup/cube.hpp"
#include "store/journal.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
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

/// Reads from the register what waits for the actor, all of it or that of some units.
class WaitingReader {
public:
    WaitingReader(const Call& call, WaitsFor what)
        : m_call(call),
          m_progress(what == WaitsFor::verification ? obligations::Progress::claimed : obligations::Progress::evidenced)
    {
        const accounts::Act act = what == WaitsFor::verification ? accounts::Act::verify : accounts::Act::lock;
        if (call.allowed_somewhere(act)) m_judged = judged_units(call, act);
    }

    /// The journal sequence that the register was at.
    std::int64_t all(std::vector<Waiting>& waiting) const
    {
        return each_column(
            [&](const obligations::Books& books, const obligations::Column& column, const std::vector<bool>& units) {
                for (const obligations::Entry& entry : column.entries) add(waiting, books, column, entry, units);
            });
    }

    /// Those of pairs of a form and a unit, in all periods.
    std::int64_t some(std::vector<Waiting>& waiting, const std::set<std::pair<std::string, UnitId>>& of) const
    {
        return each_column(
            [&](const obligations::Books& books, const obligations::Column& column, const std::vector<bool>& units) {
                for (auto at = of.lower_bound({column.asked.subject, UnitId{}});
                     at != of.end() && at->first == column.asked.subject; ++at)
                    if (const obligations::Entry* entry = column.of(at->second))
                        add(waiting, books, column, *entry, units);
            });
    }

private:
    template <class Each>
    std::int64_t each_column(const Each& each) const
    {
        std::int64_t as_of = 0;
        m_call.services.instance.register_of_obligations().read(
            [&](const obligations::Books& books, std::int64_t sequence) {
                as_of = sequence;
                for (const obligations::Column& column : books.columns()) {
                    if (column.asked.programme != m_call.programme->id || column.asked.kind != obligations::report_kind)
                        continue;
                    const auto units = m_judged.find(column.asked.party);
                    if (units != m_judged.end()) each(books, column, units->second);
                }
            });
        return as_of;
    }

    void add(std::vector<Waiting>& waiting, const obligations::Books& books, const obligations::Column& column,
             const obligations::Entry& entry, const std::vector<bool>& units) const
    {
        if (!units[static_cast<std::size_t>(entry.unit().value - 1)]) return;
        if (books.own_state(entry, m_call.on).progress != m_progress) return;
        waiting.push_back({entry.unit(), column.asked.subject, column.asked.period, entry.due()});
    }

    const Call& m_call;
    obligations::Progress m_progress;
    Judged m_judged;
};

/// Those that were due first, by form and unit.
void arrange(std::vector<Waiting>& waiting)
{
    std::stable_sort(waiting.begin(), waiting.end(), [](const Waiting& left, const Waiting& right) {
        return std::tie(left.due, left.form, left.unit) < std::tie(right.due, right.form, right.unit);
    });
}

/// The reports of what waits, each judged.
std::vector<QueuedReport> judged_reports(const Call& call, WaitsFor what, const rollup::Snapshot& snapshot,
                                         const std::vector<Waiting>& waiting)
{
    const auto wanted = what == WaitsFor::verification ? facts::FactState::submitted : facts::FactState::verified;
    Findings findings(call, snapshot);
    std::vector<QueuedReport> reports;
    for (const Waiting& each : waiting) {
        const programme::Form* form = call.programme->form(each.form);
        if (form == nullptr) continue;
        const facts::FactKey key{call.programme->id, form->number, each.period, each.unit};
        const auto current = snapshot.current(key);
        if (!current || current->state != wanted) continue;
        reports.push_back({key, current->version, each.due, !findings.of(key, *current).empty()});
    }
    return reports;
}

/// Of which forms and units something was changed after `after`, up to `until`; nothing where it is so much that
/// judging anew is no dearer.
std::optional<std::set<std::pair<std::string, UnitId>>> changed_since(const Call& call, std::int64_t after,
                                                                      std::int64_t until)
{
    constexpr std::int64_t records_max = 5000;
    if (until - after > records_max) return std::nullopt;
    std::vector<std::string> subjects;
    call.services.instance.database().read([&](store::Connection& connection) {
        store::read_journal(connection, after, until - after,
                            [&](const store::JournalRecord& record) { subjects.push_back(record.subject); });
    });
    std::set<std::pair<std::string, UnitId>> changed;
    std::vector<ObligationId> obligations;
    for (const std::string& subject : subjects) {
        // A period was opened, or what it asked was passed on to heirs.
        if (obligations::register_from_subject(subject)) return std::nullopt;
        if (const auto id = obligations::obligation_from_subject(subject)) obligations.push_back(*id);
        const auto key = facts::key_from_subject(subject);
        if (!key || key->programme != call.programme->id) continue;
        if (const programme::Form* form = call.programme->form(key->form)) changed.emplace(form->code, key->unit);
    }
    call.services.instance.register_of_obligations().read([&](const obligations::Books& books, std::int64_t) {
        for (const ObligationId id : obligations)
            if (const auto place = books.place(id); place.column != nullptr)
                changed.emplace(place.column->asked.subject, place.entry->unit());
    });
    return changed;
}

/// A queue of before, with what was changed since judged anew: a report's own figures and those of its last periods are
/// all that its judgement looks at. Nothing where the whole is to be judged.
std::optional<std::vector<QueuedReport>> brought_up(const Call& call, WaitsFor what, const rollup::Snapshot& snapshot,
                                                    const CheckQueue& before, std::int64_t& register_as_of)
{
    const auto changed = changed_since(call, before.as_of, snapshot.as_of());
    if (!changed) return std::nullopt;
    std::vector<Waiting> waiting;
    register_as_of = WaitingReader(call, what).some(waiting, *changed);
    arrange(waiting);
    std::set<std::pair<std::int32_t, UnitId>> gone;
    for (const auto& [form, unit] : *changed)
        if (const programme::Form* known = call.programme->form(form)) gone.emplace(known->number, unit);
    std::vector<QueuedReport> kept;
    kept.reserve(before.reports.size());
    for (const QueuedReport& report : before.reports)
        if (!gone.contains({report.key.form, report.key.unit})) kept.push_back(report);
    const auto fresh = judged_reports(call, what, snapshot, waiting);
    const auto place = [&call](const QueuedReport& report) {
        return std::make_tuple(report.due, std::string_view(call.programme->form(report.key.form)->code),
                               report.key.unit);
    };
    std::vector<QueuedReport> all;
    all.reserve(kept.size() + fresh.size());
    std::ranges::merge(kept, fresh, std::back_inserter(all), {}, place, place);
    return all;
}

}  // namespace

std::vector<Waiting> waiting_reports(const Call& call, WaitsFor what)
{
    std::vector<Waiting> waiting;
    WaitingReader(call, what).all(waiting);
    arrange(waiting);
    return waiting;
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
    const auto before = call.services.queues.find(key);
    if (before && before->version.is(version)) return before->queue;
    std::int64_t register_as_of = 0;
    std::optional<std::vector<QueuedReport>> reports;
    if (before && before->version.definitions == version.definitions && before->version.as_of <= version.as_of)
        reports = brought_up(call, what, *snapshot, *before->queue, register_as_of);
    if (!reports) {
        std::vector<Waiting> waiting;
        register_as_of = WaitingReader(call, what).all(waiting);
        arrange(waiting);
        reports = judged_reports(call, what, *snapshot, waiting);
    }
    auto queue = std::make_shared<const CheckQueue>(CheckQueue{snapshot->as_of(), std::move(*reports)});
    // The register may be a moment behind the cube; then the next reader looks again.
    if (register_as_of >= snapshot->as_of()) call.services.queues.keep(std::move(key), {version, queue});
    return queue;
}

std::optional<KeptQueue> KeptQueues::find(std::string_view key) const
{
    const std::scoped_lock lock(m_mutex);
    for (const auto& [name, kept] : m_kept)
        if (name == key) return kept;
    return std::nullopt;
}

void KeptQueues::keep(std::string key, KeptQueue queue)
{
    const std::scoped_lock lock(m_mutex);
    const auto same =
        std::ranges::find(m_kept, key, [](const auto& named) -> const std::string& { return named.first; });
    if (same != m_kept.end()) {
        if (queue.version.is_before(same->second.version)) return;
        m_kept.erase(same);
    }
    if (m_kept.size() >= kept_max) m_kept.erase(m_kept.begin());
    m_kept.emplace_back(std::move(key), std::move(queue));
}

}  // namespace phoihop::web
