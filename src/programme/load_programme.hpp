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

/// Brings a definition into force. The first load of a code makes its instance; the same content again changes
/// nothing; changed content becomes the next version unless it would give figures already taken another meaning
/// (`refused_changes`). A definition with findings is refused with them. `real_only` / `simulated_only` when the
/// instance is of the other kind. Journalled as "loaded programme:<id>/<version>".
[[nodiscard]] Result<LoadAnswer> load_programme(store::Writer& writer, const ProgrammeStore& programmes,
                                                const Definition& definition, Instance instance, UserId actor);

}  // namespace phoihop::programme
