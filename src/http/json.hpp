// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace phoihop::http {

struct JsonLimits {
    std::size_t size_max = 4UL * 1024 * 1024;  ///< bytes
    std::size_t depth_max = 16;
    std::size_t value_count_max = 500'000;
};

class Json;

/// A JSON value that has been read. Numbers keep the text that was sent, so that a figure is judged by the exact
/// decimal rules of `base` and no floating point comes near it. Texts are clean (clean_text.hpp).
class Json {
public:
    struct Number {
        std::string text;
        friend bool operator==(const Number&, const Number&) = default;
    };
    using Array = std::vector<Json>;
    using Object = std::vector<std::pair<std::string, Json>>;  ///< in the order sent; a key stands once

    Json() = default;
    explicit Json(bool value) : m_value(value) {}
    explicit Json(Number value) : m_value(std::move(value)) {}
    explicit Json(std::string value) : m_value(std::move(value)) {}
    explicit Json(Array value) : m_value(std::move(value)) {}
    explicit Json(Object value) : m_value(std::move(value)) {}

    /// Reads a whole text. Refuses bad syntax and bad UTF-8 (`malformed`; where: "line 2, column 7"), a key that
    /// stands twice (`duplicate`), and whatever is past a limit (`too_large`).
    [[nodiscard]] static Result<Json> parse(std::string_view text, const JsonLimits& limits = {});

    [[nodiscard]] bool is_null() const { return std::holds_alternative<std::monostate>(m_value); }
    [[nodiscard]] const bool* as_bool() const { return std::get_if<bool>(&m_value); }
    [[nodiscard]] const Number* as_number() const { return std::get_if<Number>(&m_value); }
    [[nodiscard]] const std::string* as_text() const { return std::get_if<std::string>(&m_value); }
    [[nodiscard]] const Array* as_array() const { return std::get_if<Array>(&m_value); }
    [[nodiscard]] const Object* as_object() const { return std::get_if<Object>(&m_value); }
    [[nodiscard]] std::string_view kind() const;  ///< "object", "text", …: for problems

    friend bool operator==(const Json&, const Json&) = default;

private:
    friend class JsonBuilder;
    std::variant<std::monostate, bool, Number, std::string, Array, Object> m_value;
};

/// A value together with its place ("values.B1", "rows[3].unit"), so that every refusal says where. Handlers read
/// bodies through it:
///
///     PHOIHOP_TRY(unit, body.text("unit"));
///     PHOIHOP_TRY(version, body.integer("version", 0, 1'000'000));
///
/// Only as long-lived as the Json it looks at.
class JsonView {
public:
    explicit JsonView(const Json& json, std::string where = {}) : m_json(&json), m_where(std::move(where)) {}

    [[nodiscard]] const Json& json() const { return *m_json; }
    [[nodiscard]] const std::string& where() const { return m_where; }

    [[nodiscard]] Result<JsonView> member(std::string_view key) const;  ///< `missing` when absent or null
    [[nodiscard]] Result<std::optional<JsonView>> optional_member(std::string_view key) const;
    [[nodiscard]] Result<std::vector<JsonView>> items() const;                            ///< of an array
    [[nodiscard]] Result<std::vector<std::pair<std::string, JsonView>>> members() const;  ///< of an object

    /// Refuses a member that is not in `known`: a misspelt key must not be taken for an absent one.
    [[nodiscard]] Result<void> only(std::initializer_list<std::string_view> known) const;

    [[nodiscard]] Result<std::string> text() const;
    [[nodiscard]] Result<bool> boolean() const;
    [[nodiscard]] Result<std::int64_t> integer(std::int64_t min, std::int64_t max) const;
    /// A figure as it was written, from a number or a text ("3.50"): what `parse_decimal` takes.
    [[nodiscard]] Result<std::string> decimal() const;

    [[nodiscard]] Result<std::string> text(std::string_view key) const;
    [[nodiscard]] Result<std::string> text_or(std::string_view key, std::string_view otherwise) const;
    [[nodiscard]] Result<std::int64_t> integer(std::string_view key, std::int64_t min, std::int64_t max) const;
    [[nodiscard]] Result<bool> boolean_or(std::string_view key, bool otherwise) const;

private:
    [[nodiscard]] tl::unexpected<Problem> wrong_type(std::string_view expected) const;
    const Json* m_json;
    std::string m_where;
};

}  // namespace phoihop::http
