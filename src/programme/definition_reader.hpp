// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/date.hpp"
#include "programme/definition_keys.hpp"
#include "programme/definition_tree.hpp"
#include "programme/programme.hpp"

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace phoihop::programme {

/// What is wrong with a definition so far, and where each part of it stands, by its path: "indicators[B1].scale".
class Findings {
public:
    explicit Findings(const DefinitionTree& tree, std::vector<Problem>& found) : m_tree(tree), m_found(found) {}

    void note_place(const std::string& path, const TreeNode& node, int line = 0);

    /// A finding at `path`, or at the nearest part above it that has a place.
    void add(const std::string& path, ProblemCode code, Problem::Facts facts);

    /// Whether something is already wrong with exactly this part: what follows from it need not be said again.
    [[nodiscard]] bool has(const std::string& path) const;

private:
    const DefinitionTree& m_tree;
    std::vector<Problem>& m_found;
    std::map<std::string, Place, std::less<>> m_places;
};

/// Reads one map of a definition by its table of keys. Making it reports unknown keys (with the nearest known
/// one) and missing ones, each reader reports a value of the wrong shape and answers a default, so that one run
/// finds everything.
class Fields {
public:
    Fields(Findings& findings, const TreeNode& node, std::string_view object, std::string path);

    [[nodiscard]] const std::string& path() const { return m_path; }
    [[nodiscard]] bool has(std::string_view key) const { return value(key) != nullptr; }

    [[nodiscard]] std::string text(std::string_view key) const;
    [[nodiscard]] std::string code(std::string_view key) const;  ///< letters, digits, "_" and "-"
    [[nodiscard]] std::int64_t integer(std::string_view key, std::int64_t fallback, std::int64_t min,
                                       std::int64_t max) const;
    [[nodiscard]] bool flag(std::string_view key, bool fallback) const;
    [[nodiscard]] std::optional<Date> date(std::string_view key) const;
    [[nodiscard]] Wording wording(std::string_view key) const;
    [[nodiscard]] std::optional<Expression> expression(std::string_view key) const;
    [[nodiscard]] std::vector<std::string> texts(std::string_view key) const;
    [[nodiscard]] std::vector<Date> dates(std::string_view key) const;  ///< days and ranges "A..B"

    /// The word's place in the key's table, as the enumeration that the table follows.
    template <class Enum>
    [[nodiscard]] Enum word(std::string_view key, Enum fallback) const
    {
        const int index = word_index(key);
        return index < 0 ? fallback : static_cast<Enum>(index);
    }
    template <class Enum>
    [[nodiscard]] std::vector<Enum> words(std::string_view key) const
    {
        std::vector<Enum> all;
        for (const int index : word_indexes(key)) all.push_back(static_cast<Enum>(index));
        return all;
    }

    /// Each map of a list, under the path "key[code]" (its `code_key`, or its number from 1 where it has none).
    void each(std::string_view key, std::string_view object, std::string_view code_key,
              const std::function<void(const Fields&)>& read) const;
    void one(std::string_view key, std::string_view object, const std::function<void(const Fields&)>& read) const;

    void refuse_value(std::string_view key, ProblemCode code, Problem::Facts facts) const;

private:
    [[nodiscard]] const TreeNode* value(std::string_view key) const;
    [[nodiscard]] const TreeNode* scalar(std::string_view key) const;
    [[nodiscard]] const TreeNode* list(std::string_view key) const;
    [[nodiscard]] int word_index(std::string_view key) const;
    [[nodiscard]] std::vector<int> word_indexes(std::string_view key) const;
    [[nodiscard]] int index_of(const TreeNode& node, std::string_view key) const;
    [[nodiscard]] std::string path_of(std::string_view key) const;

    Findings& m_findings;
    const TreeNode& m_node;
    const DefinitionObject& m_object;
    std::string m_path;
};

/// The word of `known` that `text` was most likely meant to be, or "" when none is near.
[[nodiscard]] std::string_view nearest(std::string_view text, std::span<const std::string_view> known);

}  // namespace phoihop::programme
