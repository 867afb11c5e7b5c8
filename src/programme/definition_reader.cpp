// SPDX-License-Identifier: Apache-2.0
#include "programme/definition_reader.hpp"

#include <algorithm>

namespace phoihop::programme {

namespace {

constexpr std::size_t findings_max = 500;
constexpr std::size_t text_length_max = 4000;
constexpr std::size_t code_length_max = 40;

/// The number of letters to add, drop or change between two words.
std::size_t distance(std::string_view a, std::string_view b)
{
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t changed = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
            diagonal = row[j];
            row[j] = std::min({row[j] + 1, row[j - 1] + 1, changed});
        }
    }
    return row.back();
}

std::string joined(std::span<const std::string_view> words)
{
    std::string all;
    for (const std::string_view word : words) all += (all.empty() ? "" : ", ") + std::string(word);
    return all;
}

std::string_view shape(const TreeNode& node)
{
    if (node.null) return "nothing";
    switch (node.kind) {
        case TreeNode::Kind::scalar: return "text";
        case TreeNode::Kind::list: return "list";
        case TreeNode::Kind::map: return "map";
    }
    return "text";
}

bool is_code_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
}

bool is_blank(std::string_view text)
{
    return text.find_first_not_of(" \t\n") == std::string_view::npos;
}

}  // namespace

std::string_view nearest(std::string_view text, std::span<const std::string_view> known)
{
    std::string_view best;
    std::size_t best_distance = std::max<std::size_t>(2, text.size() / 3) + 1;
    for (const std::string_view word : known) {
        const std::size_t far = distance(text.substr(0, code_length_max), word);
        if (far < best_distance) {
            best_distance = far;
            best = word;
        }
    }
    return best;
}

void Findings::note_place(const std::string& path, const TreeNode& node, int line)
{
    m_places.try_emplace(path, Place{m_tree.files[node.file], line > 0 ? line : node.line});
}

void Findings::add(const std::string& path, ProblemCode code, Problem::Facts facts)
{
    if (m_found.size() >= findings_max) return;
    std::string near = path;
    for (;;) {
        const auto place = m_places.find(near);
        if (place != m_places.end() || near.empty()) {
            const Place fallback{m_tree.files.empty() ? std::string() : m_tree.files.front(), 1};
            m_found.push_back(
                finding_at(place != m_places.end() ? place->second : fallback, code, path, std::move(facts)));
            return;
        }
        const std::size_t cut = near.find_last_of(".[");
        near.resize(cut == std::string::npos ? 0 : cut);
    }
}

bool Findings::has(const std::string& path) const
{
    return std::any_of(m_found.begin(), m_found.end(), [&](const Problem& one) { return fact(one, "key") == path; });
}

Fields::Fields(Findings& findings, const TreeNode& node, std::string_view object, std::string path)
    : m_findings(findings), m_node(node), m_object(definition_object(object)), m_path(std::move(path))
{
    m_findings.note_place(m_path, node);
    if (node.kind != TreeNode::Kind::map) {
        m_findings.add(m_path, ProblemCode::wrong_type, {{"expected", "map"}, {"found", std::string(shape(node))}});
        return;
    }
    std::vector<std::string_view> known;
    for (const DefinitionKey& key : m_object.keys) known.push_back(key.key);
    for (const TreeNode::Entry& entry : node.entries) {
        const std::string entry_path = path_of(entry.key);
        m_findings.note_place(entry_path, entry.value, entry.line);
        if (m_object.key(entry.key) == nullptr)
            m_findings.add(entry_path, ProblemCode::unknown_name,
                           {{"what", "key"},
                            {"found", entry.key},
                            {"nearest", std::string(nearest(entry.key, known))},
                            {"expected", joined(known)}});
    }
    for (const DefinitionKey& key : m_object.keys)
        if (key.required && value(key.key) == nullptr)
            m_findings.add(path_of(key.key), ProblemCode::missing, {{"what", std::string(key.key)}});
}

std::string Fields::path_of(std::string_view key) const
{
    return m_path.empty() ? std::string(key) : m_path + "." + std::string(key);
}

const TreeNode* Fields::value(std::string_view key) const
{
    const TreeNode* node = m_node.find(key);
    return node == nullptr || node->null ? nullptr : node;
}

void Fields::refuse_value(std::string_view key, ProblemCode code, Problem::Facts facts) const
{
    m_findings.add(path_of(key), code, std::move(facts));
}

const TreeNode* Fields::scalar(std::string_view key) const
{
    const TreeNode* node = value(key);
    if (node == nullptr) return nullptr;
    if (node->kind == TreeNode::Kind::scalar) return node;
    refuse_value(key, ProblemCode::wrong_type, {{"expected", "text"}, {"found", std::string(shape(*node))}});
    return nullptr;
}

const TreeNode* Fields::list(std::string_view key) const
{
    const TreeNode* node = value(key);
    if (node == nullptr) return nullptr;
    if (node->kind == TreeNode::Kind::list) return node;
    refuse_value(key, ProblemCode::wrong_type, {{"expected", "list"}, {"found", std::string(shape(*node))}});
    return nullptr;
}

std::string Fields::text(std::string_view key) const
{
    const TreeNode* node = scalar(key);
    if (node == nullptr) return {};
    if (node->text.size() > text_length_max)
        refuse_value(key, ProblemCode::too_large,
                     {{"limit", std::to_string(text_length_max)}, {"found", std::to_string(node->text.size())}});
    return node->text;
}

