// SPDX-License-Identifier: Apache-2.0
#include "obligations/pass_on.hpp"

#include <algorithm>
#include <map>

namespace phoihop::obligations {

namespace {

/// One run over the units that ended.
class Passing {
public:
    Passing(store::WriteContext& context, const programme::Programme& programme, const units::Territory& territory,
            Date on, UserId actor)
        : m_context(context), m_programme(programme), m_territory(territory), m_on(on), m_actor(actor)
    {
    }

    Result<PassedOn> run()
    {
        if (ObligationStore::opened_periods(m_context.connection(), m_programme.id).empty()) return m_result;
        std::vector<const units::Unit*> ended;
        for (const units::Unit& unit : m_territory.units())
            if (unit.ends() <= m_on && m_programme.validity.from <= unit.ends()) ended.push_back(&unit);
        // In the order of their ends, so that an heir that ended in its turn passes on what it was left.
        std::stable_sort(ended.begin(), ended.end(),
                         [](const units::Unit* a, const units::Unit* b) { return a->ends() < b->ends(); });
        for (const units::Unit* unit : ended) leave(*unit);
        for (auto& [period, content] : m_journal)
            m_context.record(m_actor, word(EventKind::passed_on), register_subject(m_programme.id, period), 1,
                             std::move(content));
        return m_result;
    }

private:
    void leave(const units::Unit& unit)
    {
        auto& connection = m_context.connection();
        const auto rows = ObligationStore::rows_of_unit(connection, m_programme.id, unit.id, unit.ends());
        if (rows.empty()) return;
        const std::vector<UnitId> heirs = heirs_of_duties(m_territory, unit.id);
        for (const BookedRow& row : rows) {
            const Found from = ObligationStore::find(connection, row.id).value();
            const Progress stands = progress(from.steps, forever);
            if (stands != Progress::open && stands != Progress::returned) continue;
            Date passed_on = std::max(unit.ends(), row.opens);
            for (const Step& step : from.steps) passed_on = std::max(passed_on, step.on);
            if (m_on < passed_on) continue;  // not yet
            pass(row, from, heirs, passed_on);
        }
    }

    void pass(const BookedRow& row, const Found& from, const std::vector<UnitId>& heirs, Date passed_on)
    {
        Event event;
        event.obligation = row.id;
        event.kind = EventKind::passed_on;
        event.on = passed_on;
        event.at = m_context.now();
        event.actor = m_actor;
        ObligationStore::append_silently(m_context, from, event);
        ++m_result.passed;
        if (heirs.empty()) ++m_result.without_heir;
        const Asked asked = asked_of(row);
        store::Bytes& content = m_journal[asked.period];
        note(content, row.id.value);
        for (const UnitId heir : heirs) {
            const ObligationId to = row_of_heir(row, asked, heir, passed_on);
            ObligationStore::add_inheritance(m_context, {row.id, row.unit, to, heir});
            note(content, to.value);
        }
    }

    ObligationId row_of_heir(const BookedRow& left, const Asked& asked, UnitId heir, Date passed_on)
    {
        const auto own =
            ObligationStore::find(m_context.connection(), asked.programme, asked.period, asked.subject, heir);
        if (own) {
            ++m_result.joined;
            if (own->due < left.due && ObligationStore::is_inherited(m_context.connection(), own->id))
                ObligationStore::extend(m_context, *own, std::max(own->due, left.due),
                                        std::max(own->closes, left.closes));
            return own->id;
        }
        ++m_result.made;
        const ObligationId id{ObligationStore::draw_ids(m_context, 1)};
        ObligationStore::add_row(m_context, {id, heir, left.asked, passed_on, left.due, left.closes, true});
        return id;
    }

    const Asked& asked_of(const BookedRow& row)
    {
        auto found = m_asked.find(row.asked);
        if (found == m_asked.end())
            found = m_asked.emplace(row.asked, ObligationStore::asked(m_context.connection(), row.asked).value()).first;
        return found->second;
    }

    static void note(store::Bytes& content, std::int64_t id)
    {
        for (int shift = 0; shift < 64; shift += 8) content.push_back(static_cast<std::byte>(id >> shift));
    }

    store::WriteContext& m_context;
    const programme::Programme& m_programme;
    const units::Territory& m_territory;
    const Date m_on;
    const UserId m_actor;
    PassedOn m_result;
    std::map<std::int64_t, Asked> m_asked;
    std::map<PeriodId, store::Bytes> m_journal;
};

}  // namespace

std::vector<UnitId> heirs_of_duties(const units::Territory& territory, UnitId unit)
{
    const Date end = territory.unit(unit).ends();
    std::vector<UnitId> of_people;
    std::vector<UnitId> of_land;
    for (const units::Succession* succession : territory.heirs_of(unit)) {
        if (succession->on != end) continue;  // gave a part away while it lived
        if (succession->default_heir) return {succession->to};
        auto& heirs = succession->people == units::Part::none ? of_land : of_people;
        heirs.push_back(succession->to);
    }
    return of_people.empty() ? of_land : of_people;
}

Result<PassedOn> pass_on(store::WriteContext& context, const programme::Programme& programme,
                         const units::Territory& territory, Date on, UserId actor)
{
    return Passing(context, programme, territory, on, actor).run();
}

}  // namespace phoihop::obligations
