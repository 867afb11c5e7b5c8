// SPDX-License-Identifier: Apache-2.0
#include "web/figure_table.hpp"

#include <algorithm>
#include <array>
#include <cstring>

namespace phoihop::web {
namespace {

using http::JsonWriter;
using rollup::CellKind;
using rollup::Table;
using rollup::TableCell;

/// Text that is written through a plain pointer into room that was asked for before. The room is the thread's, used
/// again by its next answer, so that it is not cleared each time; `take` gives a copy that is as long as the text.
class Bytes {
public:
    explicit Bytes(std::size_t expected) : m_bytes(of_thread())
    {
        if (m_bytes.size() < expected) m_bytes.resize(expected);
    }
    ~Bytes()
    {
        if (m_bytes.size() > kept_max) std::string().swap(m_bytes);
    }
    Bytes(const Bytes&) = delete;
    Bytes& operator=(const Bytes&) = delete;

    /// Where to write, with room for `count` bytes; `wrote` takes the end of what was written.
    [[nodiscard]] char* room(std::size_t count)
    {
        if (m_bytes.size() - m_used < count) m_bytes.resize(std::max(m_bytes.size() * 2, m_used + count));
        return m_bytes.data() + m_used;
    }
    void wrote(const char* end) { m_used = static_cast<std::size_t>(end - m_bytes.data()); }
    void put(std::string_view text)
    {
        std::memcpy(room(text.size()), text.data(), text.size());
        m_used += text.size();
    }
    [[nodiscard]] std::size_t used() const { return m_used; }
    /// Once more what stands there.
    void repeat(std::size_t begin, std::size_t length)
    {
        auto* const to = room(length);  // which may move it
        std::memcpy(to, m_bytes.data() + begin, length);
        m_used += length;
    }
    [[nodiscard]] std::string take() const { return m_bytes.substr(0, m_used); }

private:
    static constexpr std::size_t kept_max = std::size_t{1} << 20;
    static std::string& of_thread()
    {
        thread_local std::string bytes;
        return bytes;
    }

