// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "programme/definition.hpp"
#include "programme/programme_store.hpp"

namespace phoihop::programme {

/// Whether an instance runs in earnest. Chosen at its first load and never changed.
enum class Instance : std::uint8_t { real, simulated };

enum class LoadOutcome : std::uint8_t { created, updated, unchanged, refused };

[[nodiscard]] std::string_view word(LoadOutcome outcome);

struct LoadAnswer {
    LoadOutcome outcome{};
    std::shared_ptr<const Programme> programme;  ///< the version now in force; nothing when refused
    std::vector<Problem> findings;               ///< why it was refused
};

/// Who loads, into what, and from which version on.
struct LoadTerms {
    Instance instance{};
    UserId actor;
    /// The version that was looked at, 0 for none: `conflict` when another one is in force meanwhile.
    std::optional<std::int64_t> based_on = {};
};

/// Brings a definition into force. The first load of a code makes its instance; the same content again changes
/// nothing; changed content becomes the next version unless it would give figures already taken another meaning
/// (`refused_changes`). A definition with findings is refused with them. `real_only` / `simulated_only` when the
/// instance is of the other kind. Journalled as "loaded programme:<id>/<version>".
[[nodiscard]] Result<LoadAnswer> load_programme(store::Writer& writer, const ProgrammeStore& programmes,
                                                const Definition& definition, const LoadTerms& terms);

/// What a load would answer now, and what is in force; nothing is changed.
struct LoadPreview {
    LoadAnswer answer;
    std::shared_ptr<const Programme> before;  ///< nothing where the code is new
    std::string before_text;                  ///< its canonical text
};
[[nodiscard]] Result<LoadPreview> preview_load(const store::Database& database, const ProgrammeStore& programmes,
                                               const Definition& definition, const LoadTerms& terms);

/// A version as the database keeps it.
struct KeptVersion {
    std::shared_ptr<const Programme> programme;
    std::string text;  ///< canonical
};
/// `not_found` when there is no such version.
[[nodiscard]] Result<KeptVersion> kept_version(const store::Database& database, const ProgrammeStore& programmes,
                                               std::string_view code, std::int64_t version);

}  // namespace phoihop::programme
