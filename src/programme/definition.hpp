// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "programme/definition_tree.hpp"
#include "programme/programme.hpp"

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace phoihop::programme {

/// The programme called `code`, or nullptr: how `continues:` is followed across programmes.
using OtherProgrammes = std::function<std::shared_ptr<const Programme>(std::string_view code)>;

/// What a definition says, or everything that is wrong with it. A finding is a Problem with where = "file:line"
/// and the facts file, line, key ("indicators[B1].scale") and what would be right (expected, nearest, min, max…).
struct Definition {
    std::shared_ptr<const Programme> programme;  ///< nothing when there are findings
    std::string canonical;                       ///< definition_tree.hpp, canonical_text
    std::vector<Problem> findings;               ///< in the order of files and lines
};

/// Reads and checks a definition. Without `others`, what lies in another programme is taken on trust (a version
/// that the database keeps was checked when it was loaded).
[[nodiscard]] Definition read_definition(std::span<const SourceFile> files, const OtherProgrammes& others = {});

/// The definition in a file, or in all *.yaml files of a folder; other programmes are looked for in the folders
/// beside it (`programmes/ctr-07` continues `programmes/ctr-09`). `not_found` when there is no such file.
[[nodiscard]] Result<Definition> read_definition_at(const std::string& path);

/// What forbids `after` as the next version of `before`: figures already taken must keep their meaning. Unit,
/// scale, aggregation and base frequency of a code never change (a new code says `continues:`), codes and forms
/// stay, forms keep their numbers, and their cells only grow at the end.
[[nodiscard]] std::vector<Problem> refused_changes(const Programme& before, const Programme& after);

}  // namespace phoihop::programme
