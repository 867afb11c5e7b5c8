// SPDX-License-Identifier: Apache-2.0
#include "store/together.hpp"

#include <algorithm>
#include <utility>

namespace phoihop::store {

namespace {

/// Fewer inserts travel with the other statements; more are worth the engine's way for many.
constexpr std::size_t append_rows_min = 8;

}  // namespace

Together::Kind& Together::kind(const Kind& wanted)
{
    const auto same = [&](const Kind& one) {
        return one.text == wanted.text && one.columns.empty() == wanted.columns.empty() && one.change == wanted.change;
    };
    const auto found = std::ranges::find_if(m_kinds, same);
    return found != m_kinds.end() ? *found : m_kinds.emplace_back(wanted);
}

void Together::query(std::string_view sql, std::initializer_list<Parameter> values, RowCallback each)
{
    auto& all = kind({sql, {}, values.size()});
    all.rows.insert(all.rows.end(), values);
    all.each.push_back(std::move(each));
}

void Together::execute(std::string_view sql, std::initializer_list<Parameter> values)
{
    auto& all = kind({sql, {}, values.size()});
    all.rows.insert(all.rows.end(), values);
}

void Together::change_one(std::string_view sql, std::initializer_list<Parameter> values)
{
    auto& all = kind({sql, {}, values.size(), Change::one});
    all.rows.insert(all.rows.end(), values);
}

void Together::insert(std::string_view table, std::span<const std::string_view> columns,
                      std::initializer_list<Parameter> values)
{
    auto& all = kind({table, columns, values.size()});
    all.rows.insert(all.rows.end(), values);
}

std::string_view Together::keep(std::string text)
{
    return m_texts.emplace_back(std::move(text));
}

BytesView Together::keep(Bytes bytes)
{
    return m_bytes.emplace_back(std::move(bytes));
}

Repeated Together::repeated(const Kind& kind)
{
    Repeated one{kind.columns.empty() ? kind.text : std::string_view(kind.insert), kind.width, kind.rows};
    if (!kind.each.empty()) one.each = [&kind](std::size_t i, const Row& row) { kind.each[i](row); };
    if (kind.change == Change::one)
        one.changed = [&kind](std::size_t, std::int64_t changed) {
            if (changed != 1) throw ConstraintError("another process was faster in: " + std::string(kind.text));
        };
    return one;
}

void Together::run()
{
    std::vector<Repeated> ready;
    for (auto& kind : m_kinds) {
        const bool inserts = !kind.columns.empty();
        if (inserts && kind.rows.size() >= append_rows_min * kind.width) {
            m_connection.run_each(std::exchange(ready, {}));
            m_connection.append(kind.text, kind.columns, kind.rows);
            continue;
        }
        if (inserts) kind.insert = insert_statement(kind.text, kind.columns);
        ready.push_back(repeated(kind));
    }
    m_connection.run_each(ready);
    m_kinds.clear();
    m_texts.clear();
    m_bytes.clear();
}

}  // namespace phoihop::store
