// SPDX-License-Identifier: Apache-2.0
#include "http/json.hpp"

#include "http/clean_text.hpp"

#include <boost/json/basic_parser_impl.hpp>

#include <charconv>
#include <unordered_set>

namespace phoihop::http {

namespace events = boost::json;

/// Takes the events of Boost's parser and builds our value. The library's own value would keep the last of two
/// equal keys and turn figures into doubles.
class JsonBuilder {
public:
    static constexpr std::size_t max_object_size = ~std::size_t{0};
    static constexpr std::size_t max_array_size = ~std::size_t{0};
    static constexpr std::size_t max_key_size = ~std::size_t{0};
    static constexpr std::size_t max_string_size = ~std::size_t{0};

    explicit JsonBuilder(std::size_t value_count_max) : m_value_count_max(value_count_max) {}

    std::optional<Problem> problem;
    Json result;

    bool on_document_begin(events::error_code&) { return true; }
    bool on_document_end(events::error_code&) { return true; }
    bool on_array_begin(events::error_code& ec) { return open(Json(Json::Array()), ec); }
    bool on_array_end(std::size_t, events::error_code& ec) { return close(ec); }
    bool on_object_begin(events::error_code& ec) { return open(Json(Json::Object()), ec); }
    bool on_object_end(std::size_t, events::error_code& ec) { return close(ec); }
    bool on_string_part(events::string_view part, std::size_t, events::error_code&) { return append(part); }
    bool on_string(events::string_view part, std::size_t, events::error_code& ec)
    {
        append(part);
        auto clean = clean_text(std::exchange(m_text, {}), {});
        if (!clean) return stop(std::move(clean).error(), ec);
        return add(Json(std::move(*clean)), ec);
    }
    bool on_key_part(events::string_view part, std::size_t, events::error_code&) { return append(part); }
    bool on_key(events::string_view part, std::size_t, events::error_code& ec);
    bool on_number_part(events::string_view part, events::error_code&) { return append(part); }
    bool on_int64(std::int64_t, events::string_view rest, events::error_code& ec) { return add_number(rest, ec); }
    bool on_uint64(std::uint64_t, events::string_view rest, events::error_code& ec) { return add_number(rest, ec); }
    bool on_double(double, events::string_view rest, events::error_code& ec) { return add_number(rest, ec); }
    bool on_bool(bool value, events::error_code& ec) { return add(Json(value), ec); }
    bool on_null(events::error_code& ec) { return add(Json(), ec); }
    bool on_comment_part(events::string_view, events::error_code&) { return true; }
    bool on_comment(events::string_view, events::error_code&) { return true; }

private:
    struct Open {
        Json value;
        std::string key;                       // of the member being read
        std::unordered_set<std::string> keys;  // of an object, so far
    };

    bool append(events::string_view part)
    {
        m_text.append(part.data(), part.size());
        return true;
    }
    bool stop(Problem why, events::error_code& ec)
    {
        problem = std::move(why);
        ec = boost::json::error::syntax;
        return false;
    }
    bool add_number(events::string_view rest, events::error_code& ec)
    {
        append(rest);
        return add(Json(Json::Number{std::exchange(m_text, {})}), ec);
    }
    bool open(Json empty, events::error_code& ec)
    {
        if (!count(ec)) return false;
        m_open.push_back({std::move(empty), {}, {}});
        return true;
    }
    bool close(events::error_code&)
    {
        Json done = std::move(m_open.back().value);
        m_open.pop_back();
        place(std::move(done));
        return true;
    }
    bool add(Json value, events::error_code& ec)
    {
        if (!count(ec)) return false;
        place(std::move(value));
        return true;
    }
    bool count(events::error_code& ec)
    {
        if (++m_value_count <= m_value_count_max) return true;
        return stop({ProblemCode::too_large, {}, {{"what", "values"}, {"limit", std::to_string(m_value_count_max)}}},
                    ec);
    }
    void place(Json value)
    {
        if (m_open.empty()) {
            result = std::move(value);
        } else if (auto* array = std::get_if<Json::Array>(&m_open.back().value.m_value)) {
            array->push_back(std::move(value));
        } else {
            auto& object = std::get<Json::Object>(m_open.back().value.m_value);
            object.emplace_back(std::move(m_open.back().key), std::move(value));
        }
    }

