// SPDX-License-Identifier: Apache-2.0
#include "store/postgresql_values.hpp"

#include <limits>

namespace phoihop::store {

namespace {

constexpr int binary = 1;

template <class Number>
Number big_endian(std::string_view bytes)
{
    std::make_unsigned_t<Number> value = 0;
    for (std::size_t i = 0; i < sizeof(Number); ++i)
        value = static_cast<std::make_unsigned_t<Number>>((value << 8) | static_cast<unsigned char>(bytes[i]));
    return static_cast<Number>(value);
}

std::array<char, 8> network_order(std::int64_t number)
{
    std::array<char, 8> bytes{};
    for (std::size_t i = 0; i < bytes.size(); ++i)
        bytes[i] = static_cast<char>(static_cast<std::uint64_t>(number) >> (56 - 8 * i));
    return bytes;
}

void put_length(std::string& data, std::size_t length)
{
    if (length > static_cast<std::size_t>(std::numeric_limits<std::int32_t>::max()))
        throw StoreError("postgresql: a value of more than 2 GiB");
    const auto bytes = network_order(static_cast<std::int64_t>(length));
    data.append(bytes.data() + 4, 4);
}

/// sum() of bigint is numeric: base-10000 digits (numeric_send in PostgreSQL's source). Only whole numbers of
/// 64 bits are taken, because no figure is ever anything else.
std::int64_t whole_number(std::string_view raw)
{
    const auto digits = big_endian<std::int16_t>(raw);
    const auto weight = big_endian<std::int16_t>(raw.substr(2));
    const auto sign = big_endian<std::uint16_t>(raw.substr(4));
    constexpr std::uint16_t negative = 0x4000;
    if (sign != 0 && sign != negative) throw StoreError("postgresql: a numeric that is no number");
    std::int64_t value = 0;
    for (int i = 0; i <= weight || i < digits; ++i) {
        const auto digit = i < digits ? big_endian<std::int16_t>(raw.substr(8 + 2 * static_cast<std::size_t>(i))) : 0;
        if (i > weight) throw StoreError("postgresql: a fraction where a whole number is wanted");
        // Downwards, because the most negative number has no positive twin.
        if (__builtin_mul_overflow(value, std::int64_t{10000}, &value) ||
            __builtin_sub_overflow(value, std::int64_t{digit}, &value))
            throw StoreError("postgresql: a sum past 64 bits");
    }
    if (sign == negative) return value;
    if (value == std::numeric_limits<std::int64_t>::min()) throw StoreError("postgresql: a sum past 64 bits");
    return -value;
}

}  // namespace

PgParameters::PgParameters(std::span<const Parameter> parameters)
{
    m_numbers.reserve(parameters.size());  // pointers into it are kept
    m_types.reserve(parameters.size());
    m_values.reserve(parameters.size());
    m_lengths.reserve(parameters.size());
    m_formats.assign(parameters.size(), binary);
    const auto add = [&](char letter, Oid type, const char* value, std::size_t length) {
        if (length > static_cast<std::size_t>(std::numeric_limits<int>::max()))
            throw StoreError("postgresql: a value of more than 2 GiB");
        m_signature.push_back(letter);
        m_types.push_back(type);
        m_values.push_back(value);
        m_lengths.push_back(static_cast<int>(length));
        m_bytes += length;
    };
    for (const auto& parameter : parameters) {
        if (const auto* number = std::get_if<std::int64_t>(&parameter)) {
            m_numbers.push_back(network_order(*number));
            add('i', pg_type::int8, m_numbers.back().data(), 8);
        } else if (const auto* text = std::get_if<std::string_view>(&parameter)) {
            add('t', pg_type::text, text->data() == nullptr ? "" : text->data(), text->size());
        } else if (const auto* blob = std::get_if<BytesView>(&parameter)) {
            add('b', pg_type::bytea, blob->empty() ? "" : reinterpret_cast<const char*>(blob->data()), blob->size());
        } else {
            add('n', 0, nullptr, 0);
        }
    }
}

std::string_view PgRow::raw(int column) const
{
    return {PQgetvalue(m_result, m_row, column), static_cast<std::size_t>(PQgetlength(m_result, m_row, column))};
}

std::int64_t PgRow::integer(int column) const
{
    if (is_null(column)) return 0;
    switch (PQftype(m_result, column)) {
        case pg_type::int8: return big_endian<std::int64_t>(raw(column));
        case pg_type::int4: return big_endian<std::int32_t>(raw(column));
        case pg_type::int2: return big_endian<std::int16_t>(raw(column));
        case pg_type::boolean: return raw(column)[0] != 0 ? 1 : 0;
        case pg_type::numeric: return whole_number(raw(column));
        default: throw StoreError("postgresql: column " + std::to_string(column) + " is no number");
    }
}

std::string_view PgRow::text(int column) const
{
    if (is_null(column)) return {};
    switch (PQftype(m_result, column)) {
        case pg_type::int8:
        case pg_type::int4:
        case pg_type::int2:
        case pg_type::boolean:
        case pg_type::numeric:
        case pg_type::bytea: throw StoreError("postgresql: column " + std::to_string(column) + " is no text");
        default: return raw(column);
    }
}

BytesView PgRow::blob(int column) const
{
    if (is_null(column)) return {};
    if (PQftype(m_result, column) != pg_type::bytea)
        throw StoreError("postgresql: column " + std::to_string(column) + " is no blob");
    return std::as_bytes(std::span(raw(column)));
}

std::string copy_data(std::size_t columns, std::span<const Parameter> rows)
{
    using namespace std::string_view_literals;
    std::string data("PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0"sv);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (i % columns == 0) {
            data.push_back(static_cast<char>(columns >> 8));
            data.push_back(static_cast<char>(columns));
        }
        if (const auto* number = std::get_if<std::int64_t>(&rows[i])) {
            put_length(data, 8);
            data.append(network_order(*number).data(), 8);
        } else if (const auto* text = std::get_if<std::string_view>(&rows[i])) {
            put_length(data, text->size());
            data.append(*text);
        } else if (const auto* blob = std::get_if<BytesView>(&rows[i])) {
            put_length(data, blob->size());
            data.append(reinterpret_cast<const char*>(blob->data()), blob->size());
        } else {
            data.append("\377\377\377\377"sv);
        }
    }
    data.append("\377\377"sv);
    return data;
}

}  // namespace phoihop::store
