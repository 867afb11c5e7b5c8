// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "facts/fact.hpp"
#include "rollup/snapshot.hpp"
#include "web/waiting_reports.hpp"

#include <memory>

namespace phoihop::web {

/// A report that waits for a decision of the actor.
struct QueuedReport {
    facts::FactKey key;
    std::int64_t version = 0;
    Date due{};
    bool doubtful = false;  ///< the form's rules say something about it
};
struct CheckQueue {
    std::int64_t as_of = 0;
    std::vector<QueuedReport> reports;  ///< those that were due first, by form and unit
};

/// Every report that waits for the actor, each judged once. What was judged is kept in `call.services.queues`, and only
/// what was changed since is judged anew: a country's queue has hundreds of thousands, and a list is read page by page.
[[nodiscard]] std::shared_ptr<const CheckQueue> check_queue(const Call& call, WaitsFor what);

/// What the rules say of single reports, as when they were taken.
class Findings {
public:
    Findings(const Call& call, const rollup::Snapshot& snapshot);
    ~Findings();
    Findings(const Findings&) = delete;
    Findings& operator=(const Findings&) = delete;

    [[nodiscard]] std::vector<reporting::Finding> of(const facts::FactKey& key, const rollup::CurrentReport& report);

private:
    struct Judges;
    const Call& m_call;
    const rollup::Snapshot& m_snapshot;
    std::unique_ptr<Judges> m_judges;
};

}  // namespace phoihop::web
