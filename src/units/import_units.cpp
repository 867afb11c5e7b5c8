// SPDX-License-Identifier: Apache-2.0
#include "units/import_units.hpp"

#include "units/bring_to.hpp"
#include "units/check.hpp"
#include "units/outline_store.hpp"

#include <algorithm>

namespace phoihop::units {
namespace {

/// Gives each assembled unit the id under which the database knows it already, or the next free one.
class Recognition {
public:
    Recognition(const StoredUnits& stored, const Assembly& assembly)
    {
        std::map<Code, std::vector<std::pair<Validity, UnitId>>> known;
        for (const Unit& unit : stored.units) {
            for (const UnitState& state : unit.states) known[state.code].emplace_back(state.validity, unit.id);
        }
        auto next = static_cast<std::int64_t>(stored.units.size());
        for (const Unit& unit : assembly.units) {
            const UnitId found = recognise(known, unit);
            m_ids.push_back(found ? found : UnitId{++next});
        }
    }

    [[nodiscard]] UnitId id(UnitId assembled) const
    {
        return assembled ? m_ids[static_cast<std::size_t>(assembled.value - 1)] : UnitId{};
    }

private:
    static UnitId recognise(const std::map<Code, std::vector<std::pair<Validity, UnitId>>>& known, const Unit& unit)
    {
        for (const UnitState& state : unit.states) {
            const auto found = known.find(state.code);
            if (found == known.end()) continue;
            for (const auto& [validity, id] : found->second) {
                if (validity.from < state.validity.to && state.validity.from < validity.to) return id;
            }
        }
        return {};
    }

    std::vector<UnitId> m_ids;
};

Result<void> first_error(const DataSet& set)
{
    const CheckReport report = check(set);
    if (report.errors == 0) return {};
    const Finding& finding = report.findings.front();
    Problem::Facts facts{{"rule", finding.rule}, {"errors", std::to_string(report.errors)}};
    facts.insert(facts.end(), finding.facts.begin(), finding.facts.end());
    return refuse(ProblemCode::inconsistent, finding.origin.where(), std::move(facts));
}

}  // namespace

Result<Assembly> assemble_checked(const DataSet& set)
{
    PHOIHOP_CHECK_OK(first_error(set));
    return assemble(set);
}

std::vector<UnitChange> changes_of(const StoredUnits& stored, const Assembly& assembly)
{
    const Recognition known(stored, assembly);
    std::vector<UnitChange> changes(assembly.units.size());
    for (std::size_t i = 0; i < assembly.units.size(); ++i) {
        UnitChange& change = changes[i];
        change.unit = assembly.units[i];
        change.unit.id = known.id(change.unit.id);
        for (UnitState& state : change.unit.states) state.parent = known.id(state.parent);
    }
    for (Succession succession : assembly.successions) {
        UnitChange& change = changes[static_cast<std::size_t>(succession.from.value - 1)];
        succession.from = known.id(succession.from);
        succession.to = known.id(succession.to);
        change.successions.push_back(std::move(succession));
    }
    for (Alias alias : assembly.aliases) {
        UnitChange& change = changes[static_cast<std::size_t>(alias.unit.value - 1)];
        alias.unit = known.id(alias.unit);
        change.aliases.push_back(std::move(alias));
    }
    return changes;
}

Result<ImportedUnits> import_units(store::Writer& writer, const DataSet& set, UserId actor)
{
    PHOIHOP_TRY(assembly, assemble_checked(set));
    return writer.run([&](store::WriteContext& context) -> Result<ImportedUnits> {
        const StoredUnits stored = UnitStore::read(context.connection());
        PHOIHOP_TRY(counts, bring_to(context, actor, stored, changes_of(stored, assembly)));
        for (const Drawing& drawing : drawings_of(set))
            if (OutlineStore::save(context, actor, drawing)) ++counts.drawings;
        return counts;
    });
}

}  // namespace phoihop::units
