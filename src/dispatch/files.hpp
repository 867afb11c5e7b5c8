// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dispatch/nudge.hpp"
#include "dispatch/report.hpp"
#include "obligations/register.hpp"

namespace phoihop::dispatch {

/// A document as files. `stem` is the name that all of them bear, before the stop: "bao-cao-vn63-02-2015-H1".
struct Files {
    std::string stem;
    std::string docx;
    std::string pdf;
    std::string xlsx;  ///< the annexes; "" when there are none
};

[[nodiscard]] Files files_of(const documents::OfficialDocument& document, std::string stem);

/// What a caller holds: one version of the roll-up, and the live register, which is read only while composing.
struct LiveSources {
    const rollup::Snapshot& snapshot;
    const units::Territory& territory;
    const programme::Programme& programme;
    const obligations::Register& books;
};

/// `compose_report` from the live register, which is let go before anything is kept: the writer feeds the register, so
/// that a job inside its reading would wait for itself.
[[nodiscard]] Result<Composed> compose_report(const LiveSources& sources, const ReportOrder& order);

/// The report of a unit, composed and written.
[[nodiscard]] Result<Files> report_files(const LiveSources& sources, const ReportOrder& order, const Edits& edits = {});

/// The nudge letters of a level, composed and written: "don-doc-vn63-02-2015-05-20".
[[nodiscard]] Result<std::vector<Files>> nudge_files(const obligations::Register& books,
                                                     const units::Territory& territory,
                                                     const programme::Programme& programme, const NudgeOrder& order);

}  // namespace phoihop::dispatch
