// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "reporting/submit.hpp"
#include "simulation/simulator.hpp"

namespace phoihop::simulation {

using reporting::Reception;
using reporting::Submission;

/// One duty to report, as the frozen register has it.
struct DrawnDuty {
    std::string form;
    programme::PeriodName period;
    UnitId unit;
    Date opens{};
    Date due{};
};

struct SimulationCounts {
    std::int64_t sent = 0;      ///< submissions, mistakes and corrections included
    std::int64_t accepted = 0;  ///< versions kept
    std::int64_t refused = 0;
    std::int64_t figures = 0;  ///< figures inside accepted versions
    std::int64_t missing = 0;  ///< duties that nobody answered
};

/// Sends the drawn reports of many duties through a Reception, period after period. Keeps the last drawn figures of
/// every unit, so that stocks go on from period to period; give it the periods in order of time.
class Simulation {
public:
    /// Called for each submission in the order in which they are sent, before they are.
    using Raw = std::function<void(const Submission&)>;

    Simulation(Reception& reception, const units::Territory& territory, std::uint64_t seed);
    ~Simulation();

    /// Draws and sends the reports of one period. `today` bounds the days of arrival: what would come later is not
    /// sent at all.
    void send(std::span<const DrawnDuty> duties, Date today, const Raw& raw);

    [[nodiscard]] const SimulationCounts& counts() const;

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

/// The rows of one submission as `import` reads them back: `period,unit,indicator,value,received_on,reason`.
void append_raw_rows(std::string& csv, const Submission& submission, const units::Territory& territory,
                     const programme::Programme& programme);

}  // namespace phoihop::simulation
