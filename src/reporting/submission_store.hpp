// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "facts/fact.hpp"
#include "reporting/submission.hpp"
#include "store/together.hpp"
#include "store/writer.hpp"

namespace phoihop::reporting {

/// Figures as typed, waiting in the office for their sender.
struct Draft {
    facts::FactKey key;
    UserId actor;
    std::vector<std::pair<std::string, std::string>> cells;  ///< indicator, text as typed
    std::int64_t based_on = 0;
    Instant at{};
};

/// A typed total of a subtree, at the indicator's scale.
struct CheckFigure {
    UnitId unit;
    ProgrammeId programme;
    programme::PeriodName period;
    std::string indicator;
    std::int64_t value = 0;
    UserId actor;
};

/// What was answered to a client-made id, and about which report.
struct GivenAnswer {
    facts::FactKey key;
    Outcome outcome;
};

/// What reporting keeps beside the facts: answers already given, comments at cells of both sides, drafts, check
/// figures.
class SubmissionStore {
public:
    /// The longest client-made id.
    static constexpr std::size_t client_id_max = 64;

    static void answer(store::Together& together, std::string_view client_id, std::optional<GivenAnswer>& found);
    /// `at`: when it was given.
    static void keep_answer(store::Together& together, std::string_view client_id, const facts::FactKey& key,
                            const Outcome& outcome, Instant at);

    static void keep_comments(store::Together& together, const facts::FactKey& key, std::int64_t version,
                              const std::vector<CellInput>& cells);
    [[nodiscard]] static CellComments comments(store::Connection& connection, const facts::FactKey& key,
                                               std::int64_t version);

    /// What the office above asks at cells of a version that it gives back.
    static void keep_return_comments(store::Together& together, const facts::FactKey& key, std::int64_t version,
                                     const CellComments& comments);
    [[nodiscard]] static CellComments return_comments(store::Connection& connection, const facts::FactKey& key,
                                                      std::int64_t version);

    static void keep_draft(store::WriteContext& context, const Draft& draft);
    static void drop_draft(store::Together& together, const facts::FactKey& key, UserId actor);
    [[nodiscard]] static std::optional<Draft> draft(store::Connection& connection, const facts::FactKey& key,
                                                    UserId actor);

    static void keep_check_figure(store::WriteContext& context, const CheckFigure& figure);
    [[nodiscard]] static std::vector<CheckFigure> check_figures(store::Connection& connection, ProgrammeId programme,
                                                                const programme::PeriodName& period);
};

}  // namespace phoihop::reporting
