// SPDX-License-Identifier: Apache-2.0
#include "cli/demonstration.hpp"

#include "cli/simulate_programme.hpp"
#include "programme/load_programme.hpp"
#include "units/import_units.hpp"

#include <cstdlib>

namespace phoihop::cli {

namespace {

struct Span {
    const char* programme;
    const char* from;
    const char* to;
};

constexpr Span spans[] = {{"ctr-09", "2014-Q1", "2015-Q4"}, {"ctr-07", "2024-Q1", "2026-Q3"}};
constexpr std::uint64_t seed = 2013;

}  // namespace

std::string share_folder()
{
    const char* given = std::getenv("PHOIHOP_SHARE");  // NOLINT(concurrency-mt-unsafe): nobody changes the environment
    return given != nullptr ? given : PHOIHOP_SHARE_FOLDER;
}

Result<void> make_demonstration(instance::Instance& instance, Date day, Output& output)
{
    output.progress("Đang nạp đơn vị… · importing units…");
    PHOIHOP_TRY(files, units::load_data_files(share_folder() + "/data/vn-units"));
    PHOIHOP_TRY(set, units::read_data_set(files));
    PHOIHOP_CHECK_OK(units::import_units(instance.writer(), set, UserId{}));
    for (const Span& span : spans) {
        PHOIHOP_TRY(definition, programme::read_definition_at(share_folder() + "/programmes/" + span.programme));
        PHOIHOP_TRY(answer, programme::load_programme(instance.writer(), instance.programme_store(), definition,
                                                      {programme::Instance::simulated, UserId{}}));
        if (answer.outcome == programme::LoadOutcome::refused)
            return refuse(ProblemCode::inconsistent, span.programme, {{"rule", "programme check"}});
    }
    instance.reload({});
    PHOIHOP_CHECK_OK(instance.set_today(day));
    for (const Span& span : spans) {
        SimulateWish wish;
        PHOIHOP_TRY(programme, instance.programme(span.programme));
        PHOIHOP_TRY(from, programme::parse_period(span.from));
        PHOIHOP_TRY(to, programme::parse_period(span.to));
        wish.programme = programme;
        wish.from = from;
        wish.to = to;
        wish.today = day;
        wish.seed = seed;
        PHOIHOP_TRY(counts, simulate_programme(instance, wish, output));
        output.out(programme->symbol + " (mô phỏng · simulated): " + std::to_string(counts.obligations) +
                   " obligations, " + std::to_string(counts.reports.accepted) + " reports, " +
                   std::to_string(counts.reports.figures) + " figures\n");
    }
    return {};
}

}  // namespace phoihop::cli
