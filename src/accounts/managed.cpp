// SPDX-License-Identifier: Apache-2.0
#include "accounts/managed.hpp"

#include "units/territory.hpp"

namespace phoihop::accounts {

namespace {

constexpr std::size_t name_size_max = 400;  // bytes

}  // namespace

Result<void> demand_in(const Actor& actor, Act act, const Target& target, const Setting& setting)
{
    if (setting.territory != nullptr) return demand(actor.grants, act, target, *setting.territory, setting.today);
    if (!target.unit && allowed_everywhere(actor.grants, act, target.programme, target.party)) return {};
    return refuse(ProblemCode::not_allowed, {}, {{"what", std::string(word(act))}});
}

Result<void> demand_over(const Actor& actor, const Grant& grant, const Setting& setting)
{
    if (grant.role == Role::operator_) return demand_in(actor, Act::operate, {}, setting);
    return demand_in(actor, Act::manage_users, {grant.programme, grant.party, grant.unit}, setting);
}

Result<void> demand_over_all(const Actor& actor, const std::vector<Grant>& grants, const Setting& setting)
{
    if (grants.empty()) return demand_in(actor, Act::manage_users, {}, setting);
    for (const Grant& grant : grants) PHOIHOP_CHECK_OK(demand_over(actor, grant, setting));
    return {};
}

Result<void> check_grant(const Grant& grant, const Setting& setting)
{
    if (grant.role == Role::member_organisation && grant.party.empty())
        return refuse(ProblemCode::missing, "party", {{"what", "party"}});
    const auto units = setting.territory == nullptr ? 0 : static_cast<std::int64_t>(setting.territory->units().size());
    if (grant.unit.value < 0 || grant.unit.value > units)
        return refuse(ProblemCode::unknown_name, "unit",
                      {{"what", "unit"}, {"found", std::to_string(grant.unit.value)}});
    return {};
}

Result<void> check_name(std::string_view name)
{
    if (name.empty()) return refuse(ProblemCode::missing, "name", {{"what", "name"}});
    if (name.size() > name_size_max)
        return refuse(ProblemCode::too_large, "name", {{"limit", std::to_string(name_size_max)}});
    return {};
}

}  // namespace phoihop::accounts
