// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"
#include "programme/definition_tree.hpp"

#include <string>
#include <vector>

namespace phoihop::programme {

/// The definition as the six YAML files of a programme's folder, keys in the order of the reader's tables. What
/// `read_definition` reads from them is the same definition; comments are not kept.
[[nodiscard]] std::vector<SourceFile> definition_files(const TreeNode& root);

/// What a copy of a programme is called; what is "" stays as it was.
struct CloneNames {
    std::string code;
    std::string symbol;
    std::string title_vi;
    std::string title_en;
};

/// The files of a kept definition under another name: the beginning of another programme, which continues none of the
/// series of third ones. The first finding where they could not be loaded: a code of letters that no code may have.
[[nodiscard]] Result<std::vector<SourceFile>> cloned_files(const std::string& canonical, const CloneNames& names);

}  // namespace phoihop::programme
