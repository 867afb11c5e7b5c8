// SPDX-License-Identifier: Apache-2.0
#include "programme/definition_tree.hpp"

#include "text/fold.hpp"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <sstream>
#include <utility>

namespace phoihop::programme {

namespace {

/// Ends the reading of one file; the finding has been written.
struct Unreadable {};

/// Builds a TreeNode from the parser's events, which carry lines and leave scalars as they were written.
class TreeBuilder final : public YAML::EventHandler {
public:
    TreeBuilder(const std::string& file, std::size_t index, std::vector<Problem>& findings)
        : m_file(file), m_index(index), m_findings(findings)
    {
    }

    [[nodiscard]] TreeNode take() { return std::move(m_root); }

    void OnDocumentStart(const YAML::Mark& mark) override
    {
        if (++m_documents > 1) fail(mark, ProblemCode::unsupported, {{"what", "second document"}});
    }
    void OnDocumentEnd() override {}
    void OnNull(const YAML::Mark& mark, YAML::anchor_t) override
    {
        TreeNode node = made(mark, TreeNode::Kind::scalar);
        node.null = true;
        put(mark, std::move(node));
    }
    void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override
    {
        fail(mark, ProblemCode::unsupported, {{"what", "alias"}});
    }
    void OnScalar(const YAML::Mark& mark, const std::string&, YAML::anchor_t, const std::string& value) override
    {
        TreeNode node = made(mark, TreeNode::Kind::scalar);
        node.text = text::nfc(value);
        put(mark, std::move(node));
    }
    void OnSequenceStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t, YAML::EmitterStyle::value) override
    {
        open(mark, TreeNode::Kind::list);
    }
    void OnSequenceEnd() override { close(); }
    void OnMapStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t, YAML::EmitterStyle::value) override
    {
        open(mark, TreeNode::Kind::map);
    }
    void OnMapEnd() override { close(); }

private:
    struct Open {
        TreeNode node;
        std::string key;
        int key_line = 0;
        bool has_key = false;
    };

    [[nodiscard]] TreeNode made(const YAML::Mark& mark, TreeNode::Kind kind) const
    {
        TreeNode node;
        node.kind = kind;
        node.file = m_index;
        node.line = mark.line + 1;
        return node;
    }

    void open(const YAML::Mark& mark, TreeNode::Kind kind)
    {
        if (!m_open.empty() && m_open.back().node.kind == TreeNode::Kind::map && !m_open.back().has_key)
            fail(mark, ProblemCode::wrong_type, {{"expected", "key"}, {"found", "list or map"}});
        if (static_cast<int>(m_open.size()) == definition_depth_max)
            fail(mark, ProblemCode::too_large, {{"limit", std::to_string(definition_depth_max)}, {"found", "nesting"}});
        m_open.push_back({made(mark, kind), {}, 0, false});
    }

    void close()
    {
        TreeNode node = std::move(m_open.back().node);
        m_open.pop_back();
        YAML::Mark mark;
        mark.line = node.line - 1;
        put(mark, std::move(node));
    }

    void put(const YAML::Mark& mark, TreeNode node)
    {
        if (m_open.empty()) {
            m_root = std::move(node);
            return;
        }
        Open& top = m_open.back();
        if (top.node.kind == TreeNode::Kind::list) {
            top.node.items.push_back(std::move(node));
        } else if (!top.has_key) {
            top.key = std::move(node.text);
            top.key_line = mark.line + 1;
            top.has_key = true;
        } else {
            add_entry(top, std::move(node));
            top.has_key = false;
        }
    }

    void add_entry(Open& top, TreeNode node)
    {
        for (const TreeNode::Entry& entry : top.node.entries) {
            if (entry.key != top.key) continue;
            m_findings.push_back(finding_at({m_file, top.key_line}, ProblemCode::duplicate, top.key,
                                            {{"what", "key"}, {"first", m_file + ":" + std::to_string(entry.line)}}));
            return;
        }
        top.node.entries.push_back({top.key, top.key_line, std::move(node)});
    }

    [[noreturn]] void fail(const YAML::Mark& mark, ProblemCode code, Problem::Facts facts)
    {
        m_findings.push_back(finding_at({m_file, mark.line + 1}, code, "", std::move(facts)));
        throw Unreadable{};
    }

    const std::string& m_file;
    std::size_t m_index;
    std::vector<Problem>& m_findings;
    int m_documents = 0;
    std::vector<Open> m_open;
    TreeNode m_root;
};

