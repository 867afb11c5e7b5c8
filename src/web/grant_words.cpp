// SPDX-License-Identifier: Apache-2.0
#include "web/grant_words.hpp"

#include <algorithm>

namespace phoihop::web {

Result<GrantWords> grant_words(const http::JsonView& body)
{
    PHOIHOP_TRY(role, body.text("role"));
    PHOIHOP_TRY(programme, body.text_or("programme", ""));
    PHOIHOP_TRY(party, body.text_or("party", ""));
    PHOIHOP_TRY(unit, body.text_or("unit", ""));
    return GrantWords{role, programme, party, unit};
}

GrantWords grant_words_of_query(const Call& call)
{
    return {call.query("role"), call.query("programme"), call.query("party"), call.query("unit")};
}

namespace {

/// A party of the programme, or of any where none is named.
bool has_party(const Call& call, ProgrammeId programme, const std::string& party)
{
    const auto all = call.services.instance.programmes();
    return std::any_of(all.begin(), all.end(), [&](const auto& each) {
        return (!programme || each->id == programme) &&
               std::any_of(each->parties.begin(), each->parties.end(),
                           [&](const programme::Party& known) { return known.code == party; });
    });
}

}  // namespace

Result<accounts::Grant> read_grant(const Call& call, const GrantWords& words)
{
    accounts::Grant grant;
    const auto role = accounts::role_from_word(words.role);
    if (!role) return refuse(ProblemCode::unknown_name, "role", {{"what", "role"}, {"found", words.role}});
    grant.role = *role;
    if (!words.programme.empty()) {
        PHOIHOP_TRY(programme, read_at("programme", call.services.instance.programme(words.programme)));
        grant.programme = programme->id;
    }
    if (!words.party.empty() && !has_party(call, grant.programme, words.party))
        return refuse(ProblemCode::unknown_name, "party", {{"what", "party"}, {"found", words.party}});
    grant.party = words.party;
    if (!words.unit.empty()) {
        PHOIHOP_TRY(unit, read_at("unit", call.territory->by_code(words.unit, call.today)));
        grant.unit = unit;
    }
    return grant;
}

std::string programme_code(const Call& call, ProgrammeId id)
{
    for (const auto& each : call.services.instance.programmes())
        if (each->id == id) return each->code;
    return {};
}

void write_grant(http::JsonWriter& json, const Call& call, const accounts::Grant& grant)
{
    json.object().member("role", word(grant.role)).member("programme", programme_code(call, grant.programme));
    json.member("party", grant.party).key("unit");
    if (grant.unit)
        write_unit(json, grant.unit, {*call.territory, call.today}, Path::with);
    else
        json.null();
    json.end();
}

}  // namespace phoihop::web
