// SPDX-License-Identifier: Apache-2.0
#include "base/decimal.hpp"
#include "cli/parts.hpp"
#include "obligations/foresee.hpp"
#include "obligations/keep_up.hpp"
#include "programme/definition_yaml.hpp"
#include "programme/difference.hpp"
#include "programme/load_programme.hpp"
#include "text/messages.hpp"

#include <filesystem>

namespace phoihop::cli {

namespace {

void say_findings(Output& output, const std::vector<Problem>& findings)
{
    for (const Problem& finding : findings) {
        const std::string_view key = fact(finding, "key");
        const std::string head = finding.where + (key.empty() ? "" : " " + std::string(key)) + ": ";
        output.out(head + text::sentence(finding, text::Language::vi) + "\n" + head +
                   text::sentence(finding, text::Language::en) + " [" + std::string(word(finding.code)) + "]\n");
    }
}

Status check_command(Invocation& call)
{
    const std::string path = call.arguments.path(call.arguments.operands.at(0));
    const auto definition = programme::read_definition_at(path);
    if (!definition) return say(call.output, definition.error());
    say_findings(call.output, definition->findings);
    if (!definition->programme) {
        call.output.out("findings: " + std::to_string(definition->findings.size()) + "\n");
        return Status::refused;
    }
    const programme::Programme& programme = *definition->programme;
    call.output.out(programme.code + ": " + programme.title.vi +
                    "\nparties: " + std::to_string(programme.parties.size()) +
                    "\nobjectives: " + std::to_string(programme.objectives.size()) + "\nindicators: " +
                    std::to_string(programme.indicators.size()) + "\nforms: " + std::to_string(programme.forms.size()) +
                    "\nstandings: " + std::to_string(programme.standings.size()) + "\nfindings: 0\n");
    return Status::ok;
}

/// What changes between two versions, a line for each field of each definition, and for whom totals mean something
/// else.
class ChangeList {
public:
    void add(const std::string& before, const std::string& after)
    {
        for (const programme::DefinitionChange& change : programme::difference_of_texts(before, after)) {
            const std::string kind(word(change.kind));
            // What came or went is told by its name; its fields stand in the definition.
            if (change.kind != programme::DefinitionChange::Kind::changed)
                m_listing.add({kind, change.section, change.code, "", "", change.name.vi});
            else
                for (const programme::FieldChange& field : change.fields)
                    m_listing.add({kind, change.section, change.code, field.field, field.before, field.after});
        }
    }
    void add(const programme::Programme& before, const programme::Programme& after)
    {
        for (const programme::Break& each : programme::breaks(before, after))
            m_listing.add({"break", "indicators", each.indicator, std::string(word(each.why)), "", each.detail});
    }
    void add(const std::vector<obligations::Foreseen>& rows)
    {
        for (const obligations::Foreseen& row : rows)
            if (row.before != row.after)
                m_listing.add({"owed", row.period.text(), row.subject, "", std::to_string(row.before),
                               std::to_string(row.after)});
    }
    [[nodiscard]] Result<void> print(const Invocation& call) const
    {
        return m_listing.print(call.arguments, call.output);
    }

private:
    Listing m_listing{{{"what"}, {"where"}, {"code"}, {"field"}, {"before"}, {"after"}}};
};

/// `--dry-run`: what the load would answer and change.
Result<void> foretell(const Invocation& call, const programme::Definition& definition,
                      const programme::LoadPreview& preview)
{
    ChangeList changes;
    if (preview.before && definition.programme) {
        changes.add(preview.before_text, definition.canonical);
        changes.add(*preview.before, *definition.programme);
    }
    if (preview.answer.programme) {
        // A programme may come before the units; nobody owes anything then.
        if (const auto territory = call.instance->territory())
            changes.add(obligations::foresee(preview.before.get(), *preview.answer.programme, **territory, call.today));
    }
    return changes.print(call);
}

Result<void> load_command(Invocation& call)
{
    instance::Instance& instance = *call.instance;
    const std::string& path = call.arguments.operands.at(0);
    PHOIHOP_TRY(definition, programme::read_definition_at(call.arguments.path(path)));
    const auto kind = call.arguments.given("simulated") ? programme::Instance::simulated : programme::Instance::real;
    const programme::LoadTerms terms{kind, UserId{}};
    programme::LoadAnswer answer;
    if (call.arguments.given("dry-run")) {
        PHOIHOP_TRY(preview,
                    programme::preview_load(instance.database(), instance.programme_store(), definition, terms));
        PHOIHOP_CHECK_OK(foretell(call, definition, preview));
        answer = std::move(preview.answer);
    } else {
        PHOIHOP_TRY(done, programme::load_programme(instance.writer(), instance.programme_store(), definition, terms));
        answer = std::move(done);
    }
    say_findings(call.output, answer.findings);
    if (answer.outcome == programme::LoadOutcome::refused)
        return refuse(ProblemCode::inconsistent, path,
                      {{"rule", std::to_string(answer.findings.size()) + " findings"}});
    const std::string said = answer.programme->code + " version " + std::to_string(answer.programme->version) + ": " +
                             std::string(programme::word(answer.outcome));
    if (call.arguments.given("dry-run")) {
        call.output.err(said + " (dry run, nothing was changed)\n");
        return {};
    }
    if (answer.outcome != programme::LoadOutcome::unchanged) instance.reload(progress_of(call));
    call.output.out(said + "\n");
    return {};
}

/// `--name` as a version of `--programme`; without it the one in force.
Result<programme::KeptVersion> version_at(const Invocation& call, const std::string& name)
{
    instance::Instance& instance = *call.instance;
    PHOIHOP_TRY(current, instance.programme(call.arguments.value("programme")));
    std::int64_t version = current->version;
    if (call.arguments.given(name)) {
        PHOIHOP_TRY(wanted, at_option(name, parse_whole(call.arguments.value(name), 1, INT32_MAX)));
        version = wanted;
    }
    return programme::kept_version(instance.database(), instance.programme_store(), current->code, version);
}

Result<void> compare_command(Invocation& call)
{
    PHOIHOP_TRY(from, version_at(call, "from"));
    PHOIHOP_TRY(to, version_at(call, "to"));
    ChangeList changes;
    changes.add(from.text, to.text);
    changes.add(*from.programme, *to.programme);
    return changes.print(call);
}

Result<void> copy_command(Invocation& call)
{
    PHOIHOP_TRY(kept, version_at(call, "version"));
    const auto given = [&](std::string_view name) { return call.arguments.value(name); };
    PHOIHOP_TRY(files, programme::cloned_files(kept.text,
                                               {given("code"), given("symbol"), given("title-vi"), given("title-en")}));
    const std::string folder = call.arguments.path(call.arguments.operands.at(0));
    std::error_code failed;
    std::filesystem::create_directories(folder, failed);
    for (const programme::SourceFile& file : files) {
        const std::string path = folder + "/" + file.name;
        if (std::filesystem::exists(path)) return refuse(ProblemCode::duplicate, path, {{"what", file.name}});
    }
    for (const programme::SourceFile& file : files) PHOIHOP_CHECK_OK(write_file(folder + "/" + file.name, file.text));
    call.output.out("files: " + std::to_string(files.size()) + "\n");
    return {};
}

Result<void> list_command(Invocation& call)
{
    Listing listing(
        {{"code"}, {"version", Listing::Kind::number}, {"symbol"}, {"title"}, {"from"}, {"to"}, {"simulated"}});
    for (const auto& programme : call.instance->programmes())
        listing.add(
            {programme->code, std::to_string(programme->version), programme->symbol, programme->title.vi,
             format_date(programme->validity.from),
             programme->validity.to == forever ? "" : format_date(programme->validity.to - std::chrono::days{1}),
             programme->simulated ? "yes" : "no"});
    return listing.print(call.arguments, call.output);
}

Result<void> open_command(Invocation& call)
{
    instance::Instance& instance = *call.instance;
    PHOIHOP_TRY(programme, instance.programme(call.arguments.value("programme")));
    PHOIHOP_TRY(territory, instance.territory());
    PHOIHOP_TRY(period, period_at(call.arguments, "period"));
    PHOIHOP_TRY(opening,
                obligations::open_period(instance.writer(), *programme, *territory, period, UserId{}, call.today));
    call.output.out(period.text() + ": " + std::to_string(opening.period.owed) + " obligations" +
                    (opening.already ? " (already open)" : "") + "\n");
    return {};
}

Result<void> sweep_command(Invocation& call)
{
    instance::Instance& instance = *call.instance;
    PHOIHOP_TRY(territory, instance.territory());
    for (const auto& programme : instance.programmes()) {
        if (call.arguments.given("programme") && programme->code != call.arguments.value("programme")) continue;
        PHOIHOP_TRY(done, obligations::keep_up(instance.writer(), *programme, *territory, call.today, UserId{}));
        call.output.out(programme->code + ": " + std::to_string(done.opened.size()) + " periods opened, " +
                        std::to_string(done.passed.passed) + " obligations passed on to " +
                        std::to_string(done.passed.made) + " new rows\n");
    }
    return {};
}

Result<void> periods_command(Invocation& call)
{
    instance::Instance& instance = *call.instance;
    PHOIHOP_TRY(programme, instance.programme(call.arguments.value("programme")));
    Listing listing(
        {{"period"}, {"from"}, {"to"}, {"opens"}, {"closes"}, {"opened_on"}, {"owed", Listing::Kind::number}});
    std::vector<obligations::OpenedPeriod> opened;
    instance.database().read([&](store::Connection& connection) {
        opened = obligations::ObligationStore::opened_periods(connection, programme->id);
    });
    for (const obligations::OpenedPeriod& period : opened) {
        const programme::PeriodName name = programme::name_of(period.period);
        const programme::PeriodDates dates = programme->calendar.dates(name);
        listing.add({name.text(), format_date(dates.window.from), format_date(dates.cut_off()),
                     format_date(dates.opens), format_date(dates.closes), format_date(period.on),
                     std::to_string(period.owed)});
    }
    return listing.print(call.arguments, call.output);
}

void add_period_commands(std::vector<Command>& commands)
{
    commands.push_back({{"period", "open"},
                        "Open a period: freeze who owes what",
                        {database_option(),
                         programme_option(),
                         {"period", "PERIOD", "2015-Q1, 2015-H1, 2015", true, {}},
                         today_option()},
                        {},
                        "phoihop period open --db phoihop.db --programme ctr-09 --period 2015-Q1",
                        Access::write,
                        command_of(open_command)});
    commands.push_back({{"period", "sweep"},
                        "What a day brings: open what opens, pass on what ended units left open",
                        {database_option(), {"programme", "P", "Only this programme", false, {}}, today_option()},
                        {},
                        "phoihop period sweep --db phoihop.db",
                        Access::write,
                        command_of(sweep_command)});
    commands.push_back({{"period", "list"},
                        "The opened periods",
                        {database_option(), programme_option(), format_option()},
                        {},
                        "phoihop period list --db phoihop.db --programme ctr-09",
                        Access::read,
                        command_of(periods_command)});
}

}  // namespace

void add_programme_commands(std::vector<Command>& commands)
{
    commands.push_back({{"programme", "check"},
                        "Check a programme definition: file, line and what would be right",
                        {},
                        {{"PATH", "A file or folder of YAML", true}},
                        "phoihop programme check programmes/ctr-09",
                        Access::none,
                        check_command});
    commands.push_back({{"programme", "load"},
                        "Bring a programme, or a new version of it, into force",
                        {database_option(),
                         {"simulated", "", "An instance that only ever holds simulated data", false, {}},
                         {"dry-run",
                          "",
                          "Only tell what would change: definitions, what totals mean, what the coming year owes",
                          false,
                          {}},
                         format_option(),
                         today_option()},
                        {{"PATH", "A folder of YAML", true}},
                        "phoihop programme load --db phoihop.db programmes/ctr-09",
                        Access::write,
                        command_of(load_command)});
    commands.push_back({{"programme", "compare"},
                        "What differs between two versions of a programme",
                        {database_option(),
                         programme_option(),
                         {"from", "VERSION", "The earlier version", true, {}},
                         {"to", "VERSION", "The later version; without it the one in force", false, {}},
                         format_option()},
                        {},
                        "phoihop programme compare --db phoihop.db --programme ctr-09 --from 1",
                        Access::read,
                        command_of(compare_command)});
    commands.push_back({{"programme", "copy"},
                        "Write a programme's definition as YAML, under other names where they are given",
                        {database_option(),
                         programme_option(),
                         {"version", "VERSION", "Without it the one in force", false, {}},
                         {"code", "CODE", "The copy's code: it is the beginning of another programme", false, {}},
                         {"symbol", "TEXT", "The copy's symbol", false, {}},
                         {"title-vi", "TEXT", "The copy's title in Vietnamese", false, {}},
                         {"title-en", "TEXT", "The copy's title in English", false, {}}},
                        {{"FOLDER", "Where the files are written; none of them may be there", true}},
                        "phoihop programme copy --db phoihop.db --programme ctr-09 --code ctr-10 programmes/ctr-10",
                        Access::read,
                        command_of(copy_command)});
    commands.push_back({{"programme", "list"},
                        "The programmes of a database",
                        {database_option(), format_option()},
                        {},
                        "phoihop programme list --db phoihop.db",
                        Access::read,
                        command_of(list_command)});
    add_period_commands(commands);
}

}  // namespace phoihop::cli
