// SPDX-License-Identifier: Apache-2.0
#include "cli/import_file.hpp"
#include "cli/parts.hpp"
#include "cli/simulate_programme.hpp"

namespace phoihop::cli {

namespace {

std::string codes_of(const std::vector<programme::Form>& forms)
{
    std::string codes;
    for (const programme::Form& form : forms) codes += (codes.empty() ? "" : ", ") + form.code;
    return codes;
}

Result<void> import_reports(Invocation& call, std::int64_t& refused)
{
    instance::Instance& instance = *call.instance;
    PHOIHOP_TRY(programme, instance.programme(call.arguments.value("programme")));
    ImportWish wish;
    wish.programme = programme;
    wish.file = call.arguments.operands.at(0);
    wish.path = call.arguments.path(wish.file);
    wish.defaults.form = call.arguments.value("form");
    if (!wish.defaults.form.empty() && programme->form(wish.defaults.form) == nullptr)
        return refuse(ProblemCode::unknown_name, "--form",
                      {{"what", "form"}, {"found", wish.defaults.form}, {"expected", codes_of(programme->forms)}});
    if (call.arguments.given("period")) {
        PHOIHOP_TRY(period, period_at(call.arguments, "period"));
        wish.defaults.period = period;
    }
    wish.defaults.scope = call.arguments.given("patch") ? reporting::Scope::patch : reporting::Scope::whole;
    wish.sender.today = call.today;
    // The command line is the operator's and the centre's; a real programme takes another day of receipt only from the
    // web.
    wish.sender.may_set_received_on = programme->simulated;
    wish.sender.correct = call.arguments.given("correct");
    if (call.arguments.given("rejects")) wish.rejects = call.arguments.path(call.arguments.value("rejects"));
    if (call.arguments.given("accepted")) wish.accepted = call.arguments.path(call.arguments.value("accepted"));
    PHOIHOP_TRY(counts, import_file(instance, wish, call.output));
    call.output.out(
        "accepted: " + std::to_string(counts.accepted) + "\ncorrected: " + std::to_string(counts.corrected) +
        "\nwithdrawn: " + std::to_string(counts.withdrawn) + "\nunchanged: " + std::to_string(counts.unchanged) +
        "\nrefused: " + std::to_string(counts.refused) + "\nfigures: " + std::to_string(counts.figures) + "\n");
    refused = counts.refused;
    return {};
}

/// Every refused report was said with its cells; the status says that there were some.
Status import_command(Invocation& call)
{
    std::int64_t refused = 0;
    const auto done = import_reports(call, refused);
    if (!done) return say(call.output, done.error());
    return refused == 0 ? Status::ok : Status::refused;
}

Result<void> simulate_command(Invocation& call)
{
    instance::Instance& instance = *call.instance;
    PHOIHOP_TRY(programme, instance.programme(call.arguments.value("programme")));
    SimulateWish wish;
    wish.programme = programme;
    PHOIHOP_TRY(from, period_at(call.arguments, "from"));
    PHOIHOP_TRY(to, period_at(call.arguments, "to"));
    wish.from = from;
    wish.to = to;
    wish.today = call.today;
    auto seed = parse_decimal(call.arguments.value("seed"), 0);
    if (!seed) {
        seed.error().where = "--seed";
        return tl::make_unexpected(seed.error());
    }
    wish.seed = static_cast<std::uint64_t>(*seed);
    if (call.arguments.given("out")) wish.out = call.arguments.path(call.arguments.value("out"));
    if (call.arguments.given("raw")) wish.raw = call.arguments.path(call.arguments.value("raw"));
    PHOIHOP_TRY(counts, simulate_programme(instance, wish, call.output));
    call.output.out(
        "periods: " + std::to_string(counts.periods) + "\nobligations: " + std::to_string(counts.obligations) +
        "\nsent: " + std::to_string(counts.reports.sent) + "\naccepted: " + std::to_string(counts.reports.accepted) +
        "\nrefused: " + std::to_string(counts.reports.refused) + "\nmissing: " +
        std::to_string(counts.reports.missing) + "\nfigures: " + std::to_string(counts.reports.figures) + "\n");
    return {};
}

}  // namespace

void add_reporting_commands(std::vector<Command>& commands)
{
    commands.push_back(
        {{"import"},
         "Take in reports from a CSV or XLSX file; errors refuse their own report only",
         {database_option(),
          programme_option(),
          {"form", "CODE", "The form, where the file does not say it", false, {}},
          {"period", "PERIOD", "The period, where the file does not say it", false, {}},
          {"rejects",
           "FILE",
           "Write the refused reports with what is wrong (CSV or XLSX), to be mended and sent again",
           false,
           {}},
          {"accepted", "FILE", "Write one line (unit, period, version) after each commit", false, {}},
          {"correct", "", "Take figures again that an earlier version already had", false, {}},
          {"patch", "", "Change only the cells that the file names", false, {}},
          today_option()},
         {{"FILE",
           "CSV or XLSX: period, unit, indicator, value; or unit and a column per indicator (then a column named after "
           "the form takes nil or withdraw); received_on, reason, comment may stand beside them",
           true}},
         "phoihop import --db phoihop.db --programme ctr-09 --rejects wrong.csv figures.csv",
         Access::write,
         import_command});
    commands.push_back({{"simulate"},
                        "Send plausible drawn reports through the ordinary accepting path (simulated programmes only)",
                        {database_option(),
                         programme_option(),
                         {"from", "PERIOD", "First base period", true, {}},
                         {"to", "PERIOD", "Last base period", true, {}},
                         {"seed", "N", "The same number draws the same reports", false, "1"},
                         {"out", "FILE", "Write the last accepted figure of each cell", false, {}},
                         {"raw", "FILE", "Write the whole stream, with mistakes and corrections", false, {}},
                         today_option()},
                        {},
                        "phoihop simulate --db phoihop.db --programme ctr-09 --from 2014-Q1 --to 2015-Q4 --seed 7",
                        Access::write,
                        command_of(simulate_command)});
}

}  // namespace phoihop::cli
