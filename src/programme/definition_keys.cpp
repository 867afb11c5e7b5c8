// SPDX-License-Identifier: Apache-2.0
#include "programme/definition_keys.hpp"

#include <cassert>

namespace phoihop::programme {

namespace {

using Word = std::string_view;

// Words stand in the order of the enumerations that they name.
constexpr Word boolean_words[] = {"false", "true"};
constexpr Word level_words[] = {"nation", "province", "district", "commune", "residential_area"};
constexpr Word frequency_words[] = {"month", "quarter", "half_year", "nine_months", "year", "once"};
constexpr Word base_frequency_words[] = {"month", "quarter", "half_year", "nine_months", "year"};
constexpr Word family_words[] = {"state", "front", "party", "joint"};
constexpr Word over_units_words[] = {"sum", "distinct", "formula"};
constexpr Word over_time_words[] = {"sum", "last", "formula"};
constexpr Word direction_words[] = {"up", "down", "none"};
constexpr Word source_words[] = {"typed", "computed", "module"};
constexpr Word measure_words[] = {"committee_done", "plan_on_time", "review_held", "reports_on_time"};
constexpr Word form_source_words[] = {"typed",    "obligations", "plan",        "models",
                                      "opinions", "surveys",     "conferences", "library"};
constexpr Word severity_words[] = {"error", "warning"};
constexpr Word windows_words[] = {"calendar_months", "decree_09_2019"};
constexpr Word kind_words[] = {"committee", "plan", "review", "council_report", "task"};

constexpr DefinitionKey document_keys[] = {{"programme", true}, {"objectives", true}, {"parties", true},
                                           {"groups", true},    {"indicators", true}, {"forms", true},
                                           {"calendar", true},  {"standings", true}};
constexpr DefinitionKey programme_keys[] = {{"code", true},          {"symbol", true},   {"title", true},
                                            {"first_day", true},     {"last_day"},       {"continues"},
                                            {"issuing_party", true}, {"kept_maps", true}};
constexpr DefinitionKey wording_keys[] = {{"vi", true}, {"en", true}};
constexpr DefinitionKey objective_keys[] = {{"code", true}, {"text", true}};
constexpr DefinitionKey party_keys[] = {
    {"code", true}, {"name", true}, {"document_family", true, family_words}, {"bodies", true}};
constexpr DefinitionKey body_keys[] = {{"level", true, level_words}, {"name", true}, {"parent"}, {"symbol", true}};
constexpr DefinitionKey group_keys[] = {{"code", true}, {"name", true}};
constexpr DefinitionKey indicator_keys[] = {{"code", true},
                                            {"group", true},
                                            {"name", true},
                                            {"unit", true},
                                            {"scale"},
                                            {"over_units", true, over_units_words},
                                            {"over_time", true, over_time_words},
                                            {"better", true, direction_words},
                                            {"source", false, source_words},
                                            {"formula"},
                                            {"shown_scale"},
                                            {"register_measure", false, measure_words},
                                            {"cap"},
                                            {"usual"},
                                            {"of"},
                                            {"continues"},
                                            {"definition", true}};
constexpr DefinitionKey form_keys[] = {{"code", true},
                                       {"number", true},
                                       {"title", true},
                                       {"party", true},
                                       {"frequency", true, base_frequency_words},
                                       {"source", true, form_source_words},
                                       {"duties", true},
                                       {"regime", true},
                                       {"cells", true},
                                       {"rules"}};
constexpr DefinitionKey duty_keys[] = {
    {"level", true, level_words}, {"deadline", true}, {"or_lowest", false, boolean_words}};
constexpr DefinitionKey cell_keys[] = {
    {"indicator", true}, {"required", false, boolean_words}, {"min"}, {"max"}, {"jump_percent"}};
constexpr DefinitionKey rule_keys[] = {
    {"condition", true}, {"cell", true}, {"severity", false, severity_words}, {"text", true}};
// The ten things that a reporting regime states: Decree 09/2019/NĐ-CP, articles 7 and 8.
constexpr DefinitionKey regime_keys[] = {
    {"name", true},      {"content", true}, {"who_reports", true}, {"to_whom", true}, {"form_and_way", true},
    {"frequency", true}, {"cut_off", true}, {"deadline", true},    {"outline", true}, {"how_to", true}};
constexpr DefinitionKey calendar_keys[] = {{"windows", true, windows_words},
                                           {"opens_after_days"},
                                           {"closes_after_days", true},
                                           {"deadlines", true},
                                           {"yearly_holidays"},
                                           {"holidays"},
                                           {"working_days"}};
constexpr DefinitionKey deadline_keys[] = {
    {"name", true},         {"frequency", true, frequency_words},   {"day"}, {"month_offset"},
    {"days_after_cut_off"}, {"working_days", false, boolean_words}, {"date"}};
constexpr DefinitionKey standing_keys[] = {{"code", true},
                                           {"kind", true, kind_words},
                                           {"title", true},
                                           {"party", true},
                                           {"levels", true, level_words},
                                           {"frequency", true, frequency_words},
                                           {"years"},
                                           {"deadline", true},
                                           {"needs_decision", false, boolean_words}};

constexpr DefinitionObject objects[] = {
    {"document", document_keys},   {"programme", programme_keys}, {"wording", wording_keys},
    {"objective", objective_keys}, {"party", party_keys},         {"body", body_keys},
    {"group", group_keys},         {"indicator", indicator_keys}, {"form", form_keys},
    {"duty", duty_keys},           {"cell", cell_keys},           {"rule", rule_keys},
    {"regime", regime_keys},       {"calendar", calendar_keys},   {"deadline", deadline_keys},
    {"standing", standing_keys}};

}  // namespace

const DefinitionKey* DefinitionObject::key(std::string_view wanted) const
{
    for (const DefinitionKey& known : keys)
        if (known.key == wanted) return &known;
    return nullptr;
}

std::span<const DefinitionObject> definition_objects()
{
    return objects;
}

const DefinitionObject& definition_object(std::string_view name)
{
    for (const DefinitionObject& object : objects)
        if (object.name == name) return object;
    assert(false);
    return objects[0];
}

}  // namespace phoihop::programme
