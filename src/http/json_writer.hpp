// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/decimal.hpp"

#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>

namespace phoihop::http {

/// Appends `text` as a JSON string with its quotes. "<", ">" and "&" are escaped too, so that an answer that ends
/// up inside a page cannot close its script element; U+2028 and U+2029 for the same reason.
void append_json_text(std::string& out, std::string_view text);

/// Writes JSON from left to right into one string:
///
///     JsonWriter json;
///     json.object();
///     json.key("unit").text("vn34:00004");
///     json.key("values").array();
///     for (const auto& figure : figures) json.decimal(figure.sum, 2);
///     json.end().end();
///     return json_answer(200, json.take());
///
/// Commas are its business. Unbalanced calls are our mistakes and throw.
class JsonWriter {
public:
    JsonWriter& object() { return open('{', '}'); }
    JsonWriter& array() { return open('[', ']'); }
    JsonWriter& end();
    JsonWriter& key(std::string_view name);

    JsonWriter& text(std::string_view value);
    JsonWriter& boolean(bool value) { return raw(value ? "true" : "false"); }
    JsonWriter& null() { return raw("null"); }
    JsonWriter& number(std::int64_t value) { return raw(std::to_string(value)); }
    /// The exact figure as a text ("-3.50"): JavaScript's numbers stop being exact at 2^53, sums do not.
    JsonWriter& decimal(Int128 units, int scale) { return text(format_decimal(units, scale)); }
    /// JSON that is already written, e.g. a cached part.
    JsonWriter& raw(std::string_view json);

    /// `key` and value in one call.
    JsonWriter& member(std::string_view name, std::string_view value) { return key(name).text(value); }
    JsonWriter& member(std::string_view name, const char* value) { return key(name).text(value); }
    JsonWriter& member(std::string_view name, const std::string& value) { return key(name).text(value); }
    JsonWriter& member(std::string_view name, std::same_as<bool> auto value) { return key(name).boolean(value); }
    JsonWriter& member(std::string_view name, std::integral auto value)
        requires(!std::same_as<decltype(value), bool>)
    {
        return key(name).number(static_cast<std::int64_t>(value));
    }

    void reserve(std::size_t bytes) { m_out.reserve(bytes); }
    /// The finished text; everything that was opened must have been ended.
    [[nodiscard]] std::string take();

private:
    JsonWriter& open(char opening, char closing);
    void separate();

    std::string m_out;
    std::string m_closings;  // of what is open, innermost last
    bool m_first = true;     // nothing yet in the innermost
    bool m_after_key = false;
};

}  // namespace phoihop::http
