// SPDX-License-Identifier: Apache-2.0
#include "programme/difference.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>

namespace phoihop::programme {
namespace {

using Field = std::pair<std::string, std::string>;
using Fields = std::vector<Field>;

/// By which key the items of a list are known again; two keys where one is not enough.
struct ListKey {
    std::string_view list;
    std::string_view key;
    std::string_view second = {};
};
constexpr std::array<ListKey, 11> list_keys{{{"objectives", "code"},
                                             {"parties", "code"},
                                             {"groups", "code"},
                                             {"indicators", "code"},
                                             {"forms", "code"},
                                             {"standings", "code"},
                                             {"bodies", "level"},
                                             {"duties", "level"},
                                             {"cells", "indicator"},
                                             {"rules", "condition"},
                                             {"deadlines", "name", "frequency"}}};

const ListKey* key_of(std::string_view list)
{
    const auto found =
        std::find_if(list_keys.begin(), list_keys.end(), [&](const ListKey& each) { return each.list == list; });
    return found == list_keys.end() ? nullptr : &*found;
}

std::string text_of(const TreeNode& node, std::string_view key)
{
    const TreeNode* found = node.find(key);
    return found == nullptr ? std::string() : found->text;
}

std::string code_of(const TreeNode& item, std::string_view list, std::size_t place)
{
    const ListKey* key = key_of(list);
    if (key == nullptr) return std::to_string(place + 1);
    const std::string first = text_of(item, key->key);
    return key->second.empty() ? first : first + "/" + text_of(item, key->second);
}

void lay_out(const TreeNode& node, const std::string& path, std::string_view name, Fields& fields);

void lay_out_list(const TreeNode& node, const std::string& path, std::string_view name, Fields& fields)
{
    const bool plain = std::all_of(node.items.begin(), node.items.end(),
                                   [](const TreeNode& item) { return item.kind == TreeNode::Kind::scalar; });
    if (plain) {
        std::string all;
        for (const TreeNode& item : node.items) all += (all.empty() ? "" : ", ") + item.text;
        fields.emplace_back(path, std::move(all));
        return;
    }
    for (std::size_t i = 0; i < node.items.size(); ++i)
        lay_out(node.items[i], path + "[" + code_of(node.items[i], name, i) + "]", name, fields);
}

/// The texts of `node` by their paths; what an item is known by is in its path already.
void lay_out(const TreeNode& node, const std::string& path, std::string_view name, Fields& fields)
{
    switch (node.kind) {
        case TreeNode::Kind::scalar: fields.emplace_back(path, node.text); return;
        case TreeNode::Kind::list: lay_out_list(node, path, name, fields); return;
        case TreeNode::Kind::map: break;
    }
    const ListKey* key = key_of(name);
    const bool is_item = key != nullptr && path.ends_with(']');
    if (is_item && node.entries.size() == 1) fields.emplace_back(path, "✓");
    for (const TreeNode::Entry& entry : node.entries) {
        if (is_item && (entry.key == key->key || entry.key == key->second)) continue;
        lay_out(entry.value, path.empty() ? entry.key : path + "." + entry.key, entry.key, fields);
    }
}

const std::string* value_at(const Fields& fields, std::string_view field)
{
    const auto found =
        std::find_if(fields.begin(), fields.end(), [&](const Field& each) { return each.first == field; });
    return found == fields.end() ? nullptr : &found->second;
}

/// The fields that differ; `key` of an item is its code, not a field.
std::vector<FieldChange> changes(const TreeNode* before, const TreeNode* after, std::string_view key)
{
    Fields old_fields;
    Fields new_fields;
    if (before != nullptr) lay_out(*before, "", {}, old_fields);
    if (after != nullptr) lay_out(*after, "", {}, new_fields);
    for (Fields* fields : {&old_fields, &new_fields})
        std::erase_if(*fields, [&](const Field& field) { return !key.empty() && field.first == key; });
    std::vector<FieldChange> found;
    for (const auto& [field, now] : new_fields) {
        const std::string* was = value_at(old_fields, field);
        if (was == nullptr || *was != now) found.push_back({field, was == nullptr ? std::string() : *was, now});
    }
    for (const auto& [field, was] : old_fields)
        if (value_at(new_fields, field) == nullptr) found.push_back({field, was, {}});
    return found;
}

Wording name_of(const TreeNode& item)
{
    for (const std::string_view key : {"name", "title", "text"})
        if (const TreeNode* wording = item.find(key); wording != nullptr && wording->kind == TreeNode::Kind::map)
            return {text_of(*wording, "vi"), text_of(*wording, "en")};
    return {};
}

class Comparison {
public:
    std::vector<DefinitionChange> found;

    void compare_one(std::string_view section, const TreeNode* before, const TreeNode* after)
    {
        auto fields = changes(before, after, {});
        if (fields.empty()) return;
        const TreeNode& named = after != nullptr ? *after : *before;
        found.push_back({kind(before, after), std::string(section), {}, name_of(named), std::move(fields)});
    }

