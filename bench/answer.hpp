// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "bench/workload.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace phoihop::bench {

enum class QueryKind : std::uint8_t {
    q1,  ///< 63 provinces × 60 indicators of one quarter
    q2,  ///< the communes of one province × 60 indicators of one quarter
    q3,  ///< nation and 63 provinces × 40 quarters of one indicator
    q4,  ///< one province in one quarter: reported and owed by commune, and the names of the missing
    q6,  ///< nation and 34 provinces of the other map × 40 quarters of one indicator
};
inline constexpr QueryKind all_queries[] = {QueryKind::q1, QueryKind::q2, QueryKind::q3, QueryKind::q4, QueryKind::q6};
[[nodiscard]] std::string_view word(QueryKind kind);  ///< "Q1"

struct Question {
    QueryKind kind{};
    std::int32_t period = 0;
    std::int32_t province = 0;
    std::int32_t indicator = 0;
};

/// What is asked in one round: each round asks of something else, all engines the same. Quarters are of the last year.
[[nodiscard]] Question question(QueryKind kind, int round);

/// Names one after the other in one text, so that none takes memory of its own: an engine is not measured by how this
/// program keeps them.
class Names {
public:
    void push_back(std::string_view name)
    {
        m_text += name;
        m_ends.push_back(m_text.size());
    }
    [[nodiscard]] std::size_t size() const { return m_ends.size(); }
    [[nodiscard]] std::string_view operator[](std::size_t index) const
    {
        const auto begin = index == 0 ? 0 : m_ends[index - 1];
        return std::string_view(m_text).substr(begin, m_ends[index] - begin);
    }

private:
    std::string m_text;
    std::vector<std::size_t> m_ends;
};

/// Whole numbers row by row, and names. Every engine must give exactly these.
struct Answer {
    std::vector<std::int64_t> numbers;
    Names names;

    [[nodiscard]] std::int64_t& at(std::int32_t row, std::int32_t columns, std::int32_t column)
    {
        return numbers[static_cast<std::size_t>(row) * static_cast<std::size_t>(columns) +
                       static_cast<std::size_t>(column)];
    }
};

/// An answer of the right size with nothing in it.
[[nodiscard]] Answer blank(const Workload& workload, const Question& question);

/// The first row becomes the sum of the others: engines are not asked for the nation.
void add_nation(Answer& answer, std::int32_t columns);

/// The answer made from the workload by plain loops: what the hash of every engine's answer is compared with.
[[nodiscard]] Answer expected(const Workload& workload, const Question& question);

/// Sixteen hexadecimal digits over numbers and names. With `zero_is_empty`, an empty figure counts as zero: the
/// DHIS2-style table drops zeros.
enum class Empty : std::uint8_t { kept, as_zero };
[[nodiscard]] std::string hash(const Answer& answer, Empty rule = Empty::kept);

/// The answer as JSON, appended to `out`: the same writer for every engine that has none.
void write_json(const Answer& answer, std::int32_t columns, std::string& out);
[[nodiscard]] std::int32_t columns_of(QueryKind kind);

}  // namespace phoihop::bench
