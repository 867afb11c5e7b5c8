// SPDX-License-Identifier: Apache-2.0
#include "programme/definition_yaml.hpp"

#include "programme/definition.hpp"
#include "programme/definition_keys.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <utility>

namespace phoihop::programme {
namespace {

/// Which object stands under a key; every other map is a wording.
constexpr std::array<std::pair<std::string_view, std::string_view>, 15> objects_of{{{"programme", "programme"},
                                                                                    {"objectives", "objective"},
                                                                                    {"parties", "party"},
                                                                                    {"bodies", "body"},
                                                                                    {"groups", "group"},
                                                                                    {"indicators", "indicator"},
                                                                                    {"forms", "form"},
                                                                                    {"duties", "duty"},
                                                                                    {"cells", "cell"},
                                                                                    {"rules", "rule"},
                                                                                    {"regime", "regime"},
                                                                                    {"calendar", "calendar"},
                                                                                    {"deadlines", "deadline"},
                                                                                    {"standings", "standing"},
                                                                                    {"", "document"}}};

std::string_view object_of(std::string_view key)
{
    for (const auto& [name, object] : objects_of)
        if (name == key) return object;
    return "wording";
}

/// A scalar that YAML reads back as it stands: codes, numbers, days.
bool is_plain(std::string_view text)
{
    const auto allowed = [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_' || c == '.' ||
               c == '/';
    };
    return !text.empty() && text != "null" && allowed(text.front()) &&
           std::all_of(text.begin(), text.end(), [&](char c) { return allowed(c) || c == '-'; });
}

std::string scalar(const TreeNode& node)
{
    if (node.null) return "~";
    if (is_plain(node.text)) return node.text;
    std::string out = canonical_text(node);  // a JSON text, which YAML contains
    out.pop_back();
    return out;
}

std::vector<const TreeNode::Entry*> in_order(const TreeNode& map, std::string_view key)
{
    const auto& known = definition_object(object_of(key)).keys;
    const auto place = [&](const TreeNode::Entry* entry) {
        return std::find_if(known.begin(), known.end(), [&](const auto& each) { return each.key == entry->key; }) -
               known.begin();
    };
    std::vector<const TreeNode::Entry*> entries;
    for (const TreeNode::Entry& entry : map.entries) entries.push_back(&entry);
    std::stable_sort(entries.begin(), entries.end(), [&](const auto* a, const auto* b) { return place(a) < place(b); });
    return entries;
}

constexpr std::size_t line_max = 110;

/// On one line, `{a: b, c: [d, e]}`.
std::string flow(const TreeNode& node, std::string_view key)
{
    std::string out;
    switch (node.kind) {
        case TreeNode::Kind::scalar: return scalar(node);
        case TreeNode::Kind::list:
            for (const TreeNode& item : node.items) out += (out.empty() ? "" : ", ") + flow(item, key);
            return "[" + out + "]";
        case TreeNode::Kind::map:
            for (const TreeNode::Entry* entry : in_order(node, key))
                out += (out.empty() ? "" : ", ") + entry->key + ": " + flow(entry->value, entry->key);
            return "{" + out + "}";
    }
    return out;
}

/// Lists of maps stand line by line, so that a difference shows the line that differs.
bool is_short(const TreeNode& node, std::string_view key, std::size_t indent)
{
    if (node.kind == TreeNode::Kind::list && !node.items.empty() && node.items.front().kind == TreeNode::Kind::map)
        return false;
    return indent + key.size() + flow(node, key).size() <= line_max;
}

void write_block(std::string& out, const TreeNode& node, std::string_view key, std::size_t indent);

/// `first` is what stands before the first line's key: "- " of a list, or blanks.
void write_map(std::string& out, const TreeNode& map, std::string_view key, std::size_t indent, std::string first)
{
    for (const TreeNode::Entry* entry : in_order(map, key)) {
        out += std::exchange(first, std::string(indent, ' ')) + entry->key + ":";
        if (is_short(entry->value, entry->key, indent))
            out += " " + flow(entry->value, entry->key) + "\n";
        else
            write_block(out, entry->value, entry->key, indent + 2);
    }
}

void write_block(std::string& out, const TreeNode& node, std::string_view key, std::size_t indent)
{
    if (node.kind == TreeNode::Kind::scalar) {
        out += " " + scalar(node) + "\n";
        return;
    }
    out += '\n';
    if (node.kind == TreeNode::Kind::map) return write_map(out, node, key, indent, std::string(indent, ' '));
    for (const TreeNode& item : node.items) {
        const std::string dash = std::string(indent, ' ') + "- ";
        if (item.kind != TreeNode::Kind::map || is_short(item, key, indent))
            out += dash + flow(item, key) + "\n";
        else
            write_map(out, item, key, indent + 2, dash);
    }
}

struct FileParts {
    std::string_view name;
    std::array<std::string_view, 2> keys;
};
constexpr std::array<FileParts, 6> files{{{"programme.yaml", {"programme", "objectives"}},
                                          {"parties.yaml", {"parties", {}}},
                                          {"indicators.yaml", {"groups", "indicators"}},
                                          {"forms.yaml", {"forms", {}}},
                                          {"calendar.yaml", {"calendar", {}}},
                                          {"standings.yaml", {"standings", {}}}}};

TreeNode* find(TreeNode& map, std::string_view key)
{
    for (TreeNode::Entry& entry : map.entries)
        if (entry.key == key) return &entry.value;
    return nullptr;
}

void set(TreeNode* node, const std::string& text)
{
    if (node != nullptr && !text.empty()) node->text = text;
}

/// A copy under another code carries on nobody's series: whoever wants that says so in the copy.
void drop_continued(TreeNode& root)
{
    const auto leaves = [](const TreeNode::Entry& entry) {
        return entry.key == "continues" && entry.value.text.find('/') != std::string::npos;
    };
    if (TreeNode* indicators = find(root, "indicators"))
        for (TreeNode& indicator : indicators->items) std::erase_if(indicator.entries, leaves);
    if (TreeNode* programme = find(root, "programme"))
        std::erase_if(programme->entries, [](const TreeNode::Entry& entry) { return entry.key == "continues"; });
}

}  // namespace

std::vector<SourceFile> definition_files(const TreeNode& root)
{
    std::vector<SourceFile> all;
    for (const FileParts& file : files) {
        std::string text;
        for (const std::string_view key : file.keys) {
            const TreeNode* node = key.empty() ? nullptr : root.find(key);
            if (node == nullptr) continue;
            text += (text.empty() ? "" : "\n") + std::string(key) + ":";
            write_block(text, *node, key, 2);
        }
        all.push_back({std::string(file.name), std::move(text)});
    }
    return all;
}

Result<std::vector<SourceFile>> cloned_files(const std::string& canonical, const CloneNames& names)
{
    std::vector<Problem> findings;
    const SourceFile file{"kept", canonical};
    DefinitionTree tree = read_tree({&file, 1}, findings);
    if (!findings.empty()) throw std::invalid_argument("a kept definition cannot be read at " + findings.front().where);
    if (TreeNode* programme = find(tree.root, "programme")) {
        if (const TreeNode* code = programme->find("code"); !names.code.empty() && code && code->text != names.code)
            drop_continued(tree.root);
        set(find(*programme, "code"), names.code);
        set(find(*programme, "symbol"), names.symbol);
        if (TreeNode* title = find(*programme, "title")) {
            set(find(*title, "vi"), names.title_vi);
            set(find(*title, "en"), names.title_en);
        }
    }
    auto files = definition_files(tree.root);
    const auto read = read_definition(files);
    if (!read.findings.empty()) return tl::make_unexpected(read.findings.front());
    return files;
}

}  // namespace phoihop::programme