    void compare_list(std::string_view section, const TreeNode* before, const TreeNode* after)
    {
        static const TreeNode nothing{TreeNode::Kind::list, false, {}, {}, {}, 0, 0};
        const TreeNode& old_list = before == nullptr ? nothing : *before;
        const TreeNode& new_list = after == nullptr ? nothing : *after;
        std::vector<std::string> kept;
        for (std::size_t i = 0; i < new_list.items.size(); ++i) {
            const std::string code = code_of(new_list.items[i], section, i);
            const TreeNode* was = item(old_list, section, code);
            if (was != nullptr) kept.push_back(code);
            add(section, code, was, &new_list.items[i]);
        }
        std::vector<std::string> stood;
        for (std::size_t i = 0; i < old_list.items.size(); ++i) {
            const std::string code = code_of(old_list.items[i], section, i);
            if (item(new_list, section, code) != nullptr)
                stood.push_back(code);
            else
                add(section, code, &old_list.items[i], nullptr);
        }
        if (kept != stood)
            found.push_back({DefinitionChange::Kind::changed,
                             std::string(section),
                             {},
                             {},
                             {{"order", joined(stood), joined(kept)}}});
    }

private:
    static DefinitionChange::Kind kind(const TreeNode* before, const TreeNode* after)
    {
        return before == nullptr  ? DefinitionChange::Kind::added
               : after == nullptr ? DefinitionChange::Kind::removed
                                  : DefinitionChange::Kind::changed;
    }

    static const TreeNode* item(const TreeNode& list, std::string_view section, std::string_view code)
    {
        for (std::size_t i = 0; i < list.items.size(); ++i)
            if (code_of(list.items[i], section, i) == code) return &list.items[i];
        return nullptr;
    }

    static std::string joined(const std::vector<std::string>& codes)
    {
        std::string all;
        for (const std::string& code : codes) all += (all.empty() ? "" : ", ") + code;
        return all;
    }

    void add(std::string_view section, const std::string& code, const TreeNode* before, const TreeNode* after)
    {
        auto fields = changes(before, after, "code");
        if (fields.empty()) return;
        found.push_back({kind(before, after), std::string(section), code, name_of(after != nullptr ? *after : *before),
                         std::move(fields)});
    }
};

/// Levels that fill an indicator's form, "" without one.
std::string asked_of(const Programme& programme, const std::string& indicator)
{
    const Form* form = programme.form_of(indicator);
    std::string levels;
    if (form == nullptr) return levels;
    for (const FormDuty& duty : form->duties)
        levels += (levels.empty() ? "" : ", ") + std::string(units::word(duty.level)) + (duty.or_lowest ? "+" : "");
    return levels;
}

}  // namespace

std::string_view word(DefinitionChange::Kind kind)
{
    constexpr std::string_view words[] = {"added", "removed", "changed"};
    return words[static_cast<std::size_t>(kind)];
}

std::string_view word(Break::Why why)
{
    constexpr std::string_view words[] = {"redefined", "asked_of_others", "begins", "continues"};
    return words[static_cast<std::size_t>(why)];
}

std::vector<DefinitionChange> difference(const TreeNode& before, const TreeNode& after)
{
    Comparison comparison;
    comparison.compare_one("programme", before.find("programme"), after.find("programme"));
    for (const std::string_view list : {"objectives", "parties", "groups", "indicators", "forms", "standings"})
        comparison.compare_list(list, before.find(list), after.find(list));
    comparison.compare_one("calendar", before.find("calendar"), after.find("calendar"));
    return std::move(comparison.found);
}

std::vector<DefinitionChange> difference_of_texts(const std::string& before, const std::string& after)
{
    std::vector<Problem> findings;
    const SourceFile old_file{"before", before};
    const SourceFile new_file{"after", after};
    const DefinitionTree old_tree = read_tree({&old_file, 1}, findings);
    const DefinitionTree new_tree = read_tree({&new_file, 1}, findings);
    if (!findings.empty()) throw std::invalid_argument("a kept definition cannot be read at " + findings.front().where);
    return difference(old_tree.root, new_tree.root);
}

std::vector<Break> breaks(const Programme& before, const Programme& after)
{
    std::vector<Break> found;
    for (const Indicator& now : after.indicators) {
        const Indicator* was = before.indicator(now.code);
        if (was == nullptr) {
            found.push_back(now.continues.empty() ? Break{now.code, Break::Why::begins, {}}
                                                  : Break{now.code, Break::Why::continues, now.continues});
            continue;
        }
        if (was->definition_vi != now.definition_vi || was->definition_en != now.definition_en)
            found.push_back({now.code, Break::Why::redefined, {}});
        if (asked_of(before, now.code) != asked_of(after, now.code))
            found.push_back({now.code, Break::Why::asked_of_others,
                             asked_of(before, now.code) + " → " + asked_of(after, now.code)});
    }
    return found;
}

}  // namespace phoihop::programme