std::string Fields::code(std::string_view key) const
{
    const std::string text = this->text(key);
    if (!has(key)) return text;
    if (text.empty() || text.size() > code_length_max || !std::all_of(text.begin(), text.end(), is_code_letter))
        refuse_value(key, ProblemCode::malformed,
                     {{"expected", "1 to 40 of a-z A-Z 0-9 _ -"}, {"found", text.substr(0, code_length_max)}});
    return text;
}

std::int64_t Fields::integer(std::string_view key, std::int64_t fallback, std::int64_t min, std::int64_t max) const
{
    const TreeNode* node = scalar(key);
    if (node == nullptr) return fallback;
    const auto number = parse_decimal(node->text, 0);
    if (!number || node->text.find('.') != std::string::npos) {
        refuse_value(key, ProblemCode::malformed, {{"expected", "whole number"}, {"found", node->text}});
        return fallback;
    }
    if (*number < min || *number > max) {
        refuse_value(key, ProblemCode::out_of_range,
                     {{"min", std::to_string(min)}, {"max", std::to_string(max)}, {"found", node->text}});
        return std::clamp(*number, min, max);
    }
    return *number;
}

bool Fields::flag(std::string_view key, bool fallback) const
{
    const int index = word_index(key);
    return index < 0 ? fallback : index == 1;
}

std::optional<Date> Fields::date(std::string_view key) const
{
    const TreeNode* node = scalar(key);
    if (node == nullptr) return std::nullopt;
    auto read = parse_date(node->text);
    if (read) return *read;
    refuse_value(key, read.error().code, std::move(read.error().facts));
    return std::nullopt;
}

Wording Fields::wording(std::string_view key) const
{
    Wording wording;
    one(key, "wording", [&](const Fields& fields) {
        wording.vi = fields.text("vi");
        wording.en = fields.text("en");
        for (const char* language : {"vi", "en"})
            if (fields.has(language) && is_blank(*language == 'v' ? wording.vi : wording.en))
                fields.refuse_value(language, ProblemCode::missing, {{"what", language}});
    });
    return wording;
}

std::optional<Expression> Fields::expression(std::string_view key) const
{
    const TreeNode* node = scalar(key);
    if (node == nullptr) return std::nullopt;
    auto parsed = Expression::parse(node->text);
    if (parsed) return std::move(*parsed);
    refuse_value(key, parsed.error().code, std::move(parsed.error().facts));
    return std::nullopt;
}

std::vector<std::string> Fields::texts(std::string_view key) const
{
    std::vector<std::string> all;
    const TreeNode* node = list(key);
    if (node == nullptr) return all;
    for (const TreeNode& item : node->items) {
        if (item.kind == TreeNode::Kind::scalar && !item.null)
            all.push_back(item.text);
        else
            refuse_value(key, ProblemCode::wrong_type,
                         {{"expected", "list of texts"}, {"found", std::string(shape(item))}});
    }
    return all;
}

std::vector<Date> Fields::dates(std::string_view key) const
{
    std::vector<Date> all;
    for (const std::string& text : texts(key)) {
        const std::size_t dots = text.find("..");
        const auto first = parse_date(std::string_view(text).substr(0, dots));
        const auto last = dots == std::string::npos ? first : parse_date(std::string_view(text).substr(dots + 2));
        if (!first || !last || *last < *first || *last - *first > std::chrono::days{366}) {
            refuse_value(key, ProblemCode::malformed,
                         {{"expected", "YYYY-MM-DD or YYYY-MM-DD..YYYY-MM-DD"}, {"found", text}});
            continue;
        }
        for (Date day = *first; day <= *last; day += std::chrono::days{1}) all.push_back(day);
    }
    return all;
}

int Fields::index_of(const TreeNode& node, std::string_view key) const
{
    const auto words = m_object.key(key)->words;
    const auto found = std::find(words.begin(), words.end(), node.text);
    if (node.kind == TreeNode::Kind::scalar && found != words.end()) return static_cast<int>(found - words.begin());
    refuse_value(key, ProblemCode::unknown_name,
                 {{"what", "word"},
                  {"found", node.kind == TreeNode::Kind::scalar ? node.text : std::string(shape(node))},
                  {"nearest", std::string(nearest(node.text, words))},
                  {"expected", joined(words)}});
    return -1;
}

int Fields::word_index(std::string_view key) const
{
    const TreeNode* node = scalar(key);
    return node == nullptr ? -1 : index_of(*node, key);
}

std::vector<int> Fields::word_indexes(std::string_view key) const
{
    std::vector<int> all;
    const TreeNode* node = list(key);
    if (node == nullptr) return all;
    for (const TreeNode& item : node->items)
        if (const int index = index_of(item, key); index >= 0) all.push_back(index);
    return all;
}

void Fields::each(std::string_view key, std::string_view object, std::string_view code_key,
                  const std::function<void(const Fields&)>& read) const
{
    const TreeNode* node = list(key);
    if (node == nullptr) return;
    std::size_t number = 0;
    for (const TreeNode& item : node->items) {
        ++number;
        const TreeNode* code = code_key.empty() ? nullptr : item.find(code_key);
        const bool named = code != nullptr && code->kind == TreeNode::Kind::scalar && !code->text.empty();
        const Fields fields(m_findings, item, object,
                            path_of(key) + "[" + (named ? code->text : std::to_string(number)) + "]");
        if (item.kind == TreeNode::Kind::map) read(fields);
    }
}

void Fields::one(std::string_view key, std::string_view object, const std::function<void(const Fields&)>& read) const
{
    const TreeNode* node = value(key);
    if (node == nullptr) return;
    const Fields fields(m_findings, *node, object, path_of(key));
    if (node->kind == TreeNode::Kind::map) read(fields);
}

}  // namespace phoihop::programme
