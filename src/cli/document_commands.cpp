// SPDX-License-Identifier: Apache-2.0
#include "cli/parts.hpp"
#include "dispatch/files.hpp"
#include "obligations/register.hpp"
#include "rollup/cube.hpp"

#include <filesystem>

namespace phoihop::cli {

namespace {

/// Makes the folder of `--out` when it is not there yet.
Result<std::string> out_folder(const Arguments& arguments)
{
    std::string folder = arguments.path(arguments.value("out"));
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (error) return refuse(ProblemCode::not_found, folder, {{"what", "a place to write"}});
    return folder;
}

Result<void> write_files(const std::string& folder, const dispatch::Files& files, Output& output)
{
    for (const auto& [ending, content] :
         {std::pair{".docx", &files.docx}, {".pdf", &files.pdf}, {".xlsx", &files.xlsx}}) {
        if (content->empty()) continue;
        const std::string path = folder + "/" + files.stem + ending;
        PHOIHOP_CHECK_OK(write_file(path, *content));
        output.out(path + "\n");
    }
    return {};
}

Result<void> report_command(Invocation& call)
{
    instance::Instance& instance = *call.instance;
    PHOIHOP_TRY(programme, instance.programme(call.arguments.value("programme")));
    PHOIHOP_TRY(territory, instance.territory());
    PHOIHOP_TRY(folder, out_folder(call.arguments));
    dispatch::ReportOrder order;
    PHOIHOP_TRY(period, period_at(call.arguments, "period"));
    order.period = period;
    const Date day = programme->calendar.dates(period).cut_off();
    PHOIHOP_TRY(unit, at_option("unit", territory->by_code(call.arguments.value("unit"), day)));
    order.unit = unit;
    PHOIHOP_TRY(made_on, date_or(call.arguments, "on", call.today));
    order.made_on = made_on;
    order.party = call.arguments.value("party");
    instance.prepare({.register_of_obligations = true, .cube = true}, progress_of(call));
    const auto snapshot = instance.cube().snapshot();
    const dispatch::LiveSources sources{*snapshot, *territory, *programme, instance.register_of_obligations()};
    PHOIHOP_TRY(files, dispatch::report_files(sources, order));
    return write_files(folder, files, call.output);
}

Result<void> nudge_command(Invocation& call)
{
    instance::Instance& instance = *call.instance;
    PHOIHOP_TRY(programme, instance.programme(call.arguments.value("programme")));
    PHOIHOP_TRY(territory, instance.territory());
    PHOIHOP_TRY(folder, out_folder(call.arguments));
    dispatch::NudgeOrder order;
    PHOIHOP_TRY(on, date_or(call.arguments, "on", call.today));
    order.on = on;
    PHOIHOP_TRY(level, level_at(call.arguments));
    order.level = level;
    PHOIHOP_TRY(kinds, kinds_at(call.arguments, *programme));
    order.kinds = kinds;
    order.party = call.arguments.value("party");
    if (call.arguments.given("under")) {
        PHOIHOP_TRY(parent, at_option("under", territory->by_code(call.arguments.value("under"), on)));
        order.parent = parent;
    }
    instance.prepare({.register_of_obligations = true}, progress_of(call));
    PHOIHOP_TRY(letters, dispatch::nudge_files(instance.register_of_obligations(), *territory, *programme, order));
    for (const dispatch::Files& letter : letters) PHOIHOP_CHECK_OK(write_files(folder, letter, call.output));
    call.output.out("letters: " + std::to_string(letters.size()) + "\n");
    return {};
}

}  // namespace

void add_document_commands(std::vector<Command>& commands)
{
    const Option party{"party", "CODE", "Whose bodies issue it; the programme's issuing party unless said", false, {}};
    const Option out{"out", "DIR", "The folder that the files go to", true, {}};
    commands.push_back(
        {{"report"},
         "The official report of a unit, as DOCX and PDF, with its annexes as XLSX",
         {database_option(),
          programme_option(),
          {"unit", "CODE", "vn63:01, or 01 on the map of the period", true, {}},
          {"period", "PERIOD", "2015-H1, 2015, 2015-9M, 2015-Q1", true, {}},
          {"on", "DATE", "The day of the document", false, {}},
          party,
          out,
          today_option()},
         {},
         "phoihop report --db phoihop.db --programme ctr-09 --unit vn63:02 --period 2015-H1 --out van-ban",
         Access::read,
         command_of(report_command)});
    commands.push_back(
        {{"nudge"},
         "Letters that urge every late unit of a level, as DOCX and PDF",
         {database_option(),
          programme_option(),
          {"level", "LEVEL", "province, district, commune", true, {}},
          {"kind", "KIND[,KIND…]", "report, committee, review, plan, council_report; all unless said", false, {}},
          {"under", "CODE", "Only units below this one", false, {}},
          {"on", "DATE", "The day of the letters", false, {}},
          party,
          out,
          today_option()},
         {},
         "phoihop nudge --db phoihop.db --programme ctr-07 --level province --kind report --out don-doc",
         Access::read,
         command_of(nudge_command)});
}

}  // namespace phoihop::cli
