// SPDX-License-Identifier: Apache-2.0
#include "instance/register_reader.hpp"

#include "instance/instance.hpp"
#include "obligations/register_measure.hpp"

namespace phoihop::instance {

namespace {

std::shared_ptr<const programme::Programme> programme_of(const Instance& instance, ProgrammeId id)
{
    for (const auto& programme : instance.programmes())
        if (programme->id == id) return programme;
    return nullptr;
}

}  // namespace

rollup::OwedReader RegisterReader::owed() const
{
    return [this](store::Connection& connection, ProgrammeId id, std::optional<PeriodId> period,
                  const std::function<void(const rollup::Owed&)>& each) {
        const auto programme = programme_of(m_instance, id);
        if (!programme) return;
        std::vector<obligations::Asked> columns;
        obligations::ObligationStore::each_asked(connection, [&](const obligations::Asked& asked) {
            const bool wanted =
                asked.programme == id && asked.kind == obligations::report_kind && (!period || asked.period == *period);
            if (wanted) columns.push_back(asked);
        });
        for (const obligations::Asked& asked : columns) {
            const programme::Form* form = programme->form(asked.subject);
            if (form == nullptr) continue;  // a subject that is no form of the programme
            obligations::ObligationStore::each_row(connection, asked.id, [&](const obligations::BookedRow& row) {
                if (!row.inherited) each({form->number, asked.period, row.unit});
            });
        }
    };
}

void RegisterReader::each(ProgrammeId id, std::string_view measure, const programme::PeriodName& period,
                          const std::function<void(UnitId unit, bool met)>& each) const
{
    const auto programme = programme_of(m_instance, id);
    const auto territory = m_instance.territory();
    if (!programme || !territory) return;
    m_books.read([&](const obligations::Books& books, std::int64_t) {
        obligations::each_measured(books, *programme, **territory, measure, period, each);
    });
}

std::shared_ptr<const rollup::RegisterCounts> RegisterReader::counts(
    ProgrammeId programme, std::string_view measure, const programme::PeriodName& period,
    const std::shared_ptr<const rollup::MapRows>& map) const
{
    // Asked before anything is counted: what changes in between is kept under the older version, which nobody asks for
    // again.
    const std::int64_t definitions = m_instance.definitions_as_of();
    std::int64_t as_of = 0;
    m_books.read([&](const obligations::Books&, std::int64_t sequence) { as_of = sequence; });
    const std::pair version(as_of, definitions);
    const Key key(programme, measure, period, map.get());
    {
        const std::scoped_lock lock(m_mutex);
        if (m_version == version)
            if (const auto found = m_kept.find(key); found != m_kept.end()) return found->second.counts;
    }
    auto counts = RegisterMeasures::counts(programme, measure, period, map);
    const std::scoped_lock lock(m_mutex);
    if (version < m_version) return counts;
    if (version != m_version || m_kept.size() >= kept_max) m_kept.clear();
    m_version = version;
    m_kept[key] = {map, counts};
    return counts;
}

}  // namespace phoihop::instance
