// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "reporting/keep_reports.hpp"
#include "store/writer.hpp"
#include "units/territory.hpp"

#include <functional>
#include <memory>
#include <span>

namespace phoihop::reporting {

/// Who sends, and what the office may accept from that sender. Rights are judged before (accounts); they come in here
/// as the two powers that only the centre has.
struct Sender {
    UserId actor;
    Date today{};                      ///< the local day of acceptance
    bool may_set_received_on = false;  ///< the centre, and simulations
    bool correct = false;              ///< `--correct`: a report equal to an *earlier* version is taken again
    /// Whether the sender may send that form for that unit; absent where rights were judged before (one report, or the
    /// operator's command line).
    std::function<bool(const std::string& form, UnitId unit)> allowed = {};
};

/// Takes reports, whichever way they came: judge → keep → say how it counted. The only writer of typed facts.
///
/// A submission is judged outside the writer, on whatever thread calls; inside its job only what may have changed
/// meanwhile is looked at again: the current version, its state, the obligation.
class Reception {
public:
    struct Surroundings {
        store::Writer* writer = nullptr;
        std::shared_ptr<const programme::Programme> programme;
        /// Whether the register of that base period has been frozen. Called from several threads.
        std::function<bool(const programme::PeriodName&)> opened;
        /// The current cells of the last periods, newest first. Called from several threads; may be absent.
        std::function<History(const facts::FactKey&, const programme::PeriodName&)> history;
        /// Called by the writing thread only; may be absent.
        FirstReports first_reports;
    };

    explicit Reception(Surroundings surroundings);
    ~Reception();

    /// One report. A Problem only when the office cannot take anything now (`busy`).
    [[nodiscard]] Result<Outcome> submit(const Submission& submission, const Sender& sender);

    /// Many reports, in order, in as few commits as possible. `done(i, outcome)` is called in order, for accepted ones
    /// after their commit is durable.
    void submit_all(std::span<const Submission> submissions, const Sender& sender,
                    const std::function<void(std::size_t, Outcome&&)>& done);

    /// Judges without keeping anything: the findings that `submit` would answer.
    [[nodiscard]] Outcome judge(const Submission& submission, const Sender& sender) const;

    [[nodiscard]] const programme::Programme& programme() const;

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

}  // namespace phoihop::reporting