    std::string& m_bytes;
    std::size_t m_used = 0;
};

[[gnu::always_inline]] inline char* put_text(char* at, std::string_view text)
{
    std::memcpy(at, text.data(), text.size());
    return at + text.size();
}

constexpr auto two_digits = [] {
    std::array<char, 200> digits{};
    for (std::size_t i = 0; i < 100; ++i) {
        digits[2 * i] = static_cast<char>('0' + i / 10);
        digits[2 * i + 1] = static_cast<char>('0' + i % 10);
    }
    return digits;
}();

[[gnu::always_inline]] inline char* put_positive(char* at, std::uint64_t value)
{
    unsigned length = 1;
    for (std::uint64_t rest = value; rest >= 10; rest /= 10) {
        if (rest < 100) {
            length += 1;
            break;
        }
        if (rest < 1'000) {
            length += 2;
            break;
        }
        if (rest < 10'000) {
            length += 3;
            break;
        }
        length += 4;
        rest /= 1'000;
    }
    char* to = at + length;
    for (; value >= 100; value /= 100) std::memcpy(to -= 2, &two_digits[value % 100 * 2], 2);
    if (value >= 10) {
        std::memcpy(to - 2, &two_digits[value * 2], 2);
    } else {
        to[-1] = static_cast<char>('0' + value);
    }
    return at + length;
}

[[gnu::always_inline]] inline char* put_number(char* at, std::int64_t value)
{
    if (value >= 0) return put_positive(at, static_cast<std::uint64_t>(value));
    *at++ = '-';
    return put_positive(at, -static_cast<std::uint64_t>(value));
}

/// As format_decimal writes it.
char* put_decimal(char* at, std::int64_t units, int scale)
{
    const auto factor = static_cast<std::uint64_t>(power_of_ten(scale));
    if (units < 0) *at++ = '-';
    const auto size = units < 0 ? -static_cast<std::uint64_t>(units) : static_cast<std::uint64_t>(units);
    at = put_positive(at, size / factor);
    *at++ = '.';
    auto rest = size % factor;
    for (int digit = scale - 1; digit >= 0; --digit, rest /= 10) at[digit] = static_cast<char>('0' + rest % 10);
    return at + scale;
}

/// The longest parts of a cell beside its prepared texts: a decimal of 64 bits, two counts, names and quotes.
constexpr std::size_t cell_room = 160;

std::string unit_json(UnitId unit, const Reading& reading)
{
    JsonWriter json;
    write_unit(json, unit, reading);
    return json.take();
}

std::string text_json(std::string_view text)
{
    std::string json;
    http::append_json_text(json, text);
    return json;
}

void put_head(Bytes& out, const Table& table, const FigureHead& head)
{
    out.put(R"({"as_of":)");
    out.wrote(put_number(out.room(cell_room), table.as_of));
    out.put(R"(,"on":)");
    out.put(text_json(format_date(head.on)));
    out.put(head.simulated ? R"(,"simulated":true)" : R"(,"simulated":false)");
}

char* put_rounded(char* at, const programme::Rational& value, int scale)
{
    const auto units = rollup::rounded(value, scale);
    const auto narrow = static_cast<std::int64_t>(units);
    // Of 128 bits, so never longer than the room of a cell.
    if (narrow != units) return put_text(at, format_decimal(units, scale));
    return scale == 0 ? put_number(at, narrow) : put_decimal(at, narrow, scale);
}

/// The value with its quotes; "" without one.
[[gnu::always_inline]] inline char* put_value(char* at, const Table& table, const TableCell& cell,
                                              const programme::Indicator& indicator)
{
    *at++ = '"';
    if (cell.kind == CellKind::units) {
        at = indicator.scale == 0 ? put_number(at, cell.value) : put_decimal(at, cell.value, indicator.scale);
    } else if (cell.kind == CellKind::ratio) {
        at = put_rounded(at, table.ratios[static_cast<std::size_t>(cell.value)], indicator.shown_scale);
    } else if (cell.kind == CellKind::other) {
        if (const auto& figure = table.other(cell); figure.value) at = put_rounded(at, *figure.value, figure.scale);
    }
    *at++ = '"';
    return at;
}

/// One list of a column. `value` writes a cell that is answered, and says where it ended.
template <class Value>
void put_list(Bytes& out, std::string_view name, std::span<const TableCell> cells, const Value& value)
{
    // Texts of 128 bits are the longest that a list can hold.
    constexpr std::size_t item_room = 52;
    auto* at = put_text(out.room(name.size() + 2 + cells.size() * item_room), name);
    *at++ = '[';
    for (const auto& cell : cells) {
        at = cell.kind == CellKind::absent ? put_text(at, "null") : value(at, cell);
        *at++ = ',';
    }
    if (!cells.empty()) --at;
    *at++ = ']';
    out.wrote(at);
}

/// The lists of neighbouring columns are often the same; then the last one is copied. `key` of a cell decides what is
/// written for it, besides its being absent.
template <class Key>
class RepeatedList {
public:
    RepeatedList(std::string_view name, Key key) : m_name(name), m_key(key) {}

