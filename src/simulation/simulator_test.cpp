// SPDX-License-Identifier: Apache-2.0
#include "simulation/simulator.hpp"
#include "support/small_programme.hpp"

#include <doctest/doctest.h>

using namespace phoihop;
using namespace phoihop::reporting;
using namespace phoihop::simulation;

namespace {

const auto small = test::SmallProgramme::make();
const programme::Form& activity = *small->form("activity");

/// What the office says of texts that a simulated office sends.
std::vector<Finding> judged(std::vector<CellInput> cells, const History& history)
{
    Submission submission;
    submission.form = "activity";
    submission.cells = std::move(cells);
    ReadCells read = Judge(*small, activity).read(submission, nullptr);
    if (!has_error(read.findings)) return Judge(*small, activity).findings(read.cells, false, history);
    return read.findings;
}

}  // namespace

TEST_CASE("simulator: what it draws is accepted by the form's own rules, quarter after quarter")
{
    const Simulator simulator(*small, activity, 7);
    const Judge judge(*small, activity);
    for (std::int64_t unit = 1; unit <= 300; ++unit) {
        std::optional<facts::Cells> last;
        for (programme::PeriodName period{2015, programme::Frequency::quarter, 1}; period.year < 2017;
             period = programme::next(period)) {
            const facts::Cells cells = simulator.figures(UnitId{unit}, period, last ? &*last : nullptr);
            const History history = last ? History{last} : History{};
            INFO("unit " << unit << " " << period.text());
            CHECK_FALSE(has_error(judge.findings(cells, false, history)));
            CHECK_FALSE(has_error(judge.findings(
                simulator.correction(UnitId{unit}, period, cells, last ? &*last : nullptr), false, history)));
            CHECK(has_error(judged(simulator.mistaken(UnitId{unit}, period, cells), history)));
            last = cells;
        }
    }
}

TEST_CASE("simulator: the same seed draws the same reports, another seed other ones")
{
    const programme::PeriodName period{2015, programme::Frequency::quarter, 2};
    const facts::Cells one = Simulator(*small, activity, 7).figures(UnitId{5}, period, nullptr);
    CHECK(one == Simulator(*small, activity, 7).figures(UnitId{5}, period, nullptr));
    CHECK(one != Simulator(*small, activity, 8).figures(UnitId{5}, period, nullptr));
}
