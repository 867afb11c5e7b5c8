// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dispatch/dispatch_store.hpp"
#include "dispatch/files.hpp"

namespace phoihop::dispatch {

/// Keeps a composed report as a draft, its figures beside it. The number stays blank until it is issued.
[[nodiscard]] Result<DocumentId> make_report(store::Writer& writer, const LiveSources& sources,
                                             const ReportOrder& order, UserId actor);

/// Keeps composed letters as drafts, in one transaction; the ids in the order of the letters.
[[nodiscard]] Result<std::vector<DocumentId>> make_nudges(store::Writer& writer, const programme::Programme& programme,
                                                          const std::vector<Nudge>& nudges, UserId actor);

/// Puts an officer's words in place of passages; an empty text takes his words back. Answers the new version.
/// `wrong_state` unless it is a draft; `conflict` when `base` is not its version; otherwise what `apply_edits` refuses.
[[nodiscard]] Result<std::int64_t> edit_paragraphs(store::Writer& writer, DocumentId id, std::int64_t base,
                                                   const Edits& edits, UserId actor);

struct IssueOrder {
    Date issued_on{};
    std::optional<int> number = {};  ///< none: the next of this issuer, notation and year
    std::string signer = {};
};

struct Issued {
    DocumentRecord record;
    /// Another document of the year bears the same number, notation and body: a warning, as the rules ask
    /// (Nghị định 30/2020/NĐ-CP, Annex VI).
    bool repeated = false;
};

/// Numbers and dates a draft and keeps its files. Afterwards nothing of it changes. `wrong_state` unless it is a
/// draft, `out_of_range` for a number below 1, `busy` when others kept drawing the same number.
[[nodiscard]] Result<Issued> issue(store::Writer& writer, const store::Database& database, DocumentId id,
                                   const IssueOrder& order, UserId actor);

/// The files of a document made anew from its record alone; of an issued one byte for byte the kept ones.
[[nodiscard]] Result<Files> remake(const store::Database& database, DocumentId id);

/// A figure that has another value, n or m now.
struct ChangedFigure {
    FigureUsed then;
    std::optional<FigureUsed> now;  ///< nothing when it would not be printed any more
};

/// What has changed under a report since it was made; empty for a letter.
[[nodiscard]] Result<std::vector<ChangedFigure>> changed_since(const store::Database& database,
                                                               const LiveSources& sources, DocumentId id);

}  // namespace phoihop::dispatch
