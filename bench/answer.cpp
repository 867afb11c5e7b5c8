// SPDX-License-Identifier: Apache-2.0
#include "bench/answer.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace phoihop::bench {

std::string_view word(QueryKind kind)
{
    switch (kind) {
        case QueryKind::q1: return "Q1";
        case QueryKind::q2: return "Q2";
        case QueryKind::q3: return "Q3";
        case QueryKind::q4: return "Q4";
        case QueryKind::q6: return "Q6";
    }
    return "";
}

Question question(QueryKind kind, int round)
{
    return {kind, period_count - 4 + round % 4, (11 * round + 5) % province_count, (13 * round + 7) % indicator_count};
}

std::int32_t columns_of(QueryKind kind)
{
    switch (kind) {
        case QueryKind::q1:
        case QueryKind::q2: return indicator_count;
        case QueryKind::q3:
        case QueryKind::q6: return period_count;
        case QueryKind::q4: return 2;
    }
    return 1;
}

Answer blank(const Workload& workload, const Question& question)
{
    std::int32_t rows = 0;
    switch (question.kind) {
        case QueryKind::q1: rows = province_count; break;
        case QueryKind::q3: rows = 1 + province_count; break;
        case QueryKind::q6: rows = 1 + new_province_count; break;
        case QueryKind::q2:
        case QueryKind::q4: {
            const auto range = workload.communes_in(question.province);
            rows = range.last - range.first;
        }
    }
    const auto size = static_cast<std::size_t>(rows) * static_cast<std::size_t>(columns_of(question.kind));
    return {std::vector<std::int64_t>(size, question.kind == QueryKind::q4 ? 0 : empty), {}};
}

void add_nation(Answer& answer, std::int32_t columns)
{
    const auto width = static_cast<std::size_t>(columns);
    for (std::size_t i = width; i < answer.numbers.size(); ++i) add_to(answer.numbers[i % width], answer.numbers[i]);
}

Answer expected(const Workload& workload, const Question& question)
{
    auto answer = blank(workload, question);
    const auto columns = columns_of(question.kind);
    const auto range = workload.communes_in(question.province);
    ReportRow row{};
    for (std::int32_t area = 0; area < workload.areas(); ++area) {
        const auto commune = workload.commune_of(area);
        const auto province = workload.province_of_commune(commune);
        const bool inside = province == question.province;
        switch (question.kind) {
            case QueryKind::q1:
            case QueryKind::q2: {
                if (question.kind == QueryKind::q2 && !inside) break;
                if (!Workload::fill(area, question.period, row)) break;
                const auto at = question.kind == QueryKind::q1 ? province : commune - range.first;
                for (std::int32_t i = 0; i < columns; ++i)
                    add_to(answer.at(at, columns, i), row[static_cast<std::size_t>(i)]);
                break;
            }
            case QueryKind::q3:
            case QueryKind::q6: {
                const auto at = 1 + (question.kind == QueryKind::q3 ? province : Workload::new_province_of(province));
                for (std::int32_t period = 0; period < columns; ++period)
                    if (Workload::reports(area, period))
                        add_to(answer.at(at, columns, period), Workload::value(area, period, question.indicator));
                break;
            }
            case QueryKind::q4: {
                if (!inside) break;
                const bool reported = Workload::reports(area, question.period);
                answer.at(commune - range.first, columns, 0) += reported ? 1 : 0;
                ++answer.at(commune - range.first, columns, 1);
                if (!reported) answer.names.push_back(Workload::area_name(area));
            }
        }
    }
    if (question.kind == QueryKind::q3 || question.kind == QueryKind::q6) add_nation(answer, columns);
    return answer;
}

std::string hash(const Answer& answer, Empty rule)
{
    std::uint64_t state = 0xcbf29ce484222325;
    const auto take = [&](std::uint64_t word) {
        state ^= word;
        state *= 0x100000001b3;
        state ^= state >> 29;
    };
    for (const auto number : answer.numbers)
        take(static_cast<std::uint64_t>(number == empty && rule == Empty::as_zero ? 0 : number));
    for (std::size_t i = 0; i < answer.names.size(); ++i) {
        for (const char letter : answer.names[i]) take(static_cast<unsigned char>(letter));
        take(256);
    }
    take(answer.numbers.size());
    std::string text(16, '0');
    for (auto digit = text.rbegin(); digit != text.rend(); ++digit, state >>= 4)
        *digit = "0123456789abcdef"[state & 15];
    return text;
}

namespace {

/// Appends one row, "[1,2,null]". Its numbers are written through a plain pointer, because calls that append to a text
/// took longer than making the digits.
void write_row(std::span<const std::int64_t> numbers, std::string& out)
{
    constexpr std::size_t number_room = 24;
    constexpr std::string_view none = "null";
    std::array<char, (std::max(indicator_count, period_count) + 1) * number_room> room;  // filled as far as it is used
    auto* at = room.data();
    *at++ = '[';
    for (const auto number : numbers) {
        if (number == empty) {
            at = std::ranges::copy(none, at).out;
        } else {
            at = std::to_chars(at, at + number_room, number).ptr;
        }
        *at++ = ',';
    }
    at[-1] = ']';
    out.append(room.data(), at);
}

}  // namespace

void write_json(const Answer& answer, std::int32_t columns, std::string& out)
{
    const auto width = static_cast<std::size_t>(columns);
    out += "{\"rows\":[";
    for (std::size_t first = 0; first < answer.numbers.size(); first += width) {
        if (first > 0) out += ',';
        write_row(std::span(answer.numbers).subspan(first, width), out);
    }
    out += "],\"missing\":[";
    for (std::size_t i = 0; i < answer.names.size(); ++i) {
        out += i == 0 ? "\"" : ",\"";
        out += answer.names[i];
        out += '"';
    }
    out += "]}";
}

}  // namespace phoihop::bench
