// SPDX-License-Identifier: Apache-2.0
// The published JSON Schema and the reader's own tables say the same, and both shipped programmes hold to it.
#include "programme/definition.hpp"
#include "programme/definition_keys.hpp"
#include "programme/definition_tree.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>

using namespace phoihop;
using namespace phoihop::programme;

namespace {

const std::string folder = PHOIHOP_SOURCE_DIR "/programmes/";

SourceFile file_at(const std::filesystem::path& path)
{
    std::ifstream in(path, std::ios::binary);
    REQUIRE(in.good());
    return {path.filename().string(), std::string(std::istreambuf_iterator<char>(in), {})};
}

/// JSON is YAML, so that the definition's own reader reads the schema.
TreeNode tree_of(const std::vector<SourceFile>& files)
{
    std::vector<Problem> findings;
    DefinitionTree tree = read_tree(files, findings);
    REQUIRE(findings.empty());
    return std::move(tree.root);
}

const TreeNode& schema()
{
    static const TreeNode root = tree_of({file_at(folder + "schema/programme.schema.json")});
    return root;
}

const TreeNode& at(const TreeNode& node, std::string_view key)
{
    const TreeNode* found = node.find(key);
    REQUIRE_MESSAGE(found != nullptr, std::string(key));
    return *found;
}

std::set<std::string> texts(const TreeNode& list)
{
    std::set<std::string> all;
    for (const TreeNode& item : list.items) all.insert(item.text);
    return all;
}

/// The part of JSON Schema that the published schema uses, over scalars that are all texts.
class Validator {
public:
    std::string found;  // one line for each place that does not hold

    void check(const TreeNode& rule, const TreeNode& value, const std::string& path)
    {
        for (const TreeNode::Entry& entry : rule.entries) {
            const std::string& key = entry.key;
            if (key == "$ref") {
                const std::string name = entry.value.text.substr(std::string("#/$defs/").size());
                check(at(at(schema(), "$defs"), name), value, path);
            } else if (key == "enum") {
                hold(texts(entry.value).count(value.text) == 1, path, key);
            } else if (key == "type") {
                hold(has_type(entry.value, value), path, key);
            } else if (key == "pattern") {
                hold(std::regex_search(value.text, std::regex(entry.value.text)), path, key);
            } else if (key == "minimum" || key == "maximum") {
                const long long limit = std::stoll(entry.value.text);
                hold(key == "minimum" ? std::stoll(value.text) >= limit : std::stoll(value.text) <= limit, path, key);
            } else if (key == "minLength" || key == "maxLength") {
                const std::size_t limit = std::stoul(entry.value.text);
                hold(key == "minLength" ? value.text.size() >= limit : value.text.size() <= limit * 4, path, key);
            } else if (key == "minItems") {
                hold(!value.items.empty(), path, key);
            } else if (key == "items") {
                for (std::size_t i = 0; i < value.items.size(); ++i)
                    check(entry.value, value.items[i], path + "[" + std::to_string(i) + "]");
            } else if (key == "required") {
                for (const TreeNode& name : entry.value.items)
                    hold(value.find(name.text) != nullptr, path + "." + name.text, key);
            } else if (key == "properties") {
                for (const TreeNode::Entry& part : value.entries) {
                    const TreeNode* property = entry.value.find(part.key);
                    hold(property != nullptr, path + "." + part.key, "additionalProperties");
                    if (property != nullptr) check(*property, part.value, path + "." + part.key);
                }
            } else {
                static const std::set<std::string> silent{"description", "title", "$schema",
                                                          "$comment",    "$defs", "additionalProperties"};
                hold(silent.count(key) == 1, path, "a keyword that this test does not know: " + key);
            }
        }
    }

private:
    void hold(bool holds, const std::string& path, const std::string& key)
    {
        if (!holds) found += path + " " + key + "\n";
    }

