// SPDX-License-Identifier: Apache-2.0
#include "dispatch/issuer.hpp"

#include <algorithm>

namespace phoihop::dispatch {

namespace {

documents::Family family_of(std::string_view word)
{
    if (word == "front") return documents::Family::front;
    if (word == "party") return documents::Family::party;
    if (word == "joint") return documents::Family::joint;
    return documents::Family::state;
}

/// Who signs for a body, as far as its name says it (Nghị định 30/2020/NĐ-CP, Annex I, II.7: TM. for a collective).
std::vector<std::string> capacity_of(std::string_view name, units::Level level, documents::Family family)
{
    const std::string on_behalf = family == documents::Family::party ? "T/M " : "TM. ";
    if (name.starts_with("Ban Chỉ đạo")) return {on_behalf + "BAN CHỈ ĐẠO", "TRƯỞNG BAN"};
    // The Youth Union is headed by a secretary, not by a president.
    if (name.find("Đoàn Thanh niên") != std::string_view::npos && !name.starts_with("Ban Bí thư"))
        return {on_behalf + "BAN THƯỜNG VỤ", "BÍ THƯ"};
    if (name.starts_with("Thường trực")) return {on_behalf + "THƯỜNG TRỰC", "CHỦ TỊCH"};
    if (name.starts_with("Ban Thường trực")) return {on_behalf + "BAN THƯỜNG TRỰC", "CHỦ TỊCH"};
    if (name.starts_with("Ban Thường vụ")) return {on_behalf + "BAN THƯỜNG VỤ", "CHỦ TỊCH"};
    if (name.starts_with("Đoàn Chủ tịch")) return {on_behalf + "ĐOÀN CHỦ TỊCH", "CHỦ TỊCH"};
    if (name.starts_with("Ban Bí thư")) return {on_behalf + "BAN BÍ THƯ", "BÍ THƯ THỨ NHẤT"};
    if (name.starts_with("Bộ ")) return {"BỘ TRƯỞNG"};
    if (name.starts_with("Công an")) return {level == units::Level::province ? "GIÁM ĐỐC" : "TRƯỞNG CÔNG AN"};
    return {"THỦ TRƯỞNG CƠ QUAN"};
}

/// The place of a date line is the unit's name without its kind; a city or ward that is named after a person or by a
/// number keeps the kind (Nghị định 30/2020/NĐ-CP, Annex I, II.4).
std::string place_of(const units::UnitState& unit)
{
    if (unit.level == units::Level::nation) return "Hà Nội";
    const bool number = !unit.name.empty() && unit.name.front() >= '0' && unit.name.front() <= '9';
    return number || unit.name == "Hồ Chí Minh" ? unit.full_name : unit.name;
}

std::string name_at(const units::Territory& territory, UnitId unit, Date day)
{
    return unit ? territory.state_near(unit, day).full_name : "";
}

}  // namespace

UnitId parent_of(const units::Territory& territory, UnitId unit, Date day)
{
    return territory.state_near(unit, day).parent;
}

Result<Issuer> issuer_of(const programme::Programme& programme, const units::Territory& territory, UnitId unit,
                         std::string_view party, Date day)
{
    const std::string_view wanted = party.empty() ? std::string_view(programme.issuing_party) : party;
    const programme::Party* found = programme.party(wanted);
    if (found == nullptr)
        return refuse(ProblemCode::unknown_name, "party", {{"what", "party"}, {"found", std::string(wanted)}});
    const units::UnitState& state = territory.state_near(unit, day);
    const auto* body = found->body(state.level);
    if (body == nullptr)
        return refuse(ProblemCode::not_found, std::string(wanted) + " " + territory.code_text(unit, day));
    const std::string parent = name_at(territory, state.parent, day);
    Issuer issuer{unit, found->code, family_of(found->document_family), "", "", body->symbol, place_of(state), {}};
    issuer.governing = programme::body_name(body->parent, state.full_name, parent);
    issuer.name = programme::body_name(body->name.vi, state.full_name, parent);
    issuer.capacity = capacity_of(issuer.name, state.level, issuer.family);
    return issuer;
}

std::vector<std::string> superiors_of(const programme::Programme& programme, const units::Territory& territory,
                                      const Issuer& issuer, Date day)
{
    std::vector<std::string> names;
    if (const UnitId parent = parent_of(territory, issuer.unit, day)) {
        if (const auto above = issuer_of(programme, territory, parent, issuer.party, day)) names.push_back(above->name);
        return names;
    }
    // The parties that stand first are those that signed the programme.
    constexpr std::size_t signers_max = 2;
    for (const auto& party : programme.parties) {
        if (party.code == issuer.party || names.size() == signers_max) continue;
        if (const auto other = issuer_of(programme, territory, issuer.unit, party.code, day))
            names.push_back(other->name);
    }
    return names;
}

std::string report_notation(const Issuer& issuer)
{
    return issuer.family == documents::Family::party ? "BC/" + issuer.symbol : "BC-" + issuer.symbol;
}

std::string letter_notation(const Issuer& issuer)
{
    if (issuer.family == documents::Family::front) return "CV-" + issuer.symbol;
    return issuer.family == documents::Family::party ? "CV/" + issuer.symbol : issuer.symbol;
}

documents::OfficialDocument headed(const Issuer& issuer, const programme::Programme& programme, Date made_on)
{
    documents::OfficialDocument document;
    document.family = issuer.family;
    if (!issuer.governing.empty()) document.governing_bodies = {issuer.governing};
    document.issuing_bodies = {issuer.name};
    document.place = issuer.place;
    document.year = static_cast<int>(std::chrono::year_month_day(made_on).year());
    document.written_on = made_on;
    document.signatures = {{issuer.capacity, ""}};
    if (programme.simulated) document.mark = documents::simulated_mark;
    return document;
}

}  // namespace phoihop::dispatch
