// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dispatch/report.hpp"
#include "store/writer.hpp"

namespace phoihop::dispatch {

using DocumentId = Id<struct DocumentTag>;

enum class DocumentKind : std::uint8_t { report, nudge };
enum class DocumentState : std::uint8_t { draft, issued };

[[nodiscard]] std::string_view word(DocumentKind kind);
[[nodiscard]] std::string_view word(DocumentState state);

/// What is known of a document beside its pages.
struct DocumentRecord {
    DocumentId id;
    ProgrammeId programme;
    DocumentKind kind{};
    UnitId unit;   ///< whose body issues it
    UnitId about;  ///< the unit that it reports on, or is sent to
    std::string party;
    std::string body;  ///< the issuing body's name
    PeriodId period;   ///< 0: of no period
    rollup::Measure measure = rollup::Measure::received;
    std::string notation;
    int year = 0;
    std::optional<int> number;
    DocumentState state = DocumentState::draft;
    Date made_on{};
    Instant made_at{};
    UserId made_by;
    std::int64_t as_of = 0;
    std::int64_t version = 1;
    std::optional<Date> issued_on;
    std::string signer;
    FileId docx, pdf, xlsx;  ///< of an issued one; xlsx 0 when there is no annex
};

struct DocumentFilter {
    std::optional<ProgrammeId> programme;
    std::optional<UnitId> about;
    std::optional<PeriodId> period;
};

/// Documents and their figures: the only SQL over them. Changes are journalled with subject "document:<id>".
class DispatchStore {
public:
    /// `not_found` when there is no such document.
    [[nodiscard]] static Result<DocumentRecord> find(store::Connection& connection, DocumentId id);
    [[nodiscard]] static std::vector<DocumentRecord> list(store::Connection& connection, const DocumentFilter& filter);

    /// The pages as composed, and what was put in place of passages.
    [[nodiscard]] static Composed content(store::Connection& connection, DocumentId id);
    [[nodiscard]] static Edits edits(store::Connection& connection, DocumentId id);
    [[nodiscard]] static std::vector<FigureUsed> figures(store::Connection& connection, DocumentId id);

    /// The number after the last given one of this issuer, notation and year.
    [[nodiscard]] static int next_number(store::Connection& connection, const DocumentRecord& record, int year);
    /// Whether another issued document of the year bears the same number, notation and body.
    [[nodiscard]] static bool is_repeated(store::Connection& connection, const DocumentRecord& record, int year,
                                          int number);

    static DocumentId add(store::WriteContext& context, const DocumentRecord& record, const Composed& composed);
    static void set_edits(store::WriteContext& context, const DocumentRecord& record, const Edits& edits, UserId actor);
    static void issue(store::WriteContext& context, const DocumentRecord& issued, UserId actor);
};

}  // namespace phoihop::dispatch