    std::size_t m_value_count_max;
    std::size_t m_value_count = 0;
    std::string m_text;
    std::vector<Open> m_open;
};

bool JsonBuilder::on_key(events::string_view part, std::size_t, events::error_code& ec)
{
    append(part);
    auto key = clean_text(std::exchange(m_text, {}), {});
    if (!key) return stop(std::move(key).error(), ec);
    // "a" refused twice protects against two readers who each believe another of the two values.
    if (!m_open.back().keys.insert(*key).second) return stop({ProblemCode::duplicate, {}, {{"what", *key}}}, ec);
    m_open.back().key = std::move(*key);
    return true;
}

namespace {

std::string line_and_column(std::string_view text, std::size_t at)
{
    std::size_t line = 1;
    std::size_t column = 1;
    for (const char c : text.substr(0, at)) {
        if (c == '\n') {
            ++line;
            column = 1;
        } else if ((static_cast<unsigned char>(c) & 0xC0U) != 0x80U) {
            ++column;  // letters, not bytes
        }
    }
    return "line " + std::to_string(line) + ", column " + std::to_string(column);
}

/// A few letters of what stands where it should not, fit to be shown.
std::string excerpt(std::string_view text)
{
    text = text.substr(0, std::min(text.find_first_of("\r\n"), std::size_t{24}));
    text = text.substr(0, valid_utf8_prefix(text));
    return text.empty() ? "end of line" : std::string(text);
}

std::string joined(std::string_view where, std::string_view key)
{
    return where.empty() ? std::string(key) : std::string(where) + "." + std::string(key);
}

}  // namespace

Result<Json> Json::parse(std::string_view text, const JsonLimits& limits)
{
    if (text.size() > limits.size_max)
        return refuse(ProblemCode::too_large, {},
                      {{"limit", std::to_string(limits.size_max)}, {"found", std::to_string(text.size())}});
    boost::json::parse_options options;
    options.max_depth = limits.depth_max;
    boost::json::basic_parser<JsonBuilder> parser(options, limits.value_count_max);
    boost::json::error_code failed;
    std::size_t read = parser.write_some(false, text.data(), text.size(), failed);
    if (!failed)  // only blanks may follow the value
        read += std::min(text.substr(read).find_first_not_of(" \t\r\n"), text.size() - read);
    const std::string where = line_and_column(text, read);
    if (parser.handler().problem) {
        Problem problem = std::move(*parser.handler().problem);
        problem.where = where;
        return tl::make_unexpected(std::move(problem));
    }
    if (failed == boost::json::error::too_deep)
        return refuse(ProblemCode::too_large, where, {{"what", "depth"}, {"limit", std::to_string(limits.depth_max)}});
    if (failed || read < text.size())
        return refuse(ProblemCode::malformed, where, {{"expected", "JSON"}, {"found", excerpt(text.substr(read))}});
    return std::move(parser.handler().result);
}

std::string_view Json::kind() const
{
    static constexpr std::string_view kinds[] = {"null", "boolean", "number", "text", "array", "object"};
    return kinds[m_value.index()];
}

tl::unexpected<Problem> JsonView::wrong_type(std::string_view expected) const
{
    return refuse(ProblemCode::wrong_type, m_where,
                  {{"expected", std::string(expected)}, {"found", std::string(m_json->kind())}});
}

Result<std::optional<JsonView>> JsonView::optional_member(std::string_view key) const
{
    const Json::Object* object = m_json->as_object();
    if (object == nullptr) return wrong_type("object");
    for (const auto& [name, value] : *object)
        if (name == key && !value.is_null()) return std::optional(JsonView(value, joined(m_where, key)));
    return std::optional<JsonView>();
}

Result<JsonView> JsonView::member(std::string_view key) const
{
    PHOIHOP_TRY(found, optional_member(key));
    if (!found) return refuse(ProblemCode::missing, joined(m_where, key), {{"what", std::string(key)}});
    return *found;
}

Result<std::vector<JsonView>> JsonView::items() const
{
    const Json::Array* array = m_json->as_array();
    if (array == nullptr) return wrong_type("array");
    std::vector<JsonView> views;
    views.reserve(array->size());
    for (std::size_t i = 0; i < array->size(); ++i)
        views.emplace_back((*array)[i], m_where + "[" + std::to_string(i) + "]");
    return views;
}

Result<std::vector<std::pair<std::string, JsonView>>> JsonView::members() const
{
    const Json::Object* object = m_json->as_object();
    if (object == nullptr) return wrong_type("object");
    std::vector<std::pair<std::string, JsonView>> views;
    views.reserve(object->size());
    for (const auto& [name, value] : *object) views.emplace_back(name, JsonView(value, joined(m_where, name)));
    return views;
}

Result<void> JsonView::only(std::initializer_list<std::string_view> known) const
{
    const Json::Object* object = m_json->as_object();
    if (object == nullptr) return wrong_type("object");
    for (const auto& [name, value] : *object)
        if (std::find(known.begin(), known.end(), name) == known.end())
            return refuse(ProblemCode::unknown_name, joined(m_where, name), {{"what", "key"}, {"found", name}});
    return {};
}

Result<std::string> JsonView::text() const
{
    if (const std::string* text = m_json->as_text()) return *text;
    return wrong_type("text");
}

Result<bool> JsonView::boolean() const
{
    if (const bool* value = m_json->as_bool()) return *value;
    return wrong_type("boolean");
}

Result<std::int64_t> JsonView::integer(std::int64_t min, std::int64_t max) const
{
    const Json::Number* number = m_json->as_number();
    if (number == nullptr) return wrong_type("number");
    std::int64_t value = 0;
    const char* const end = number->text.data() + number->text.size();
    const auto [stop, error] = std::from_chars(number->text.data(), end, value);
    if (error == std::errc() && stop != end)
        return refuse(ProblemCode::not_whole, m_where, {{"scale", "0"}, {"found", number->text}});
    if (error != std::errc() || value < min || value > max)
        return refuse(ProblemCode::out_of_range, m_where,
                      {{"min", std::to_string(min)}, {"max", std::to_string(max)}, {"found", number->text}});
    return value;
}

Result<std::string> JsonView::decimal() const
{
    if (const Json::Number* number = m_json->as_number()) return number->text;
    if (const std::string* text = m_json->as_text()) return *text;
    return wrong_type("number");
}

Result<std::string> JsonView::text(std::string_view key) const
{
    PHOIHOP_TRY(view, member(key));
    return view.text();
}

Result<std::string> JsonView::text_or(std::string_view key, std::string_view otherwise) const
{
    PHOIHOP_TRY(view, optional_member(key));
    return view ? view->text() : Result<std::string>(std::string(otherwise));
}

Result<std::int64_t> JsonView::integer(std::string_view key, std::int64_t min, std::int64_t max) const
{
    PHOIHOP_TRY(view, member(key));
    return view.integer(min, max);
}

Result<bool> JsonView::boolean_or(std::string_view key, bool otherwise) const
{
    PHOIHOP_TRY(view, optional_member(key));
    return view ? view->boolean() : Result<bool>(otherwise);
}

}  // namespace phoihop::http
