// SPDX-License-Identifier: Apache-2.0
#include "units/choose_heir.hpp"

#include <algorithm>

namespace phoihop::units {

Result<void> judge_heir(const StoredUnits& stored, UnitId from, UnitId to, const Decision& decision)
{
    if (decision.act.empty()) return refuse(ProblemCode::missing, "act", {{"what", "act"}});
    if (from.value < 1 || from.value > static_cast<std::int64_t>(stored.units.size())) {
        return refuse(ProblemCode::not_found, "from");
    }
    const Unit& unit = stored.units[static_cast<std::size_t>(from.value - 1)];
    if (unit.ends() == forever) {
        return refuse(ProblemCode::wrong_state, "from", {{"state", "living"}, {"wanted", "divided"}});
    }
    std::vector<const Succession*> heirs;
    for (const Succession& succession : stored.successions) {
        if (succession.from == from && succession.on == unit.ends()) heirs.push_back(&succession);
    }
    if (std::any_of(heirs.begin(), heirs.end(), [](const Succession* heir) { return heir->default_heir; })) {
        return refuse(ProblemCode::wrong_state, "from", {{"state", "heir named by the act"}, {"wanted", "divided"}});
    }
    if (std::any_of(heirs.begin(), heirs.end(), [&](const Succession* heir) { return heir->to == to; })) return {};
    std::string candidates;
    for (const Succession* heir : heirs) {
        const Unit& each = stored.units[static_cast<std::size_t>(heir->to.value - 1)];
        candidates += (candidates.empty() ? "" : ", ") + each.states.front().code.text();
    }
    return refuse(ProblemCode::unknown_name, "to",
                  {{"what", "heir"}, {"found", std::to_string(to.value)}, {"candidates", candidates}});
}

Result<void> judge_withdrawal(const StoredUnits& stored, UnitId from, const Decision& decision)
{
    if (decision.act.empty()) return refuse(ProblemCode::missing, "act", {{"what", "act"}});
    if (!stored.choice(from))
        return refuse(ProblemCode::wrong_state, "from", {{"state", "no choice"}, {"wanted", "heir chosen"}});
    return {};
}

Result<Chosen> choose_heir(store::Writer& writer, UnitId from, UnitId to, const Decision& decision, UserId actor)
{
    return writer.run([&](store::WriteContext& context) -> Result<Chosen> {
        const StoredUnits stored = UnitStore::read(context.connection());
        PHOIHOP_CHECK_OK(judge_heir(stored, from, to, decision));
        const HeirChoice* before = stored.choice(from);
        if (before && before->to == to && before->decided_on == decision.on && before->act == decision.act)
            return Chosen::already;
        UnitStore::append(context, {from, 0, to, decision.on, decision.act, actor, {}}, stored);
        return Chosen::now;
    });
}

Result<void> withdraw_heir(store::Writer& writer, UnitId from, const Decision& decision, UserId actor)
{
    return writer.run([&](store::WriteContext& context) -> Result<void> {
        const StoredUnits stored = UnitStore::read(context.connection());
        PHOIHOP_CHECK_OK(judge_withdrawal(stored, from, decision));
        UnitStore::append(context, {from, 0, UnitId{}, decision.on, decision.act, actor, {}}, stored);
        return {};
    });
}

}  // namespace phoihop::units