/// The file's root, or a null scalar after a finding.
TreeNode read_file(const SourceFile& file, std::size_t index, std::vector<Problem>& findings)
{
    if (file.text.size() > definition_size_max) {
        findings.push_back(
            finding_at({file.name, 1}, ProblemCode::too_large, "",
                       {{"limit", std::to_string(definition_size_max)}, {"found", std::to_string(file.text.size())}}));
        return {};
    }
    TreeBuilder builder(file.name, index, findings);
    try {
        std::istringstream in(file.text);
        YAML::Parser parser(in);
        while (parser.HandleNextDocument(builder)) {
        }
        return builder.take();
    } catch (const YAML::Exception& error) {
        findings.push_back(finding_at({file.name, std::max(error.mark.line, 0) + 1}, ProblemCode::malformed, "",
                                      {{"expected", "YAML"},
                                       {"found", error.msg},
                                       {"column", std::to_string(std::max(error.mark.column, 0) + 1)}}));
    } catch (const Unreadable&) {
    }
    return {};
}

bool is_plain_number(std::string_view text)
{
    std::string_view digits = text;
    if (digits.starts_with('-')) digits.remove_prefix(1);
    if (digits.empty() || digits.size() > 15 || (digits.size() > 1 && digits.front() == '0')) return false;
    if (text == "-0") return false;
    return std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; });
}

void write_string(std::string& out, std::string_view text)
{
    constexpr std::string_view hex = "0123456789abcdef";
    out += '"';
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (c == '\n') {
            out += "\\n";
        } else if (c == '\t') {
            out += "\\t";
        } else if (byte < 0x20 || byte == 0x7f) {
            out += "\\u00";
            out += hex[byte >> 4];
            out += hex[byte & 15];
        } else {
            out += c;
        }
    }
    out += '"';
}

void write(std::string& out, const TreeNode& node, std::size_t depth)
{
    const auto new_line = [&](std::size_t at) { out += "\n" + std::string(at, ' '); };
    switch (node.kind) {
        case TreeNode::Kind::scalar:
            if (node.null)
                out += "null";
            else if (is_plain_number(node.text) || node.text == "true" || node.text == "false")
                out += node.text;
            else
                write_string(out, node.text);
            return;
        case TreeNode::Kind::list: {
            out += '[';
            bool first = true;
            for (const TreeNode& item : node.items) {
                if (!std::exchange(first, false)) out += ',';
                new_line(depth + 1);
                write(out, item, depth + 1);
            }
            out += ']';
            return;
        }
        case TreeNode::Kind::map: {
            std::vector<const TreeNode::Entry*> entries;
            for (const TreeNode::Entry& entry : node.entries) entries.push_back(&entry);
            std::sort(entries.begin(), entries.end(), [](auto* a, auto* b) { return a->key < b->key; });
            out += '{';
            bool first = true;
            for (const TreeNode::Entry* entry : entries) {
                if (!std::exchange(first, false)) out += ',';
                new_line(depth + 1);
                write_string(out, entry->key);
                out += ": ";
                write(out, entry->value, depth + 1);
            }
            out += '}';
            return;
        }
    }
}

}  // namespace

const TreeNode* TreeNode::find(std::string_view key) const
{
    for (const Entry& entry : entries)
        if (entry.key == key) return &entry.value;
    return nullptr;
}

DefinitionTree read_tree(std::span<const SourceFile> files, std::vector<Problem>& findings)
{
    DefinitionTree tree;
    tree.root.kind = TreeNode::Kind::map;
    for (const SourceFile& file : files) {
        const std::size_t before = findings.size();
        tree.files.push_back(file.name);
        TreeNode root = read_file(file, tree.files.size() - 1, findings);
        if (root.kind != TreeNode::Kind::map) {
            if (findings.size() == before)
                findings.push_back(
                    finding_at({file.name, std::max(root.line, 1)}, ProblemCode::wrong_type, "",
                               {{"expected", "map"}, {"found", root.null ? "nothing" : "text or list"}}));
            continue;
        }
        for (TreeNode::Entry& entry : root.entries) {
            if (const TreeNode* other = tree.root.find(entry.key))
                findings.push_back(finding_at(
                    {file.name, entry.line}, ProblemCode::duplicate, entry.key,
                    {{"what", "key"}, {"first", tree.files[other->file] + ":" + std::to_string(other->line)}}));
            else
                tree.root.entries.push_back(std::move(entry));
        }
    }
    return tree;
}

std::string canonical_text(const TreeNode& root)
{
    std::string out;
    write(out, root, 0);
    out += '\n';
    return out;
}

Problem finding_at(const Place& place, ProblemCode code, std::string_view key, Problem::Facts facts)
{
    Problem problem{code, place.file + ":" + std::to_string(place.line), {}};
    problem.facts = {{"file", place.file}, {"line", std::to_string(place.line)}, {"key", std::string(key)}};
    for (auto& fact : facts) problem.facts.push_back(std::move(fact));
    return problem;
}

}  // namespace phoihop::programme
