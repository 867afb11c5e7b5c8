// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/problem.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace phoihop::programme {

/// One file of a definition: what findings call it, and its text (YAML, or JSON, which YAML contains).
struct SourceFile {
    std::string name;
    std::string text;
};

/// The largest file, and how deep it may nest.
inline constexpr std::size_t definition_size_max = std::size_t{1024} * 1024;
inline constexpr int definition_depth_max = 16;

struct Place {
    std::string file;
    int line = 0;  ///< from 1
};

/// A definition as it stands in its files: every scalar is the text as written. YAML's own guesses (`no` = false,
/// 012 = 10) never happen.
struct TreeNode {
    enum class Kind : unsigned char { scalar, list, map };
    struct Entry;

    Kind kind = Kind::scalar;
    bool null = false;            ///< nothing after the key, `~` or `null`
    std::string text;             ///< of a scalar
    std::vector<TreeNode> items;  ///< of a list
    std::vector<Entry> entries;   ///< of a map, in order, keys once each
    std::size_t file = 0;
    int line = 0;

    [[nodiscard]] const TreeNode* find(std::string_view key) const;
};

struct TreeNode::Entry {
    std::string key;
    int line = 0;
    TreeNode value;
};

/// All files as one map. What cannot be read at all (broken YAML, a key twice, an alias, too deep) becomes a
/// finding with its place, and the rest is read on.
struct DefinitionTree {
    TreeNode root;
    std::vector<std::string> files;
};
[[nodiscard]] DefinitionTree read_tree(std::span<const SourceFile> files, std::vector<Problem>& findings);

/// The same content as one JSON text with sorted keys: equal for definitions that differ only in comments, order
/// of keys, spacing and files. What the database keeps, and what `read_tree` reads back.
[[nodiscard]] std::string canonical_text(const TreeNode& root);

/// A finding at a place: where = "file:line", with the facts file, line, key and those given.
[[nodiscard]] Problem finding_at(const Place& place, ProblemCode code, std::string_view key, Problem::Facts facts);

}  // namespace phoihop::programme
