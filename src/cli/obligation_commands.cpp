// SPDX-License-Identifier: Apache-2.0
#include "cli/parts.hpp"
#include "obligations/gap_board.hpp"
#include "obligations/register.hpp"

namespace phoihop::cli {

namespace {

using obligations::Board;

/// Where one cell stands, in one word for a program and a number for a person: the state of a single row, else how many
/// of how many are late.
std::string cell_text(const obligations::BoardCell& cell)
{
    if (cell.own.total() == 0)
        return cell.below.total() == 0
                   ? ""
                   : std::to_string(cell.below.overdue) + "/" + std::to_string(cell.below.total()) + " late";
    if (cell.own.total() == 1) {
        if (cell.progress == obligations::Progress::returned) return "returned";
        if (cell.progress == obligations::Progress::excused) return "excused";
        if (cell.own.overdue > 0) return "late";
        if (cell.own.done_late > 0) return "done late";
        if (cell.own.done > 0) return cell.progress == obligations::Progress::evidenced ? "evidenced" : "claimed";
        return cell.own.due > 0 ? "due" : "not due";
    }
    return std::to_string(cell.own.overdue) + "/" + std::to_string(cell.own.total()) + " late";
}

Result<obligations::BoardFilter> filter_of(Invocation& call, const programme::Programme& programme,
                                           const units::Territory& territory)
{
    obligations::BoardFilter filter;
    filter.programme = programme.id;
    PHOIHOP_TRY(on, date_or(call.arguments, "on", call.today));
    filter.on = on;
    PHOIHOP_TRY(kinds, kinds_at(call.arguments, programme));
    filter.kinds = kinds;
    PHOIHOP_TRY(level, level_at(call.arguments));
    filter.level = level;
    if (call.arguments.given("period")) {
        PHOIHOP_TRY(periods, at_option("period", programme::parse_period_range(call.arguments.value("period"))));
        for (const auto& period : periods) filter.periods.push_back(programme::id_of(period));
    }
    if (call.arguments.given("under")) {
        PHOIHOP_TRY(parent, at_option("under", territory.by_code(call.arguments.value("under"), on)));
        filter.parent = parent;
    }
    filter.late_only = call.arguments.given("late");
    const std::string order = call.arguments.value("sort");
    const auto known = obligations::board_order_from_word(order.empty() ? "late_first" : order);
    if (!known) return refuse(ProblemCode::unknown_name, "--sort", {{"what", "order"}, {"found", order}});
    filter.order = *known;
    return filter;
}

Result<void> gaps_command(Invocation& call)
{
    instance::Instance& instance = *call.instance;
    PHOIHOP_TRY(programme, instance.programme(call.arguments.value("programme")));
    PHOIHOP_TRY(territory, instance.territory());
    PHOIHOP_TRY(filter, filter_of(call, *programme, *territory));
    instance.prepare({.register_of_obligations = true}, progress_of(call));
    Result<Board> board = refuse(ProblemCode::not_found);
    instance.register_of_obligations().read([&](const obligations::Books& books, std::int64_t) {
        board = obligations::gap_board(books, *territory, filter);
    });
    if (!board) return tl::make_unexpected(board.error());
    std::vector<Listing::Column> columns = {{"unit"}, {"name"}};
    for (const obligations::BoardColumn& column : board->columns)
        columns.push_back({column.asked.subject + " " + programme::name_of(column.asked.period).text()});
    columns.push_back({"late", Listing::Kind::number});
    columns.push_back({"owed", Listing::Kind::number});
    columns.push_back({"late_below", Listing::Kind::number});
    columns.push_back({"owed_below", Listing::Kind::number});
    Listing listing(std::move(columns));
    for (const obligations::BoardRow& row : board->rows) {
        std::vector<std::string> cells = {territory->code_text(row.unit, filter.on),
                                          territory->state_near(row.unit, filter.on).full_name};
        for (const obligations::BoardCell& cell : row.cells) cells.push_back(cell_text(cell));
        for (const std::int32_t count : {row.own.overdue, row.own.total(), row.below.overdue, row.below.total()})
            cells.push_back(std::to_string(count));
        listing.add(std::move(cells));
    }
    PHOIHOP_CHECK_OK(listing.print(call.arguments, call.output));
    if (call.arguments.value("format") == "table")
        call.output.out("not due " + std::to_string(board->all.not_due) + ", due " + std::to_string(board->all.due) +
                        ", late " + std::to_string(board->all.overdue) + ", done " + std::to_string(board->all.done) +
                        ", done late " + std::to_string(board->all.done_late) +
                        (programme->simulated ? "  (dữ liệu mô phỏng · simulated data)\n" : "\n"));
    return {};
}

}  // namespace

void add_obligation_commands(std::vector<Command>& commands)
{
    commands.push_back(
        {{"gaps"},
         "The gap board: units × obligations on any date",
         {database_option(),
          programme_option(),
          {"on", "DATE", "The state at the end of this day", false, {}},
          {"level", "LEVEL", "province, district, commune, …", false, "province"},
          {"kind", "KIND[,KIND…]", "report, committee, review, plan, council_report", false, {}},
          {"period", "PERIOD[..PERIOD]", "Only these periods", false, {}},
          {"under", "CODE", "Only units below this one", false, {}},
          {"sort", "late_first|code|name", "Order of rows", false, "late_first"},
          {"late", "", "Only units with something late", false, {}},
          today_option(),
          format_option()},
         {},
         "phoihop gaps --db phoihop.db --programme ctr-09 --level province --kind report,committee --late",
         Access::read,
         command_of(gaps_command)});
}

}  // namespace phoihop::cli