    template <class Value>
    void put(Bytes& out, std::span<const TableCell> cells, const Value& value)
    {
        const auto same = [&](const TableCell& a, const TableCell& b) {
            return m_key(a) == m_key(b) && (a.kind == CellKind::absent) == (b.kind == CellKind::absent);
        };
        if (m_length > 0 && std::ranges::equal(cells, m_cells, same)) return out.repeat(m_begin, m_length);
        m_begin = out.used();
        put_list(out, m_name, cells, value);
        m_length = out.used() - m_begin;
        m_cells = cells;
    }

private:
    std::string_view m_name;
    Key m_key;
    std::span<const TableCell> m_cells;
    std::size_t m_begin = 0;
    std::size_t m_length = 0;
};

/// What stands before the unit in every figure of a column: its indicator and period.
void put_figures(Bytes& out, const Table& table, std::pair<std::size_t, std::size_t> column,
                 const std::vector<std::string>& units)
{
    const auto& indicator = *table.indicators[column.first];
    const std::string begin = R"({"indicator":)" + text_json(indicator.code) + R"(,"period":)" +
                              text_json(table.periods[column.second].text()) + ',';
    const auto cells = table.column(column.first, column.second);
    for (std::size_t row = 0; row < cells.size(); ++row) {
        const auto& cell = cells[row];
        if (cell.kind == CellKind::absent) continue;
        auto* at = put_text(out.room(begin.size() + units[row].size() + cell_room), begin);
        at = put_value(put_text(at, units[row]), table, cell, indicator);
        at = put_number(put_text(at, R"(,"reported":)"), cell.reported);
        at = put_number(put_text(at, R"(,"expected":)"), cell.expected);
        at = put_text(put_text(at, R"(,"note":")"), rollup::word(cell.note));
        out.wrote(put_text(at, "\"},"));
    }
}

void put_columns(Bytes& out, const Table& table)
{
    constexpr std::string_view values = R"(,"values":)";
    RepeatedList empty(values, [](const TableCell&) { return 0; });
    RepeatedList reported(R"(,"reported":)", [](const TableCell& cell) { return cell.reported; });
    RepeatedList expected(R"(,"expected":)", [](const TableCell& cell) { return cell.expected; });
    RepeatedList notes(R"(,"notes":)", [](const TableCell& cell) { return cell.note; });
    const auto has_value = [](const TableCell& cell) { return cell.kind > CellKind::none; };
    const auto has_note = [](const TableCell& cell) { return cell.note != rollup::Note::none; };
    for (std::size_t i = 0; i < table.indicators.size(); ++i) {
        const auto& indicator = *table.indicators[i];
        for (std::size_t period = 0; period < table.periods.size(); ++period) {
            const auto cells = table.column(i, period);
            out.put(i + period > 0 ? R"(,{"indicator":)" : R"({"indicator":)");
            out.put(text_json(indicator.code));
            out.put(R"(,"period":)");
            out.put(text_json(table.periods[period].text()));
            const auto value = [&](char* at, const TableCell& cell) { return put_value(at, table, cell, indicator); };
            if (std::ranges::any_of(cells, has_value)) {
                put_list(out, values, cells, value);
            } else {
                empty.put(out, cells, value);
            }
            reported.put(out, cells, [](char* at, const TableCell& cell) { return put_number(at, cell.reported); });
            expected.put(out, cells, [](char* at, const TableCell& cell) { return put_number(at, cell.expected); });
            if (std::ranges::any_of(cells, has_note))
                notes.put(out, cells, [](char* at, const TableCell& cell) {
                    *at++ = '"';
                    at = put_text(at, rollup::word(cell.note));
                    *at++ = '"';
                    return at;
                });
            out.put("}");
        }
    }
}

}  // namespace

std::string figures_json(const Table& table, const FigureHead& head, const Reading& reading)
{
    std::vector<std::string> units;  // `"unit":{…},"value":` of each row
    std::size_t longest = 0;
    for (const auto unit : table.rows) {
        units.push_back(R"("unit":)" + unit_json(unit, reading) + R"(,"value":)");
        longest = std::max(longest, units.back().size());
    }
    Bytes out(200 + table.cells.size() * (longest + 110));
    put_head(out, table, head);
    out.put(R"(,"figures":[)");
    const auto begin = out.used();
    for (std::size_t i = 0; i < table.indicators.size(); ++i)
        for (std::size_t period = 0; period < table.periods.size(); ++period)
            put_figures(out, table, {i, period}, units);
    if (out.used() > begin) out.wrote(out.room(0) - 1);  // the last comma
    out.put("]}");
    return out.take();
}

std::string columns_json(const Table& table, const FigureHead& head, const Reading& reading)
{
    Bytes out(400 + table.rows.size() * 120 + table.cells.size() * 32);
    put_head(out, table, head);
    JsonWriter units;
    units.array();
    for (const auto unit : table.rows) write_unit(units, unit, reading);
    out.put(R"(,"units":)");
    out.put(units.end().take());
    out.put(R"(,"columns":[)");
    put_columns(out, table);
    out.put("]}");
    return out.take();
}

}  // namespace phoihop::web