    static bool has_type(const TreeNode& type, const TreeNode& value)
    {
        if (type.kind == TreeNode::Kind::list)
            return std::any_of(type.items.begin(), type.items.end(),
                               [&](const TreeNode& one) { return has_type(one, value); });
        if (type.text == "object") return value.kind == TreeNode::Kind::map;
        if (type.text == "array") return value.kind == TreeNode::Kind::list;
        if (value.kind != TreeNode::Kind::scalar || value.null) return false;
        if (type.text == "boolean") return value.text == "true" || value.text == "false";
        if (type.text == "integer") return std::regex_match(value.text, std::regex("-?(0|[1-9][0-9]*)"));
        if (type.text == "number") return std::regex_match(value.text, std::regex("-?[0-9]+([.][0-9]+)?"));
        return type.text == "string";
    }
};

std::string violations(const TreeNode& definition)
{
    Validator validator;
    validator.check(schema(), definition, "");
    return validator.found;
}

TreeNode definition_of(const std::string& code)
{
    std::vector<SourceFile> files;
    for (const auto& entry : std::filesystem::directory_iterator(folder + code)) files.push_back(file_at(entry.path()));
    return tree_of(files);
}

TreeNode* inside(TreeNode& node, std::string_view key)
{
    for (TreeNode::Entry& entry : node.entries)
        if (entry.key == key) return &entry.value;
    return nullptr;
}

}  // namespace

TEST_CASE("schema: the reader knows exactly the keys that the schema publishes")
{
    const TreeNode& defs = at(schema(), "$defs");
    CHECK(defs.entries.size() == definition_objects().size() + 1);  // and "code", which is no object
    for (const DefinitionObject& object : definition_objects()) {
        CAPTURE(std::string(object.name));
        const TreeNode& published = at(defs, object.name);
        std::set<std::string> known;
        std::set<std::string> required;
        for (const DefinitionKey& key : object.keys) {
            known.insert(std::string(key.key));
            if (key.required) required.insert(std::string(key.key));
        }
        std::set<std::string> keys;
        for (const TreeNode::Entry& entry : at(published, "properties").entries) keys.insert(entry.key);
        CHECK(keys == known);
        CHECK(texts(at(published, "required")) == required);
        CHECK(at(published, "additionalProperties").text == "false");
    }
}

TEST_CASE("schema: every word that the reader takes is published, and no other")
{
    for (const DefinitionObject& object : definition_objects())
        for (const DefinitionKey& key : object.keys) {
            CAPTURE(std::string(object.name) + "." + std::string(key.key));
            const TreeNode& property = at(at(at(at(schema(), "$defs"), object.name), "properties"), key.key);
            const TreeNode* items = property.find("items");
            const TreeNode* words = (items != nullptr ? items : &property)->find("enum");
            if (property.find("type") != nullptr && at(property, "type").text == "boolean") {
                CHECK(key.words.size() == 2);
            } else if (key.words.empty()) {
                CHECK(words == nullptr);
            } else {
                REQUIRE(words != nullptr);
                CHECK(texts(*words) == std::set<std::string>(key.words.begin(), key.words.end()));
            }
        }
}

TEST_CASE("schema: both shipped programmes hold to it")
{
    for (const char* code : {"ctr-09", "ctr-07"}) CHECK(violations(definition_of(code)) == "");
}

TEST_CASE("schema: what does not hold to it is found")
{
    TreeNode definition = definition_of("ctr-09");
    inside(*inside(definition, "calendar"), "windows")->text = "lunar";
    inside(inside(definition, "forms")->items[0], "number")->text = "0";
    inside(*inside(definition, "programme"), "code")->text = "ctr 09";
    definition.entries.push_back({"extra", 1, {}});
    const std::string found = violations(definition);
    for (const char* line : {".calendar.windows enum\n", ".forms[0].number minimum\n", ".programme.code pattern\n",
                             ".extra additionalProperties\n"})
        CHECK_MESSAGE(found.find(line) != std::string::npos, found);
}
