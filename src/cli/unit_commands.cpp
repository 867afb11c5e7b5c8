// SPDX-License-Identifier: Apache-2.0
#include "cli/parts.hpp"
#include "obligations/pass_on.hpp"
#include "units/check.hpp"
#include "units/choose_heir.hpp"
#include "units/find.hpp"
#include "units/import_units.hpp"

namespace phoihop::cli {

namespace {

using units::Territory;

std::string until(const Validity& validity)
{
    return validity.to == forever ? std::string{} : format_date(validity.to - std::chrono::days{1});
}

/// The beginning of the older lists is not known, so nothing is printed for it.
std::string since(const Validity& validity)
{
    return validity.from == units::before_data ? std::string{} : format_date(validity.from);
}

std::string facts_text(const Problem::Facts& facts)
{
    std::string text;
    for (const auto& [key, value] : facts) text += (text.empty() ? "" : " ") + key + "=" + value;
    return text;
}

/// The findings of one rule: all errors, and the first few notices unless all were asked for.
void say_rule(Output& output, const units::CheckReport& report, const units::RuleCount& rule, bool all)
{
    constexpr int shown_of_a_rule = 5;
    const bool error = rule.severity == units::Severity::error;
    output.out(std::string(error ? "error  " : "notice ") + rule.rule + ": " + std::to_string(rule.count) + "\n");
    int shown = 0;
    for (const units::Finding& finding : report.findings) {
        if (finding.rule != rule.rule || finding.severity != rule.severity) continue;
        if (!all && !error && ++shown > shown_of_a_rule) {
            output.out("    … (--all)\n");
            return;
        }
        output.out("    " + finding.origin.where() + "  " + facts_text(finding.facts) + "\n");
    }
}

Result<units::CheckReport> checked(const std::string& path)
{
    PHOIHOP_TRY(files, units::load_data_files(path));
    PHOIHOP_TRY(set, units::read_data_set(files));
    return units::check(set);
}

Status check_command(Invocation& call)
{
    const auto report = checked(call.arguments.path(call.arguments.operands.at(0)));
    if (!report) return say(call.output, report.error());
    if (call.arguments.value("format") == "table") {
        for (const units::LevelCount& count : report->counts)
            call.output.out(count.scheme + " " + std::string(word(count.level)) + ": " + std::to_string(count.count) +
                            "\n");
        for (const units::RuleCount& rule : units::by_rule(*report))
            say_rule(call.output, *report, rule, call.arguments.given("all"));
        call.output.out("errors: " + std::to_string(report->errors) + "\nnotices: " + std::to_string(report->notices) +
                        "\n");
    } else {
        Listing listing({{"severity"}, {"rule"}, {"where"}, {"facts"}});
        for (const units::Finding& finding : report->findings)
            listing.add({finding.severity == units::Severity::error ? "error" : "notice", finding.rule,
                         finding.origin.where(), facts_text(finding.facts)});
        if (const auto printed = listing.print(call.arguments, call.output); !printed)
            return say(call.output, printed.error());
    }
    return report->errors == 0 ? Status::ok : Status::refused;
}

/// What units that have ended meanwhile left open goes to their heirs.
Result<void> pass_on_all(instance::Instance& instance, Date today)
{
    PHOIHOP_TRY(territory, instance.territory());
    for (const auto& programme : instance.programmes())
        PHOIHOP_CHECK_OK(instance.writer().run([&](store::WriteContext& context) {
            return obligations::pass_on(context, *programme, *territory, today, UserId{});
        }));
    return {};
}

Result<void> import_command(Invocation& call)
{
    instance::Instance& instance = *call.instance;
    PHOIHOP_TRY(files, units::load_data_files(call.arguments.path(call.arguments.operands.at(0))));
    PHOIHOP_TRY(set, units::read_data_set(files));
    PHOIHOP_TRY(done, units::import_units(instance.writer(), set, UserId{}));
    instance.reload(progress_of(call));
    PHOIHOP_CHECK_OK(pass_on_all(instance, call.today));
    call.output.out("added: " + std::to_string(done.added) + "\nchanged: " + std::to_string(done.changed) +
                    "\nunchanged: " + std::to_string(done.unchanged) + "\ndrawings: " + std::to_string(done.drawings) +
                    "\n");
    return {};
}

Result<void> add_local_command(Invocation& call)
{
    instance::Instance& instance = *call.instance;
    const std::string file = call.arguments.operands.at(0);
    PHOIHOP_TRY(csv, read_text_file(call.arguments.path(file), 64ULL << 20));
    PHOIHOP_TRY(done, units::import_local_units(instance.writer(), file, csv, UserId{}));
    for (const units::Finding& finding : done.findings)
        call.output.err(finding.origin.where() + ": " + finding.rule + " " + facts_text(finding.facts) + "\n");
    if (!done.findings.empty())
        return refuse(ProblemCode::inconsistent, file, {{"rule", std::to_string(done.findings.size()) + " findings"}});
    instance.reload(progress_of(call));
    call.output.out("added: " + std::to_string(done.counts.added) +
                    "\nchanged: " + std::to_string(done.counts.changed) +
                    "\nunchanged: " + std::to_string(done.counts.unchanged) + "\n");
    return {};
}

std::string names_of(const std::vector<UnitId>& units, const Territory& territory, Date day)
{
    std::string text;
    for (const UnitId unit : units)
        text += (text.empty() ? "" : "; ") + territory.code_text(unit, day) + " " + territory.path(unit, day);
    return text;
}

Result<void> find_command(Invocation& call)
{
    instance::Instance& instance = *call.instance;
    PHOIHOP_TRY(territory, instance.territory());
    std::optional<Date> on;
    if (call.arguments.given("on")) {
        PHOIHOP_TRY(day, date_or(call.arguments, "on", call.today));
        on = day;
    }
    std::vector<units::Alias> aliases;
    instance.database().read([&](store::Connection& connection) { aliases = units::UnitStore::aliases(connection); });
    const units::UnitIndex index(territory, aliases);
    Listing listing({{"code"}, {"name"}, {"path"}, {"level"}, {"from"}, {"to"}, {"became"}});
    for (const units::Match& match : index.find(call.arguments.operands.at(0), on))
        listing.add({match.state->code.text(), match.state->full_name, match.path,
                     std::string(word(match.state->level)), since(match.life), until(match.life),
                     names_of(match.became, *territory, call.today)});
    PHOIHOP_CHECK_OK(listing.print(call.arguments, call.output));
    if (listing.size() == 0)
        return refuse(ProblemCode::unknown_name, {}, {{"what", "unit"}, {"found", call.arguments.operands.at(0)}});
    return {};
}

Result<void> show_command(Invocation& call)
{
    instance::Instance& instance = *call.instance;
    PHOIHOP_TRY(territory, instance.territory());
    PHOIHOP_TRY(on, date_or(call.arguments, "on", call.today));
    PHOIHOP_TRY(unit, territory->by_code(call.arguments.operands.at(0), on));
    Listing listing({{"what"}, {"code"}, {"name"}, {"path"}, {"from"}, {"to"}, {"note"}});
    for (const units::UnitState& state : territory->unit(unit).states)
        listing.add({"state", state.code.text(), state.full_name, territory->path(unit, state.validity.from),
                     since(state.validity), until(state.validity), state.act});
    constexpr const char* parts[] = {"none", "part", "full"};
    const auto link = [&](const char* what, UnitId other, const units::Succession& succession) {
        const Date day = territory->unit(other).begins() > succession.on - std::chrono::days{1}
                             ? succession.on
                             : succession.on - std::chrono::days{1};
        listing.add({what, territory->code_text(other, day), territory->state_near(other, day).full_name,
                     territory->path(other, day), format_date(succession.on), "",
                     std::string("land=") + parts[static_cast<int>(succession.land)] +
                         " people=" + parts[static_cast<int>(succession.people)] +
                         (succession.default_heir ? " default" : "") + " " + succession.act});
    };
    for (const units::Succession* origin : territory->origins_of(unit)) link("origin", origin->from, *origin);
    for (const units::Succession* heir : territory->heirs_of(unit)) link("heir", heir->to, *heir);
    const auto map = territory->map(on);
    if (const std::int32_t node = map->node_of(unit); node >= 0)
        for (const std::int32_t child : map->children(node)) {
            const UnitId below = map->nodes()[static_cast<std::size_t>(child)].unit;
            const units::UnitState& state = territory->state_near(below, on);
            listing.add({"child", state.code.text(), state.full_name, territory->path(below, on), since(state.validity),
                         until(state.validity), ""});
        }
    return listing.print(call.arguments, call.output);
}

Result<void> heir_command(Invocation& call)
{
    instance::Instance& instance = *call.instance;
    PHOIHOP_TRY(territory, instance.territory());
    PHOIHOP_TRY(on, date_or(call.arguments, "decided-on", call.today));
    PHOIHOP_TRY(from, at_option("from", territory->by_code(call.arguments.value("from"), on)));
    const units::Decision decision{on, call.arguments.value("act")};
    if (!call.arguments.given("to")) {
        PHOIHOP_CHECK_OK(units::withdraw_heir(instance.writer(), from, decision, UserId{}));
    } else {
        PHOIHOP_TRY(to, at_option("to", territory->by_code(call.arguments.value("to"), on)));
        PHOIHOP_CHECK_OK(units::choose_heir(instance.writer(), from, to, decision, UserId{}));
    }
    instance.reload(progress_of(call));
    return {};
}

}  // namespace

void add_unit_commands(std::vector<Command>& commands)
{
    const Option on{"on", "DATE", "Read codes and names as of this day", false, {}};
    commands.push_back(
        {{"units", "check"},
         "Report every inconsistency of a territory data set, with file and row",
         {format_option(), {"all", "", "List every notice, not only the first five of a rule", false, {}}},
         {{"DIR", "A folder like data/vn-units", true}},
         "phoihop units check data/vn-units",
         Access::none,
         check_command});
    commands.push_back({{"units", "import"},
                        "Bring the database to what a data set states",
                        {database_option()},
                        {{"DIR", "A folder like data/vn-units", true}},
                        "phoihop units import --db phoihop.db data/vn-units",
                        Access::write,
                        command_of(import_command)});
    commands.push_back({{"units", "add"},
                        "Add residential areas under communes from a CSV (code,name,kind,parent,valid_from)",
                        {database_option()},
                        {{"FILE", "areas.csv", true}},
                        "phoihop units add --db phoihop.db areas.csv",
                        Access::write,
                        command_of(add_local_command)});
    commands.push_back({{"units", "find"},
                        "Find units by any name: without marks, old names, abbreviations",
                        {database_option(), on, format_option()},
                        {{"TEXT", "What you would type", true}},
                        "phoihop units find --db phoihop.db \"xa pho bang ha giang\"",
                        Access::read,
                        command_of(find_command)});
    commands.push_back({{"units", "show"},
                        "A unit's states, origins, heirs and what stands below it",
                        {database_option(), on, format_option()},
                        {{"CODE", "vn63:00004, or 00004 on the map of --on", true}},
                        "phoihop units show --db phoihop.db vn63:00715",
                        Access::read,
                        command_of(show_command)});
    commands.push_back(
        {{"units", "choose-heir"},
         "Choose the heir of a divided unit, or withdraw the choice (without --to)",
         {database_option(),
          {"from", "CODE", "The divided unit", true, {}},
          {"to", "CODE", "Its heir", false, {}},
          {"act", "TEXT", "The decision behind the choice", true, {}},
          {"decided-on", "DATE", "Its date", false, {}},
          today_option()},
         {},
         "phoihop units choose-heir --db phoihop.db --from vn63:18796 --to vn34:18781 --act \"12/QĐ-UBND\"",
         Access::write,
         command_of(heir_command)});
}

}  // namespace phoihop::cli
